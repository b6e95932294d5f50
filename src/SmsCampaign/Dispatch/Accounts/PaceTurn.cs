using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// One lane of one run, or whatever else sends on an account, in the line for its <see cref="Pace"/>. Used by one task
/// at a time. Leaving (Dispose) lets the others have its share.
/// </summary>
public sealed class PaceTurn : IDisposable
{
    /// <summary>Longest single wait. A timer takes no more than 49 days, and a gateway may ask for any.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    readonly Pace _pace;
    readonly Action<LaneChange>? _onChange;
    TaskCompletionSource? _woken;

    internal PaceTurn(Pace pace, int shares, Action<LaneChange>? onChange)
    {
        (_pace, Shares, _onChange) = (pace, shares, onChange);
    }

    /// <summary>Of the account's rate, beside the others that want it.</summary>
    internal int Shares { get; }

    // Its place in the line. Guarded by the pace's lock.
    internal double Start { get; set; }
    internal double Finish { get; set; }
    internal long HasPlaceUntil { get; set; }
    internal bool Wants { get; set; }
    internal bool IsBlocked { get; set; }

    /// <summary>Whether nothing of it may leave, as a person has ordered. Guarded likewise.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>As of <see cref="Pace.IsOnTrial"/>.</summary>
    internal bool IsOnTrial => _pace.IsOnTrial;

    /// <summary>Whether a list was cut before a person slowed the account down, and is to be cut smaller.</summary>
    internal bool IsTooDear(CallCost cost) => _pace.IsAboveCap(cost);

    /// <summary>Takes what a call costs if it may leave now. Cheap: a lock and no memory.</summary>
    /// <param name="at">True: it counts as handed over at this moment, microseconds of the process clock. False: the
    /// earliest moment worth asking again.</param>
    /// <exception cref="ArgumentOutOfRangeException">The call costs more than a whole period's worth and
    /// could never leave.</exception>
    public bool TryTake(CallCost cost, out long at)
    {
        if (!TryReserve(cost, out var grant, out at))
            return false;

        if (Leave(grant) is not { } left)
            return false;

        at = left;
        return true;
    }

    /// <summary>Lets a call go that leaves once its connection stands: <see cref="Leave"/> or
    /// <see cref="Return"/> must follow.</summary>
    /// <param name="at">False: as of <see cref="TryTake"/>.</param>
    internal bool TryReserve(CallCost cost, out PaceGrant grant, out long at) =>
        _pace.TryReserve(this, cost, out grant, out at);

    /// <summary>The call leaves now.</summary>
    /// <returns>The moment, which counts as its hand-over; null where it must not leave any more, and has
    /// been given back.</returns>
    internal long? Leave(in PaceGrant grant) => _pace.Leave(this, grant);

    /// <summary>The call did not leave.</summary>
    internal void Return(in PaceGrant grant) => _pace.Return(grant);

    /// <summary>When it returns with true, what was let go has left by now or never will, and nothing more is let go
    /// until it is asked with false.</summary>
    internal void Hold(bool isHeld) => _pace.Hold(this, isHeld);

    /// <summary>Ends at a moment that <see cref="TryTake"/> gave, or earlier where things
    /// changed: ask again then.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public async Task WaitAsync(long until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await SleepAsync(until, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>As <see cref="WaitAsync"/>, but ends quietly where it is cancelled: a lane that is woken by other news
    /// some hundred times a second throws nothing.</summary>
    internal async Task SleepAsync(long until, CancellationToken cancellationToken)
    {
        var micros = until - _pace.Clock.Now();
        if (micros <= 0)
            return;

        // In whole milliseconds, rounded up: a timer cuts the rest off, and less than one would spin.
        var wait = TimeSpan.FromMilliseconds(Math.Min((micros + 999) / 1000, (long)LongestWait.TotalMilliseconds));

        if (_pace.WokenOf(this) is { } woken)
            await woken.WaitAsync(wait, _pace.Clock.Time, cancellationToken).Quietly();
        else
            await Task.Delay(wait, _pace.Clock.Time, cancellationToken).Quietly();
    }

    /// <summary>Waits until a call may leave, and counts it as handed over at that moment.</summary>
    /// <returns>The moment, microseconds of the process clock.</returns>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; nothing was counted.</exception>
    public async Task<long> TakeAsync(CallCost cost, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long at;
        while (!TryTake(cost, out at))
            await WaitAsync(at, cancellationToken);
        return at;
    }

    public void Dispose() => _pace.Leave(this);

    internal void Tell(LaneChange change) => _onChange?.Invoke(change);

    /// <summary>Those before it have gone.</summary>
    internal void Wake()
    {
        _woken?.TrySetResult();
        _woken = null;
    }

    /// <returns>Null where nobody stands before it (any more): only time can help then.</returns>
    internal Task? Woken() => IsBlocked
        ? (_woken ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
        : null;
}
