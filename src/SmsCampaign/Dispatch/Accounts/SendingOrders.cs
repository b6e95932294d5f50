using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// What persons have ordered of what this process sends, as it stands on disk: looked at again and again, and applied
/// to every lane that sends. One a process.
/// </summary>
/// <param name="kept">Null: nobody can order anything, as in a rehearsal.</param>
/// <remarks>Where it cannot be read nothing leaves until it can: who could not be told of a pause must not send
/// through it.</remarks>
public sealed class SendingOrders(IStandingOrders? kept)
{
    /// <summary>How often it is looked at: with the time it takes to write an order, what keeps a command within its
    /// two seconds.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    readonly Lock _looking = new();
    readonly Lock _lock = new();
    readonly List<LaneOrders> _lanes = [];
    List<StandingOrder> _told = [];
    string? _toldOfTrouble;
    IReadOnlyList<StandingOrder>? _standing = kept is null ? [] : null;

    /// <summary>Why the orders cannot be read now; null where they can.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Told of what stands at each look that can read it, before lanes go by it.</summary>
    internal Action<IReadOnlyList<StandingOrder>>? Applied { get; set; }

    /// <summary>Told of each order that is found to stand, with true, or not to stand any more. It must not
    /// wait.</summary>
    public Action<StandingOrder, bool>? Told { get; set; }

    /// <summary>Told once that the orders cannot be read, and why, and with null that they can again. It must
    /// not wait.</summary>
    public Action<Exception?>? TroubleTold { get; set; }

    /// <summary>Reads what stands and applies it. When it returns nothing leaves any more that an order of before
    /// keeps back. Never throws.</summary>
    public void Look()
    {
        if (kept is null)
            return;

        lock (_looking) // what was read first is applied first
        {
            var (read, trouble) = Read();
            if (read is not null)
                Applied?.Invoke(read);
            lock (_lock)
            {
                _standing = read;
                _lanes.ForEach(lane => lane.Apply(read));
            }

            Tell(read, trouble);
        }
    }

    /// <summary>Looks until it is over.</summary>
    public async Task WatchAsync(TimeProvider time, CancellationToken over)
    {
        await Task.Yield();
        while (!over.IsCancellationRequested)
        {
            Look();
            await Task.Delay(kept is null ? Timeout.InfiniteTimeSpan : LookEvery, time, over).Quietly();
        }
    }

    /// <summary>Whether nothing of a lane of a run may leave.</summary>
    public bool IsHeld(RunKey run, string lane)
    {
        lock (_lock)
            return LaneOrders.Find(_standing, run, lane) is not null || _standing is null;
    }

    /// <summary>Whether nothing of a lane of a run will ever leave any more.</summary>
    public bool IsCalledOff(RunKey run, string lane)
    {
        lock (_lock)
            return LaneOrders.Find(_standing, run, lane) is { IsForGood: true };
    }

    /// <summary>Whether a person had paused a lane of a run by a moment and has not lifted it, as far as is
    /// known.</summary>
    public bool WasPausedBy(DateTimeOffset moment, RunKey run, string lane)
    {
        lock (_lock)
        {
            var before = _standing?.Where(order => !(order.At > moment)).ToList();
            return LaneOrders.Find(before, run, lane) is { Kind: OrderKind.Pause };
        }
    }

    /// <summary>The orders of a lane of a run that begins to send, as they stand and as they will.</summary>
    /// <param name="turn">Is held while they keep the lane back.</param>
    /// <param name="changed">Set at each change.</param>
    internal LaneOrders Join(RunKey run, string lane, PaceTurn turn, Signal changed)
    {
        var joined = new LaneOrders(run, lane, turn, changed, Leave);
        lock (_lock)
        {
            _lanes.Add(joined);
            joined.Apply(_standing);
        }

        return joined;
    }

    (IReadOnlyList<StandingOrder>? Read, Exception? Trouble) Read()
    {
        try
        {
            return (kept!.Read(), null);
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return (null, unreadable);
        }
    }

    void Tell(IReadOnlyList<StandingOrder>? read, Exception? trouble)
    {
        Trouble = trouble;

        // What was found before there was anybody to tell is told as soon as there is.
        if (TroubleTold is { } tellOfTrouble && trouble?.Message != _toldOfTrouble)
        {
            tellOfTrouble(trouble);
            _toldOfTrouble = trouble?.Message;
        }

        if (read is null || Told is null)
            return;

        foreach (var order in read.Where(order => !_told.Exists(order.IsSame)))
            Told(order, true);
        foreach (var order in _told.Where(told => !read.Any(told.IsSame)))
            Told(order, false);
        _told = [.. read];
    }

    void Leave(LaneOrders lane)
    {
        lock (_lock)
            _lanes.Remove(lane);
    }
}

/// <summary>What persons have ordered of a lane of a run that sends.</summary>
sealed class LaneOrders(RunKey run, string lane, PaceTurn turn, Signal changed, Action<LaneOrders> leave) : IDisposable
{
    Held? _held;

    /// <summary>What keeps it back; null where nothing does.</summary>
    public Held? HeldBy => Volatile.Read(ref _held);

    /// <summary>Whether it is called off or ended: it will never go on.</summary>
    public bool IsCalledOff => HeldBy is { Order.IsForGood: true };

    /// <summary>What keeps a lane of a run back: before all what does so for good.</summary>
    public static StandingOrder? Find(IReadOnlyList<StandingOrder>? standing, RunKey run, string lane) => standing?
        .Where(order => order.HoldsBack && order.Concerns(run, lane))
        .OrderBy(order => !order.IsForGood)
        .FirstOrDefault();

    /// <param name="standing">Null: it cannot be read.</param>
    public void Apply(IReadOnlyList<StandingOrder>? standing)
    {
        var order = Find(standing, run, lane);
        var held = standing is null || order is not null ? new Held(order) : null;
        if (held == HeldBy)
            return;

        Volatile.Write(ref _held, held);
        turn.Hold(held is not null);
        changed.Set();
    }

    public void Dispose() => leave(this);

    /// <param name="Order">Null: what persons have ordered cannot be read.</param>
    public sealed record Held(StandingOrder? Order);
}
