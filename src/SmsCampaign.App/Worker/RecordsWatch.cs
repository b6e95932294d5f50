using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Looks at the records when the worker starts and every hour: walks the audit chain, and leaves its head in the log,
/// where whoever changes the database does not reach it; compares the files of what is approved with what was approved,
/// by the very account that will read them at the opening.
/// </summary>
/// <remarks>Nothing depends on it: what it cannot do it says, and tries again an hour later.</remarks>
sealed partial class RecordsWatch(
    Station station, string installationFile, ILogger<RecordsWatch> logger) : SideService(station.Clock.Time, logger)
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Stored: never rename.</summary>
    const string Changed = "files-changed";

    /// <summary>Stored: never rename.</summary>
    const string Restored = "files-restored";

    protected override async Task RunAsync(CancellationToken stopping)
    {
        // Once in any case: a worker that is stopped at once has looked too.
        do
        {
            foreach (var look in new Action[] { LookAtFiles, LookAtChain, LookAtMarks })
            {
                try
                {
                    look();
                }
                catch (Exception cannot) // a look that fails must end neither the worker nor the others
                {
                    Log.CannotLook(Logger, NumberMask.In(cannot.Message));
                }
            }

            await Task.Delay(Every, Time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stopping.IsCancellationRequested);
    }

    /// <summary>Each change is recorded once, also over restarts. The approval stands until the opening: the file
    /// may be put back.</summary>
    internal void LookAtFiles()
    {
        foreach (var run in station.Registry.ReadRuns().Where(run => run.State == RunState.Approved))
        {
            try
            {
                LookAtFiles(run, station.Clock.Time.GetUtcNow());
            }
            catch (Exception unreadable) when (unreadable is not OutOfMemoryException) // the others are looked at
            {
                Log.CannotLookAt(Logger, run.Key, NumberMask.In(unreadable.Message));
            }
        }
    }

    void LookAtFiles(RunRecord run, DateTimeOffset now)
    {
        if (!ApprovedFiles.Concern(station.Data, run))
            return;

        var changes = ApprovedFiles.FindChanges(station.Data, run, installationFile, now, out var isUnread);
        var found = changes.Count == 0
            ? $"{run.Key}: as approved"
            : $"{run.Key}: {ApprovedFiles.Describe(run, changes, isUnread).In(Language.English)}";
        var told = station.Registry.FindLastEvent([Changed, Restored], $"{run.Key}: ");
        if (found == told || (changes.Count == 0 && told is null))
            return;

        station.Registry.RecordEvent("worker", changes.Count == 0 ? Restored : Changed, found, now);
        if (changes.Count == 0)
            Log.FilesRestored(Logger, run.Key);
        else
            Log.FilesChanged(Logger, found);
    }

    void LookAtChain()
    {
        var audit = station.Registry.Audit;
        var report = audit.Verify(ledgers: true);
        if (audit.KeyTrouble is { } trouble)
            Log.Wrong(Logger, trouble.En);
        foreach (var finding in report.Findings)
            Log.Wrong(Logger, finding.En);
        AlertDesk.NoteAudit(station.Registry, report.Findings, audit.KeyTrouble, station.Clock.Time.GetUtcNow());

        // By one who may write the database alone nothing is sent, and nothing is said: this says it.
        foreach (var approval in station.Registry
            .ReadApprovals()
            .Where(approval => approval is { VoidedAt: null, IsWitnessed: false }))
        {
            if (approval.IsRevived)
                Log.Wrong(Logger, approval.Revived.En);
            else
                Log.Unwitnessed(Logger, approval.Id, approval.Campaign, approval.Date ?? "every year");
        }

        Log.Head(Logger, report.Head.Row, report.Head.Hash);
    }

    /// <summary>Of a run that the database has lost nobody asks.</summary>
    void LookAtMarks()
    {
        foreach (var key in new LostRuns(station.Data, installationFile, station.Clock.Time).FindUnlisted())
            Log.Unlisted(Logger, MarkWords.Unlisted(station.Data, key).En);
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{What}")]
        public static partial void Unlisted(ILogger logger, string what);

        [LoggerMessage(LogLevel.Warning, "{What}")]
        public static partial void FilesChanged(ILogger logger, string what);

        [LoggerMessage(LogLevel.Information, "{Run}: the files are again as approved")]
        public static partial void FilesRestored(ILogger logger, string run);

        [LoggerMessage(LogLevel.Information, "Audit chain: rows {Rows}, head {Hash}")]
        public static partial void Head(ILogger logger, long rows, string hash);

        [LoggerMessage(LogLevel.Error, "Audit chain: {What}")]
        public static partial void Wrong(ILogger logger, string what);

        [LoggerMessage(
            LogLevel.Error,
            "Approval {Id} of {Campaign} ({Date}) is not borne out by the audit chain: nothing is sent by it")]
        public static partial void Unwitnessed(ILogger logger, long id, string campaign, string date);

        [LoggerMessage(LogLevel.Error, "The files of {Run} cannot be compared with what was approved: {Why}")]
        public static partial void CannotLookAt(ILogger logger, string run, string why);

        [LoggerMessage(
            LogLevel.Warning, "The records cannot be looked at now and are looked at again in an hour: {Why}")]
        public static partial void CannotLook(ILogger logger, string why);
    }
}
