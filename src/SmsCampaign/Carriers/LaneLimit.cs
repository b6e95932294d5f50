using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Carriers;

/// <summary>How long the stretch of time is that a limit counts over.</summary>
public enum LimitPeriod
{
    [Meaning("Một giây bất kỳ.", "Any sliding second.")]
    Second,

    [Meaning("Một phút bất kỳ.", "Any sliding minute.")]
    Minute,

    [Meaning("Một ngày theo lịch của timeZone.", "A calendar day in timeZone.")]
    Day,
}

/// <summary>
/// One limit of a contract: so many parts, messages or requests a period. SpeedSMS, for one, takes 60 requests a minute
/// (speedsms.vn, "SMS API").
/// </summary>
public sealed class LaneLimit
{
    [Meaning("Số lượng nhiều nhất trong một khoảng.", "Most in any one period.")]
    [Required, Range(1, 1_000_000_000)]
    public int Most { get; set; }

    [Meaning("Đếm theo gì.", "What is counted.")]
    public RateUnit Of { get; set; } = RateUnit.Parts;

    [Meaning(
        "Trong khoảng nào: giây và phút là khoảng bất kỳ, ngày là ngày theo lịch.",
        "Over what: second and minute slide, a day is the calendar's.")]
    [Required]
    public LimitPeriod? Per { get; set; }

    public LimitPeriod Period => Per ?? LimitPeriod.Second;

    /// <summary>Microseconds of a sliding period.</summary>
    /// <exception cref="InvalidOperationException">A day does not slide.</exception>
    public long PeriodMicros => Period switch
    {
        LimitPeriod.Second => 1_000_000,
        LimitPeriod.Minute => 60_000_000,
        _ => throw new InvalidOperationException("a day does not slide"),
    };

    /// <summary>What a call costs under this limit.</summary>
    public long CostOf(long parts, long messages, long requests) => Of switch
    {
        RateUnit.Parts => parts,
        RateUnit.Messages => messages,
        _ => requests,
    };

    /// <summary>As 60 requests/minute: what a ledger keeps.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Most} {Of.ToString().ToLowerInvariant()}/{Period.ToString().ToLowerInvariant()}");

    /// <exception cref="FormatException">The text is not one that <see cref="ToText"/> makes.</exception>
    public static LaneLimit Parse(string text) =>
        text.Split(' ', '/') is [var most, var of, var per]
        && int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Enum.TryParse<RateUnit>(of, ignoreCase: true, out var unit)
        && Enum.TryParse<LimitPeriod>(per, ignoreCase: true, out var period)
            ? new LaneLimit { Most = number, Of = unit, Per = period }
            : throw new FormatException($"not a limit: '{text}'");

    /// <summary>What the limits of a lane must be to one another.</summary>
    internal static IEnumerable<SettingsFault> Check(LaneOptions lane)
    {
        foreach (var same in lane.AllLimits
            .GroupBy(limit => (limit.Of, limit.Period))
            .Where(group => group.Count() > 1))
        {
            var repeatsRate = same.Key == (lane.RateUnit, LimitPeriod.Second);
            yield return new SettingsFault("limits", repeatsRate
                ? new Wording(
                    "Giới hạn này trùng với 'rate' và 'rateUnit'; chỉ ghi một nơi.",
                    "This limit is what 'rate' and 'rateUnit' say already; write it once.")
                : new Wording(
                    "Hai giới hạn cùng 'of' và 'per'; chỉ giữ một.",
                    "Two limits have the same 'of' and 'per'; keep one."));
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(lane.TimeZone, out _))
        {
            yield return new SettingsFault("timeZone", new Wording(
                $"Máy này không biết múi giờ '{lane.TimeZone}'. Giờ Việt Nam là {CalendarDay.VietnamZone}.",
                $"This machine knows no time zone '{lane.TimeZone}'. Vietnam's is {CalendarDay.VietnamZone}."));
        }
    }
}
