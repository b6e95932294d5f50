using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// As many callers as there are connections, each of which makes one call after the other while there is something to
/// send and the pace allows it.
/// </summary>
/// <param name="preparations">Writes down requests without a message.</param>
/// <param name="changed">Set when the last caller has ended, or one that was not to go on.</param>
sealed class LaneCallers(
    LaneCaller caller,
    IntentStock stock,
    AnswerRecorder recorder,
    InFlight inFlight,
    PaceTurn turn,
    Preparations preparations,
    LaneGate gate,
    LaneMeter meter,
    Signal changed)
{
    int _count;
    bool _isPreparing;

    /// <summary>How many are making calls.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Starts a caller for each call that may leave now.</summary>
    /// <returns>When the next may leave, microseconds; <see cref="long.MaxValue"/> where that is
    /// not a matter of time.</returns>
    public long Start()
    {
        if (caller.NeedsPreparing)
            return Prepare();

        if (!TryNext(connected: false, out var call, out var later))
            return later;

        // The last one goes from here: on a slow lane it is the only one, and waking another
        // thread costs more than the call.
        Interlocked.Increment(ref _count);
        for (; TryNext(connected: false, out var next, out later); call = next)
        {
            Interlocked.Increment(ref _count);
            Turns.Queue(static work => _ = work.Callers.MakeCallsAsync(work.Call), (Callers: this, Call: call));
        }

        _ = MakeCallsAsync(call);
        return later;
    }

    /// <summary>Before the first call, and whenever a session is over: what the carrier must have stands before the
    /// pace is asked for a message.</summary>
    /// <returns>As of <see cref="Start"/>.</returns>
    long Prepare()
    {
        lock (stock.Taking)
        {
            if (_isPreparing || stock.PeekCost() is null || !gate.IsOpen)
                return long.MaxValue;
            if (!turn.TryReserve(CallCost.OnlyRequest, out var grant, out var at))
                return at;

            _isPreparing = true;
            Interlocked.Increment(ref _count);
            _ = PrepareAsync(grant);
            return long.MaxValue;
        }
    }

    /// <summary>It leaves when its row is on disk and its connection stands, however long that takes, and
    /// counts from then on.</summary>
    async Task PrepareAsync(PaceGrant grant)
    {
        try
        {
            await preparations.BeginAsync(grant.At);
            await preparations.EndAsync(
                grant.At, await caller.PrepareAsync(new CallDeparture(turn, grant, gate), grant.At));
        }
        catch (Exception broken) // a ledger that cannot be written: seen by the lane
        {
            gate.Break(broken);
        }

        lock (stock.Taking)
            _isPreparing = false;
        Interlocked.Decrement(ref _count);
        changed.Set();
    }

    /// <summary>Takes the next call that may leave now.</summary>
    /// <param name="connected">Whether the caller has its connection already.</param>
    /// <param name="later">Where there is none: when the next may leave, as <see cref="Start"/> says it.</param>
    bool TryNext(bool connected, out LaneCall call, out long later)
    {
        call = default;
        later = long.MaxValue;
        lock (stock.Taking)
        {
            if (stock.PeekCost() is not { } cost || caller.NeedsPreparing || !gate.IsOpen)
                return false;

            // A list that was cut before the gateway stopped answering: it is tried with one message. So it is with
            // one from before a person slowed the account down.
            if (cost.Messages > 1 && (turn.IsOnTrial || turn.IsTooDear(cost)))
            {
                stock.ReturnAll();
                return false;
            }

            if (!TryReserve(cost, connected, out var grant, out later))
                return false;

            call = stock.Take(grant);
            return true;
        }
    }

    /// <summary>Takes a connection and the pace's leave together: neither is of use without the other.</summary>
    bool TryReserve(CallCost cost, bool connected, out PaceGrant grant, out long at)
    {
        if (connected)
            return turn.TryReserve(cost, out grant, out at);

        (grant, at) = (default, long.MaxValue);
        lock (inFlight.Connecting)
        {
            if (!inFlight.HasConnection() || !turn.TryReserve(cost, out grant, out at))
                return false;

            inFlight.Connect();
            return true;
        }
    }

    /// <summary>Makes calls as long as there are any that may leave. Never throws: what
    /// breaks stops the lane.</summary>
    async Task MakeCallsAsync(LaneCall call)
    {
        try
        {
            do
            {
                var exchange = await caller.MakeAsync(call, new CallDeparture(turn, call.Grant, gate));
                meter.NoteCall(call, exchange);
                recorder.Add(new CallResult(call.Planned, call.Attempt, call.First, exchange.LeftAt, exchange.Results));
            }
            while (TryNext(connected: true, out call, out _));
        }
        catch (Exception broken) // a ledger that cannot be written: seen by the lane
        {
            gate.Break(broken);
        }
        finally
        {
            inFlight.Disconnect();

            // Where there is more to send, the lane waits for its time or for room; it is told of nothing else.
            if (Interlocked.Decrement(ref _count) == 0 || caller.NeedsPreparing || !gate.IsOpen)
                changed.Set();
        }
    }
}
