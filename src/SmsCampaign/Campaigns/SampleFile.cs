using System.Text;
using SmsCampaign.Files;
using SmsCampaign.Files.Yaml;

namespace SmsCampaign.Campaigns;

/// <summary>A campaign file from which a new one is made: its text, and the lists that it names.</summary>
/// <param name="Lists">Full paths, each once.</param>
public sealed record SampleFile(string Text, IReadOnlyList<string> Lists)
{
    const string SchemaLine = "# yaml-language-server: $schema=";

    IReadOnlyList<(FileNode Node, string List)> Named { get; init; } = [];

    FileNode Id { get; init; } = FileNode.Refuse(new Place(""));

    /// <param name="path">Of the campaign file.</param>
    /// <returns>Null where it cannot be read as one, which has been reported.</returns>
    public static (SampleFile? Sample, IReadOnlyList<Problem> Problems) Read(string path)
    {
        var problems = new ProblemList(path);
        var text = FileText.Read(path, problems)?.ReplaceLineEndings("\n");
        var root = text is null ? null : YamlTree.Read(new YamlSource(text, problems), problems);
        if (root?.Scalar("id") is not { } id && !problems.HasErrors)
        {
            problems.Error(null, "id",
                "Tệp mẫu không có khóa 'id': không phải tệp chiến dịch. Hãy chỉ một thư mục mẫu, ví dụ "
                    + "samples/dak-lak-2025.",
                "The sample has no 'id', so it is no campaign file. Name a sample's folder, such as "
                    + "samples/dak-lak-2025.");
        }

        if (problems.HasErrors || text is null || root?.Scalar("id") is not { } named)
            return (null, problems.InOrder());

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        List<(FileNode Node, string List)> lists = [.. root.MapsOf("segments")
            .Select(segment => segment.Scalar("file"))
            .Concat(root.ItemsOf("suppression").Where(item => item.IsScalar))
            .OfType<FileNode>()
            .Select(node => (node, ComposedPath.Find(
                Path.GetFullPath(node.Text.Trim().Replace('\\', '/'), folder))))];
        return (
            new SampleFile(text, [.. lists.Select(list => list.List).Distinct()]) { Named = lists, Id = named },
            problems.InOrder());
    }

    /// <summary>The same as a new campaign, its comments kept.</summary>
    /// <param name="names">What each list is called in the new folder.</param>
    /// <param name="schema">Path of the schema from there; null where there is none.</param>
    /// <param name="place">How the new file is named to <c>check</c>; stands where the sample named itself.</param>
    /// <param name="before">How the sample named itself.</param>
    public string As(
        string id, IReadOnlyDictionary<string, string> names, string? schema, string place, string before)
    {
        var lines = Text.Split('\n');
        var edits = Named.Select(named => (named.Node, Value: names[named.List])).Append((Id, id));
        foreach (var (node, value) in edits
            .OrderByDescending(edit => edit.Item1.Where.Line)
            .ThenByDescending(edit => edit.Item1.Where.Column))
            Replace(lines, node, value);

        if (schema is not null && lines[0].StartsWith(SchemaLine, StringComparison.Ordinal))
            lines[0] = SchemaLine + schema;
        return string.Join('\n', lines.Select(line => line.TrimStart().StartsWith('#')
            ? line.Replace(before, place, StringComparison.Ordinal)
            : line));
    }

    /// <summary>Puts a value in the place of one on a single line; the comment behind it stays in its column.</summary>
    static void Replace(string[] lines, FileNode node, string value)
    {
        var at = node.Where.Line!.Value - 1;
        var line = lines[at];
        var start = Index(line, node.Where.Column!.Value);
        var written = node.Written.TrimEnd('\n');
        if (!line.AsSpan(start).StartsWith(written))
            throw new InvalidDataException($"line {at + 1} does not hold what was read from it");

        var quoted = value.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            ? CampaignDraftFile.Quoted(value)
            : value;
        var rest = line[(start + written.Length)..];
        if (rest.TrimStart() is ['#', ..] comment)
        {
            var room = rest.Length - comment.Length + written.Length - quoted.Length;
            rest = new string(' ', Math.Max(1, room)) + comment;
        }

        lines[at] = new StringBuilder(line, 0, start, 0).Append(quoted).Append(rest).ToString();
    }

    /// <summary>The UTF-16 index of a column, which counts characters.</summary>
    static int Index(string line, int column)
    {
        var index = 0;
        for (var at = 1; at < column && index < line.Length; at++)
            index += char.IsHighSurrogate(line[index]) ? 2 : 1;
        return index;
    }
}
