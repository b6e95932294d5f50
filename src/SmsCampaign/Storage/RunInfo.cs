using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Storage;

/// <summary>
/// What a run's ledger says of the run as a whole, as it was planned and approved.
/// </summary>
public sealed record RunInfo
{
    public required RunKey Key { get; init; }

    /// <summary>Stands in every message reference.</summary>
    public required string Code { get; init; }
    public required string Sender { get; init; }

    /// <summary>How the run shares an account with others: <see cref="CampaignPriority"/>.</summary>
    public int Priority { get; init; } = CampaignPriority.Standard;

    /// <summary>The campaign's zone; UTC where the ledger names none.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>By lane id.</summary>
    public required IReadOnlyDictionary<int, RunLane> Lanes { get; init; }

    /// <summary>The text to send, by segment id.</summary>
    public required IReadOnlyDictionary<int, SmsText> TextOfSegment { get; init; }

    /// <summary>Lane id by carrier id: which lane sends a carrier's messages.</summary>
    public required IReadOnlyDictionary<int, int> LaneOfCarrier { get; init; }

    /// <summary>Carriers' names by id.</summary>
    public IReadOnlyDictionary<int, string> Carriers { get; init; } = new Dictionary<int, string>();

    /// <summary>Whether what a stopped lane holds may go to another.</summary>
    public bool UsesFallback { get; init; }

    /// <summary>A run planned before there was a choice has the default.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    internal static RunInfo Read(SqliteDb db)
    {
        var description = RunDescription.Read(db);
        var columns = new LaneColumns(db.File);
        var lanes = ReadPairs(
            db,
            "select id, name, rate, rate_unit, receipt_trust, receipt_seconds, price_per_part, settings from lane",
            row => (int)row.Number(0),
            columns.Read);

        return new RunInfo
        {
            Key = description.Key,
            Code = description.Code,
            Sender = description.Sender,
            Retry = description.Retry,
            Priority = description.Priority,
            Zone = description.Zone,
            Lanes = lanes,
            TextOfSegment = ReadPairs(
                db, "select id, message from segment where id > 0", row => (int)row.Number(0), row =>
                    SmsText.Compose(TextOf(db, description, row))),
            Carriers = ReadPairs(db, "select id, name from carrier", row => (int)row.Number(0), row => row.Text(1)!),
            UsesFallback = description.UsesFallback,
            LaneOfCarrier = ReadPairs(
                db,
                "select carrier, lane, min(id) from batch group by carrier, lane",
                row => (int)row.Number(0),
                row => LaneOf(row, lanes, columns)),
        };
    }

    /// <exception cref="LedgerRowException">The segment is sent a text that the ledger does not have.</exception>
    static string TextOf(SqliteDb db, RunDescription description, Statement segment) =>
        description.Texts.TryGetValue(segment.Text(1)!, out var text) ? text : throw LedgerRowException.Of(
            "segment",
            segment.Text(0)!,
            segment.Text(1)!,
            new Wording("tên của nội dung tin có trong sổ", "name of a text in the ledger"),
            db.File);

    /// <exception cref="LedgerRowException">The batch is of a lane that is not there.</exception>
    static int LaneOf(Statement batch, Dictionary<int, RunLane> lanes, LaneColumns columns) =>
        lanes.ContainsKey((int)batch.Number(1))
            ? (int)batch.Number(1)
            : throw columns.NoSuch(batch.Number(1), "batch", batch.Text(2)!);

    static Dictionary<TKey, TValue> ReadPairs<TKey, TValue>(
        SqliteDb db, string sql, Func<Statement, TKey> key, Func<Statement, TValue> value)
        where TKey : notnull
    {
        var pairs = new Dictionary<TKey, TValue>();
        using var statement = db.Prepare(sql);
        while (statement.Step())
            pairs[key(statement)] = value(statement);
        return pairs;
    }
}

/// <summary>A lane as the run was planned with it.</summary>
public sealed record RunLane(
    int Id,
    string Name,
    int Rate,
    RateUnit RateUnit,
    ReceiptTrust ReceiptTrust,
    TimeSpan ReceiptTimeout,
    decimal PricePerPart)
{
    /// <summary>What one call costs as the lane's contract counts.</summary>
    public int CostOf(int parts, int messages) => RateUnit switch
    {
        RateUnit.Parts => parts * messages,
        RateUnit.Messages => messages,
        _ => 1,
    };

    /// <summary>Names of the carriers it serves.</summary>
    public IReadOnlyList<string> Carriers { get; init; } = [];

    /// <summary>Names of those it may take over from their own lane.</summary>
    public IReadOnlyList<string> FallbackFor { get; init; } = [];

    /// <summary>The contract's limits besides <see cref="Rate"/>.</summary>
    public IReadOnlyList<LaneLimit> Limits { get; init; } = [];

    /// <summary>Zone whose calendar days they count.</summary>
    public TimeZoneInfo DayZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Every limit of the contract, the main one first.</summary>
    public IEnumerable<LaneLimit> AllLimits =>
        Limits.Prepend(new LaneLimit { Most = Rate, Of = RateUnit, Per = LimitPeriod.Second });

    /// <summary>Whether a message may yet get a better status from a receipt.</summary>
    public bool AwaitsReceipt(MessageStatus status) => ReceiptTrust.Awaits(status);
}
