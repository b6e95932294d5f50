using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of holding a report to the ledger.</summary>
public abstract record ReportVerdict
{
    ReportVerdict()
    {
    }

    /// <summary>There is no such folder.</summary>
    public sealed record NoFolder(string Folder) : ReportVerdict;

    /// <summary>Its summary does not say of which run it is.</summary>
    public sealed record OfUnknownRun(string Folder) : ReportVerdict;

    /// <summary>It is of another run than the one that was named.</summary>
    public sealed record OfOther(string Folder, RunKey Says, RunKey Named) : ReportVerdict;

    /// <summary>This installation has no such run.</summary>
    public sealed record NoRun(RunKey Run) : ReportVerdict;

    /// <summary>Something that it takes cannot be read, or written among the temporary files.</summary>
    public sealed record Unusable(Exception Why) : ReportVerdict;

    public sealed record Checked(ReportCheck Check) : ReportVerdict;
}

/// <summary>Holds a report that was written to its own hashes and to what the ledger gives. Writes nothing but what it
/// compares with, among the temporary files.</summary>
public sealed class VerifyDesk(DataFolder data)
{
    /// <summary>What a message is counted by that no receipt changes.</summary>
    static readonly MessageStatus[] Final = [MessageStatus.Delivered, MessageStatus.Failed];

    /// <param name="named">Null: the run that the report says it is of.</param>
    /// <param name="language">That of a report that does not say of itself.</param>
    /// <exception cref="LedgerException">ledger.db or the run's ledger cannot be read.</exception>
    public ReportVerdict Verify(string folder, RunKey? named, Language language)
    {
        if (!Directory.Exists(folder))
            return new ReportVerdict.NoFolder(folder);

        var written = ReadSummary(folder);
        if ((named ?? written?.Run) is not { } run)
            return new ReportVerdict.OfUnknownRun(folder);
        if (named is not null && written?.Run is { } says && says != named)
            return new ReportVerdict.OfOther(folder, says, named);
        if (Ledgers.FindRegistry(data) is not { } registry || registry.Find(run) is not { } record)
            return new ReportVerdict.NoRun(run);

        var head = written?.AuditHead;
        var reaches = head is null ? (bool?)null : registry.Audit.Reaches(head);
        var since = head is not null && reaches == true ? registry.Audit.CountDecisionsSince(head, run) : 0;
        var options = ReportOptions.Of(written?.Language ?? language, unmasked: null, data, registry, record);
        if (written?.IsFinal == false) // as it was then; that it is over is no difference
            options = options with { IsOver = false };
        since = Math.Min(since, options.Decisions.Count);
        if (reaches == true)
            options = options with { AuditHead = head, Decisions = [.. options.Decisions.SkipLast(since)] };

        try
        {
            using var now = ReportCopy.Write(record.AddressIn(data), options);
            var (state, at, listed) = ReadChecks(registry, run, folder);
            return new ReportVerdict.Checked(
                new ReportCheck(folder, run, state, at, FileCheck.FindAll(folder, listed, now.Folder))
                {
                    IsOfThisChain = reaches,
                    ChainRowsSince = reaches == true ? registry.Audit.Head.Row - head!.Row : 0,
                    DecisionsSince = since,
                    Changes = FindChanges(written, ReadSummary(now.Folder)),
                    Imbalance = written is null ? 0 : ImbalanceOf(written),
                    HasOnlyComeFurther = written is not null && HasOnlyComeFurther(written, now.Result.Balance),
                });
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return new ReportVerdict.Unusable(cannot);
        }
    }

    /// <returns>Null where it cannot be read: the file is named among the others.</returns>
    static WrittenSummary? ReadSummary(string folder)
    {
        try
        {
            return WrittenSummary.Read(folder);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static (CheckFileState, DateTimeOffset?, IReadOnlyDictionary<string, string>?) ReadChecks(
        IRegistry registry, RunKey run, string folder)
    {
        try
        {
            if (RealPath.ReadLink(Path.Combine(folder, CheckFile.Name)) is not null
                || CheckFile.Read(folder) is not { } listed)
                return (CheckFileState.Unreadable, null, null);
            if (run.Simulated)
                return (CheckFileState.OfSimulation, null, listed);

            var hash = CheckFile.HashOf(Path.Combine(folder, CheckFile.Name));
            return registry.Audit.FindEvent(ReportRecord.Event, ReportRecord.DetailOf(run, hash)) switch
            {
                null => (CheckFileState.NotRecorded, null, listed),
                { IsVouched: false } => (CheckFileState.NotVouched, null, listed),
                var kept => (CheckFileState.Recorded, kept.At, listed),
            };
        }
        catch (Exception missing) when (missing is FileNotFoundException)
        {
            return (CheckFileState.Missing, null, null);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return (CheckFileState.Unreadable, null, null);
        }
    }

    static List<SummaryChange> FindChanges(WrittenSummary? then, WrittenSummary? now)
    {
        if (then is null || now is null)
            return [];

        var (was, gives) = (then.Rows.ToLookup(row => row.Item), now.Rows.ToLookup(row => row.Item));
        return [.. was
            .Concat(gives)
            .Select(rows => rows.Key)
            .Distinct()
            .Select(item => new SummaryChange(Mask(item), Of(was, item), Of(gives, item)))
            .Where(change => change.Then != change.Now)];

        // Several rows are called the same where the schedule decided the same on several days.
        static string? Of(ILookup<string, (string Item, string Value)> rows, string item) => rows.Contains(item)
            ? Mask(string.Join(", ", rows[item].Select(row => row.Value)))
            : null;

        static string Mask(string text) => NumberMask.In(text);
    }

    static long ImbalanceOf(WrittenSummary written) => BalanceRule.Difference(
        NumberOf(written, SummaryFile.Audience),
        NumberOf(written, ReportWords.Excluded.Heading()),
        status => NumberOf(written, ReportWords.Of(status).Heading()));

    static long NumberOf(WrittenSummary written, Wording item) => written.FindNumber(item) ?? 0;

    static bool HasOnlyComeFurther(WrittenSummary written, Balance now) =>
        written.FindNumber(SummaryFile.Audience) == now.Audience
        && now.Terms.All(term => term.Status switch
        {
            null => written.FindNumber(ReportWords.Excluded.Heading()) == term.Count,
            { } status when Final.Contains(status) =>
                written.FindNumber(ReportWords.Of(status).Heading()) <= term.Count,
            _ => true,
        });
}
