using SmsCampaign.Campaigns;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Where a report stands that an order asks for. Shown to scripts: never rename.</summary>
public enum DueState
{
    /// <summary>It is not due yet, and not handed in.</summary>
    Open,

    /// <summary>It is due, and not handed in.</summary>
    Overdue,

    /// <summary>It is handed in.</summary>
    Submitted,
}

/// <summary>A report on a run that an order asks for.</summary>
/// <param name="Report">As of <see cref="ReportSubmission.Report"/>.</param>
/// <param name="Submission">The newest; null where it is not handed in.</param>
public sealed record DueReport(string Report, DateOnly Due, ReportSubmission? Submission)
{
    /// <summary>Below 0 once it is overdue.</summary>
    public int DaysLeft(DateOnly today) => Due.DayNumber - today.DayNumber;

    public DueState StateOn(DateOnly today) => Submission is not null ? DueState.Submitted
        : DaysLeft(today) < 0 ? DueState.Overdue
        : DueState.Open;

    /// <summary>Whether a report on a run is owed to anybody: it was approved and not called off, and is not the rest
    /// of another, with which it is reported on.</summary>
    public static bool IsOwed(RunRecord run) =>
        run is { Simulated: false, IsTest: false, RestOf: null }
        && run.State is not (RunState.Planned or RunState.Cancelled);

    /// <summary>Those on a run, whatever its state, by date.</summary>
    /// <returns>Empty where nobody can tell.</returns>
    public static IReadOnlyList<DueReport> ReadDays(RunRecord run)
    {
        if (run.FindKey() is not { } key
            || CampaignFile.ReadKept(run.Definition, run.CampaignFile) is not { } campaign)
            return [];

        var order = campaign.Directive;
        return [.. order.Reports
            .Select(day => new DueReport(day.ToString(), day.After(key.Date), null))
            .Prepend(new DueReport("", order.ReportByFor(key.Date), null))
            .OrderBy(report => report.Due)];
    }

    /// <summary>The same, each with its submission.</summary>
    public static IReadOnlyList<DueReport> With(
        IReadOnlyList<DueReport> reports, IReadOnlyList<ReportSubmission> submissions) =>
        [.. reports.Select(report => report with
        {
            Submission = submissions.LastOrDefault(each => each.Report == report.Report),
        })];

    /// <summary>Those that are owed on a run.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public static IReadOnlyList<DueReport> Read(IRegistry registry, RunRecord run) =>
        IsOwed(run) && run.FindKey() is { } key ? With(ReadDays(run), registry.Reports.Read(key)) : [];
}
