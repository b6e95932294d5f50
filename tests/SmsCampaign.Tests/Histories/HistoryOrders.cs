using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Histories;

/// <summary>
/// A person who pauses, calls off, ends early and slows down what is sent, and has its window close later, at moments
/// left to chance, whatever process sends: and what must not have happened from when each order was taken up until it
/// was lifted.
/// </summary>
/// <param name="runs">Keys of the runs, by the path of their ledger.</param>
/// <param name="window">Of every run, as it was approved.</param>
sealed class HistoryOrders(
    string folder,
    IReadOnlyDictionary<string, RunKey> runs,
    SendWindow window,
    HistoryShape shape,
    Random chance,
    MovingTime time)
{
    /// <summary>Microseconds for which a call that the pace let go before may still leave: as of
    /// <see cref="PaceTurn"/>, 100 ms.</summary>
    const long LetGoBefore = 100_000;

    static readonly Who Officer = new("a person", "a", "here");

    readonly IRegistry _registry = Ledgers.OpenRegistry(new DataFolder(folder));
    readonly List<Span> _spans = [];
    readonly Dictionary<RunKey, SendWindow> _extended = [];

    /// <summary>The window of a run by now.</summary>
    public SendWindow WindowOf(RunKey run)
    {
        lock (_extended)
            return _extended.GetValueOrDefault(run, window);
    }

    /// <summary>When the last run closes on a day.</summary>
    public DateTimeOffset ClosesOn(DateOnly day) => runs.Values.Max(run => WindowOf(run).ClosesOn(day));

    /// <summary>Has a process's accounts go by what is ordered.</summary>
    public LaneAccounts Govern(LaneAccounts accounts)
    {
        var governed = accounts.GovernedBy(_registry.Orders);
        governed.Orders.Look();
        return governed;
    }

    /// <summary>Orders and lifts until the process is over.</summary>
    public async Task ActAsync(LaneAccounts accounts, ProcessClock clock, CancellationToken over)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + chance.NextDouble() * 9), time, over).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested)
                return;

            if (chance.Next(8) == 0)
                Extend();
            else if (_registry.Orders.Read().FirstOrDefault(order => !order.IsForGood) is { } standing
                && chance.Next(3) > 0)
                Lift(standing, clock);
            else
                Give(clock, accounts);
            accounts.Orders.Look();
            foreach (var span in _spans.Where(span => span.From is null))
                span.From = clock.Now();
        }
    }

    /// <summary>As the conductor does while nothing is being sent.</summary>
    public async Task LeaveAsync(ProcessClock clock)
    {
        foreach (var order in _registry.Orders.Read().Where(order => order.IsForGood))
        {
            var path = runs.Single(run => run.Value.ToString() == order.Run).Key;
            await using var ledger = RunLedger.Open(path, clock);
            var lane = ledger.Info.Lanes.Values.FirstOrDefault(each => each.Name == order.Lane);
            await ledger.LeaveAsync(order.LeftBy, lane?.Id);
            await ledger.CheckBalanceAsync();
        }
    }

    /// <summary>What an order was broken by; null where none was.</summary>
    /// <param name="handed">Each hand-over on a lane, of a run's ledger.</param>
    public string? FindBroken(string path, string lane, IReadOnlyList<(long At, int Parts)> handed)
    {
        foreach (var span in _spans.Where(span => span.Order.Kind != OrderKind.Rate && span.Order.Concerns(
            runs[path], lane)))
        {
            if (handed.FirstOrDefault(call => call.At >= span.From && call.At < (span.To ?? long.MaxValue))
                is { Parts: > 0 } call)
                return $"handed over at {ProcessClock.FromMicros(call.At):MM-dd HH:mm:ss.ffffff} under {span.Order}";
        }

        return null;
    }

    /// <inheritdoc cref="FindBroken(string, string, IReadOnlyList{ValueTuple{long, int}})"/>
    /// <param name="handed">Of every run.</param>
    public string? FindTooFast(string lane, List<(long At, int Parts)> handed)
    {
        handed.Sort();
        foreach (var span in _spans.Where(span => span.Order.Kind == OrderKind.Rate && span.Order.Lane == lane))
        {
            var within = handed
                .Where(call => call.At >= span.From + LetGoBefore && call.At < (span.To ?? long.MaxValue))
                .ToList();
            var parts = 0;
            for (int first = 0, last = 0; last < within.Count; last++)
            {
                parts += within[last].Parts;
                for (; within[first].At + 1_000_000 <= within[last].At; first++)
                    parts -= within[first].Parts;
                if (parts > span.Order.Rate)
                    return $"{parts} parts within a second under {span.Order}";
            }
        }

        return null;
    }

    void Give(ProcessClock clock, LaneAccounts accounts)
    {
        var kind = chance.Next(12) switch
        {
            0 => OrderKind.Cancel,
            1 => OrderKind.End,
            < 5 => OrderKind.Rate,
            _ => OrderKind.Pause,
        };
        var run = runs.Values.ElementAt(chance.Next(runs.Count));
        var lane = accounts.Names.ElementAt(chance.Next(accounts.Names.Count));
        var scope = (kind, chance.Next(3)) switch
        {
            (OrderKind.Rate, _) => new OrderScope(null, lane),
            (OrderKind.Pause, 0) => new OrderScope(null, lane),
            (_, 1) => new OrderScope(run, lane),
            _ => new OrderScope(run, null),
        };
        var before = _registry.Orders.Read();
        var now = clock.Now();
        var (order, isNew) = _registry.Orders.Give(
            new NewOrder(kind, scope, Officer, "so be it")
            {
                Rate = kind == OrderKind.Rate ? chance.Next(1, shape.Rate + 1) : null,
            },
            new Wording("", ""),
            time.GetUtcNow());
        if (!isNew)
            return;

        // One that another takes the place of ended before.
        foreach (var replaced in _spans.Where(span => span.To is null
            && before.Any(each => each.Id == span.Order.Id)
            && _registry.Orders.Read().All(each => each.Id != span.Order.Id)
            && kind == OrderKind.Rate))
            replaced.To = now;
        _spans.Add(new Span(order));
    }

    /// <summary>Up to the moment at which it closes, and no longer.</summary>
    void Extend()
    {
        var run = runs.Values.ElementAt(chance.Next(runs.Count));
        var (now, so) = (time.GetUtcNow(), WindowOf(run));
        var day = so.DayOf(now);
        var later = so.HourOfClosing(day).Add(TimeSpan.FromSeconds(chance.Next(1, 15)));
        if (!so.IsOpen(now, day))
            return;

        lock (_extended)
            _extended[run] = so.Extend(day, later);
    }

    void Lift(StandingOrder order, ProcessClock clock)
    {
        if (_spans.Find(span => span.Order.Id == order.Id) is { } span)
            span.To = clock.Now();
        _registry.Orders.Lift(order, Officer, "enough", new Wording("", ""), time.GetUtcNow());
    }

    sealed class Span(StandingOrder order)
    {
        public StandingOrder Order => order;

        /// <summary>When it was taken up, microseconds; null: it is not yet.</summary>
        public long? From { get; set; }

        /// <summary>When it was about to be lifted; null: it stands.</summary>
        public long? To { get; set; }
    }
}
