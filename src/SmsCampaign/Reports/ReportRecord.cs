using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Reports;

/// <summary>
/// What the audit chain keeps of a report: the hash of its <c>kiem-tra.txt</c>, and with it that of every file, once
/// for each that says something else. So a report that was passed on can be told from one that was changed since.
/// </summary>
public static class ReportRecord
{
    /// <summary>Stored: never rename.</summary>
    internal const string Event = "report-written";

    /// <summary>Records it, where it can be borne out. One of a simulated run is none to be shown.</summary>
    /// <returns>The report, with why it is not recorded where that is so: it is written all the same.</returns>
    public static ReportResult Keep(
        this ReportResult report, IRegistry registry, RunKey run, Who who, DateTimeOffset now)
    {
        if (run.Simulated)
            return report;

        try
        {
            if (registry.FindLastEvent([Event], DetailOf(run, report.CheckHash)) is not null)
                return report;
            if (registry.Audit.FindMissingKey() is { } keyless)
                return report with { Unrecorded = keyless };
            if (registry.Audit.KeyTrouble is { } trouble)
                return report with { Unrecorded = trouble };

            registry.RecordEvent(who, Event, DetailOf(run, report.CheckHash), now);
            return report;
        }
        catch (LedgerException closed)
        {
            return report with { Unrecorded = closed.Words };
        }
    }

    /// <summary>What the event says of a report.</summary>
    /// <param name="hash">Of its kiem-tra.txt.</param>
    internal static string DetailOf(RunKey run, string hash) => $"{run} {hash}";
}
