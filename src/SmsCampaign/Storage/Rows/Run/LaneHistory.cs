using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>The history of a run's lanes: when each stood still, and what rate was in force.</summary>
public static class LaneHistory
{
    /// <summary>The latest changes of every lane's pace, the latest first.</summary>
    /// <param name="most">Of a lane.</param>
    /// <returns>By the lane's name; lanes without history are not in it.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> ReadLatest(Database at, int most)
    {
        using var db = at.LookUpToDate(TableSet.Run);
        var latest = new Dictionary<string, IReadOnlyList<LaneChange>>();

        foreach (var (id, name) in ReadLanes(db))
        {
            using var rows = db.Prepare(
                $"{Select} where hold.lane = ? and hold.kind <> {(int)LaneChangeKind.Prepared} "
                + "order by hold.id desc limit ?");
            rows.Bind(1, id).Bind(2, most);
            List<LaneChange> changes = [.. Read(rows, db.File).Select(row => row.Change)];
            if (changes.Count > 0)
                latest[name] = changes;
        }

        return latest;
    }

    /// <summary>The lanes whose gateways were last seen to take nothing, and since when.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static IReadOnlyList<LaneOutage> ReadOutages(Database at)
    {
        using var db = at.LookUpToDate(TableSet.Run);
        using var row = db.Prepare($"""
            select   lane.name, first.from_us, last.kind, last.reason, last.cause, last.from_us
            from     lane
            join     (select lane, min(id) as first, max(id) as last
                      from   hold
                      where  kind in ({(int)LaneChangeKind.NotTaken}, {(int)LaneChangeKind.Breaker})
                      and    id > coalesce((select max(id) from hold as again where again.lane = hold.lane and again.kind = {(int)LaneChangeKind.Answered}), 0)
                      group by lane) as outage on outage.lane = lane.id
            join     hold as first on first.id = outage.first
            join     hold as last on last.id = outage.last
            order by lane.id
            """);
        var outages = new List<LaneOutage>();
        while (row.Step())
            outages.Add(new LaneOutage(
                row.Text(0)!,
                row.Number(1),
                row.Number(5),
                (LaneChangeKind)row.Number(2),
                row.Text(3)!,
                (HoldCause)row.Number(4)));
        return outages;
    }

    /// <summary>Every change of one lane of a run that is being sent, the first first.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    internal static IReadOnlyList<LaneChange> Read(Database at, int lane)
    {
        using var db = at.Look();
        return [.. ReadAll(db).Where(row => row.Lane == lane).Select(row => row.Change)];
    }

    /// <summary>Every change, the first first.</summary>
    internal static IEnumerable<HistoryRow> ReadAll(Db db)
    {
        using var rows = db.Prepare($"{Select} order by hold.id");
        foreach (var row in Read(rows, db.File))
            yield return row;
    }

    static readonly string Select =
        "select hold.lane, hold.kind, hold.from_us, hold.until_us, hold.rate, hold.reason, hold.attempt, hold.id, "
        + $"hold.cause, hold.limit_most, hold.limit_of, hold.limit_per, {TrialRows.ColumnsOf("lane_trial")} "
        + "from hold left join lane_trial on lane_trial.id = hold.trial";

    static IEnumerable<HistoryRow> Read(Statement row, string file)
    {
        while (row.Step())
        {
            var change = new LaneChange(
                (LaneChangeKind)row.Number(1), row.Number(2), row.NumberOrNull(3), (int)row.Number(4),
                row.Text(5)!, (HoldCause)row.Number(8), LimitOf(row, file), TrialRows.Read(row, 12));
            yield return new HistoryRow((int)row.Number(0), change, row.Number(6), row.Number(7));
        }
    }

    static QuotaUsed? LimitOf(Statement row, string file)
    {
        return row.NumberOrNull(9) is { } most ? new QuotaUsed(most, Of<RateUnit>(10), Of<LimitPeriod>(11)) : null;

        T Of<T>(int column)
            where T : struct, Enum => StoredName.Read<T>(row.Text(column)!, "hold", row.Text(7)!, file);
    }

    static List<(long Id, string Name)> ReadLanes(Db db)
    {
        var lanes = new List<(long, string)>();
        using var rows = db.Prepare("select id, name from lane order by id");
        while (rows.Step())
            lanes.Add((rows.Number(0), rows.Text(1)!));
        return lanes;
    }
}

/// <param name="Attempt">The last attempt written before the change.</param>
readonly record struct HistoryRow(int Lane, LaneChange Change, long Attempt, long Id);
