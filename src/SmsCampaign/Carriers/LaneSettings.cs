using System.Globalization;
using System.Text;
using System.Text.Json;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>
/// Every setting of a lane as canonical JSON: what the plan's hash is taken of and the ledger keeps. Of a secret only
/// the name of where it is kept is among them.
/// </summary>
/// <remarks>
/// What the program reads back from a run's ledger stands first, in a form that does not change; every other option
/// follows by its key, whatever the lane's type (<see cref="WrittenSettings"/>).
/// </remarks>
public static class LaneSettings
{
    const string Carriers = "carriers";
    const string FallbackFor = "fallbackFor";
    const string Limits = "limits";
    const string TimeZone = "timeZone";
    const string LengthTableName = "lengthTable";

    /// <returns>Always the same text for the same settings: fixed order, invariant spelling.</returns>
    public static string ToJson(LaneOptions lane)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in ValuesOf(lane))
                json.WriteString(name, value);
            foreach (var (key, value) in WrittenSettings.Of(lane, lane.Written).Where(option => !IsRead(option.Key)))
                json.WriteString(key, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>What the lane's own type adds: addresses, templates, names at the gateway, as written. Not how answers,
    /// receipts and inquiries are read.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> GatewayOf(LaneOptions lane)
    {
        var common = SettingsBinder.PropertiesOf(typeof(LaneOptions))
            .Select(SettingsBinder.KeyOf)
            .Concat(["answer", "receipts", "inquiry"])
            .ToHashSet();
        return [.. WrittenSettings.Of(lane, lane.Written).Where(option => !common.Contains(RootOf(option.Key)))];
    }

    /// <summary>Where the lane's messages go; empty where its type has no address.</summary>
    public static string HostOf(LaneOptions lane) =>
        lane.GetType().GetProperty("Url")?.GetValue(lane) is Uri url ? url.Authority : "";

    /// <summary>Every setting as <see cref="ToJson"/> has written it, by key and in its order.</summary>
    /// <returns>Null where it is nothing that it writes.</returns>
    public static IReadOnlyDictionary<string, string>? Read(string json)
    {
        try
        {
            using var settings = JsonDocument.Parse(json);
            if (settings.RootElement.ValueKind != JsonValueKind.Object)
                return null;

            var read = new OrderedDictionary<string, string>();
            foreach (var setting in settings.RootElement.EnumerateObject())
                read[setting.Name] = setting.Value.ToString();
            return read;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The limits besides the rate, as <see cref="ToJson"/> has written them.</summary>
    /// <exception cref="FormatException">It has written neither these nor the settings; so of the others.</exception>
    public static IReadOnlyList<LaneLimit> LimitsOf(string json) =>
        ReadText(json, Limits) is { } limits ? [.. limits.Split(',').Select(LaneLimit.Parse)] : [];

    /// <summary>Carriers the lane serves, by name.</summary>
    public static IReadOnlyList<string> CarriersOf(string json) => ReadText(json, Carriers)?.Split(',') ?? [];

    /// <summary>Carriers it stands in for.</summary>
    public static IReadOnlyList<string> FallbackForOf(string json) => ReadText(json, FallbackFor)?.Split(',') ?? [];

    /// <summary>The table by which the lane counts parts; null where none is kept, or nothing can be read.</summary>
    public static LengthTable? LengthTableOf(string json) =>
        Read(json)?.GetValueOrDefault(LengthTableName) is { } table && Enum.TryParse<LengthTable>(table, out var named)
            ? named
            : null;

    /// <summary>The zone whose days they count.</summary>
    /// <exception cref="FormatException">This machine knows no such zone.</exception>
    public static TimeZoneInfo ZoneOf(string json)
    {
        var name = ReadText(json, TimeZone) ?? CalendarDay.VietnamZone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new FormatException($"not a time zone: '{name}'");
    }

    static string? ReadText(string json, string name) =>
        (Read(json) ?? throw new FormatException("not the settings of a lane")).GetValueOrDefault(name);

    static readonly HashSet<string> ReadKeys =
    [
        "type", "standIn", Carriers, "rate", "rateUnit", Limits, TimeZone, FallbackFor, "mostPerCall", "unicode",
        LengthTableName, "mostParts", "pricePerPart", "receiptTrust", "receiptTimeout", "answerTimeout",
    ];

    static bool IsRead(string key) => ReadKeys.Contains(RootOf(key));

    static string RootOf(string key) =>
        key[..(key.AsSpan().IndexOfAny('.', '[') is var at && at >= 0 ? at : key.Length)];

    static IEnumerable<(string Name, string Value)> ValuesOf(LaneOptions lane) =>
    [
        ("type", lane.Type),
        ("standIn", lane.StandIn == true ? "true" : "false"),
        (Carriers, string.Join(",", lane.Carriers)),
        ("rate", Text(lane.Rate)),
        ("rateUnit", lane.RateUnit.ToString()),
        (TimeZone, lane.TimeZone),

        // Left out where there are none: an empty list would be read as one empty name.
        .. lane.AllLimits.Skip(1).ToList() is { Count: > 0 } limits
            ? new[] { (Limits, string.Join(",", limits.Select(limit => limit.ToText()))) }
            : [],
        .. lane.FallbackFor.Count == 0 ? [] : new[] { (FallbackFor, string.Join(",", lane.FallbackFor)) },
        ("mostPerCall", Text(lane.MostPerCall)),
        ("unicode", lane.Unicode ? "true" : "false"),
        (LengthTableName, lane.LengthTable.ToString()),
        ("mostParts", Text(lane.MostParts)),

        // 250, 250.0 and 250.00 are one price.
        ("pricePerPart", (lane.PricePerPart ?? 0).ToString("0.############", CultureInfo.InvariantCulture)),
        ("receiptTrust", lane.ReceiptTrust?.ToString() ?? ""),
        ("receiptTimeout", lane.ReceiptTimeout.ToString("c", CultureInfo.InvariantCulture)),
        ("answerTimeout", lane.AnswerTimeout.ToString("c", CultureInfo.InvariantCulture)),
    ];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
