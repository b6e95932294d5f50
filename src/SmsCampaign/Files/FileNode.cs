using System.Globalization;

namespace SmsCampaign.Files;

/// <summary>What a part of a file is.</summary>
enum NodeKind
{
    /// <summary>A piece of text; of YAML every scalar but <see cref="Nothing"/>, as its key
    /// decides what it means.</summary>
    Text,
    Number,
    True,
    False,

    /// <summary>JSON's null; what YAML takes for it.</summary>
    Nothing,
    List,
    Map,

    /// <summary>Stands where something was refused and has been reported: nothing more is said of it.</summary>
    Refused,
}

/// <summary>How a single value is written.</summary>
enum ScalarForm
{
    /// <summary>Without quotes.</summary>
    Plain,
    Quoted,

    /// <summary>As YAML's | and > have it, over several lines.</summary>
    Block,
}

/// <summary>
/// A part of a file that a person wrote, with the place where it stands: what YAML and JSON are both read to.
/// </summary>
/// <param name="Text">What a single value says, escapes and folding undone, a number as
/// written; empty otherwise.</param>
/// <param name="Where">Line, column and key of the value; or the environment variable it came from.</param>
/// <param name="Variable">The environment variable that gave the value; null where the file did.</param>
sealed record FileNode(NodeKind Kind, string Text, Place Where, string? Variable = null)
{
    /// <summary>Characters shown of a text: enough to know it again.</summary>
    const int MostShown = 60;

    /// <summary>Of a map, in the order of the file.</summary>
    public List<FileMember> Members { get; init; } = [];

    /// <summary>Of a list.</summary>
    public List<FileNode> Items { get; init; } = [];

    public ScalarForm Form { get; init; }

    /// <summary>The characters of the file a single value was read from, quotes and indentation included; of YAML's
    /// lists and maps those between brackets.</summary>
    public string Written { get; init; } = "";

    /// <summary>The comments behind a value, on its line and on lines of their own right after; of
    /// plain ones alone.</summary>
    public IReadOnlyList<FileComment> Comments { get; init; } = [];

    /// <summary>Whether the file became unreadable inside this map: keys may be missing only for that reason.</summary>
    public bool CutShort { get; init; }

    /// <summary>Whether something in this map or list was refused, or is missing: that has been reported.</summary>
    public bool HasFaults { get; init; }

    /// <summary>Of a map that was held to its keys the same as it stands in the file; null before.</summary>
    public FileNode? Source { get; init; }

    public bool IsScalar => Kind is not (NodeKind.List or NodeKind.Map or NodeKind.Refused);

    public bool IsRefused => Kind == NodeKind.Refused;

    /// <summary>Whether nothing stands there.</summary>
    public bool IsNothing => Kind == NodeKind.Nothing;

    /// <summary>What may be shown of the value to a person: never what came from the environment.</summary>
    public string Shown => (Kind, Variable) switch
    {
        (_, not null) => "***",
        (NodeKind.Map, _) => "{…}",
        (NodeKind.List, _) => "[…]",
        (NodeKind.Text, _) => $"'{Shortened(Text)}'",
        (NodeKind.Nothing, _) => "null",
        (NodeKind.Number, _) => Text,
        _ => Kind.ToString().ToLower(CultureInfo.InvariantCulture),
    };

    public static FileNode Refuse(Place where) => new(NodeKind.Refused, "", where);

    /// <summary>Enough of it to know it again; a misplaced message text is not repeated in full.</summary>
    public static string Shortened(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    public FileMember? FindMember(string name) => Members.Find(member => member.Name == name);

    public FileNode? Find(string name) => FindMember(name)?.Value;

    /// <summary>The single value of a key; null where there is none, or it was refused. So are the others.</summary>
    public FileNode? Scalar(string name) => Find(name) is { IsScalar: true } scalar ? scalar : null;

    public FileNode? Map(string name) => Find(name) is { Kind: NodeKind.Map } map ? map : null;

    public IReadOnlyList<FileNode> ItemsOf(string name) => Find(name) is { Kind: NodeKind.List } list ? list.Items : [];

    /// <summary>The maps among a key's items.</summary>
    public IEnumerable<FileNode> MapsOf(string name) => ItemsOf(name).Where(item => item.Kind == NodeKind.Map);

    /// <summary>This and everything inside.</summary>
    public IEnumerable<FileNode> WithAllBelow() =>
        Items.Concat(Members.Select(member => member.Value)).SelectMany(inside => inside.WithAllBelow()).Prepend(this);

    /// <summary>A whole number that its key's declaration was held to.</summary>
    public long? Number(string name) =>
        Scalar(name) is { } written ? long.Parse(written.Text.Trim(), CultureInfo.InvariantCulture) : null;

    /// <summary>One of a key's fixed words.</summary>
    public string? Choice(string name) => Scalar(name)?.Text;

    /// <summary>The words, composed and without space around them.</summary>
    public string? Words(string name) => Scalar(name)?.Text.Trim().Composed();

    /// <summary>
    /// Where in the file a character of <see cref="Text"/> stands. Folding and indentation move characters about but
    /// keep their order, so the n-th of its kind in the value is the n-th of its kind in the file; one written as
    /// an escape such as <c>"\u200B"</c> is not there, and the value's start stands for it.
    /// </summary>
    /// <param name="index">0-based index in <see cref="Text"/>.</param>
    public Place PlaceOf(int index)
    {
        var letter = Text[index];
        var nth = Text.AsSpan(0, index).Count(letter);
        var (line, column) = (Where.Line ?? 1, Where.Column ?? 1);
        var content = Form == ScalarForm.Block ? Written.IndexOf('\n') + 1 : 0;

        for (var place = 0; place < Written.Length; place++)
        {
            if (place >= content && Written[place] == letter && nth-- == 0)
                return Where with { Line = line, Column = column };

            if (Written[place] == '\n')
                (line, column) = (line + 1, 1);
            else if (!char.IsLowSurrogate(Written[place]) && Written[place] != '\r')
                column++;
        }

        return Where;
    }
}

/// <param name="Where">Place of the name.</param>
sealed record FileMember(string Name, Place Where, FileNode Value);

/// <param name="Text">From the # to the end of the line.</param>
/// <param name="HasOwnLine">Whether nothing but space stands before it.</param>
sealed record FileComment(Place Where, string Text, bool HasOwnLine);
