namespace SmsCampaign.Files.Binding;

/// <summary>What stands behind a key.</summary>
enum KeyKind
{
    /// <summary>One piece of text, a date and a time included.</summary>
    Text,

    /// <summary>A whole number in plain digits.</summary>
    Number,

    /// <summary>One of a few fixed words.</summary>
    Choice,

    /// <summary>Keys of its own.</summary>
    Map,

    /// <summary>A list of maps with the same keys.</summary>
    MapList,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>A text or a list of texts.</summary>
    TextOrList,

    /// <summary>Column names, each with a text or a list of texts.</summary>
    Filter,
}

/// <summary>One key of a file: what its reader, the published schema and the table of the documents go by.</summary>
sealed record FileKey(string Name, KeyKind Kind, bool Required)
{
    /// <summary>The keys inside, for <see cref="KeyKind.Map"/> and <see cref="KeyKind.MapList"/>.</summary>
    public IReadOnlyList<FileKey> Keys { get; init; } = [];

    /// <summary>The words, for <see cref="KeyKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <returns>The paths at which a key of this name stands inside, such as <c>schedule.window</c>.</returns>
    public IEnumerable<string> PathsOf(string name, string path = "") =>
        Keys.SelectMany(key => key.PathsOf(name, path + key.Name + ".").Concat(key.Name == name ? [path + key.Name] : []));
}
