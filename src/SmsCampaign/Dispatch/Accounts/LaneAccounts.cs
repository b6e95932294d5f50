using SmsCampaign.Carriers;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>A lane ready to be used.</summary>
/// <param name="Pace">One for the account, whatever uses it.</param>
public sealed record LaneAccount(Lane Lane, ICarrier Carrier, Pace Pace)
{
    long _warmedUpFor;

    /// <summary>One for the account as well: a crash makes no more uncertain, however many runs it sends.</summary>
    public InFlight InFlight { get; } = new(Lane.Options.MaxInFlight, Lane.Options.MostConnections);

    /// <summary>One as well: what the gateway says of the account holds for every run.</summary>
    public StopSwitch Stop { get; init; } = new(Lane.Name, Pace);

    /// <summary>One as well: a gateway that has stopped answering is tried by one message,
    /// whatever runs want it.</summary>
    public Breaker Breaker { get; } = new(Pace);

    /// <summary>One as well.</summary>
    internal LaneHolds Holds { get; } = new(Pace);

    /// <summary>Whether nobody has made it ready for this opening yet: once, however many runs begin with it.</summary>
    internal bool TryWarmUpFor(DateTimeOffset opens) =>
        Interlocked.Exchange(ref _warmedUpFor, opens.UtcTicks) != opens.UtcTicks;

    /// <summary>Null where the gateway sends no receipts.</summary>
    public IReceiptSource? Receipts => Carrier as IReceiptSource;

    /// <summary>Null where the gateway cannot be asked what became of messages.</summary>
    public IReceiptQuery? Query => Carrier is IReceiptQuery { Inquiry: not null } query ? query : null;
}

/// <summary>
/// The accounts of an installation, one adapter and one pace each, shared by every run: two campaigns on one account
/// keep its rate together.
/// </summary>
public sealed class LaneAccounts : IDisposable
{
    /// <summary>How often it is asked whether a lane that goes on is kept as stopped.</summary>
    static readonly TimeSpan StopsLookEvery = TimeSpan.FromSeconds(5);

    readonly ILaneStops? _stops;
    readonly Dictionary<string, LaneAccount> _accounts;
    readonly List<HttpMessageInvoker> _clients = [];
    readonly ProcessClock _clock;

    /// <param name="stops">Where stopped lanes are kept: those that are stopped stay so. Null: a rehearsal.</param>
    /// <param name="told">As of <see cref="StopSwitch"/>.</param>
    /// <param name="orders">As of <see cref="SendingOrders"/>: what stands holds from the beginning.</param>
    public LaneAccounts(
        IEnumerable<Lane> lanes,
        ProcessClock clock,
        ILaneStops? stops = null,
        Action<string, LaneStop?>? told = null,
        IStandingOrders? orders = null)
    {
        _accounts = [];
        _clock = clock;
        Loops = new LoopWatch(clock);
        _stops = stops;
        var kept = stops?.Read() ?? [];
        foreach (var lane in lanes)
        {
            var http = CarrierHttp.CreateSender(lane.Options);
            _clients.Add(http);
            var pace = Pace.Of(lane.Options, clock);
            var account = new LaneAccount(lane, CarrierTypes.CreateCarrier(lane, http), pace)
            {
                Stop = new StopSwitch(lane.Name, pace, stops, told),
            };
            _accounts[lane.Name] = account;
            if (kept.FirstOrDefault(stop => stop.Lane == lane.Name) is { } stopped)
                account.Stop.TurnOff(stopped);
        }

        GovernedBy(orders);
        Orders.Look();
    }

    /// <summary>With accounts made elsewhere, which it disposes.</summary>
    internal LaneAccounts(IEnumerable<LaneAccount> accounts, ProcessClock? clock = null)
    {
        _accounts = accounts.ToDictionary(account => account.Lane.Name);
        _clock = clock ?? new ProcessClock(TimeProvider.System);
        Loops = new LoopWatch(_clock);
    }

    /// <summary>Whether the loops of this process go on, those of its lanes among them.</summary>
    public LoopWatch Loops { get; }

    public IReadOnlyCollection<LaneAccount> All => _accounts.Values;

    /// <summary>What persons have ordered.</summary>
    public SendingOrders Orders { get; private set; } = new(null);

