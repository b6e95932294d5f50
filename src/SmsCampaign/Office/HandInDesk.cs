using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>That a report was handed in.</summary>
/// <param name="Document">Number of the document.</param>
/// <param name="On">Its date; null: today.</param>
/// <param name="For">Day of every year of a periodic report, as 10/9; null: the one that the order asks for.</param>
public sealed record HandIn(string Document, DateOnly? On, string? For);

/// <summary>What came of recording it.</summary>
public abstract record HandInResult
{
    HandInResult()
    {
    }

    public sealed record NoName : HandInResult;

    public sealed record NoDocument : HandInResult;

    public sealed record InFuture(DateOnly Day) : HandInResult;

    /// <summary>No report on the run is owed: it is simulated, not approved, called off, or the rest of
    /// another.</summary>
    public sealed record NotOwed(RunKey Run) : HandInResult;

    /// <param name="There">The periodic ones that the order asks for.</param>
    public sealed record NoSuchReport(string For, IReadOnlyList<DueReport> There) : HandInResult;

    /// <summary>That very document stands there already.</summary>
    public sealed record Already(DueReport Report) : HandInResult;

    /// <param name="Before">What was recorded of it before, and counts no more; null where nothing was.</param>
    public sealed record Recorded(DueReport Report, ReportSubmission? Before) : HandInResult;
}

/// <summary>Records that reports on runs were handed in, by which document.</summary>
public sealed class HandInDesk(DataFolder data, TimeProvider time)
{
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public HandInResult Record(Who who, RunKey run, HandIn given)
    {
        var now = time.GetUtcNow();
        var today = VietnamTime.DateOf(now);
        if (!who.IsNamed)
            return new HandInResult.NoName();

        // It stands in reports and alerts: no number in full.
        var document = NumberMask.In(given.Document.Trim().Composed());
        if (document.Length == 0)
            return new HandInResult.NoDocument();
        if (given.On is { } day && day > today)
            return new HandInResult.InFuture(day);

        var registry = Ledgers.OpenRegistry(data);
        if (registry.Find(run) is not { } record || DueReport.Read(registry, record) is not { Count: > 0 } reports)
            return new HandInResult.NotOwed(run);

        var report = reports.FirstOrDefault(each => each.Report == Normal(given.For));
        if (report is null)
            return new HandInResult.NoSuchReport(given.For!, [.. reports.Where(each => each.Report.Length > 0)]);

        var on = given.On ?? today;
        if (report.Submission is { } before && before.Document == document && before.On == on)
            return new HandInResult.Already(report);

        registry.Reports.Add(new ReportSubmission
        {
            Run = record.Key,
            Report = report.Report,
            Document = document,
            On = on,
            RecordedBy = who.Person,
            ByOs = who.ByOs,
            At = now.ToSql(),
        });
        return new HandInResult.Recorded(
            DueReport.Read(registry, record).Single(each => each.Report == report.Report), report.Submission);
    }

    /// <summary>As <see cref="Campaigns.ReportDay"/> writes it, of 10/09 or 10/9/2025 too: a run has one a day of the
    /// year.</summary>
    static string Normal(string? day) => day is null ? "" : string.Join(
        '/', day.Trim().Split('/').Take(2).Select(part => part.TrimStart('0')));
}
