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
            .Where(place => place.State is RunState.Sending or RunState.Held && !IsOfTest(place))
            .ToList();
        var (counts, unread) = CountMessages(station, begun);
        var sent = begun
            .Where(place => counts.TryGetValue(place.Code, out var lanes) && lanes.Sum(lane => lane.Queue) == 0)
            .Select(place => place.Key)
            .ToHashSet();
        var closing = RunOpening.ReadAll(registry, run => sent.Contains(run.ToString()), takesTwoPersons, now)
            .Where(opening => opening.IsOpen)
            .Select(opening => opening.Closes - now)
            .DefaultIfEmpty(TimeSpan.Zero)
            .Min();
        var alerts = AlertView.ReadAll(registry, now);
        return new StationReading(
            now,
            ReadLanes(station, counts.Values.SelectMany(lanes => lanes).ToLookup(lane => lane.Lane)),
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
                counts[place.Code] = open[place.Code].FirstOrDefault() is { } run
                    ? [.. run.Info.Lanes.Values.Select(lane => new MessageCounts(
                        lane.Name,
                        run.Counters.Of(lane.Id, MessageStatus.Planned),
                        run.Counters.Of(lane.Id, MessageStatus.Uncertain)))]
                    : [.. RunStatus.Read(place.AddressIn(station.Data)).Lanes.Select(lane => new MessageCounts(
                        lane.Name, lane.Count(MessageStatus.Planned), lane.Count(MessageStatus.Uncertain)))];
            }
            catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break any reader
            {
            }
        }

        return (counts, places.Count - counts.Count);
    }

    static List<LaneReading> ReadLanes(Station station, ILookup<string, MessageCounts> counts)
    {
        var paused = station.Registry.Orders.Read()
            .Where(order => order is { Kind: OrderKind.Pause, Run: null })
            .ToList();
        return [.. station.Accounts.All.Select(account => new LaneReading(
            account.Lane.Name,
            counts[account.Lane.Name].Sum(each => each.Queue),
            counts[account.Lane.Name].Sum(each => each.Uncertain),
            account.Lane.Options.Rate,
            account.Pace.RateInForce,
            account.Pace.IsStopped || paused.Exists(order => order.Lane is null || order.Lane == account.Lane.Name),
            account.Pace.IsAway))];
    }

    /// <summary>By what is on disk, whether anybody settles or not.</summary>
    static TimeSpan ReadReceiptsLag(Station station)
    {
        var oldest = Ledgers.ReceiptsOf(station.Data).FindOldestUnsettled(simulated: false);
        return TimeSpan.FromMicroseconds(oldest is { } came ? Math.Max(0, station.Clock.Now() - came) : 0);
    }

    static bool IsOfTest(RunPlace place) => RunKey.IsOfTest(place.Key.Split('/')[0]);

    readonly record struct MessageCounts(string Lane, long Queue, long Uncertain);
}

/// <summary>A lane of the installation file.</summary>
/// <param name="Queue">Messages still to be sent, of runs that have begun.</param>
/// <param name="ContractRate">What the contract lets through in a second, in what it counts.</param>
/// <param name="AllowedRate">What of it is let through now.</param>
/// <param name="IsStopped">Whether it goes on only by a person.</param>
/// <param name="IsAway">Whether its gateway was last seen to take nothing.</param>
public sealed record LaneReading(
    string Lane, long Queue, long Uncertain, int ContractRate, int AllowedRate, bool IsStopped, bool IsAway);
