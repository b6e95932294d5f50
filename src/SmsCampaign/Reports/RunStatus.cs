using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// How far a run is at one moment: by what its ledger keeps, or, where it was not counted yet, by counting its rows.
/// </summary>
/// <param name="Audience">Rows of the audience's files.</param>
/// <param name="Excluded">Rows that are not recipients.</param>
/// <param name="Lanes">Every lane of the plan, in its order; last, with an empty name, messages that no lane sends,
/// where there are any.</param>
public sealed record RunStatus(long Audience, long Excluded, IReadOnlyList<LaneStatus> Lanes)
{
    public long Messages => Lanes.Sum(lane => lane.Messages);
    public long PartsHandedOver => Lanes.Sum(lane => lane.PartsHandedOver);
    public long Uncertain => Count(MessageStatus.Uncertain);

    /// <summary>UTC microseconds since 1970; null where nothing was handed over.</summary>
    public long? FirstHandedMicros => Lanes.Min(lane => lane.FirstHandedMicros);
    public long? LastHandedMicros => Lanes.Max(lane => lane.LastHandedMicros);

    /// <summary>Rule 7 at this moment.</summary>
    public bool Balances => BalanceRule.Difference(Audience, Excluded, Count) == 0;

    public long Count(MessageStatus status) => Lanes.Sum(lane => lane.Count(status));

    /// <summary>Reads the ledger, which may be in use.</summary>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static RunStatus Read(RunAddress run)
    {
        using var ledger = Ledgers.RunAt(run).ReadForReport();
        var tables = ledger.ReadTables();
        var tallies = Enumerable.Range(0, tables.Lanes.Count).Select(_ => new Tally()).ToArray();
        if (ledger.ReadKept() is { } kept)
            AddKept(kept, ledger.ReadSent(), tables, tallies);
        else
            AddCounted(ledger, tables, tallies);

        return new RunStatus(
            tables.Segments.Sum(segment => segment.Matched),
            ledger.CountExclusions(),
            [.. tallies
                .Select((tally, lane) => new LaneStatus(tables.Lanes[lane], tally))
                .Where((lane, at) => at > 0 || lane.Messages > 0)
                .OrderBy(lane => lane.Name.Length == 0)]);
    }

    static void AddKept(
        IReadOnlyList<TallyRow> kept,
        IReadOnlyDictionary<int, (long First, long Last)> handedOver,
        RunTables tables,
        Tally[] tallies)
    {
        foreach (var row in kept)
        {
            var trust = tables.Lanes[row.Lane].Trust;
            tallies[row.Lane].AddMany(trust.Believe(row.Status), trust, row.Parts, row.Messages);
        }

        foreach (var (lane, sent) in handedOver)
            tallies[lane].AddHandedOver(sent.First, sent.Last);
    }

    static void AddCounted(IReportReader ledger, RunTables tables, Tally[] tallies)
    {
        using var scan = ledger.ReadMessages(tables);
        while (scan.Next())
        {
            var trust = tables.Lanes[scan.Lane].Trust;
            tallies[scan.Lane].Add(trust.Believe(scan.Status), trust, scan.Parts, scan.HandedMicros);
        }
    }
}

/// <summary>How far one lane is.</summary>
public sealed record LaneStatus
{
    readonly Tally _tally;

    internal LaneStatus(LaneRow lane, Tally tally)
    {
        (Name, ReceiptTrust, PricePerPart, Rate, RateUnit) =
            (lane.Name, lane.Trust, lane.PricePerPart, lane.Rate, lane.RateUnit);
        _tally = tally;
    }

    public string Name { get; }
    public Carriers.ReceiptTrust ReceiptTrust { get; }

    /// <summary>The contracted rate, <see cref="RateUnit"/> a second.</summary>
    public int Rate { get; }
    public Carriers.RateUnit RateUnit { get; }

    /// <summary>VND before tax.</summary>
    public decimal PricePerPart { get; }
    public long Messages => _tally.Messages;
    public long PartsPlanned => _tally.PartsPlanned;
    public long PartsHandedOver => _tally.PartsHandedOver;

    /// <summary>UTC microseconds since 1970; null where nothing was handed over.</summary>
    public long? FirstHandedMicros => _tally.FirstHandedMicros;
    public long? LastHandedMicros => _tally.LastHandedMicros;

    /// <summary>Messages that were handed over and answered, whatever came of them.</summary>
    public long HandedOver => Messages
        - Count(MessageStatus.Planned)
        - Count(MessageStatus.Submitting)
        - Count(MessageStatus.Leftover);

    /// <summary>Messages that a receipt brought further; null of a lane that brings none that say so.</summary>
    public long? Confirmed => ReceiptTrust is Carriers.ReceiptTrust.Network or Carriers.ReceiptTrust.Handset
        ? Count(MessageStatus.Sent) + Count(MessageStatus.Delivered)
        : null;

    /// <summary>Messages of a status, as far as the lane's receipts are believed.</summary>
    public long Count(MessageStatus status) => _tally[status];
}
