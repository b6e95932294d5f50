using SmsCampaign.Conduct.Words;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>
/// Conducts one run through its days: start, send, go on, receipts, report. Where it stands is in the registry and the
/// run's ledger, never here: after a restart at any moment it goes on.
/// </summary>
/// <param name="byHandOn">As of <see cref="StartPolicy"/>.</param>
public sealed class RunConductor(
    RunKey key, IRegistry registry, RunStages stages, TimeProvider time, IRunWatcher watcher, DateOnly? byHandOn = null)
{
    /// <summary>When to try again what failed for a reason that may pass: a report file
    /// open in a spreadsheet.</summary>
    static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    /// <summary>Why a run that was over is held: sending again is a new decision.</summary>
    public static readonly Wording PutBack = new(
        "Có tin được chuyển lại thành chờ gửi sau khi lượt gửi đã xong.",
        "Messages were put back to planned after the run was over.");

    /// <summary>When to look again where another process prepares the same run.</summary>
    static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    /// <summary>Longest that reading a run's files and planning it may take before it is said: three million
    /// subscribers take a quarter of a minute.</summary>
    public static readonly TimeSpan LongestPreparation = TimeSpan.FromMinutes(5);

    /// <summary>Longest that a stop waits for what reads and plans to take back what it has made: well within the two
    /// seconds that the worker has to stop.</summary>
    public static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(1);

    /// <summary>Tells whether the machine's clock was set; null: nobody looks.</summary>
    public ClockSteps? Clock { get; init; }

    readonly RunAdmission _admission = new(key, registry, stages);
    readonly RunDecisions _record = new(key, registry, time, watcher);
    TaskCompletionSource _lookAgain = NotYet();

    public RunKey Key => key;

    /// <summary>Messages were put back to planned: where it waits for receipts, it looks again.</summary>
    public void LookAgain() => Interlocked.Exchange(ref _lookAgain, NotYet()).SetResult();

    /// <summary>Holds the run where it is over and has messages to send all the same: whoever put them back as it ended
    /// was cut off before saying so.</summary>
    public void HoldIfPutBack()
    {
        if (registry.Find(key) is { } run && run.State.IsOver() && stages.CountLeft(run) > 0)
            Hold(time.GetUtcNow(), PutBack);
    }

    /// <summary>Records that a program which holds a file kept the run from being sent, where its window was open: its
    /// start is delayed then, and not missed.</summary>
    /// <returns>Whether that is on record.</returns>
    /// <exception cref="Storage.LedgerException">ledger.db cannot be read or written.</exception>
    public bool NoteHeldUp(DateTimeOffset at, Wording reason)
    {
        if (Occurrence.Find(registry, key) is not { IsClosed: false } run
            || run.PolicyOf(byHandOn).Decide(at) is not { Sends: true } answer)
            return false;

        _record.Once(DecisionKind.Delayed, answer.Due, reason);
        return true;
    }

    /// <summary>Does all that can be done now.</summary>
    /// <returns>When to be called again; null where nothing is to be done any more, or the process stops.</returns>
    /// <exception cref="Storage.LedgerException">A ledger cannot be read or written.</exception>
    public async Task<DateTimeOffset?> ConductAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (FindEnding() is var (ending, order))
            {
                if (await EndAsync(ending, order, stopping) is { } again)
                    return again;
                continue;
            }

            if (Occurrence.Find(registry, key) is not { IsClosed: false } run)
                break;

            await LeaveLanesAsync(run);
            if (run is { Begun: true, Run: { } begun } && stages.CountPlanned(begun) == 0)
            {
                if (await FinishAsync(begun, stopping) is { } later)
                    return later;
                continue;
            }

            Clock?.Look();
            if (Clock?.FindPassed(run) is { } step)
            {
                Hold(step.To, HoldWords.OfClock(step, run.Schedule.Window));
                continue;
            }

            var answer = run.PolicyOf(byHandOn).Decide(time.GetUtcNow());
            if (answer.Choice is StartChoice.NotYet or StartChoice.Wait)
            {
                if (answer.Choice == StartChoice.Wait)
                    _record.Once(DecisionKind.Closed, answer.Due, answer.Reason);
                return answer.Wake;
            }

            if (answer.Choice == StartChoice.Hold)
            {
                Hold(answer.Due, answer.Reason);
                continue;
            }

            var began = time.GetTimestamp();
            var admission = await AdmitAsync(run, answer, stopping);
            if (stopping.IsCancellationRequested)
                break; // nothing begins any more

            if (Confirm(run, answer, isLate: time.GetElapsedTime(began) >= LongestPreparation) is not { } current)
                continue;

            answer = current;
            if (admission.Ready is not { } ready)
            {
                if (Refuse(run, answer, admission) is { } again)
                    return again;
            }
            else if (answer.Sends)
            {
                await SendAsync(ready, run, answer, stopping);
            }
            else if (await LeaveAsync(ready, answer, stopping) is { } later)
            {
                return later;
            }
        }

        return null;
    }

    /// <summary>Reads and plans on a thread of its own, and says so where that does not end: a file on a share that is
    /// gone holds whoever reads it, and the run would be missed in silence.</summary>
    /// <remarks>A stop is heard row by row, and waited for: nothing is left behind. Whoever is held by the system hears
    /// nothing, and is left behind itself; let go, it writes nothing any more.</remarks>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    async Task<Admission> AdmitAsync(Occurrence run, StartAnswer answer, CancellationToken stopping)
    {
        using var still = VirtualTime.Holding(time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var late = Task.Delay(LongestPreparation, time, over.Token);
        var admitting = Task.Factory.StartNew(
            () => _admission.Admit(run, answer.Sends, stopping),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        if (await Task.WhenAny(admitting, late) == late && !stopping.IsCancellationRequested)
        {
            if (answer.Sends)
                _record.Once(DecisionKind.Delayed, answer.Due, HoldWords.OfLatePreparation(LongestPreparation));
            await Task.WhenAny(admitting, Task.Delay(Timeout.InfiniteTimeSpan, time, over.Token));
        }

        if (!admitting.IsCompleted)
            await Task.WhenAny(admitting, Task.Delay(LongestEnding, time, CancellationToken.None));
        if (!admitting.IsCompleted)
            throw new OperationCanceledException(stopping);

        await over.CancelInTurnAsync();
        return await admitting;
    }

    /// <summary>What is to be done now that it is known whether the run may be sent: reading and planning may have
    /// taken hours, in which the approval was voided, or the window closed; and before messages are left for good, a
    /// person may just have had it close later.</summary>
    /// <returns>Null where it is to be looked at anew.</returns>
    StartAnswer? Confirm(Occurrence run, StartAnswer answer, bool isLate)
    {
        if (FindEnding() is not null
            || Occurrence.Find(registry, key) is not { IsClosed: false } now
            || now.Approval?.Id != run.Approval?.Id)
            return null;
        if (!isLate && answer.Choice != StartChoice.Leave)
            return answer;

        var current = now.PolicyOf(byHandOn).Decide(time.GetUtcNow());
        return current.Choice == answer.Choice || (current.Sends && answer.Sends) ? current : null;
    }

    /// <summary>Makes the lanes ready where the run's window opens within seconds. Changes nothing of the run: what
    /// cannot be read now, the start finds.</summary>
    public async Task WarmUpAsync(CancellationToken stopping)
    {
        try
        {
            if (Occurrence.Find(registry, key) is { IsClosed: false, Run: { } planned } run
                && (run.Approval is null || run.Approval.Hash == planned.ApprovedHash)
                && run.PolicyOf(byHandOn)
                    .Decide(time.GetUtcNow()) is { Choice: StartChoice.NotYet or StartChoice.Wait, Wake: { } opens })
                await stages.WarmUpAsync(planned, opens, stopping);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
        }
    }

    /// <returns>When to try again; null where something else is to be done first, or nothing any more.</returns>
    DateTimeOffset? Refuse(Occurrence run, StartAnswer answer, Admission admission)
    {
        if (admission.Refusal is not { } reason)
            return time.GetUtcNow() + Busy;

        if (admission.MayPass && answer.Sends)
        {
            _record.Once(DecisionKind.Delayed, answer.Due, reason);
            return time.GetUtcNow() + TryAgain;
        }

        if (admission.Voids)
            VoidAndHold(run, answer.Due, reason);
        else
            Hold(answer.Due, reason);
        return null;
    }

    async Task SendAsync(RunRecord run, Occurrence occurrence, StartAnswer answer, CancellationToken stopping)
    {
        await stages.OpenAsync(run);
        _record.Add(new Decision(key, answer.Due, time.GetUtcNow(), answer.Kind, answer.Reason), RunState.Sending);

        var watch = new ApprovalWatch(key, registry, time);
        var end = occurrence.Approval is not { } approval // of a rehearsal, which needs none
            ? await SendAsync(stopping)
            : await watch.WhileApprovedAsync(approval.Hash, SendAsync, stopping);
        watcher.Sent(key, end, stages.CountPlanned(run));
        if (watch.HasStopped)
            HoldIfUnapproved();

        Task<SendEnd> SendAsync(CancellationToken halt) => Clock is { } clock && !key.Simulated
            ? new ClockWatch(clock, occurrence, time).WhileUnpassedAsync(
                stepped => stages.SendAsync(run, answer.Day, stepped), halt)
            : stages.SendAsync(run, answer.Day, halt);
    }

    /// <summary>Holds a run under way whose approval was voided: it goes on once it is approved again.</summary>
    public void HoldIfUnapproved()
    {
        if (registry.Find(key) is not { State: RunState.Sending } run || FindEnding() is not null)
            return;

        // One reading: that none is borne out says nothing where the chain could not be asked just then.
        var about = registry.ReadApprovals(key.Campaign).Where(run.IsMeantBy).ToList();
        if (about.Exists(approval => approval.Stands || approval.IsUnasked))
            return;

        var voided = about.Find(approval => approval.VoidedAt is not null);
        Hold(
            time.GetUtcNow(),
            voided is null ? HoldWords.OfNoApproval : HoldWords.OfVoided(voided),
            WayOn.Approve);
    }

    /// <summary>The run, and the order of a person by which it is over but for what was sent: whatever its state, and
    /// whether or not an approval stands. Null where there is none.</summary>
    (RunRecord Run, StandingOrder Order)? FindEnding() =>
        !key.Simulated
            && registry.Orders.Read().FirstOrDefault(order => order is { IsForGood: true, Lane: null }
                && order.IsAbout(key)) is { } order
            && registry.Find(key) is { } run
            && !run.State.IsOver()
                ? (run, order)
                : null;

    /// <summary>What a person has called off, or ended early, is left over, and the run closes as it does otherwise:
    /// with the receipts of what was sent, and its report.</summary>
    /// <returns>When to try again; null where it is done, or something else is to be done first.</returns>
    async Task<DateTimeOffset?> EndAsync(RunRecord run, StandingOrder order, CancellationToken stopping)
    {
        if (run.State != RunState.Sending && !run.IsErased)
            registry.SetState(key, RunState.Sending, time.GetUtcNow());
        await stages.LeaveAsync(run, order.LeftBy, null, time.GetUtcNow());
        return await FinishAsync(
            run, stopping, order.Kind == OrderKind.Cancel ? RunState.Cancelled : RunState.Ended);
    }

    /// <summary>The same of lanes of a run that has begun, while nothing of it is being sent.</summary>
    async Task LeaveLanesAsync(Occurrence run)
    {
        if (key.Simulated || run is not { Begun: true, Run: { } begun })
            return;

        foreach (var order in registry.Orders.Read().Where(
            order => order is { IsForGood: true, Lane: not null } && order.IsAbout(key)))
            await stages.LeaveAsync(begun, order.LeftBy, order.Lane, time.GetUtcNow());
    }

    /// <summary>Nothing more is sent: skipped, or the days are over.</summary>
    async Task<DateTimeOffset?> LeaveAsync(RunRecord run, StartAnswer answer, CancellationToken stopping)
    {
        var skipped = answer.Choice == StartChoice.Skip;
        _record.Once(skipped ? DecisionKind.Skipped : DecisionKind.Leftover, answer.Due, answer.Reason);
        await stages.LeaveAsync(run, skipped ? Reason.MissedStart : Reason.WindowClosed, null, answer.Due);
        return await FinishAsync(run, stopping, skipped ? RunState.Skipped : RunState.Finished);
    }

    /// <returns>When to try again; null where it is done, or something else is to be done first.</returns>
    async Task<DateTimeOffset?> FinishAsync(RunRecord run, CancellationToken stopping, RunState end = RunState.Finished)
    {
        var receipts = await AwaitReceiptsAsync(run, stopping);
        if (receipts == ReceiptsWait.BrokenOff || stages.CountPlanned(run) > 0)
            return null;

        ReportResult report;
        try
        {
            report = stages.WriteReport(run, receipts);
            watcher.Reported(key, report);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            watcher.ReportUnwritable(key, unwritable);
            return time.GetUtcNow() + TryAgain;
        }

        // Put back while it was written, which takes long: for whoever did so the run was not over.
        if (await AwaitReceiptsAsync(run, stopping) == ReceiptsWait.BrokenOff || stages.CountPlanned(run) > 0)
            return null;

        if (end == RunState.Skipped)
        {
            registry.SetState(key, end, time.GetUtcNow());
        }
        else
        {
            _record.Once(
                DecisionKind.Finished,
                time.GetUtcNow(),
                FinishWords.Of(receipts, report.Balance),
                end);
        }

        // Put back a moment before, when it was not over yet: nobody looks at a run that is.
        if (!key.Simulated && stages.CountPlanned(run) > 0)
            Hold(time.GetUtcNow(), PutBack);
        else
            watcher.Ended(key, end);
        return null;
    }

    async Task<ReceiptsWait> AwaitReceiptsAsync(RunRecord run, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var again = Volatile.Read(ref _lookAgain).Task;

        // Put back between the look before and now: nobody says so again.
        if (stages.CountPlanned(run) > 0)
            return ReceiptsWait.BrokenOff;

        var waiting = stages.AwaitReceiptsAsync(run, either.Token);

        await Task.WhenAny(waiting, again);
        await either.CancelInTurnAsync();
        return await waiting;
    }

    void VoidAndHold(Occurrence run, DateTimeOffset due, Wording reason)
    {
        if (run.Approval is { } approval)
            registry.VoidApproval(approval.Id, reason, time.GetUtcNow());
        Hold(
            due,
            reason + new Wording(" Phê duyệt không còn hiệu lực.", " The approval is void."),
            WayOn.PlanAndApprove);
    }

    /// <summary>Holds the run for a person: it goes on when it is approved again.</summary>
    /// <exception cref="Storage.LedgerException">ledger.db cannot be written.</exception>
    public void Hold(DateTimeOffset due, Wording reason, WayOn way = WayOn.Resume)
    {
        // One that is not planned yet nobody can resume.
        var run = registry.Find(key);
        var words = HoldWords.WithWayOn(
            reason,
            run?.CampaignFile,
            run is null && way == WayOn.Resume ? WayOn.Approve : way,
            stages.TakesTwoPersons(),
            run is null ? null : HoldWords.DateOf(run));
        _record.Once(DecisionKind.Held, due, words, RunState.Held);
    }

    /// <summary>Whoever says so does not go on as the conductor itself.</summary>
    static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
