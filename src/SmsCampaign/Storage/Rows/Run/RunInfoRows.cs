using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>What a run's ledger says of the run, its lanes, carriers and texts.</summary>
static class RunInfoRows
{
    public static RunInfo Read(Db db)
    {
        var description = DescriptionRows.Read(db);
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
            Canary = description.Canary,
            Guard = description.Guard,
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
    static string TextOf(Db db, RunDescription description, Statement segment) =>
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
        Db db, string sql, Func<Statement, TKey> key, Func<Statement, TValue> value)
        where TKey : notnull
    {
        var pairs = new Dictionary<TKey, TValue>();
        using var statement = db.Prepare(sql);
        while (statement.Step())
            pairs[key(statement)] = value(statement);
        return pairs;
    }
}
