using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What of a process that sends is read now and then, for whoever looks from outside: from the ledgers, at one
/// moment.</summary>
/// <param name="WindowLeft">Until the first of the windows closes that are open; zero where none is.</param>
/// <param name="ReceiptsLag">How long the oldest receipt has waited to be settled.</param>
/// <param name="Runs">How many have begun and are not over, by state.</param>
/// <param name="UnreadLedgers">Ledgers of such runs that cannot be read.</param>
/// <param name="Alerts">How many are so, by kind and severity.</param>
/// <param name="UndeliveredAlerts">Receivers that could not be told of an alert yet, each of each.</param>
public sealed record StationReading(
    DateTimeOffset At,
    IReadOnlyList<LaneReading> Lanes,
    TimeSpan WindowLeft,
    TimeSpan ReceiptsLag,
    IReadOnlyDictionary<RunState, int> Runs,
    int UnreadLedgers,
    IReadOnlyDictionary<(AlertKind Kind, AlertSeverity Severity), int> Alerts,
    int UndeliveredAlerts)
{
    /// <param name="takesTwoPersons">Whether nothing is sent that one person alone has approved.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public static StationReading Take(Station station, bool takesTwoPersons)
    {
        var (registry, now) = (station.Registry, station.Clock.Time.GetUtcNow());
        var begun = registry.ReadPlaces(simulated: false, DateOnly.MaxValue)
            .Where(place => (place.State is RunState.Sending or RunState.Held) && !IsOfTest(place))
            .ToList();
        var (counts, unread) = CountMessages(station, begun);
        var sent = begun
            .Where(place => counts.TryGetValue(place.Code, out var lanes) && lanes.Sum(lane => lane.Queue) == 0)
            .Select(place => place.Key)
            .ToHashSet();
        var open = RunOpening.ReadAll(registry, run => sent.Contains(run.ToString()), takesTwoPersons, now)
            .Where(opening => opening.IsOpen)
            .ToList();
        var closing = open.Select(opening => opening.Closes - now).DefaultIfEmpty(TimeSpan.Zero).Min();
        var alerts = AlertView.ReadAll(registry, now);
        return new StationReading(
            now,
            ReadLanes(
                station,
                counts.Values.SelectMany(lanes => lanes).ToLookup(lane => lane.Lane),
                open.ToDictionary(opening => opening.Run.ToString(), opening => opening.Left)),
            closing > TimeSpan.Zero ? closing : TimeSpan.Zero,
            ReadReceiptsLag(station),
            new[] { RunState.Sending, RunState.Held }.ToDictionary(
                state => state, state => begun.Count(place => place.State == state)),
            unread,
            alerts
                .Where(alert => alert.Raised.IsOpen)
                .GroupBy(alert => (alert.Raised.Alert.Kind, alert.Raised.Alert.Severity))
                .ToDictionary(group => group.Key, group => group.Count()),
            alerts.Sum(alert => alert.Told.Count(told => told.Failing is not null)));
    }

    /// <summary>By each run's code. Of one that is open what its writer knows is on disk, of others what their file
    /// keeps.</summary>
    static (Dictionary<string, IReadOnlyList<MessageCounts>> Counts, int Unread) CountMessages(
        Station station, List<RunPlace> places)
    {
        var counts = new Dictionary<string, IReadOnlyList<MessageCounts>>();
        var open = station.Runs.All.ToLookup(run => run.Info.Code);
        foreach (var place in places)
        {
            try
            {
                var address = place.AddressIn(station.Data);
                IReadOnlyList<MessageCounts> lanes = open[place.Code].FirstOrDefault() is { } run
                    ? [.. run.Info.Lanes.Values.Select(lane => new MessageCounts(
                        place.Key,
                        lane.Name,
                        run.Counters.Of(lane.Id, MessageStatus.Planned),
                        run.Counters.Of(lane.Id, MessageStatus.Uncertain),
                        lane.Rate))]
                    : [.. RunStatus.Read(address).Lanes.Where(lane => lane.Name.Length > 0).Select(
                        lane => new MessageCounts(
                            place.Key,
                            lane.Name,
                            lane.Count(MessageStatus.Planned),
                            lane.Count(MessageStatus.Uncertain),
                            lane.Rate))];
                var trials = place.State == RunState.Sending ? Ledgers.RunAt(address).ReadTrials() : null;
                counts[place.Code] =
                [
                    .. lanes.Select(lane => lane with
                    {
                        IsHeld = trials?.GetValueOrDefault(lane.Lane) is { IsHeld: true },
                    }),
                ];
            }
            catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break any reader
            {
            }
        }

        return (counts, places.Count - counts.Count);
    }

    /// <summary>Those of the installation file in its order, then those of runs that it has no more.</summary>
    /// <param name="left">For how long each run is open yet that is open now.</param>
    static List<LaneReading> ReadLanes(
        Station station, ILookup<string, MessageCounts> counts, Dictionary<string, TimeSpan> left)
    {
        var held = station.Registry.Orders.Read()
            .Where(order => order.HoldsBack && (order.Run is null || order.IsOfAnyRun))
            .ToList();
        return
        [
            .. station.Accounts.All.Select(account => Read(account.Lane.Name) with
            {
                ContractRate = account.Lane.Options.Rate,
                AllowedRate = account.Pace.RateInForce,
                IsStopped = account.Pace.IsStopped || IsHeld(account.Lane.Name),
                IsAway = account.Pace.IsAway,
            }),
            .. counts
                .Where(lane => station.Accounts.Find(lane.Key) is null)
                .Where(lane => lane.Any(each => each.Queue + each.Uncertain > 0))
                .Select(lane => Read(lane.Key) with
                {
                    ContractRate = lane.Max(each => each.Rate),
                    IsStopped = lane.Any(each => each.Queue > 0) || IsHeld(lane.Key), // nothing sends on it
                }),
        ];

        LaneReading Read(string lane) => new(
            lane,
            counts[lane].Sum(each => each.Queue),
            counts[lane].Sum(each => each.Uncertain),
            ContractRate: 0,
            AllowedRate: 0,
            NeededRate(counts[lane], left),
            IsStopped: false,
            IsAway: false);

        bool IsHeld(string lane) =>
            held.Exists(order => order.Lane is null || order.Lane == lane)
            || counts[lane].Any(each => each.IsHeld && each.Queue > 0);
    }

    /// <summary>By the run that closes first, then together with the next, and so on: the most of these.</summary>
    static double NeededRate(IEnumerable<MessageCounts> counts, Dictionary<string, TimeSpan> left)
    {
        var (needed, waiting) = (0.0, 0L);
        foreach (var run in counts
            .Where(each => each.Queue > 0 && left.GetValueOrDefault(each.Run) > TimeSpan.Zero)
            .OrderBy(each => left[each.Run]))
        {
            waiting += run.Queue;
            needed = Math.Max(needed, waiting / left[run.Run].TotalSeconds);
        }

        return needed;
    }

    /// <summary>By what is on disk, whether anybody settles or not.</summary>
    static TimeSpan ReadReceiptsLag(Station station)
    {
        var oldest = Ledgers.ReceiptsOf(station.Data).FindOldestUnsettled(simulated: false);
        return TimeSpan.FromMicroseconds(oldest is { } came ? Math.Max(0, station.Clock.Now() - came) : 0);
    }

    static bool IsOfTest(RunPlace place) => RunKey.IsOfTest(place.Key.Split('/')[0]);

    /// <param name="Run">Its key.</param>
    /// <param name="Rate">As it was planned with.</param>
    readonly record struct MessageCounts(string Run, string Lane, long Queue, long Uncertain, int Rate)
    {
        /// <summary>Whether the program holds it until a person lets it go on.</summary>
        public bool IsHeld { get; init; }
    }
}

/// <summary>A lane of the installation file, or one that it has no more and messages wait for.</summary>
/// <param name="Queue">Messages still to be sent, of runs that have begun.</param>
/// <param name="ContractRate">What the contract lets through in a second, in what it counts.</param>
/// <param name="AllowedRate">What of it is let through now.</param>
/// <param name="NeededRate">Messages a second, for what waits to be sent in its windows, over all days on which it
/// may be; 0 while none is open.</param>
/// <param name="IsStopped">Whether it, or what a run has on it, goes on only by a person.</param>
/// <param name="IsAway">Whether its gateway was last seen to take nothing.</param>
public sealed record LaneReading(
    string Lane,
    long Queue,
    long Uncertain,
    int ContractRate,
    int AllowedRate,
    double NeededRate,
    bool IsStopped,
    bool IsAway);
