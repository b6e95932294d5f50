using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// Everything that is counted on the one walk through a ledger: by carrier and lane, area, segment, and failure.
/// </summary>
sealed class RunTallies(RunTables tables)
{
    /// <summary>Most kinds of failure told apart. A gateway that answers in free text could make one for every message;
    /// what comes after is counted together.</summary>
    public const int MostFailures = 5_000;

    /// <summary>In place of a class: the message may have been sent. Behind all classes.</summary>
    const int NotKnown = int.MaxValue;

    readonly Tally[] _byCarrierAndLane = Tallies(tables.Carriers.Count * tables.Lanes.Count);
    readonly Dictionary<(int Class, int Reason, string Code, int Carrier), long> _failures = [];
    readonly SortedDictionary<int, long> _leftovers = [];
    readonly SortedDictionary<ExclusionReason, long> _exclusions = [];
    readonly HandOverCurve _curve = new();

    public Tally[] ByArea { get; } = Tallies(tables.Areas.Count);

    /// <summary>By area and carrier; null for an area without a message.</summary>
    public CarrierCount[]?[] ByAreaAndCarrier { get; } = new CarrierCount[tables.Areas.Count][];

    public Tally[] BySegment { get; } = Tallies(tables.Segments.Count);

    public long[] ExcludedBySegment { get; } = new long[tables.Segments.Count];

    /// <summary>Pairs of carrier and lane that have messages, by carrier, then lane.</summary>
    public IEnumerable<(int Carrier, int Lane, Tally Tally)> ByCarrierAndLane => _byCarrierAndLane
        .Select((tally, at) => (at / tables.Lanes.Count, at % tables.Lanes.Count, tally))
        .Where(row => row.tally.Messages > 0);

    /// <summary>Messages of a lane that were taken and whose last receipt has not come.</summary>
    public long WithoutReceipt(int lane)
    {
        var sum = new Tally();
        foreach (var row in ByCarrierAndLane.Where(row => row.Lane == lane))
            sum.Add(row.Tally);
        return Enum.GetValues<MessageStatus>().Where(tables.Lanes[lane].LacksReceipt).Sum(status => sum[status]);
    }

    /// <summary>By class, then code, reason and carrier; with no class, last, why messages are uncertain. No code and
    /// no reason also stand for those past <see cref="MostFailures"/>.</summary>
    public IEnumerable<(FailureClass? Class, int Reason, string Code, int Carrier, long Count)> Failures => _failures
        .OrderBy(failure => failure.Key.Class)
        .ThenBy(failure => failure.Key.Code, StringComparer.Ordinal)
        .ThenBy(failure => failure.Key.Reason)
        .ThenBy(failure => failure.Key.Carrier)
        .Select(failure => (
            failure.Key.Class == NotKnown ? null : (FailureClass?)failure.Key.Class,
            failure.Key.Reason,
            failure.Key.Code,
            failure.Key.Carrier,
            failure.Value));

    /// <summary>Messages that are left over, by the stored number of the reason (<see cref="Reason"/>).</summary>
    public IEnumerable<(int Reason, long Count)> Leftovers => _leftovers.Select(each => (each.Key, each.Value));

    /// <summary>Rows that are not recipients, by why; those of a run that may have sent already together.</summary>
    public IEnumerable<(ExclusionReason Reason, long Count)> Exclusions =>
        _exclusions.Select(each => (each.Key, each.Value));

    /// <summary>When messages were handed over.</summary>
    public HandOverCurve Curve => _curve;

    public void Add(MessageScan message, MessageStatus believed)
    {
        var lane = tables.Lanes[message.Lane];
        var carrier = message.Carrier < tables.Carriers.Count ? message.Carrier : 0;

        _byCarrierAndLane[carrier * tables.Lanes.Count + message.Lane].Add(
            believed, lane.Trust, message.Parts, message.HandedMicros);
        At(ByArea, message.Area).Add(believed, lane.Trust, message.Parts, message.HandedMicros);
        var counts = ByAreaAndCarrier[(uint)message.Area < ByAreaAndCarrier.Length ? message.Area : 0] ??=
            new CarrierCount[tables.Carriers.Count];
        counts[carrier] = counts[carrier].With(believed == lane.Trust.Best());
        At(BySegment, message.Segment).Add(believed, lane.Trust, message.Parts, message.HandedMicros);

        if (Tally.WasHandedOver(believed))
            _curve.Add(message.HandedMicros, message.Parts, believed == lane.Trust.Best());
        if (believed == MessageStatus.Leftover)
            _leftovers[message.Reason] = _leftovers.GetValueOrDefault(message.Reason) + 1;
        if (believed is MessageStatus.Failed or MessageStatus.Uncertain)
            AddFailure(
                believed == MessageStatus.Failed ? message.Failure : NotKnown,
                message.Reason,
                Encoding.UTF8.GetString(NumberMask.In(message.Code)),
                carrier);
    }

    public void AddExclusion(int segment, ExclusionReason reason)
    {
        ExcludedBySegment[(uint)segment < ExcludedBySegment.Length ? segment : 0]++;
        _exclusions[reason] = _exclusions.GetValueOrDefault(reason) + 1;
    }

    public Tally Sum()
    {
        var sum = new Tally();
        foreach (var tally in _byCarrierAndLane)
            sum.Add(tally);
        return sum;
    }

    /// <summary>Parts handed over at the lane's price, in whole đồng, so that the rows a person sees
    /// add up to their total.</summary>
    public decimal CostOf(int lane, Tally tally) =>
        decimal.Round(tally.PartsHandedOver * tables.Lanes[lane].PricePerPart, MidpointRounding.AwayFromZero);

    public Balance ToBalance(long stray)
    {
        var sum = Sum();
        return new Balance(
            tables.Segments.Sum(segment => segment.Matched),
            [
                new BalanceTerm(null, ExcludedBySegment.Sum()),
                .. ReportWords.Order.Select(status => new BalanceTerm(status, sum[status])),
            ],
            stray,
            [.. tables.Segments
                .Select((segment, at) => (segment.Name, DifferenceOf(at)))
                .Where(segment => segment.Item2 != 0)]);
    }

    /// <summary>Rows of a segment that nothing accounts for.</summary>
    public long DifferenceOf(int segment) =>
        BalanceRule.Difference(
            tables.Segments[segment].Matched, ExcludedBySegment[segment], status => BySegment[segment][status]);

    void AddFailure(int failure, int reason, string code, int carrier)
    {
        var key = (failure, reason, code, carrier);
        if (_failures.Count >= MostFailures && !_failures.ContainsKey(key))
            key = (failure, 0, "", carrier);

        _failures[key] = _failures.GetValueOrDefault(key) + 1;
    }

    /// <summary>Place 0 takes what points to nothing.</summary>
    static Tally At(Tally[] tallies, int at) => tallies[(uint)at < tallies.Length ? at : 0];

    static Tally[] Tallies(int count) => [.. Enumerable.Range(0, count).Select(_ => new Tally())];
}

/// <param name="Confirmed">As of <see cref="Tally.Confirmed"/>.</param>
readonly record struct CarrierCount(long Messages, long Confirmed)
{
    public CarrierCount With(bool confirmed) => new(Messages + 1, Confirmed + (confirmed ? 1 : 0));
}
