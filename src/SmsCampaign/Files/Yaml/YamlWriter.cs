using SmsCampaign.Files.Binding;

namespace SmsCampaign.Files.Yaml;

/// <summary>The ways in which one change of a YAML file can be written into its text; whether one says what is wanted
/// is judged by whoever asked.</summary>
sealed class YamlWriter(YamlText text, FileNode root, FileKey shape)
{
    public YamlText Text => text;

    /// <returns>Null where nothing is there.</returns>
    public static FileNode? Find(FileNode root, IReadOnlyList<YamlStep> steps)
    {
        FileNode? node = root;
        foreach (var step in steps)
            node = node is null ? null : StepInto(node, step);
        return node;
    }

    /// <summary>The best first; none where it cannot be done.</summary>
    public IEnumerable<string> Write(YamlChange change)
    {
        var node = Find(root, change.Steps);
        if (node is null)
            return change.Text is null && change.Items is null ? [text.Text] : Insert(change);
        if (change is { Text: null, Items: null })
            return Remove(change.Steps);

        return (node, change) switch
        {
            ({ Kind: NodeKind.List }, { Items: { } items }) => ReplaceList(node, items, change),
            ({ IsScalar: true }, { Items: { } items }) => ReplaceSpan(node, FlowLists(items, change)),
            ({ IsScalar: true }, { Text: { } value }) => ReplaceScalar(node, value, change),
            _ => [],
        };
    }

    static FileNode? StepInto(FileNode node, YamlStep step) => step.Name.Length > 0
        ? node.Kind == NodeKind.Map ? node.Find(step.Name) : null
        : node.Kind == NodeKind.List ? node.Items.ElementAtOrDefault(step.Item - 1) : null;

    bool IsInFlow(IReadOnlyList<YamlStep> steps)
    {
        FileNode? node = root;
        foreach (var step in steps)
        {
            if (node is null || node.Written.Length > 0)
                return node is not null;

            node = StepInto(node, step);
        }

        return false;
    }

    IEnumerable<string> ReplaceScalar(FileNode node, string value, YamlChange change)
    {
        var isInFlow = IsInFlow(change.Steps);
        if (!isInFlow && !change.IsNumber && IndentOf(change.Steps) is { } indent
            && (node.Form == ScalarForm.Block || node.Written.Contains('\n') || value.Length > 100)
            && YamlScalars.OnSeveralLines(value, indent + 2) is var (mark, lines))
        {
            var body = string.Concat(lines.Select(line => text.LineEnd + new string(' ', indent + 2) + line));
            foreach (var written in ReplaceSpan(node, [mark], body))
                yield return written;
        }

        foreach (var written in ReplaceSpan(
            node, YamlScalars.OnOneLine(value, node.IsNothing ? null : node, change.IsNumber, isInFlow)))
            yield return written;
    }

    /// <summary>Puts something in the place of what a node was read from. A comment behind it stays in its column where
    /// there is room.</summary>
    /// <param name="body">Lines behind the comment, each with the line end before it.</param>
    IEnumerable<string> ReplaceSpan(FileNode node, IEnumerable<string> forms, string body = "")
    {
        var start = text.OffsetOf(node.Where);
        var isBlock = node.Form == ScalarForm.Block;
        var written = node.Written.TrimEnd();
        if (text.EndOf(start, written) is not { } end)
            yield break;

        var lineEnd = text.EndOf(text.LineAt(end));
        var first = text.EndOf(text.LineAt(start));
        var tail = isBlock
            ? text.Text[start..Math.Min(first, end)].TrimStart([.. "|>-+123456789"])
            : text.Text[end..lineEnd];
        var old = (isBlock ? Math.Min(first, end) : end) - start - (isBlock ? tail.Length : 0);
        var isComment = tail.TrimStart() is ['#', ..];
        foreach (var form in forms)
        {
            var behind = tail;
            if (isComment)
            {
                var comment = tail.TrimStart();
                var space = tail.Length - comment.Length;
                behind = new string(' ', Math.Max(space == 0 ? 1 : Math.Min(space, 2), space + old - form.Length))
                    + comment;
            }
            else if (isBlock)
                behind = "";

            var before = start > 0 && text.Text[start - 1] is ':' or '-' ? " " : "";
            yield return text.Text[..start] + before + form + behind + body
                + text.Text[(isBlock ? end : lineEnd)..];
        }
    }

    static IEnumerable<string> FlowLists(IReadOnlyList<string> items, YamlChange change)
    {
        var ways = items
            .Select(item => YamlScalars.OnOneLine(item, null, change.IsNumber, isInFlow: true).ToList())
            .ToList();
        var most = ways.Select(way => way.Count).DefaultIfEmpty(1).Max();
        for (var nth = 0; nth < most; nth++)
            yield return $"[{string.Join(", ", ways.Select(way => way[Math.Min(nth, way.Count - 1)]))}]";
    }

    IEnumerable<string> ReplaceList(FileNode list, IReadOnlyList<string> items, YamlChange change)
    {
        if (list.Written.Length > 0)
            return ReplaceSpan(list, FlowLists(items, change));
        if (items.Count == 0 || list.Items.Exists(item => !item.IsScalar || item.Where.Line is null))
            return [];

        // Each item on a line of its own; one that stays keeps its line, with the comment behind it.
        var (first, last) = (list.Items[0].Where.Line!.Value, list.Items[^1].Where.Line!.Value);
        var start = text.Line(first);
        var dash = start.IndexOf('-', StringComparison.Ordinal);
        if (last - first + 1 != list.Items.Count || dash < 0 || start.AsSpan(0, dash).ContainsAnyExcept(' '))
            return [];

        var lines = list.Items.ToLookup(item => item.Text, item => text.Line(item.Where.Line!.Value));
        return Ways().Select(way => text.Text[..text.StartOf(first)]
            + string.Join(text.LineEnd, items.Select(item => lines[item].FirstOrDefault()
                ?? $"{start[..dash]}- {way(item)}"))
            + text.Text[text.EndOf(last)..]);

        IEnumerable<Func<string, string>> Ways()
        {
            yield return item => YamlScalars.OnOneLine(item, null, change.IsNumber, isInFlow: false).First();
            yield return item => YamlScalars.OnOneLine(item, null, change.IsNumber, isInFlow: false).Last();
        }
    }

