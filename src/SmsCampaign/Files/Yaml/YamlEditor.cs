using SmsCampaign.Files.Binding;
using YamlDotNet.Core;
using Tokens = YamlDotNet.Core.Tokens;

namespace SmsCampaign.Files.Yaml;

/// <summary>
/// Changes values of a YAML file where they stand: everything else of it, comments and order among it, stays as it is.
/// </summary>
/// <remarks>What was made of it is read again. Unless it says exactly what was wanted and all else that it said before,
/// with the comments it had, it is not taken.</remarks>
static class YamlEditor
{
    /// <param name="shape">The keys there are, in the order in which one that was not there is put in.</param>
    /// <param name="mark">What stands where a value is asked for; its comment goes once there is one.</param>
    public static YamlEdit Apply(string text, IReadOnlyList<YamlChange> changes, FileKey shape, string mark)
    {
        foreach (var change in changes)
        {
            if (Read(text) is not { } root)
                return new YamlEdit(null, change.Path);

            var writer = new YamlWriter(new YamlText(text), root, shape);
            var asked = Asked.At(writer.Text, YamlWriter.Find(root, change.Steps), mark);
            var made = writer.Write(change)
                .Select(each => asked is null ? each : asked.TakeFrom(each))
                .FirstOrDefault(each => Says(each, root, change) && CommentsAre(text, each, asked));
            if (made is null)
                return new YamlEdit(null, change.Path, YamlWriter.Find(root, change.Steps)?.Where.Line);

            text = made;
        }

        return new YamlEdit(text);
    }

    /// <returns>Null where it cannot be read as a map without a fault.</returns>
    public static FileNode? Read(string text)
    {
        var problems = new ProblemList("");
        return YamlTree.Read(new YamlSource(text, problems), problems) is { Kind: NodeKind.Map } root
            && !problems.HasErrors
            ? root
            : null;
    }

    /// <summary>Whether a text says what is wanted there, and elsewhere what it said before.</summary>
    static bool Says(string text, FileNode before, YamlChange change)
    {
        if (Read(text) is not { } after)
            return false;

        var wanted = Values(before);
        foreach (var path in wanted.Keys.Where(path => IsWithin(path, change.Path)).ToList())
            wanted.Remove(path);
        if (change.Text is { } value)
            wanted[change.Path] = value;
        foreach (var (item, at) in (change.Items ?? []).Select((item, at) => (item, at)))
            wanted[$"{change.Path}[{at + 1}]"] = item;

        var found = Values(after);
        return found.Count == wanted.Count
            && wanted.All(each => found.TryGetValue(each.Key, out var there) && there == each.Value)
            && (!change.IsNumber || YamlWriter.Find(after, change.Steps)?.Form == ScalarForm.Plain);
    }

    static bool IsWithin(string path, string key) =>
        path.StartsWith(key, StringComparison.Ordinal)
        && (path.Length == key.Length || path[key.Length] is '.' or '[');

    /// <summary>Every single value by its path; without the line end that a block leaves behind it.</summary>
    static Dictionary<string, string?> Values(FileNode root)
    {
        var values = new Dictionary<string, string?>();
        Add(root, "");
        return values;

        void Add(FileNode node, string path)
        {
            foreach (var member in node.Members)
                Add(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
            foreach (var (item, at) in node.Items.Select((item, at) => (item, at)))
                Add(item, $"{path}[{at + 1}]");
            if (node.IsScalar)
                values[path] = node.IsNothing ? null : node.Text.TrimEnd('\n');
        }
    }

    static bool CommentsAre(string before, string after, Asked? asked) =>
        Comments(before) is { } kept
        && Comments(after) is { } now
        && (asked is null ? kept : asked.TakeFrom(kept)).SequenceEqual(now);

    /// <returns>Null where it cannot be read.</returns>
    static List<string>? Comments(string text)
    {
        var comments = new List<string>();
        try
        {
            var scanner = new Scanner(new StringReader(text.ReplaceLineEndings("\n")), skipComments: false);
            while (scanner.MoveNext())
            {
                if (scanner.Current is Tokens.Comment comment)
                    comments.Add(comment.Value.Trim());
            }
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // as of YamlReader
        {
            return null;
        }

        return comments;
    }

    /// <summary>The comment that asks for a value, right above it.</summary>
    sealed record Asked(IReadOnlyList<string> Lines)
    {
        /// <returns>Null where none is asked for.</returns>
        public static Asked? At(YamlText text, FileNode? node, string mark)
        {
            var value = node is { Kind: NodeKind.List, Items: [var only] } ? only : node;
            if (value is not { IsScalar: true }
                || value.Text.Trim().Composed() != mark
                || node!.Where.Line is not { } line)
                return null;

            var lines = new List<string>();
            for (var at = line - 1; at >= 1 && text.Line(at).TrimStart() is ['#', ..] comment; at--)
            {
                lines.Insert(0, text.Line(at));
                if (comment.Composed().StartsWith($"# {mark}:", StringComparison.Ordinal))
                    return new Asked(lines);
            }

            return null;
        }

        public string TakeFrom(string text)
        {
            var lines = new YamlText(text);
            for (var first = 1; lines.StartOf(first) < text.Length; first++)
            {
                if (Enumerable.Range(0, Lines.Count).All(at => lines.Line(first + at) == Lines[at]))
                    return text.Remove(lines.StartOf(first), lines.StartOf(first + Lines.Count) - lines.StartOf(first));
            }

            return text;
        }

        public List<string> TakeFrom(List<string> comments)
        {
            var mine = Lines.Select(line => line.Trim().TrimStart('#').Trim()).ToList();
            for (var first = 0; first + mine.Count <= comments.Count; first++)
            {
                if (comments.Skip(first).Take(mine.Count).SequenceEqual(mine))
                    return [.. comments[..first], .. comments[(first + mine.Count)..]];
            }

            return comments;
        }
    }
}
