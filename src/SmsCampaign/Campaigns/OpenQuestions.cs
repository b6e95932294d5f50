using SmsCampaign.Files;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Refuses the values of a campaign file that are still a question, each with what is asked: <c>new</c> writes
/// <see cref="Mark"/> where it is not sure, and the question in a comment beside it.
/// </summary>
/// <param name="text">The whole file.</param>
sealed class OpenQuestions(ProblemList problems, string text)
{
    /// <summary>Stands in place of a value. No value is called so.</summary>
    public const string Mark = "HỎI";

    /// <summary>Begins the comment that says what is asked.</summary>
    public const string Comment = "# " + Mark + ":";

    readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');

    /// <returns>The same with each question refused: nothing more is said of it.</returns>
    public FileNode Refuse(FileNode root) => Refuse(root, "");

    FileNode Refuse(FileNode node, string path) => node switch
    {
        { Kind: NodeKind.Map } map => map with
        {
            Members =
            [
                .. map.Members.Select(member => member with
                {
                    Value = Refuse(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"),
                }),
            ],
        },
        { Kind: NodeKind.List } list => list with
        {
            Items = [.. list.Items.Select((item, at) => Refuse(item, $"{path}[{at + 1}]"))],
        },
        { Kind: NodeKind.Text } scalar when scalar.Text.Trim().Composed() == Mark => Ask(scalar, path),
        _ => node,
    };

    FileNode Ask(FileNode scalar, string path)
    {
        var asked = QuestionAt(scalar.Where.Line ?? 0) is { } question ? $": {question}" : ".";
        problems.Ask(scalar.Where, path,
            $"Chưa trả lời câu hỏi{asked} Hãy thay {Mark} bằng giá trị đúng, rồi xóa dòng '{Comment}'.",
            $"A question is not answered yet{asked} Put the right value in the place of {Mark}, and delete the line "
                + $"'{Comment}'.");
        return FileNode.Refuse(scalar.Where);
    }

    /// <summary>Of the same line, or of the comment right above it.</summary>
    string? QuestionAt(int line)
    {
        if (line < 1 || line > _lines.Length)
            return null;

        if (After(_lines[line - 1]) is { } beside)
            return beside;

        for (var at = line - 1; at >= 1 && _lines[at - 1].TrimStart().StartsWith('#'); at--)
        {
            if (After(_lines[at - 1]) is not { } first)
                continue;

            var rest = _lines[at..(line - 1)].Select(more => more.Trim().TrimStart('#').Trim());
            return string.Join(' ', rest.Prepend(first));
        }

        return null;
    }

    static string? After(string line) =>
        line.Composed() is var composed && composed.IndexOf(Comment, StringComparison.Ordinal) is >= 0 and var at
            ? composed[(at + Comment.Length)..].Trim()
            : null;
}
