using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>Finds the runs that sent on the same accounts at the same time, by what their ledgers say they handed over,
/// not by their dates: a run may be let go weeks late.</summary>
public static class AccountLedgers
{
    /// <summary>A quota counts a calendar day, by whichever of two clocks; and an hour for
    /// what was under way.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromHours(25);

    /// <summary>Attempts looked at from the last backwards: they are written in the order of time, each shortly
    /// before it is made.</summary>
    const int LastAttempts = 2_000;

    /// <summary>SQL: the requests of a run that carried no message, which count as well.</summary>
    static readonly string Preparations = $"from hold where kind = {(int)LaneChangeKind.Prepared}";

    /// <summary>Ledgers of the runs that may have handed over something lately, as far as it can
    /// count towards today.</summary>
    public static IReadOnlyList<string> Lately(DataFolder data, IRegistry registry, ProcessClock clock) =>
        Within(data, registry, clock.Now(), long.MaxValue);

    /// <summary>Ledgers of the runs that may have handed over something on the days on which a run did.
    /// It is among them.</summary>
    public static IReadOnlyList<string> Beside(DataFolder data, IRegistry registry, RunRecord run) =>
        StretchOf(run.PathIn(data)) is (var from, var through) ? Within(data, registry, from, through) : [];

    static List<string> Within(DataFolder data, IRegistry registry, long from, long through)
    {
        var margin = (long)Margin.TotalMicroseconds;
        return
        [
            .. registry.ReadRuns()
                .Where(run => !run.Simulated)
                .Select(run => (Run: run, Path: PathOf(data, run)))
                .Where(each => (File.Exists(each.Path)
                    ? StretchOf(each.Path)
                    : StretchOfMissing(data, each.Run, each.Path)) is (var began, var ended)
                    && ended >= from - margin && began - margin <= through)
                .Select(each => each.Path),
        ];
    }

    /// <summary>Of a row that leads elsewhere, where the program itself keeps the run; of one that does not say which
    /// run it is either, a place that cannot be read.</summary>
    static string PathOf(DataFolder data, RunRecord run)
    {
        try
        {
            return run.PathIn(data);
        }
        catch (LedgerRowException)
        {
            return run.FindKey() is { } key ? data.Run(key) : data.Runs;
        }
    }

    /// <summary>Of a run whose ledger is not there: from its date until it was over. Nobody can read what it handed
    /// over; one that was over long before may have been archived.</summary>
    /// <returns>Null where nothing was handed over.</returns>
    static (long From, long Through)? StretchOfMissing(DataFolder data, RunRecord run, string path)
    {
        if (run.FindKey() is not { } key)
            return (0, long.MaxValue); // nobody knows
        if (RunFile.Judge(data, key, path).State != RunFileState.Missing)
            return null;

        return (Month.BeginOf(key.Date), run.FinishedSince is { } over ? ProcessClock.ToMicros(over) : long.MaxValue);
    }

    /// <summary>From when until when a run handed over, microseconds: no less than it did. Null
    /// where it never has.</summary>
    static (long From, long Through)? StretchOf(string path)
    {
        try
        {
            using var db = SqliteDb.Open(path, readOnly: true);
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
                from   (select * from attempt order by id desc limit {LastAttempts})
                """);
            var lastPreparation = db.ReadNumber($"select max(from_us) {Preparations}");
            return (first, Math.Max(last ?? first, lastPreparation ?? first));
        }
        catch (LedgerException)
        {
            // Nothing was handed over after its files were last written: one of old keeps nobody from sending.
            var written = new[] { path, path + "-wal" }.Where(File.Exists).Max(File.GetLastWriteTimeUtc);
            return (0, ProcessClock.ToMicros(new DateTimeOffset(written, TimeSpan.Zero)));
        }
    }
}
