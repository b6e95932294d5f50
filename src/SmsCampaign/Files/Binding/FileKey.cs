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

    /// <summary>A number that may have a fraction.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A time as <see cref="Binding.Duration"/> reads it.</summary>
    Duration,

    /// <summary>A whole URL.</summary>
    Address,

    /// <summary>Names of any kind, each with an <see cref="FileKey.Item"/>.</summary>
    Table,

    /// <summary>Whatever JSON there is.</summary>
    Json,
}

/// <summary>
/// One key of a file, declared once: its reader holds the file to it, and the published schema and the table of the
/// documents are written from it.
/// </summary>
record FileKey(string Name, KeyKind Kind, bool Required)
{
    /// <summary>The keys inside, for <see cref="KeyKind.Map"/> and <see cref="KeyKind.MapList"/>.</summary>
    public IReadOnlyList<FileKey> Keys { get; init; } = [];

    /// <summary>Of a map the kinds there are, by name, each with all keys that it has; empty where all such maps have
    /// <see cref="Keys"/>.</summary>
    public IReadOnlyList<FileKey> Variants { get; init; } = [];

    /// <summary>Of a map with <see cref="Variants"/> the key that says which it is, a
    /// <see cref="KeyKind.Choice"/>.</summary>
    public FileKey? VariantKey { get; init; }

    /// <summary>Of a <see cref="KeyKind.Table"/> the regular expression that all of a name fits; null: any. Its reader
    /// says what is wrong with one.</summary>
    public string? NamePattern { get; init; }

    /// <summary>What stands behind each name of a <see cref="KeyKind.Table"/>; of a list each item, where more is
    /// to be said of it.</summary>
    public FileKey? Item { get; init; }

    /// <summary>The words, for <see cref="KeyKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What each of <see cref="Choices"/> means, where that is not among <see cref="Words"/>.</summary>
    public IReadOnlyList<Wording> ChoiceWords { get; init; } = [];

    /// <summary>What it means, with its unit; what one types stands in `…`.</summary>
    public Wording Words { get; init; }

    /// <summary>As one would write it in the file; null where no example is needed.</summary>
    public string? Example { get; init; }

    /// <summary>What holds where the file does not say it, as it would be written; null where nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>What is to be said of that in place of <see cref="Default"/>, or of whether the
    /// key is required.</summary>
    public Wording? Unset { get; init; }

    /// <summary>Smallest number.</summary>
    public long Least { get; init; } = 1;

    /// <summary>Largest number that makes sense, more is taken for a slip; of a text the most
    /// characters. Null: any.</summary>
    public long? Most { get; init; }

    /// <summary>Shortest and longest of a duration; null: any.</summary>
    public (TimeSpan Least, TimeSpan Most)? Lasts { get; init; }

    /// <summary>Whether a text of no letters, or a list or table of no items, may stand there.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>Whether the value may not be written into the file, only where it is kept.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Regular expression that all of a text fits; null: any that is not empty.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether an editor may take a text of digits alone for a number.</summary>
    public bool MayBeDigits { get; init; }

    /// <summary>Whether no item of a list may stand there twice.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>Of the keys inside exactly one stands there.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <returns>The paths at which a key of this name stands inside, such as <c>schedule.window</c>.</returns>
    public IEnumerable<string> PathsOf(string name, string path = "") =>
        Keys.SelectMany(
            key => key.PathsOf(name, path + key.Name + ".").Concat(key.Name == name ? [path + key.Name] : []));
}