    public IReadOnlyCollection<string> Names => _accounts.Keys;

    /// <returns>Null where the installation has no such lane (any more).</returns>
    public LaneAccount? Find(string lane) => _accounts.GetValueOrDefault(lane);

    /// <summary>Has every change of an account's pace told of, whatever runs send on it.</summary>
    /// <param name="told">Gets the lane's name. It must not wait.</param>
    public void Watch(Action<string, LaneChange> told)
    {
        foreach (var (name, account) in _accounts)
            account.Pace.Watch = change => told(name, change);
    }

    /// <summary>Looks until it is over which lanes are kept as stopped. Not in the lanes' own loops: another program
    /// may hold the file for long.</summary>
    public async Task WatchStopsAsync(CancellationToken over)
    {
        await Task.Yield();
        while (!over.IsCancellationRequested)
        {
            HeedStops();
            var wait = _stops is null ? Timeout.InfiniteTimeSpan : StopsLookEvery;
            await Task.Delay(wait, _clock.Time, over).Quietly();
        }
    }

    internal void HeedStops()
    {
        try
        {
            foreach (var stop in _stops?.Read() ?? [])
            {
                // Asked once more: a person may have let it go on since.
                if (Find(stop.Lane)?.Stop is { IsOff: false } lane && _stops!.IsStopped(stop.Lane))
                    lane.Heed(stop);
            }
        }
        catch (LedgerException) // looked for again
        {
        }
    }

    /// <summary>
    /// Lets nothing through on any account for one window: what a process before handed over, on whatever run, is not
    /// known here, and counts towards the same second.
    /// </summary>
    public void WaitOutOneWindow()
    {
        foreach (var pace in _accounts.Values.Select(account => account.Pace))
            pace.HoldOneWindow();
    }

    /// <summary>
    /// Takes into account what runs have handed over before this process began, as far as it still counts: this
    /// minute's, and this day's where a contract has quotas. So are the times gateways asked for, and breakers that
    /// were open. Before anything is sent.
    /// </summary>
    /// <remarks>A ledger that cannot be read keeps nobody from sending for longer than what it may hold can count: each
    /// account stands still for its second, its minute or, where it has quotas, the rest of the day.</remarks>
    /// <param name="ledgers">Of every run that may have sent on these accounts today.</param>
    /// <returns>Those that cannot be read, and why.</returns>
    public IReadOnlyList<(RunAddress Ledger, Wording Reason)> Recall(IEnumerable<RunAddress> ledgers)
    {
        var unread = new Dictionary<RunAddress, Wording>();
        var known = ledgers.ToList();
        AccountMemory.Recall(_accounts, known, _clock, Read);
        HoldMemory.Recall(_accounts, known, _clock, Read);
        if (unread.Count > 0)
        {
            foreach (var account in _accounts.Values)
                account.Pace.HoldWhileUnknown();
        }

        return [.. unread.Select(each => (each.Key, each.Value))];

        void Read(RunAddress ledger, Action<RunAddress> read)
        {
            try
            {
                read(ledger);
            }
            catch (Exception broken)
                when (broken is not OutOfMemoryException) // a damaged file can break whatever reads it
            {
                unread.TryAdd(ledger, FaultWords.Of(broken));
            }
        }
    }

    /// <summary>Has the accounts go by what persons order, once it is looked at.</summary>
    internal LaneAccounts GovernedBy(IStandingOrders? orders)
    {
        Orders = new SendingOrders(orders) { Applied = Slow };
        return this;
    }

    /// <summary>No account goes faster than a person lets it.</summary>
    void Slow(IReadOnlyList<StandingOrder> standing)
    {
        foreach (var (name, account) in _accounts)
        {
            // Cut off while one takes another's place both stand.
            var order = standing
                .Where(each => each.Kind == OrderKind.Rate && each.Lane == name)
                .MinBy(each => each.Rate);
            account.Pace.Cap(
                order?.Rate ?? int.MaxValue, order is null ? "" : $"{order.Who.Person}: {order.ShownReason}");
        }
    }

    public void Dispose()
    {
        foreach (var account in _accounts.Values)
        {
            account.Carrier.Session?.Close();
            (account.Carrier as IDisposable)?.Dispose();
        }

        foreach (var client in _clients)
            client.Dispose();
    }
}
