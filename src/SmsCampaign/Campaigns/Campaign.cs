using System.Globalization;
using SmsCampaign.Messages;

namespace SmsCampaign.Campaigns;

/// <summary>Whether a campaign may reach real phones.</summary>
public enum CampaignMode
{
    /// <summary>A rehearsal: only stand-in lanes take it.</summary>
    Exercise,

    /// <summary>The real thing: only live lanes take it.</summary>
    Live,
}

/// <summary>
/// One campaign as an officer wrote it, read and checked by <c>CampaignFile</c>. Every path in it is absolute.
/// </summary>
public sealed record Campaign
{
    /// <summary>Lower-case letters, digits and dashes, 1 to 60. Names the ledger and the report folder.</summary>
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required CampaignMode Mode { get; init; }
    public required Directive Directive { get; init; }

    /// <summary>Sender ID the phone shows: Decree 91/2020, art. 23, at most 11 characters.</summary>
    public required string Sender { get; init; }
    public required IReadOnlyList<MessageText> Messages { get; init; }
    public required Schedule Schedule { get; init; }

    /// <summary>Those whose numbers the department has, in order of priority, the first first. None only where carriers
    /// hold all of them (<see cref="HeldSegments"/>).</summary>
    public required IReadOnlyList<Segment> Segments { get; init; }

    /// <summary>Those whose subscribers a carrier texts itself, in the order of the file.</summary>
    public IReadOnlyList<HeldSegment> HeldSegments { get; init; } = [];
    public required IReadOnlyList<string> SuppressionFiles { get; init; }

    /// <summary>Lanes of the installation file the campaign may use. At least one where it has
    /// <see cref="Segments"/>.</summary>
    public required IReadOnlyList<string> Lanes { get; init; }
    public required Limits Limits { get; init; }
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    public CanaryPolicy Canary { get; init; } = CanaryPolicy.Default;

    public GuardPolicy Guard { get; init; } = GuardPolicy.Default;

    /// <summary>Whether what a stopped lane holds may go to one that stands in for it (<c>fallbackFor</c>). It waits
    /// for a person unless the file says so.</summary>
    public bool UsesFallback { get; init; }

    /// <summary>1 (highest) to 10: how it shares a lane with other campaigns. See
    /// <see cref="CampaignPriority"/>.</summary>
    public int Priority { get; init; } = CampaignPriority.Standard;

    /// <summary>Full path of the file it was read from.</summary>
    public required string File { get; init; }

    /// <summary>The file's text as read: what an approval keeps. What it means is hashed by
    /// <see cref="CampaignHash"/>.</summary>
    public required string Source { get; init; }
}

/// <summary>The order a campaign carries out.</summary>
/// <param name="Text">The words the order quotes, exactly. What is sent is compared with them. Empty where it quotes
/// none.</param>
/// <param name="ReportTo">To whom the result is reported.</param>
/// <param name="ReportBy">The date the order sets for the report ("trước ngày …"); null where that is a
/// day of every year.</param>
public sealed record Directive(
    string Issuer,
    string? Number,
    DateOnly? Date,
    string? Item,
    string? LegalBasis,
    string Text,
    string ReportTo,
    DateOnly? ReportBy)
{
    /// <summary>1 to 12 where every year's run is reported on by the same day, such as 9 for 30/9.</summary>
    public int? ReportByMonth { get; init; }

    /// <summary>1 to 31, with <see cref="ReportByMonth"/>.</summary>
    public int? ReportByDay { get; init; }

    /// <summary>Days of every year by which the order asks for further reports, as they are written; empty where it
    /// asks for none.</summary>
    public IReadOnlyList<ReportDay> Reports { get; init; } = [];

    /// <summary>The date set for the report on the run of <paramref name="occurrence"/>.</summary>
    public DateOnly ReportByFor(DateOnly occurrence) =>
        ReportBy ?? Yearly.FirstOnOrAfter(occurrence, ReportByMonth!.Value, ReportByDay!.Value);
}

/// <summary>A day of every year by which a report is due, such as 10/9.</summary>
/// <param name="Day">1 to 31.</param>
/// <param name="Month">1 to 12.</param>
public readonly record struct ReportDay(int Day, int Month)
{
    /// <summary>The first such day on or after the day of a run.</summary>
    public DateOnly After(DateOnly occurrence) => Yearly.FirstOnOrAfter(occurrence, Month, Day);

    /// <summary>As 10/9. Stored: never change it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day}/{Month}");
}

