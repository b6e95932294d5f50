using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Writes the history of lanes' pace: the table hold. Used on the writer's thread, inside its
/// transaction.</summary>
sealed class LaneHolds(Db db) : IDisposable
{
    readonly Statement _add = db.Prepare("""
        insert into hold (lane, kind, from_us, until_us, reason, rate, cause, limit_most, limit_of, limit_per, trial, attempt)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce((select max(id) from attempt), 0))
        """);

    public void Add(int lane, LaneChange change) => _add
        .Bind(1, lane)
        .Bind(2, (long)change.Kind)
        .Bind(3, change.At)
        .Bind(4, change.Until)
        .Bind(5, change.Reason)
        .Bind(6, change.Rate)
        .Bind(7, (long)change.Cause)
        .Bind(8, change.Limit?.Most)
        .Bind(9, change.Limit?.Of.ToString())
        .Bind(10, change.Limit?.Per.ToString())
        .Bind(11, change.Trial?.Id)
        .Run();

    /// <summary>Once a login: what it runs is not kept.</summary>
    public void Move(int lane, long noted, long? left)
    {
        const string One = "lane = ? and kind = ? and from_us = ?";
        using var move = db.Prepare(
            left is null ? $"delete from hold where {One}" : $"update hold set from_us = {left} where {One}");
        move.Bind(1, lane).Bind(2, (long)LaneChangeKind.Prepared).Bind(3, noted).Run();
    }

    public void Dispose() => _add.Dispose();
}
