using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>Rows of the audit chain that were written with the key of this installation.</summary>
static class AuditWitnesses
{
    /// <summary>With the hash of the row before each.</summary>
    static readonly SqlText Rows = new("""
        select    audit.id, audit.at, audit.kind, audit.ref, audit.content, audit.key, audit.hash, coalesce(before.hash, '')
        from      audit
        left join audit before on before.id = audit.id - 1
        """);

    /// <summary>Those of a kind, in the chain's order.</summary>
    public static IEnumerable<AuditRow> Read(Db db, AuditKey key, string kind) =>
        Read(db, key, $"{Rows} where audit.kind = {kind} order by audit.id");

    /// <summary>The same, of what is about one thing.</summary>
    public static IEnumerable<AuditRow> Read(Db db, AuditKey key, string kind, string reference) =>
        Read(db, key, $"{Rows} where audit.kind = {kind} and audit.ref = {reference} order by audit.id");

    static IEnumerable<AuditRow> Read(Db db, AuditKey key, Sql sql) => db
        .Read(sql, row => (Row: AuditRow.Of(row), Before: row.Text(7)!))
        .Where(each => each.Row.Key == key.Fingerprint && each.Row.Hash == each.Row.HashAfter(each.Before, key))
        .Select(each => each.Row);

    /// <summary>How the chain bears out a lane's stop as it stands in its table: by the last row about the
    /// lane.</summary>
    public static Vouching JudgeStop(Db db, AuditKey key, string lane)
    {
        var stop = Read(db, key, AuditKinds.LaneStop, lane).LastOrDefault();
        var go = Read(db, key, AuditKinds.LaneGo, lane).LastOrDefault();
        if (stop is null && IsFromBefore(db, lane))
            return Vouching.Older;
        if (stop is null || go?.Id > stop.Id)
            return stop is null ? Vouching.Missing : Vouching.Over;

        var isAsWritten = db.FindNumber($"""
            select 1 from lane_stop
            where  lane = {lane} and {stop.Content} in ({AuditKinds.StopContent}, {AuditKinds.OlderStopContent})
            """) is not null;
        return isAsWritten ? Vouching.Vouched : Vouching.Changed;
    }

    /// <summary>Whether a lane's stop can be from before the chain, in an installation that has records from
    /// before it. One whose time is no time is not the program's.</summary>
    public static bool IsFromBefore(Db db, string lane)
    {
        if (db.FindNumber($"select approval + decision + event from audit_start") == 0)
            return false;

        try
        {
            var at = db.FindText($"select at from lane_stop where lane = {lane}");
            var start = db.FindText($"select at from audit where kind = {AuditKinds.Start} and ref = ''");
            return start is null
                || SqlTime.FromSql(at!, "lane_stop", lane) < SqlTime.FromSql(start, "audit", AuditKinds.Start);
        }
        catch (LedgerRowException)
        {
            return false;
        }
    }
}
