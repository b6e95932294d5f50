using System.Collections.Concurrent;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Runs;

/// <summary>Why a day's sending ended.</summary>
public enum SendEnd
{
    /// <summary>Nothing of the run is planned any more.</summary>
    Done,

    /// <summary>The window closed with messages still planned.</summary>
    Closed,

    /// <summary>The process was asked to stop.</summary>
    Stopped,

    /// <summary>A person has called off, or ended early, the run or lanes of it, and nothing else of it is
    /// planned: what is left on them is still to be left over.</summary>
    CalledOff,
}

/// <summary>A lane of a run met a fault of the program.</summary>
public sealed class LaneFaultException(string lane, Exception fault) : Exception($"lane {lane}: {fault.Message}", fault)
{
    public string Lane => lane;
}

/// <summary>
/// Sends a run: all its lanes side by side while the window is open, then waits for receipts. May be called again, on
/// another day or after a restart: it goes on where the ledger says.
/// </summary>
/// <param name="faulted">Told at once of a lane that met a fault of the program, by name,
/// while the others go on.</param>
/// <param name="unready">Told of a lane, by name, whose gateway was not found ready shortly
/// before the window opens.</param>
public sealed class RunSession(
    ISendingLedger ledger,
    SendWindow window,
    LaneAccounts accounts,
    ProcessClock clock,
    Action<string, Exception>? faulted = null,
    Action<string, AccountFinding>? unready = null)
{
    /// <summary>Longest sleep while waiting for the window: the wall clock may be set meanwhile.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(30);

    /// <summary>How often a lane that is done looks whether another has moved messages to it.</summary>
    static readonly TimeSpan MoveGlance = TimeSpan.FromSeconds(1);

    /// <summary>How often a lane that closed looks whether it is open after all, while others are.</summary>
    static readonly TimeSpan ReopenGlance = TimeSpan.FromSeconds(1);

    /// <summary>The window as persons have decided by now of single days. Asked shortly before it closes, and again as
    /// it does: what is on disk by then holds. Null: it cannot change.</summary>
    public Func<SendWindow>? ReadWindow { get; init; }

    /// <summary>Ends when every receipt that had come by the call was tried on its message. Null: nobody settles
    /// any.</summary>
    public Func<Task>? CatchUpAsync { get; init; }

    /// <summary>Told where receipts that came in time were not settled within
    /// <see cref="LateReceipts.Longest"/>: the report is written without them.</summary>
    public Action? Behind { get; init; }

    readonly Routing _routing = new(ledger, accounts);

    /// <summary>Told of a lane, by name, that had read the clock as outside the hours, while others went on, and sends
    /// again as it reads it as within them.</summary>
    public Action<string>? Reopened { get; init; }

    /// <summary>How often it is looked whether all receipts are in.</summary>
    static readonly TimeSpan ReceiptGlance = TimeSpan.FromMilliseconds(200);

    /// <summary>Lane runners in a row that began with something planned and found nothing: one may have begun as it was
    /// settled elsewhere.</summary>
    const int LooksInVain = 2;

    /// <summary>
    /// Sends on a day: waits for the window to open where it has not, and ends when nothing is left, when it closes,
    /// or when the process is to stop.
    /// </summary>
    /// <exception cref="LedgerException">The ledger cannot be written.</exception>
    /// <exception cref="LaneFaultException">A lane met a fault of the program; the others have gone
    /// on to their end.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold at the end. Looked at before every end but a stop,
    /// which has no time for it: the next start looks.</exception>
    public async Task<SendEnd> SendAsync(DateOnly day, CancellationToken stopping)
    {
        var warming = Task.CompletedTask;
        try
        {
            return await SendAsync(
                day, opens => warming = Task.WhenAll(warming, WarmUpAsync(opens, stopping)), stopping);
        }
        finally
        {
            await warming;
        }
    }

    /// <summary>Makes the lanes ready on which something is planned, where the window opens within
    /// <see cref="LaneWarmUp.Ahead"/>. Over when it does. Never throws, and changes nothing of the run.</summary>
    public async Task WarmUpAsync(DateTimeOffset opens, CancellationToken stopping) =>
        await Task.WhenAll(ledger.Info.Lanes.Values
            .Where(lane => ledger.Counters.Of(lane.Id, MessageStatus.Planned) > 0
                && !accounts.Orders.IsHeld(ledger.Info.Key, lane.Name))
            .Select(async lane =>
            {
                if (accounts.Find(lane.Name) is { } account
                    && await new LaneWarmUp(ledger, lane, account, clock)
                        .RunAsync(opens, stopping) is { IsGood: not true } finding)
                    unready?.Invoke(lane.Name, finding);
            }));

    async Task<SendEnd> SendAsync(DateOnly day, Action<DateTimeOffset> warmUp, CancellationToken stopping)
    {
        var hours = HoursOf(day);
        var wasOpen = false;

        // Of a day's sending that a fault ended, in this process: what could not be written down
        // may have been handed over.
        await ledger.InterruptAsync();

        while (!stopping.IsCancellationRequested)
        {
            var now = clock.Time.GetUtcNow();
            if (hours.AreOver(now))
            {
                hours = HoursOf(day);
                if (!hours.AreOver(now))
                    continue; // decided while it closed

                // By the ledger, not by what the lanes remember: a kill before this leaves it to the next start.
                await ledger.StopRepeatingAsync(long.MaxValue);
                await ledger.CheckBalanceAsync();
                return SendEnd.Closed;
            }

            if (!hours.IsOpen(now))
            {
                // The wall clock was set back: what that means for the run is not for a day's sending to say.
                if (wasOpen)
                {
                    await ledger.CheckBalanceAsync();
                    return SendEnd.Closed;
                }

                var left = hours.Opens - now;
                if (left <= LaneWarmUp.Ahead)
                    warmUp(hours.Opens);

                var wait = left > LaneWarmUp.Ahead ? left - LaneWarmUp.Ahead : left;
                if (wait > Glance)
                    wait = Glance;
                await Task.Delay(wait, clock.Time, stopping).Quietly();
                continue;
            }

            wasOpen = true;

            // The gateway may have forgotten by now what it was handed on a day before.
            await ledger.StopRepeatingAsync(ProcessClock.ToMicros(hours.Opens));

            var ends = await SendAllAsync(day, hours, stopping);
            if (Array.TrueForAll(ends, end => end == LaneEnd.Done))
            {
                await ledger.CheckBalanceAsync();

                // Counting takes in what was put back to planned meanwhile: nobody says so again.
                if (ledger.Counters.Of(MessageStatus.Planned) == 0)
                    return SendEnd.Done;
                continue;
            }

            if (Array.TrueForAll(ends, end => end is LaneEnd.Done or LaneEnd.CalledOff))
            {
                await ledger.CheckBalanceAsync();
                return SendEnd.CalledOff;
            }

            // Otherwise the window closed or a stop came; or the wall clock was set back while a lane believed it was
            // closing time, and it goes on.
        }

        return SendEnd.Stopped;
    }

    /// <summary>Whether receipts may yet change something.</summary>
    public bool AwaitsReceipts => ledger.Info.Lanes.Values.Any(lane => AwaitsReceiptsOf(lane));

    /// <summary>Waits until every message is settled, be it by a person, or its lane's receipt time is over and what
    /// came within it is settled.</summary>
    public async Task<ReceiptsWait> AwaitReceiptsAsync(CancellationToken stopping)
    {
        await ledger.InterruptAsync(); // as in sending: a fault may have ended it with its last messages on their way
        var planned = ledger.Counters.Of(MessageStatus.Planned);
        var (isCaughtUp, end) = (false, ReceiptsWait.Over);
        while (true)
        {
            await ledger.NoticeResolutionsAsync();
            if (ledger.Counters.Of(MessageStatus.Planned) > planned)
                return ReceiptsWait.BrokenOff;

            if (AwaitsReceipts)
            {
                isCaughtUp = false;
                await Task.Delay(ReceiptGlance, clock.Time, stopping).Quietly();
            }
            else if (isCaughtUp)
            {
                return end;
            }
            else
            {
                (isCaughtUp, end) = (true, ReceiptsWait.Over);
                if (!await LateReceipts.HaveSettledAsync(CatchUpAsync, clock.Time, stopping)
                    && !stopping.IsCancellationRequested)
                {
                    end = ReceiptsWait.Behind;
                    Behind?.Invoke();
                }
            }

            if (stopping.IsCancellationRequested)
                return ReceiptsWait.BrokenOff;
        }
    }

    bool AwaitsReceiptsOf(RunLane lane)
    {
        var awaiting = Enum.GetValues<MessageStatus>()
            .Where(lane.AwaitsReceipt)
            .Sum(status => ledger.Counters.Of(lane.Id, status));
        if (awaiting == 0)
            return false;

        // The account's time, not the plan's: a simulated run's stand-ins answer within seconds.
        var timeout = accounts.Find(lane.Name)?.Lane.Options.ReceiptTimeout ?? lane.ReceiptTimeout;
        return clock.Now() < ledger.Counters.LastHandOver(lane.Id) + (long)timeout.TotalMicroseconds;
    }

    OpenHours HoursOf(DateOnly day) => (ReadWindow?.Invoke() ?? window).On(day);

    async Task<LaneEnd[]> SendAllAsync(DateOnly day, OpenHours hours, CancellationToken stopping)
    {
        // A ledger that cannot be written stops every lane.
        using var together = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var allDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var underWay = ledger.Info.Lanes.Count;
        var faults = new ConcurrentQueue<LaneFaultException>();

        var ends = await Task.WhenAll(ledger.Info.Lanes.Values.Select(async lane =>
        {
            try
            {
                return await SendLaneAsync(lane);
            }
            catch (Exception fault) when (fault is not (LedgerException or OperationCanceledException))
            {
                // What other lanes have to send does not depend on this one's code.
                faults.Enqueue(new LaneFaultException(lane.Name, fault));
                faulted?.Invoke(lane.Name, fault);
                Leave();
                return LaneEnd.Stopped;
            }
            catch
            {
                await together.CancelInTurnAsync();
                throw;
            }
        }));

        return faults.TryPeek(out var first) ? throw first : ends;

        async Task<LaneEnd> SendLaneAsync(RunLane lane)
        {
            var foundNothing = 0;
            while (true)
            {
                var planned = ledger.Counters.Of(lane.Id, MessageStatus.Planned);
                using (var runner = new LaneRunner(ledger, Setup(lane, day), clock))
                {
                    // As they are by now: a lane that comes back knows of an extension as those that never left.
                    if (await runner.RunAsync(HoursNow(), together.Token) is var end and not LaneEnd.Done)
                    {
                        Leave();
                        if (end != LaneEnd.Closed || !await IsOpenAgainAsync())
                            return end;

                        Interlocked.Increment(ref underWay);
                        Reopened?.Invoke(lane.Name);
                        continue;
                    }

                    foundNothing = planned == 0 || runner.HasFound ? 0 : foundNothing + 1;
                }

                // As long as others send, they may move messages here.
                Leave();
                while (ledger.Counters.Of(lane.Id, MessageStatus.Planned) == 0)
                {
                    if (allDone.Task.IsCompleted)
                        return LaneEnd.Done;
                    await Task.WhenAny(allDone.Task, Task.Delay(MoveGlance, clock.Time, together.Token));
                    if (together.IsCancellationRequested)
                        return LaneEnd.Done;
                }

                // Looked for twice and not found: it would be looked for until the window closes, and nobody told.
                if (foundNothing == LooksInVain)
                {
                    var left = ledger.Counters.Of(lane.Id, MessageStatus.Planned);
                    throw new UnbalancedException(ledger.Address, new Wording(
                        $"{left} tin của kênh {lane.Name} được ghi là chờ gửi mà không tìm thấy",
                        $"{Figures.Counted(left, "message")} of {lane.Name} "
                            + $"{Figures.Verb(left, "is", "are")} planned and not found"));
                }

                Interlocked.Increment(ref underWay);
            }
        }

        // One reading of a clock that is being set ends a lane, and not those that looked before or after it: they may
        // go on, or sleep, for hours, and it would stand still as long.
        async Task<bool> IsOpenAgainAsync()
        {
            while (true)
            {
                await Task.WhenAny(allDone.Task, Task.Delay(ReopenGlance, clock.Time, together.Token));
                if (allDone.Task.IsCompleted || together.IsCancellationRequested)
                    return false;
                if (HoursNow().IsOpen(clock.Time.GetUtcNow()))
                    return true;
            }
        }

        OpenHours HoursNow()
        {
            try
            {
                return HoursOf(day);
            }
            catch (LedgerException) // what cannot be read now is not later
            {
                return hours;
            }
        }

        void Leave()
        {
            if (Interlocked.Decrement(ref underWay) == 0)
                allDone.TrySetResult();
        }
    }

    LaneSetup Setup(RunLane lane, DateOnly day)
    {
        // Planning has checked it; an installation changed since then voids the approval before this.
        var account = accounts.Find(lane.Name)
            ?? throw new InvalidOperationException($"the installation has no lane '{lane.Name}' any more");

        return new LaneSetup(
            lane,
            account.Carrier,
            account.Pace,
            account.InFlight,
            account.Lane.Options.AnswerTimeout,
            account.Receipts is { RepeatsReference: false })
        {
            Stop = account.Stop,
            Orders = accounts.Orders,
            Breaker = account.Breaker,
            Holds = account.Holds,
            Secrets = account.Lane.Options.Secrets,
            BringsReceipts = account.Lane.Options.BringsReceipts && lane.AwaitsReceipt(MessageStatus.Accepted),
            Routing = _routing,
            Loops = accounts.Loops,
            ReadClosing = ReadWindow is null ? null : () => HoursOf(day).Closes,
        };
    }
}
