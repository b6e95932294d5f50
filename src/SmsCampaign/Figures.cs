using System.Globalization;

namespace SmsCampaign;

/// <summary>
/// Numbers, money, moments and durations as a person reads them, in both languages: 1.234.567 in Vietnamese,
/// 1,234,567 in English. Not for files or SQL.
/// </summary>
public static class Figures
{
    // By hand, so that what is printed does not depend on the culture data of the machine.
    static readonly NumberFormatInfo Vietnamese = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };
    static readonly NumberFormatInfo English = NumberFormatInfo.InvariantInfo;

    public static Wording Count(long number) => new(number.ToString("N0", Vietnamese), number.ToString("N0", English));

    /// <summary>A number with all the decimals it has, in groups of three.</summary>
    public static Wording Number(decimal number) => new(
        number.ToString("#,##0.############", Vietnamese), number.ToString("#,##0.############", English));

    /// <summary>A number with what is counted in the English half, as 1 row or 1,234 rows; the number alone in the
    /// Vietnamese one, where a noun is the same for one and for many.</summary>
    /// <param name="many">Null: <paramref name="one"/> with an s.</param>
    public static Wording Counted(long number, string one, string? many = null)
    {
        var count = Count(number);
        return new Wording(count.Vi, $"{count.In(Language.English)} {Verb(number, one, many ?? one + "s")}");
    }

    /// <summary>The English word that goes with a number, as is or are.</summary>
    public static string Verb(long number, string one, string many) => number == 1 ? one : many;

    /// <summary>Whole đồng, rounded up: a limit of money is never passed by a rounding.</summary>
    public static Wording Money(decimal vnd) => new(
        decimal.Ceiling(vnd).ToString("N0", Vietnamese) + " đồng",
        decimal.Ceiling(vnd).ToString("N0", English) + " VND");

    /// <summary>As 16 giờ 40 phút. To the minute above an hour, else to the second; rounded up.</summary>
    public static Wording Duration(TimeSpan duration)
    {
        var seconds = (long)Math.Ceiling(duration.TotalSeconds);
        if (seconds < 60)
            return new Wording($"{seconds} giây", $"{seconds} s");

        if (seconds < 3600)
            return Join(seconds / 60, "phút", "min", seconds % 60, "giây", "s");

        var minutes = (seconds + 59) / 60;
        return Join(minutes / 60, "giờ", "h", minutes % 60, "phút", "min");
    }

    /// <summary>An hour to come, as 11:40. Rounded up to the minute, so that nothing is
    /// promised before it is.</summary>
    public static string ExpectedTime(DateTimeOffset local) =>
        RoundUp(local).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static Wording Date(DateOnly date) => new(
        date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A moment to come, as 31/07/2025 11:40, rounded as <see cref="ExpectedTime"/> is.</summary>
    public static Wording Expected(DateTimeOffset local)
    {
        var date = Date(DateOnly.FromDateTime(RoundUp(local).DateTime));
        return new Wording($"{date} {ExpectedTime(local)}", $"{date} {ExpectedTime(local)}");
    }

    /// <summary>A moment of the past, as 31/07/2025 11:39:25, or 31/07/2025 11:39 in the first second of a minute.
    /// Cut to the second: a record never says later than it was.</summary>
    public static Wording Moment(DateTimeOffset local)
    {
        var date = Date(DateOnly.FromDateTime(local.DateTime));
        var time = local.ToString(local.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        return new Wording($"{date} {time}", $"{date} {time}");
    }

    public static Wording Zone(TimeZoneInfo zone) =>
        zone.Id == CalendarDay.VietnamZone
            ? new Wording("giờ Việt Nam", "Vietnam time")
            : new Wording($"múi giờ {zone.Id}", $"zone {zone.Id}");

    static DateTimeOffset RoundUp(DateTimeOffset moment) =>
        moment.Ticks % TimeSpan.TicksPerMinute is var over and > 0
            ? moment.AddTicks(TimeSpan.TicksPerMinute - over)
            : moment;

    static Wording Join(long big, string bigVi, string bigEn, long small, string smallVi, string smallEn) => small == 0
        ? new Wording($"{big} {bigVi}", $"{big} {bigEn}")
        : new Wording($"{big} {bigVi} {small} {smallVi}", $"{big} {bigEn} {small} {smallEn}");
}
