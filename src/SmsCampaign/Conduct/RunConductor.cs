using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.Conduct;

/// <summary>
/// Conducts one run through its days: start, send, go on, receipts, report. Where it stands is in the registry and the
/// run's ledger, never here: after a restart at any moment it goes on.
/// </summary>
/// <param name="byHandOn">As of <see cref="StartPolicy"/>.</param>
public sealed class RunConductor(
    RunKey key, RunRegistry registry, RunStages stages, TimeProvider time, IRunWatcher watcher, DateOnly? byHandOn = null)
{
    /// <summary>When to try again what failed for a reason that may pass: a report file open in a spreadsheet.</summary>
    static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    /// <summary>When to look again where another process prepares the same run.</summary>
    static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    /// <summary>Problems named in the reason of a hold; more are only counted.</summary>
    const int MostProblemsTold = 3;

    TaskCompletionSource _lookAgain = new();

    /// <summary>Messages were put back to planned: where it waits for receipts, it looks again.</summary>
    public void LookAgain() => Interlocked.Exchange(ref _lookAgain, new TaskCompletionSource()).SetResult();

    /// <summary>Does all that can be done now.</summary>
    /// <returns>When to be called again; null where nothing is to be done any more, or the process stops.</returns>
    /// <exception cref="Storage.Sqlite.LedgerException">A ledger cannot be read or written.</exception>
    public async Task<DateTimeOffset?> ConductAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && Occurrence.Find(registry, key) is { IsClosed: false } run)
        {
            if (run is { Begun: true, Run: { } begun } && stages.CountPlanned(begun) == 0)
            {
                if (await FinishAsync(begun, stopping) is { } later)
                    return later;
                continue;
            }

            var answer = run.PolicyOf(byHandOn).Decide(time.GetUtcNow());
            if (answer.Choice is StartChoice.NotYet or StartChoice.Wait)
            {
                if (answer.Choice == StartChoice.Wait)
                    RecordOnce(DecisionKind.Closed, answer.Due, answer.Reason);
                return answer.Wake;
            }

            if (answer.Choice == StartChoice.Hold)
                Hold(run.Run, answer.Due, answer.Reason);
            else if (Prepare(run, answer.Due, stopping) is not { } ready)
                return IsHeld() ? null : time.GetUtcNow() + Busy;
            else if (answer.Sends)
                await SendAsync(ready, answer, stopping);
            else if (await LeaveAsync(ready, answer, stopping) is { } later)
                return later;
        }

        return null;
    }

    /// <returns>Null where the run cannot be prepared now: busy, or held for a person (rule 8).</returns>
    RunRecord? Prepare(Occurrence run, DateTimeOffset due, CancellationToken stopping)
    {
        var preparation = stages.Prepare(key, run.File, stopping);
        if (preparation.Busy)
            return null;

        if (preparation.Run is null)
        {
            VoidAndHold(run, due, Describe(preparation.Problems));
            return null;
        }

        var prepared = registry.Find(key)!;
        var hash = prepared.ApprovedHash;
        if (run.Approval is null || hash == run.Approval.Hash)
        {
            // Whatever the files say, what is sent are the ledger's rows.
            var differences = stages.Verify(prepared, run.Approval?.Hash, stopping);
            if (differences.Count == 0)
                return prepared;

            Hold(prepared, due, RunVerification.Describe(differences));
            return null;
        }

        var (now, then) = (ApprovalHash.Brief(hash), ApprovalHash.Brief(run.Approval.Hash));
        VoidAndHold(run, due, new Wording(
            $"Nội dung, danh sách thuê bao hoặc kế hoạch đã khác so với lúc phê duyệt (mã {now}, đã duyệt {then}).",
            $"Definition, audience or plan differ from what was approved ({now}, approved {then})."));
        return null;
    }

    async Task SendAsync(RunRecord run, StartAnswer answer, CancellationToken stopping)
    {
        Record(new Decision(key, answer.Due, time.GetUtcNow(), KindOf(answer.Choice), answer.Reason));
        registry.SetState(key, RunState.Sending, time.GetUtcNow());

        var end = await stages.SendAsync(run, answer.Day, stopping);
        watcher.Sent(key, end, stages.CountPlanned(run));
    }

    /// <summary>Nothing more is sent: skipped, or the days are over.</summary>
    async Task<DateTimeOffset?> LeaveAsync(RunRecord run, StartAnswer answer, CancellationToken stopping)
    {
        var skipped = answer.Choice == StartChoice.Skip;
        RecordOnce(skipped ? DecisionKind.Skipped : DecisionKind.Leftover, answer.Due, answer.Reason);
        await stages.LeaveAsync(run, skipped ? Reason.MissedStart : Reason.WindowClosed);
        return await FinishAsync(run, stopping, skipped ? RunState.Skipped : RunState.Finished);
    }

    /// <returns>When to try again; null where it is done, or something else is to be done first.</returns>
    async Task<DateTimeOffset?> FinishAsync(RunRecord run, CancellationToken stopping, RunState end = RunState.Finished)
    {
        if (!await AwaitReceiptsAsync(run, stopping) || stages.CountPlanned(run) > 0)
            return null;

        try
        {
            watcher.Reported(key, stages.WriteReport(run));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            watcher.ReportUnwritable(key, unwritable);
            return time.GetUtcNow() + TryAgain;
        }

        if (end == RunState.Finished)
        {
            RecordOnce(DecisionKind.Finished, time.GetUtcNow(), new Wording(
                "Mọi tin đã có kết quả hoặc hết hạn chờ; đã ghi báo cáo.", "Every message is settled or its receipt time is over; the report is written."));
        }

        registry.SetState(key, end, time.GetUtcNow());
        watcher.Ended(key, end);
        return null;
    }

    async Task<bool> AwaitReceiptsAsync(RunRecord run, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var again = Volatile.Read(ref _lookAgain).Task;

        // Put back between the look before and now: nobody says so again.
        if (stages.CountPlanned(run) > 0)
            return false;

        var waiting = stages.AwaitReceiptsAsync(run, either.Token);

        await Task.WhenAny(waiting, again);
        await either.CancelAsync();
        return await waiting;
    }

    void VoidAndHold(Occurrence run, DateTimeOffset due, Wording reason)
    {
        if (run.Approval is { } approval)
            registry.VoidApproval(approval.Id, reason, time.GetUtcNow());
        Hold(registry.Find(key), due, new Wording(
            reason.Vi + " Phê duyệt không còn hiệu lực: xem lại rồi phê duyệt lại bằng 'approve'.",
            reason.En + " The approval is void: look at it and approve again with 'approve'."));
    }

    void Hold(RunRecord? run, DateTimeOffset due, Wording reason)
    {
        RecordOnce(DecisionKind.Held, due, reason);
        if (run is not null)
            registry.SetState(key, RunState.Held, time.GetUtcNow());
    }

    bool IsHeld() => Occurrence.Find(registry, key) is not { IsClosed: false };

    /// <summary>Records what a look finds, not that it was looked again.</summary>
    void RecordOnce(DecisionKind what, DateTimeOffset due, Wording reason)
    {
        var decision = new Decision(key, due, time.GetUtcNow(), what, reason);
        var last = registry.ReadDecisions(key.Campaign).LastOrDefault(each => each.Run == key);
        if (last is null || last with { At = decision.At } != decision)
            Record(decision);
    }

    /// <summary>A rehearsal's decisions stand in nobody's record: they are the terminal's.</summary>
    void Record(Decision decision)
    {
        if (!key.Simulated)
            registry.Record(decision);
        watcher.Decided(decision);
    }

    static DecisionKind KindOf(StartChoice choice) => choice switch
    {
        StartChoice.Fire => DecisionKind.Fired,
        StartChoice.Late => DecisionKind.Late,
        _ => DecisionKind.Resumed,
    };

    static Wording Describe(IReadOnlyList<Problem> problems)
    {
        var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        var told = errors.Take(MostProblemsTold).ToList();
        var more = errors.Count - told.Count;
        return new Wording(
            string.Join(" ", told.Select(problem => problem.In(Language.Vietnamese))) + (more > 0 ? $" (và {more} lỗi nữa)" : ""),
            string.Join(" ", told.Select(problem => problem.In(Language.English))) + (more > 0 ? $" (and {more} more)" : ""));
    }
}
