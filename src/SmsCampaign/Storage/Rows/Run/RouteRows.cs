using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>What a run's ledger says of messages that another lane sends.</summary>
static class RouteRows
{
    /// <summary>Whether a ledger is recent enough to have routes: nothing brings one up to date by
    /// being looked at.</summary>
    public static bool AreIn(Db db) => db.Has("route");

    public static RunRoutes Read(Db db)
    {
        var routes = new RunRoutes();
        using var rows = db.Prepare("select seq, lane, parts from route");
        while (rows.Step())
            routes.Add(rows.Number(0), (int)rows.Number(1), (int)rows.Number(2));
        routes.Publish();
        return routes;
    }
}
