using System.Globalization;
using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;

namespace SmsCampaign.Planning;

/// <summary>
/// A lane's settings that a plan depends on, as canonical JSON: what the plan's hash is taken of and the ledger keeps.
/// Addresses and secrets are not among them.
/// </summary>
public static class LaneSettings
{
    const string Carriers = "carriers";
    const string FallbackFor = "fallbackFor";
    const string Limits = "limits";
    const string TimeZone = "timeZone";

    /// <returns>Always the same text for the same settings: fixed order, invariant spelling.</returns>
    public static string ToJson(LaneOptions lane)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Read(lane))
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The limits besides the rate, as <see cref="ToJson"/> has written them.</summary>
    public static IReadOnlyList<LaneLimit> LimitsOf(string json) =>
        ReadText(json, Limits) is { } limits ? [.. limits.Split(',').Select(LaneLimit.Parse)] : [];

    /// <summary>Carriers the lane serves, by name.</summary>
    public static IReadOnlyList<string> CarriersOf(string json) => ReadText(json, Carriers)?.Split(',') ?? [];

    /// <summary>Carriers it stands in for.</summary>
    public static IReadOnlyList<string> FallbackForOf(string json) => ReadText(json, FallbackFor)?.Split(',') ?? [];

    /// <summary>The zone whose days they count.</summary>
    public static TimeZoneInfo ZoneOf(string json) =>
        TimeZoneInfo.FindSystemTimeZoneById(ReadText(json, TimeZone) ?? LaneOptions.VietnamZone);

    static string? ReadText(string json, string name)
    {
        using var settings = JsonDocument.Parse(json);
        return settings.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    static IEnumerable<(string Name, string Value)> Read(LaneOptions lane) =>
    [
        ("type", lane.Type),
        ("standIn", lane.StandIn == true ? "true" : "false"),
        (Carriers, string.Join(",", lane.Carriers)),
        ("rate", Text(lane.Rate)),
        ("rateUnit", lane.RateUnit.ToString()),

        // Left out where there are none: what was planned before there could be any stays as it was.
        .. lane.AllLimits.Skip(1).ToList() is { Count: > 0 } limits ? new[] { (Limits, string.Join(",", limits.Select(limit => limit.ToText()))), (TimeZone, lane.TimeZone) } : [],
        .. lane.FallbackFor.Count == 0 ? [] : new[] { (FallbackFor, string.Join(",", lane.FallbackFor)) },
        ("mostPerCall", Text(lane.MostPerCall)),
        ("unicode", lane.Unicode ? "true" : "false"),
        ("lengthTable", lane.LengthTable.ToString()),
        ("mostParts", Text(lane.MostParts)),

        // 250, 250.0 and 250.00 are one price.
        ("pricePerPart", (lane.PricePerPart ?? 0).ToString("0.############", CultureInfo.InvariantCulture)),
        ("receiptTrust", lane.ReceiptTrust?.ToString() ?? ""),
        ("receiptTimeout", lane.ReceiptTimeout.ToString("c", CultureInfo.InvariantCulture)),
        ("answerTimeout", lane.AnswerTimeout.ToString("c", CultureInfo.InvariantCulture)),
    ];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
