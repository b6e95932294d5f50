using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Files.Yaml;

namespace SmsCampaign.Office;

/// <summary>How a value of a campaign file is entered.</summary>
public enum EditKind
{
    Line,

    /// <summary>Of several lines.</summary>
    Text,
    Number,

    /// <summary>One of <see cref="EditField.Choices"/>.</summary>
    Choice,

    /// <summary>An item a line.</summary>
    List,
}

/// <summary>A value of a campaign file that can be entered by itself.</summary>
/// <param name="Path">As problems name it: <c>messages[1].text</c>.</param>
/// <param name="Declared">The same of every message and segment: <c>messages.text</c>.</param>
/// <param name="Value">Items of a list each on a line; empty where the key is not there.</param>
/// <param name="IsAsked">Whether <c>new</c> left a question there, which nobody has answered.</param>
/// <param name="Line">Null where the key is not there.</param>
/// <param name="Meaning">What the handbook says of it; what one types stands in `…`.</param>
public sealed record EditField(
    string Path,
    string Declared,
    EditKind Kind,
    string Value,
    bool IsRequired,
    bool IsAsked,
    int? Line,
    Wording Meaning,
    IReadOnlyList<string> Choices)
{
    /// <summary>Those that have a field, in the order of the page. The rest is changed in the whole text.</summary>
    static readonly string[] OfWhole =
    [
        "title", "mode", "sender", "directive.issuer", "directive.number", "directive.date", "directive.item",
        "directive.legalBasis", "directive.text", "directive.reportTo", "directive.reportBy", "directive.reports",
        "schedule.date", "schedule.yearly", "schedule.window.from", "schedule.window.to", "schedule.missed",
        "schedule.leftovers", "suppression", "lanes", "laneStopped", "priority", "limits.messages", "limits.costVnd",
    ];

    static readonly string[] OfMessage = ["language", "form", "text"];

    static readonly string[] OfOwn = ["name", "file", "message", "priority"];

    static readonly string[] OfHeld =
        ["name", "areas", "estimate", "exclude", "acknowledgeBy", "reportBy", "message"];

    /// <summary>Of a file that YAML can read.</summary>
    internal static IReadOnlyList<EditField> Of(FileNode root)
    {
        var isYearly = root.Map("schedule")?.Find("yearly") is not null;
        var fields = new List<EditField>();
        foreach (var path in OfWhole.Where(path => path != (isYearly ? "schedule.date" : "schedule.yearly")))
            Add(path, path);
        foreach (var at in Enumerable.Range(1, root.ItemsOf("messages").Count))
        {
            foreach (var key in OfMessage)
                Add($"messages[{at}].{key}", $"messages.{key}");
        }

        foreach (var (segment, at) in root.ItemsOf("segments").Select((segment, at) => (segment, at + 1)))
        {
            foreach (var key in segment.FindMember("heldBy") is null ? OfOwn : OfHeld)
                Add($"segments[{at}].{key}", $"segments.{key}");
            foreach (var column in segment.Map("filter")?.Members ?? [])
                AddFilter(column, $"segments[{at}].filter.{column.Name}");
        }

        return [.. fields.DistinctBy(field => field.Path)];

        void Add(string path, string declared)
        {
            var key = declared.Split('.').Aggregate(
                (FileKey)CampaignKeys.Root, (keys, name) => keys.Keys.Single(key => key.Name == name));
            if (Read(root, path, declared, key) is { } field)
                fields.Add(field);
        }

        void AddFilter(FileMember column, string path)
        {
            var key = CampaignKeys.Root.Keys.Single(key => key.Name == "segments").Keys
                .Single(key => key.Name == "filter");
            if (Read(root, path, "segments.filter", key) is { } field)
                fields.Add(field with { IsRequired = true });
        }
    }

    /// <summary>What is to be changed for a field to say what was typed; null where it says that.</summary>
    internal YamlChange? ChangeTo(string typed)
    {
        var wanted = Cleaned(typed);
        if (Kind == EditKind.Number && System.Text.RegularExpressions.Regex.IsMatch(
            wanted, @"\A[0-9]{1,3}([. ][0-9]{3})+\z"))
            wanted = string.Concat(wanted.Where(char.IsAsciiDigit));
        if (wanted == Cleaned(Value) && !(IsAsked && wanted.Length > 0))
            return null;
        if (wanted.Length == 0 && (!IsRequired || Kind == EditKind.List))
            return Line is null ? null : new YamlChange(Path, null);
        if (Kind == EditKind.List)
            return new YamlChange(Path, null, ItemsOf(wanted));

        return new YamlChange(
            Path, wanted, IsNumber: Kind == EditKind.Number && wanted.Length > 0 && wanted.All(char.IsAsciiDigit));
    }

    string Cleaned(string typed)
    {
        var composed = typed.ReplaceLineEndings("\n").Composed();
        return Kind switch
        {
            EditKind.List => string.Join('\n', ItemsOf(composed)),
            EditKind.Text => composed.Trim('\n', ' ', '\t'),
            _ => composed.Replace('\n', ' ').Trim(),
        };
    }

    static List<string> ItemsOf(string typed) =>
        [.. typed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <returns>Null where something else stands there than the key takes: that is told of by the check.</returns>
    static EditField? Read(FileNode root, string path, string declared, FileKey key)
    {
        var node = YamlWriter.Find(root, new YamlChange(path, null).Steps);
        if (node is { Kind: NodeKind.Map } or { IsRefused: true })
            return null;
        if (node is { Kind: NodeKind.List } && !node.Items.TrueForAll(item => item.IsScalar))
            return null;

        var kind = key.Kind switch
        {
            KeyKind.TextList or KeyKind.TextOrList or KeyKind.Filter => EditKind.List,
            KeyKind.Choice => EditKind.Choice,
            KeyKind.Number => EditKind.Number,
            _ => key.Name is "text" or "legalBasis" ? EditKind.Text : EditKind.Line,
        };
        if (node is { Kind: NodeKind.List } && kind != EditKind.List)
            return null;

        var texts = node switch
        {
            null or { IsNothing: true } => [],
            { Kind: NodeKind.List } => node.Items.Select(item => item.Text.Trim()).ToList(),
            _ => [node.Text.Trim('\n')],
        };
        var isAsked = texts is [var only] && only.Trim().Composed() == OpenQuestions.Mark;
        return new EditField(
            path,
            declared,
            kind,
            isAsked ? "" : string.Join('\n', texts),
            key.Required,
            isAsked,
            node?.Where.Line,
            key.Words,
            key.Choices);
    }
}
