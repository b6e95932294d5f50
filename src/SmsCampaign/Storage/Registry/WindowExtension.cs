using System.Globalization;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Storage.Registry;

/// <summary>A person's decision that the send window of one day of a run closes later. A row of the table
/// window_extension, which the audit chain bears witness to.</summary>
/// <param name="Day">As it is stored: yyyy-MM-dd, in the zone of the run's window.</param>
/// <param name="Closes">As it is stored: HH:mm, local time of that zone. First moment after the window.</param>
/// <param name="Person">Who decided, as given.</param>
/// <param name="ByOs">Account and machine it was asked from.</param>
/// <param name="Reason">Why, as given.</param>
public sealed record WindowExtension(string Day, string Closes, string Person, string ByOs, string Reason)
{
    const string DayForm = "yyyy-MM-dd";
    const string HourForm = "HH:mm";

    public static WindowExtension Of(DateOnly day, TimeOnly closes, Who who, string reason) => new(
        day.ToString(DayForm, CultureInfo.InvariantCulture),
        closes.ToString(HourForm, CultureInfo.InvariantCulture),
        who.Person,
        who.ByOs,
        reason);

    /// <exception cref="LedgerRowException">It says what no program has written.</exception>
    public DateOnly ReadDay(string run) =>
        DateOnly.TryParseExact(Day, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw LedgerRowException.Of("window_extension", run, Day, new Wording("ngày", "date"));

    /// <exception cref="LedgerRowException">It says what no program has written.</exception>
    public TimeOnly ReadHour(string run) =>
        TimeOnly.TryParseExact(Closes, HourForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour
            : throw LedgerRowException.Of("window_extension", run, Closes, new Wording("giờ HH:mm", "time HH:mm"));

    /// <summary>The window with all of a run's.</summary>
    /// <exception cref="LedgerRowException">One says what no program has written: nothing is sent then.</exception>
    public static SendWindow Apply(SendWindow window, IReadOnlyList<WindowExtension> all, string run) =>
        all.Aggregate(window, (so, each) => so.Extend(each.ReadDay(run), each.ReadHour(run)));
}
