using SmsCampaign.Files;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Refuses keys and values of a campaign file with characters that are not seen: a title or a name is shown on one
/// line, and a line break or ESC in it, which YAML allows as an escape, would show a line that nobody wrote.
/// </summary>
/// <remarks>Texts of messages and of the directive are judged by the letters of their language, and may
/// have several lines.</remarks>
sealed class SeenText(ProblemList problems)
{
    /// <summary>Name of the keys whose values are texts of several lines.</summary>
    const string Text = "text";

    /// <summary>Values of which every other character is judged already
    /// (<see cref="MessagesReader.CheckReported"/>).</summary>
    static readonly string[] Judged = ["title", "issuer", "number", "item", "legalBasis", "reportTo"];

    public void Check(FileNode root) => Check(root, "");

    void Check(FileNode node, string path)
    {
        switch (node)
        {
            case { Kind: NodeKind.Map } map:
                foreach (var entry in map.Members)
                    CheckEntry(entry, path);
                break;
            case { Kind: NodeKind.List } list:
                for (var index = 0; index < list.Items.Count; index++)
                    Check(list.Items[index], $"{path}[{index + 1}]");
                break;
            case { IsScalar: true } scalar when UnseenText.FindIn(Unjudged(scalar.Text.Trim(), path)) is var (_, name):
                Refuse(scalar.Where, path, name);
                break;
        }
    }

    void CheckEntry(FileMember entry, string path)
    {
        var key = path.Length == 0 ? entry.Name : $"{path}.{entry.Name}";
        if (UnseenText.FindIn(entry.Name) is var (_, name))
            Refuse(entry.Where, UnseenText.Show(key), name);
        else if (entry.Name != Text || !entry.Value.IsScalar)
            Check(entry.Value, key);
    }

    static string Unjudged(string value, string path) =>
        Judged.Contains(path[(path.LastIndexOf('.') + 1)..])
            ? string.Concat(value.Where(letter => letter is '\n' or '\r' or '\t'))
            : value;

    void Refuse(Place at, string path, string name) => problems.Error(at, path,
        $"Có ký tự không nhìn thấy {name} (dấu xuống dòng, ký tự điều khiển hoặc dấu đổi hướng chữ), không được dùng ở "
            + $"đây. Hãy gõ lại giá trị trên một dòng; giá trị dài viết sau '>-'.",
        $"A character that is not seen, {name} (a line break, a control character or a mark that turns the direction "
            + $"of writing), cannot stand here. Type the value again on one line; a long one goes behind '>-'.");
}
