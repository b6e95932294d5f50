using System.Globalization;
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
/// <param name="At">Null where what is kept of it is no time.</param>
/// <param name="Reason">What its gateway said of the account, or what went wrong, in English. Holds no secret and no phone number.</param>
/// <param name="Cause">What that means, where the program knows it.</param>
public sealed record LaneStop(string Lane, DateTimeOffset? At, string Reason, LaneStopKind Kind = LaneStopKind.Account, HoldCause Cause = HoldCause.AsSaid)
{
    /// <summary>What of its row in ledger.db cannot be read, and what to do; null where all can. It is stopped all the same.</summary>
    public Wording? Unreadable { get; init; }
}

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
        var at = (stop.At ?? throw new ArgumentException("a stop that is kept has a time", nameof(stop))).ToSql();
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        var added = connection.QueryFirstOrDefault<string>(
            $"insert into lane_stop (lane, at, reason, kind, cause) values (@Lane, @at, @Reason, @kind, @cause) on conflict do nothing returning {AuditKinds.StopContent}",
            new { stop.Lane, at, stop.Reason, kind = (int)stop.Kind, cause = (int)stop.Cause },
            transaction);
        if (added is not null)
            _audit.Append(connection, transaction, AuditKinds.LaneStop, stop.Lane, added, at);
        transaction.Commit();
    }

    /// <summary>By name. A lane of which a row says something that cannot be read is stopped as well.</summary>
    public IReadOnlyList<LaneStop> Read()
    {
        using var connection = Open();
        return [.. connection.Query<StopRow>("select lane as Lane, at as At, reason as Reason, kind as Kind, cause as Cause from lane_stop order by lane").Select(row => row.ToStop())];
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

    /// <summary>A row of <see cref="Read"/>.</summary>
    sealed record StopRow
    {
        const string Table = "lane_stop";

        public required string Lane { get; init; }
        public required string At { get; init; }
        public required string Reason { get; init; }
        public long Kind { get; init; }
        public long Cause { get; init; }

        public LaneStop ToStop()
        {
            var (kind, cause) = (Find<LaneStopKind>(Kind), Find<HoldCause>(Cause));
            var (at, unreadable) = ReadTime();
            if (kind is null || cause is null)
            {
                unreadable ??= LedgerRowException.Of(
                    Table, Lane, (kind is null ? Kind : Cause).ToString(CultureInfo.InvariantCulture), new Wording("loại hoặc nguyên nhân dừng mà chương trình biết", "kind or cause of a stop that this program knows")).Words;
            }

            return new LaneStop(Lane, at, Reason, kind ?? LaneStopKind.Fault, cause ?? HoldCause.AsSaid) { Unreadable = unreadable };
        }

        (DateTimeOffset? At, Wording? Unreadable) ReadTime()
        {
            try
            {
                return (SqlTime.FromSql(At, Table, Lane), null);
            }
            catch (LedgerRowException unreadable)
            {
                return (null, unreadable.Words);
            }
        }

        static TEnum? Find<TEnum>(long number)
            where TEnum : struct, Enum => Enum.GetValues<TEnum>()
                .Where(each => Convert.ToInt64(each, CultureInfo.InvariantCulture) == number)
                .Select(each => (TEnum?)each)
                .FirstOrDefault();
    }
}
