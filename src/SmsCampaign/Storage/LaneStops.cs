using Dapper;
using Microsoft.Data.Sqlite;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage;

/// <summary>Whose fault a stop is. The numbers stand in ledger.db: never renumber.</summary>
public enum LaneStopKind
{
    /// <summary>Its gateway said that the account is not set up as it must be.</summary>
    Account = 0,

    /// <summary>The program's own, in what makes the calls of this lane.</summary>
    Fault = 1,
}

/// <summary>A lane that stands still until a person says otherwise.</summary>
/// <param name="Reason">What its gateway said of the account, or what went wrong, in English. Holds no secret and no phone number.</param>
/// <param name="Cause">What that means, where the program knows it.</param>
public sealed record LaneStop(string Lane, DateTimeOffset At, string Reason, LaneStopKind Kind = LaneStopKind.Account, HoldCause Cause = HoldCause.AsSaid);

/// <summary>
/// The stopped lanes of an installation, in ledger.db, so that a lane stays stopped over a restart, and another process can let
/// it go on.
/// </summary>
public sealed class LaneStops
{
    readonly string _connection;
    readonly AuditLog _audit;

    internal LaneStops(string connection, AuditLog audit) => (_connection, _audit) = (connection, audit);

    /// <summary>A lane that is stopped already keeps its first reason.</summary>
    public void Add(LaneStop stop)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        var added = connection.QueryFirstOrDefault<string>(
            $"insert into lane_stop (lane, at, reason, kind, cause) values (@Lane, @at, @Reason, @kind, @cause) on conflict do nothing returning {AuditKinds.StopContent}",
            new { stop.Lane, at = stop.At.ToSql(), stop.Reason, kind = (int)stop.Kind, cause = (int)stop.Cause },
            transaction);
        if (added is not null)
            _audit.Append(connection, transaction, AuditKinds.LaneStop, stop.Lane, added, stop.At.ToSql());
        transaction.Commit();
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<LaneStop> Read()
    {
        using var connection = Open();
        return [.. connection.Query<(string Lane, string At, string Reason, long Kind, long Cause)>("select lane, at, reason, kind, cause from lane_stop order by lane")
            .Select(row => new LaneStop(row.Lane, SqlTime.FromSql(row.At, "lane_stop", row.Lane), row.Reason, (LaneStopKind)row.Kind, (HoldCause)row.Cause))];
    }

    public bool IsStopped(string lane)
    {
        using var connection = Open();
        return connection.ExecuteScalar<long>("select count(*) from lane_stop where lane = @lane", new { lane }) > 0;
    }

    /// <summary>A process that sends on the lane goes on within a second or two.</summary>
    /// <returns>False where the lane was not stopped.</returns>
    public bool Remove(string lane, DateTimeOffset now)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        var removed = connection.QueryFirstOrDefault<string>(
            $"delete from lane_stop where lane = @lane returning {AuditKinds.StopContent}", new { lane }, transaction);
        if (removed is not null)
            _audit.Append(connection, transaction, AuditKinds.LaneGo, lane, removed, now.ToSql());
        transaction.Commit();
        return removed is not null;
    }

    SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }
}
