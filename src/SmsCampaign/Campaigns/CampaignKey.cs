namespace SmsCampaign.Campaigns;

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

/// <summary>One key of the campaign file: what the reader and the published schema both go by.</summary>
sealed record CampaignKey(string Name, KeyKind Kind, bool Required)
{
    /// <summary>The keys inside, for <see cref="KeyKind.Map"/> and <see cref="KeyKind.MapList"/>.</summary>
    public IReadOnlyList<CampaignKey> Keys { get; init; } = [];

    /// <summary>The words, for <see cref="KeyKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>
/// Every key of the campaign file. The schema in config/schema says the same, and a test compares the two.
/// </summary>
static class CampaignKeys
{
    public static readonly CampaignKey Root = Required("", KeyKind.Map) with
    {
        Keys =
        [
            Required("id"),
            Required("title"),
            Required("mode", KeyKind.Choice) with { Choices = ["exercise", "live"] },
            Required("directive", KeyKind.Map) with
            {
                Keys =
                [
                    Required("issuer"),
                    Optional("number"),
                    Optional("date"),
                    Optional("item"),
                    Optional("legalBasis"),
                    Required("text"),
                    Required("reportTo"),
                    Required("reportBy"),
                ],
            },
            Required("sender"),
            Required("messages", KeyKind.MapList) with
            {
                Keys =
                [
                    Required("name"),
                    Optional("language"),
                    Required("text"),
                    Optional("form", KeyKind.Choice) with { Choices = ["accented", "unaccented"] },
                ],
            },
            Required("schedule", KeyKind.Map) with
            {
                Keys =
                [
                    Optional("date"),
                    Optional("yearly"),
                    Required("window", KeyKind.Map) with { Keys = [Required("from"), Required("to")] },
                    Optional("timeZone"),
                    Required("missed", KeyKind.Choice) with { Choices = ["start-late", "hold", "skip"] },
                    Required("leftovers", KeyKind.Choice) with { Choices = ["next-day", "hold", "drop"] },
                ],
            },
            Required("segments", KeyKind.MapList) with
            {
                Keys =
                [
                    Required("name"),
                    Required("file"),
                    Optional("sheet", KeyKind.TextOrList),
                    Optional("hiddenRows", KeyKind.Choice) with { Choices = ["take", "leave"] },
                    Optional("columns", KeyKind.Map) with { Keys = [Optional("phone"), Optional("carrier"), Optional("commune")] },
                    Optional("filter", KeyKind.Filter),
                    Required("message"),
                    Optional("priority", KeyKind.Number),
                ],
            },
            Optional("suppression", KeyKind.TextList),
            Required("lanes", KeyKind.TextList),
            Optional("laneStopped", KeyKind.Choice) with { Choices = ["hold", "fallback"] },
            Optional("priority", KeyKind.Number),
            Optional("limits", KeyKind.Map) with
            {
                Keys = [Optional("messages", KeyKind.Number), Optional("costVnd", KeyKind.Number)],
            },
            Optional("retry", KeyKind.Map) with
            {
                Keys = [Optional("tries", KeyKind.Number), Optional("validHours", KeyKind.Number)],
            },
        ],
    };

    /// <returns>The paths at which a key of this name stands, such as <c>schedule.window</c>.</returns>
    public static IEnumerable<string> PathsOf(string name) => PathsOf(name, Root, "");

    static IEnumerable<string> PathsOf(string name, CampaignKey inside, string path) =>
        inside.Keys.SelectMany(key => PathsOf(name, key, path + key.Name + ".")
            .Concat(key.Name == name ? [path + key.Name] : []));

    static CampaignKey Required(string name, KeyKind kind = KeyKind.Text) => new(name, kind, true);

    static CampaignKey Optional(string name, KeyKind kind = KeyKind.Text) => new(name, kind, false);
}
