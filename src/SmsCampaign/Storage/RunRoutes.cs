using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>Why another lane sends a message than the plan said. The numbers are stored in ledgers: never renumber.</summary>
public enum RouteReason
{
    /// <summary>Its gateway said that the number is on another network.</summary>
    WrongNetwork = 1,

    /// <summary>Its lane has stopped, and the campaign allows another.</summary>
    LaneStopped = 2,
}

/// <summary>Where a message goes in place of its lane.</summary>
/// <param name="Lane">Id of the lane in the run.</param>
/// <param name="Parts">Of the message, as that lane counts.</param>
/// <param name="Network">The carrier whose network the number is on, as the gateway said; null where it did not say.</param>
public sealed record NewRoute(int Lane, int Parts, RouteReason Why, string? Network = null);

/// <summary>
/// Which messages of a run another lane sends than the plan said. The writer's thread adds to it; anyone may ask.
/// </summary>
public sealed class RunRoutes
{
    readonly Lock _lock = new();
    readonly Dictionary<long, int> _lanes = [];

    /// <summary>The lane a message was moved to; null where it has not moved.</summary>
    public int? Find(long seq)
    {
        lock (_lock)
            return _lanes.TryGetValue(seq, out var lane) ? lane : null;
    }

    /// <summary>Whether a ledger is recent enough to have routes: nothing brings one up to date by being looked at.</summary>
    internal static bool AreIn(SqliteDb db) => db.ReadNumber("select 1 from sqlite_master where name = 'route'") is not null;

    internal static RunRoutes Read(SqliteDb db)
    {
        var routes = new RunRoutes();
        using var rows = db.Prepare("select seq, lane from route");
        while (rows.Step())
            routes._lanes[rows.Number(0)] = (int)rows.Number(1);
        return routes;
    }

    internal void Add(long seq, int lane)
    {
        lock (_lock)
            _lanes.Add(seq, lane);
    }
}
