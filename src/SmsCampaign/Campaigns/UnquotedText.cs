using SmsCampaign.Files;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Finds texts without quotes that YAML reads as something shorter or longer than the officer sees: what follows " #"
/// is a comment to it, and curly quotation marks are part of the value.
/// </summary>
sealed class UnquotedText(ProblemList problems)
{
    const string Openers = "“”„‟‘’‚‛«";
    const string Closers = "“”‟‘’‛»";

    // Where a # that touches what follows (#111) is no comment; those of a message are taken for none at all.
    static readonly string[] FreeTexts =
        ["title", "issuer", "number", "item", "legalBasis", "reportTo", "name", "message", "file", "suppression"];

    public void Check(FileNode root) => CheckMap(root, "", areTexts: false);

    void CheckMap(FileNode map, string path, bool areTexts)
    {
        foreach (var entry in map.Members)
            Check(entry.Value, entry, path + entry.Name, areTexts || entry.Name == "filter");
    }

    /// <param name="isText">Whether it is a text by where it stands, whatever the key.</param>
    void Check(FileNode node, FileMember entry, string path, bool isText)
    {
        switch (node)
        {
            case { Kind: NodeKind.Map } map:
                CheckMap(map, path + ".", isText);
                break;
            case { Kind: NodeKind.List } list:
                foreach (var (item, index) in list.Items.Select((item, index) => (item, index)))
                    Check(item, entry, $"{path}[{index + 1}]", isText);
                break;
            case { IsScalar: true, Form: ScalarForm.Plain } scalar:
                CheckCut(scalar, entry, path, isText);
                if (entry.Name != "sender") // whose own rule names them
                    CheckQuotes(scalar, path);
                break;
        }
    }

    void CheckCut(FileNode scalar, FileMember entry, string path, bool isText)
    {
        // A comment about the next key stands where the keys stand, not deeper.
        var cut = scalar.Comments.FirstOrDefault(comment => entry.Name == "text"
            ? !comment.HasOwnLine || comment.Where.Column > entry.Where.Column
            : !comment.HasOwnLine && (isText
                || FreeTexts.Contains(entry.Name)) && comment.Text.Length > 1 && comment.Text[1] is not (' ' or '#'));
        if (cut is null)
            return;

        problems.Error(cut.Where, path,
            $"Nội dung bị cắt từ đây: trong YAML, dấu # sau dấu cách mở đầu chú thích, "
                + $"nên “{FileNode.Shortened(cut.Text)}” không được đọc. Hãy đặt cả nội dung trong ngoặc kép \"…\"; "
                + $"nếu đúng là chú thích, chuyển lên dòng riêng phía trên.",
            $"The text is cut here: in YAML a # after a space begins a comment, "
                + $"so '{FileNode.Shortened(cut.Text)}' is not read. Put all of the text in quotes \"…\"; "
                + $"if it is a comment, move it to a line of its own above.");
    }

    void CheckQuotes(FileNode scalar, string path)
    {
        var value = scalar.Text.Trim();
        if (value.Length < 2
            || !Openers.Contains(value[0])
            || !Closers.Contains(value[^1])
            || value[1..^1].IndexOfAny([.. Openers, .. Closers]) >= 0)
            return;

        problems.Error(scalar.Where, path,
            $"Giá trị nằm trong ngoặc kép cong {value[0]}…{value[^1]} (U+{(int)value[0]:X4}), thường do Word tự đổi: "
                + $"với YAML, ngoặc này là một phần của nội dung. Hãy gõ lại ngoặc thẳng \"…\"; nếu muốn gửi cả ngoặc "
                + $"cong, đặt tất cả trong ngoặc thẳng: \"{value[0]}…{value[^1]}\".",
            $"The value stands in curly quotes {value[0]}…{value[^1]} (U+{(int)value[0]:X4}), as Word makes them: "
                + $"to YAML they are part of the text. Type straight quotes \"…\"; to send the curly ones too, put all "
                + $"in straight ones: \"{value[0]}…{value[^1]}\".");
    }
}
