using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>When a run handed over, as far as its ledger can tell.</summary>
static class HandOverStretch
{
    /// <summary>Attempts looked at from the last backwards: they are written in the order of time, each shortly
    /// before it is made.</summary>
    const int LastAttempts = 2_000;

    /// <summary>SQL: the requests of a run that carried no message, which count as well.</summary>
    static readonly string Preparations = $"from hold where kind = {(int)LaneChangeKind.Prepared}";

    /// <summary>From when until when a run handed over, microseconds: no less than it did. Null
    /// where it never has.</summary>
    public static (long From, long Through)? Read(Database at)
    {
        try
        {
            using var db = at.Look();
            long?[] firsts =
            [
                db.ReadNumber("select intent_us from attempt order by id limit 1"),
                db.ReadNumber($"select min(from_us) {Preparations}"),
            ];
            if (firsts.Min() is not { } first)
                return null;
            if (db.ReadNumber("select 1 from attempt where answered_us is null limit 1") is not null)
                return (first, long.MaxValue);

            var last = db.ReadNumber($"""
                select max(max(intent_us, coalesce(handed_us, 0), coalesce(answered_us, 0)))
                from   (select * from attempt order by id desc limit {LastAttempts}) as late
                """);
            var lastPreparation = db.ReadNumber($"select max(from_us) {Preparations}");
            return (first, Math.Max(last ?? first, lastPreparation ?? first));
        }
        catch (LedgerException)
        {
            // Nothing was handed over after it was last written to: one of old keeps nobody from sending.
            return (0, at.LastWritten);
        }
    }
}
