using System.Globalization;

namespace SmsCampaign.Alerts;

/// <summary>Hours of Vietnam in which a person is told only what is urgent.</summary>
/// <param name="From">Included.</param>
/// <param name="Until">Not included; before <paramref name="From"/> where a night lies between.</param>
readonly record struct QuietHours(TimeOnly From, TimeOnly Until)
{
    public const string Pattern = "([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]";

    public bool IsEmpty => From == Until;

    /// <param name="written">As <see cref="Pattern"/> has it.</param>
    public static QuietHours Parse(string written)
    {
        var ends = written.Split('-');
        return new QuietHours(At(ends[0]), At(ends[1]));
    }

    public bool Hold(DateTimeOffset moment) =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, VietnamTime.Zone).DateTime).IsBetween(From, Until);

    static TimeOnly At(string written) => TimeOnly.ParseExact(written, "HH:mm", CultureInfo.InvariantCulture);
}