/// <summary>A text that is sent.</summary>
/// <param name="Language">BCP 47 tag such as vi, rad (Rade) or en.</param>
/// <param name="Text">Composed, checked, and already without diacritics where the file says
/// <c>form: unaccented</c>.</param>
/// <param name="Unaccented">Whether the file asked for the form without diacritics.</param>
public sealed record MessageText(string Name, string Language, SmsText Text, bool Unaccented)
{
    /// <summary>What the file declares its text to be written with beyond a to z: letters, and <c>vi</c> for all of
    /// Vietnamese. None: as of <see cref="Language"/>.</summary>
    public IReadOnlyList<string> Letters { get; init; } = [];
}

/// <summary>What to do on the day when the worker was not running as the window opened.</summary>
public enum MissedPolicy
{
    /// <summary>Start late, as long as the window is still open.</summary>
    StartLate,

    /// <summary>Wait for a person.</summary>
    Hold,

    /// <summary>Do not send this time; the whole audience becomes leftover.</summary>
    Skip,
}

/// <summary>What to do with messages still planned when the window closes.</summary>
public enum LeftoverPolicy
{
    /// <summary>Go on in the same hours of the next day, up to <see cref="Schedule.MostDays"/> days in all.</summary>
    NextDay,

    /// <summary>Wait for a person.</summary>
    Hold,

    /// <summary>Do not send them; they are reported as leftover.</summary>
    Drop,
}

/// <param name="Date">The one date; null where yearly.</param>
/// <param name="YearlyMonth">1 to 12 where the campaign runs every year, such as 7 for 30/7; null
/// where it has one date.</param>
/// <param name="YearlyDay">1 to 31, with <paramref name="YearlyMonth"/>.</param>
public sealed record Schedule(
    DateOnly? Date, int? YearlyMonth, int? YearlyDay, SendWindow Window, MissedPolicy Missed, LeftoverPolicy Leftovers)
{
    /// <summary>Most days a run can take, the first included, under <see cref="LeftoverPolicy.NextDay"/>.</summary>
    public const int MostDays = 7;

    public bool IsYearly => Date is null;

    /// <summary>The first date of the campaign on or after <paramref name="day"/>; null where its one date is past.
    /// A yearly 29/2 falls only in leap years.</summary>
    public DateOnly? OccurrenceOnOrAfter(DateOnly day)
    {
        if (Date is { } date)
            return date >= day ? date : null;

        return Yearly.FirstOnOrAfter(day, YearlyMonth!.Value, YearlyDay!.Value);
    }

    /// <summary>Days on which a run that starts on <paramref name="occurrence"/> may send.</summary>
    public IEnumerable<DateOnly> SendDays(DateOnly occurrence) =>
        Enumerable.Range(0, Leftovers == LeftoverPolicy.NextDay ? MostDays : 1).Select(occurrence.AddDays);
}

/// <param name="File">Full path of a CSV or XLSX file.</param>
/// <param name="Filter">All must hold. Empty: every row of the file.</param>
/// <param name="Message">Name of one of the campaign's messages.</param>
/// <param name="Priority">1 is highest. A number in two segments belongs to the one with the smaller priority; equal
/// priorities keep the file's order.</param>
public sealed record Segment(string Name, string File, IReadOnlyList<ColumnFilter> Filter, string Message, int Priority)
{
    /// <summary>Sheets of the workbook to read. None: the one visible sheet with the columns.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>Null: the file must have no hidden rows.</summary>
    public HiddenRows? HiddenRows { get; init; }

    /// <summary>Names of columns in the file by what they are: <c>phone</c>, <c>carrier</c>, <c>commune</c>. What is
    /// not there is found by its name.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether both make the same of a row of a file.</summary>
    internal bool ReadsAs(Segment other) =>
        HiddenRows == other.HiddenRows
        && Columns.Count == other.Columns.Count
        && Columns.All(column => other.Columns.GetValueOrDefault(column.Key) == column.Value);
}

/// <summary>What becomes of rows that Excel hides.</summary>
public enum HiddenRows
{
    /// <summary>They are read like all others.</summary>
    Take,

    /// <summary>They are excluded.</summary>
    Leave,
}

/// <summary>A row matches where its cell in <paramref name="Column"/> is one of <paramref name="Values"/>, compared
/// without regard to case, composition (NFC) and space. In the commune column a name without its kind (Ea
/// Bung) means the one with it too (Xã Ea Bung).</summary>
public sealed record ColumnFilter(string Column, IReadOnlyList<string> Values);

/// <param name="Messages">Most recipients; null: no limit.</param>
/// <param name="CostVnd">Most cost, VND before tax; null: no limit.</param>
public sealed record Limits(long? Messages, decimal? CostVnd);
