using YamlDotNet.Core;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Finds texts without quotes that YAML reads as something shorter or longer than the officer sees: what follows " #" is a comment
/// to it, and curly quotation marks are part of the value.
/// </summary>
sealed class UnquotedText(ProblemList problems)
{
    const string Openers = "“”„‟‘’‚‛«";
    const string Closers = "“”‟‘’‛»";

    // Where a # that touches what follows (#111) is no comment; those of a message are taken for none at all.
    static readonly string[] FreeTexts =
        ["title", "issuer", "number", "item", "legalBasis", "reportTo", "name", "message", "file", "suppression"];

    public void Check(YamlMap root) => CheckMap(root, "", areTexts: false);

    void CheckMap(YamlMap map, string path, bool areTexts)
    {
        foreach (var entry in map.Entries)
            Check(entry.Value, entry, path + entry.Key, areTexts || entry.Key == "filter");
    }

    /// <param name="isText">Whether it is a text by where it stands, whatever the key.</param>
    void Check(YamlNode node, YamlEntry entry, string path, bool isText)
    {
        switch (node)
        {
            case YamlMap map:
                CheckMap(map, path + ".", isText);
                break;
            case YamlList list:
                foreach (var (item, index) in list.Items.Select((item, index) => (item, index)))
                    Check(item, entry, $"{path}[{index + 1}]", isText);
                break;
            case YamlScalar { Style: ScalarStyle.Plain } scalar:
                CheckCut(scalar, entry, path, isText);
                if (entry.Key != "sender") // whose own rule names them
                    CheckQuotes(scalar, path);
                break;
        }
    }

    void CheckCut(YamlScalar scalar, YamlEntry entry, string path, bool isText)
    {
        // A comment about the next key stands where the keys stand, not deeper.
        var cut = scalar.Comments.FirstOrDefault(comment => entry.Key == "text"
            ? !comment.HasOwnLine || comment.At.Column > entry.At.Column
            : !comment.HasOwnLine && (isText || FreeTexts.Contains(entry.Key)) && comment.Text.Length > 1 && comment.Text[1] is not (' ' or '#'));
        if (cut is null)
            return;

        problems.Error(cut.At, path,
            $"Nội dung bị cắt từ đây: trong YAML, dấu # sau dấu cách mở đầu chú thích, nên “{Shown(cut.Text)}” không được đọc. Hãy đặt cả nội dung trong ngoặc kép \"…\"; nếu đúng là chú thích, chuyển lên dòng riêng phía trên.",
            $"The text is cut here: in YAML a # after a space begins a comment, so '{Shown(cut.Text)}' is not read. Put all of the text in quotes \"…\"; if it is a comment, move it to a line of its own above.");
    }

    void CheckQuotes(YamlScalar scalar, string path)
    {
        var value = scalar.Value.Trim();
        if (value.Length < 2 || !Openers.Contains(value[0]) || !Closers.Contains(value[^1]) || value[1..^1].IndexOfAny([.. Openers, .. Closers]) >= 0)
            return;

        problems.Error(scalar.At, path,
            $"Giá trị nằm trong ngoặc kép cong {value[0]}…{value[^1]} (U+{(int)value[0]:X4}), thường do Word tự đổi: với YAML, ngoặc này là một phần của nội dung. Hãy gõ lại ngoặc thẳng \"…\"; nếu muốn gửi cả ngoặc cong, đặt tất cả trong ngoặc thẳng: \"{value[0]}…{value[^1]}\".",
            $"The value stands in curly quotes {value[0]}…{value[^1]} (U+{(int)value[0]:X4}), as Word makes them: to YAML they are part of the text. Type straight quotes \"…\"; to send the curly ones too, put all in straight ones: \"{value[0]}…{value[^1]}\".");
    }

    static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