    /// <summary>Takes the lines of a key; a comment behind its value stays on a line of its own. The last key of a
    /// group takes the group with it.</summary>
    IEnumerable<string> Remove(IReadOnlyList<YamlStep> steps)
    {
        if (steps[^1].Name.Length == 0 || IsInFlow(steps))
            return [];

        IReadOnlyList<YamlStep> above = [.. steps.SkipLast(1)];
        var map = Find(root, above)!;
        if (map.Members.Count == 1)
            return above.Count > 0 ? Remove(above) : [];

        var member = map.FindMember(steps[^1].Name)!;
        var line = member.Where.Line!.Value;
        var keyAt = text.OffsetOf(member.Where);
        if (text.Text.AsSpan(text.StartOf(line)..keyAt).ContainsAnyExcept(' ')
            || YamlText.LastLineOf(member.Value) is not { } last)
            return [];

        var comment = "";
        if (last == line && text.EndOf(text.OffsetOf(member.Value.Where), member.Value.Written.TrimEnd()) is { } end
            && text.Text[end..text.EndOf(line)].Trim() is ['#', ..] tail)
            comment = text.Text[text.StartOf(line)..keyAt] + tail + text.LineEnd;
        return [text.Text[..text.StartOf(line)] + comment + text.Text[text.StartOf(last + 1)..]];
    }

    IEnumerable<string> Insert(YamlChange change)
    {
        var depth = 0;
        var map = root;
        FileKey? keys = shape;
        while (depth < change.Steps.Count && StepInto(map, change.Steps[depth]) is { } inside)
        {
            var name = change.Steps[depth++].Name;
            map = inside;
            keys = name.Length == 0 ? keys : keys?.Keys.FirstOrDefault(key => key.Name == name);
        }

        List<string> names = [.. change.Steps.Skip(depth).Select(step => step.Name)];
        if (map.Kind != NodeKind.Map || map.Members.Count == 0 || names.Count == 0 || names.Contains(""))
            return [];

        return map.Written.Length > 0 || IsInFlow([.. change.Steps.Take(depth)])
            ? names.Count > 1 || map.Written.Length == 0 ? [] : InsertInFlow(map, names[0], change)
            : InsertLines(map, keys, names, change);
    }

    IEnumerable<string> InsertInFlow(FileNode map, string name, YamlChange change)
    {
        var start = text.OffsetOf(map.Where);
        if (text.EndOf(start, map.Written) is not { } end)
            yield break;

        var close = end - 1;
        while (close > start && text.Text[close - 1] == ' ')
            close--;
        foreach (var form in Forms(change, isInFlow: true))
            yield return $"{text.Text[..close]}, {YamlScalars.OnOneLine(name, null, false, true).First()}: {form}"
                + text.Text[close..];
    }

    IEnumerable<string> InsertLines(FileNode map, FileKey? keys, List<string> names, YamlChange change)
    {
        // Behind the nearest that comes before it by the order of the keys; else behind the first.
        List<string> order = [.. (keys?.Keys ?? []).Select(key => key.Name)];
        var place = order.IndexOf(names[0]);
        var before = map.Members
            .Where(member => order.IndexOf(member.Name) is >= 0 and var at && at < place)
            .MaxBy(member => order.IndexOf(member.Name)) ?? (place < 0 ? map.Members[^1] : map.Members[0]);
        if (YamlText.LastLineOf(before.Value) is not { } last)
            yield break;

        var indent = map.Members[0].Where.Column!.Value - 1;
        var at = text.StartOf(last + 1);
        var lead = text.Text[..at] + (at > 0 && text.Text[at - 1] is not ('\n' or '\r') ? text.LineEnd : "");
        var groups = string.Concat(names.SkipLast(1).Select(
            (name, depth) => $"{new string(' ', indent + 2 * depth)}{name}:{text.LineEnd}"));
        var deep = new string(' ', indent + 2 * (names.Count - 1));
        var key = YamlScalars.OnOneLine(names[^1], null, false, false).First();
        if (change is { Text: { Length: > 60 } value, IsNumber: false }
            && YamlScalars.OnSeveralLines(value, deep.Length + 2) is var (mark, lines))
        {
            var body = string.Concat(lines.Select(line => $"{deep}  {line}{text.LineEnd}"));
            yield return $"{lead}{groups}{deep}{key}: {mark}{text.LineEnd}{body}{text.Text[at..]}";
        }

        foreach (var form in Forms(change, isInFlow: false))
            yield return $"{lead}{groups}{deep}{key}: {form}{text.LineEnd}{text.Text[at..]}";
    }

    static IEnumerable<string> Forms(YamlChange change, bool isInFlow) => change.Items is { } items
        ? FlowLists(items, change)
        : YamlScalars.OnOneLine(change.Text!, null, change.IsNumber, isInFlow);

    /// <summary>How far the key of a value stands in; null of an item.</summary>
    int? IndentOf(IReadOnlyList<YamlStep> steps) =>
        steps[^1].Name.Length > 0
        && Find(root, [.. steps.SkipLast(1)])?.FindMember(steps[^1].Name) is { Where.Column: { } column }
            ? column - 1
            : null;
}
