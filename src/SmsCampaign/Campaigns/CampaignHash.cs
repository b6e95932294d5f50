using System.Security.Cryptography;
using System.Text.Json;

namespace SmsCampaign.Campaigns;

/// <summary>
/// The fingerprint of what a campaign file means. Comments, spacing and the order of keys do not
/// change it; any value does.
/// </summary>
public static class CampaignHash
{
    /// <summary>Part of what is hashed: to be raised when the form below changes, so that old
    /// approvals lapse openly.</summary>
    const string Form = "campaign-2";

    /// <summary>Keys that stand in the form below. Any other is hashed as its declaration shows it, where it is
    /// not the default.</summary>
    static readonly HashSet<string> InForm =
    [
        "id", "title", "mode", "directive.issuer", "directive.number", "directive.date", "directive.item",
        "directive.legalBasis", "directive.text", "directive.reportTo", "directive.reportBy", "sender",
        "messages.language", "messages.text", "messages.form", "schedule.date", "schedule.window.from",
        "schedule.window.to", "schedule.timeZone", "schedule.missed", "schedule.leftovers", "segments.file",
        "segments.sheet", "segments.hiddenRows", "segments.columns.phone", "segments.columns.carrier",
        "segments.columns.commune", "segments.filter", "segments.message", "segments.priority", "suppression", "lanes",
        "laneStopped", "priority", "limits.messages", "limits.costVnd", "retry.tries", "retry.validHours",
    ];

    /// <returns>SHA-256, 64 lower-case hexadecimal digits. The same wherever the folder lies, for files
    /// are named relative to the campaign file; their contents are not part of it.</returns>
    public static string Of(Campaign campaign)
    {
        using var canonical = new MemoryStream();
        using (var writer = new Utf8JsonWriter(canonical))
            JsonSerializer.Serialize(writer, Canonical(campaign));

        return Convert.ToHexStringLower(SHA256.HashData(canonical.ToArray()));
    }

    static object?[] Canonical(Campaign campaign)
    {
        var directive = campaign.Directive;
        var schedule = campaign.Schedule;
        return
        [
            Form, campaign.Id, campaign.Title, $"{campaign.Mode}", campaign.Sender,
            new object?[]
            {
                directive.Issuer, directive.Number, directive.Date, directive.Item, directive.LegalBasis,
                directive.Text, directive.ReportTo, directive.ReportBy, directive.ReportByMonth, directive.ReportByDay,
            },
            campaign.Messages.Select(
                message => new object[] { message.Name, message.Language, message.Text.Value, message.Unaccented }),
            new object?[]
            {
                schedule.Date, schedule.YearlyMonth, schedule.YearlyDay, schedule.Window.Opens, schedule.Window.Closes,
                schedule.Window.Zone.Id, $"{schedule.Missed}", $"{schedule.Leftovers}",
            },
            campaign.Segments.Select(segment => (object[])
            [
                segment.Name, Relative(segment.File, campaign), segment.Message, segment.Priority,
                segment.Filter.Select(filter => new object[] { filter.Column, filter.Values }),

                // Left out where the file does not say them, as below.
                .. segment.Sheets.Count == 0 ? [] : new object[] { "sheet", segment.Sheets },
                .. segment.HiddenRows is { } hidden ? new object[] { "hiddenRows", $"{hidden}" } : [],
                .. segment.Columns.Count == 0
                    ? []
                    : new object[] { "columns", segment.Columns.OrderBy(column => column.Key, StringComparer.Ordinal) },
            ]),
            campaign.SuppressionFiles.Select(file => Relative(file, campaign)),
            campaign.Lanes,
            new object?[] { campaign.Limits.Messages, campaign.Limits.CostVnd },
            new object?[] { campaign.Retry.MostTries, campaign.Retry.Validity },

            // Left out where it is the standard, so that what was approved before there was the key stands.
            .. campaign.Priority == CampaignPriority.Standard ? [] : new object?[] { campaign.Priority },
            .. campaign.UsesFallback ? new object?[] { "fallback" } : [],
            .. campaign.HeldSegments.Count == 0 ? [] : new object?[]
            {
                "held", campaign.HeldSegments.Select(held => new object[] { held.Name, held.HeldBy, held.Message }),
            },
            .. Later(campaign),
        ];
    }

    /// <summary>Of keys declared since, each that says something other than what stood before
    /// there was the key.</summary>
    static IEnumerable<object> Later(Campaign campaign) => CampaignKey.ValuesOf(campaign)
        .Where(value => !InForm.Contains(value.Path) && value.Value != (value.Declared.Default ?? ""))
        .Select(value => new object[] { value.Key, value.Value });

    static string Relative(string file, Campaign campaign) =>
        Path.GetRelativePath(Path.GetDirectoryName(campaign.File)!, file).Replace('\\', '/').Composed();
}
