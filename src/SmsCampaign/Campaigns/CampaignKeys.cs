using SmsCampaign.Files.Binding;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Every key of the campaign file. The schema in config/schema says the same, and a test compares the two.
/// </summary>
static class CampaignKeys
{
    public static readonly FileKey Root = Required("", KeyKind.Map) with
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

    static FileKey Required(string name, KeyKind kind = KeyKind.Text) => new(name, kind, true);

    static FileKey Optional(string name, KeyKind kind = KeyKind.Text) => new(name, kind, false);
}
