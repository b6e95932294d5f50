using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// status [--rows N] [--runs N]: seconds it takes to say how far a run of so many messages is, nearly all of them sent
/// one by one and settled, and to open it to be sent on.
/// </summary>
static class StatusBenchmark
{
    /// <summary>Messages under one intent, as a fast lane has them.</summary>
    const int OfIntent = 250;

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 10_000_000);
        var runs = arguments.Number("runs", 5);
        var folder = Directory.CreateTempSubdirectory("status-benchmark-").FullName;
        try
        {
            var path = MakeRun(folder, rows);
            var looks = Enumerable.Range(0, runs).Select(_ => Time(() => Look(path, rows))).Order().ToList();
            var opens = Enumerable.Range(0, runs).Select(_ => Time(() => Open(path))).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows:N0} messages: status {looks[runs / 2]:0.000} s, opening "
                    + $"{opens[runs / 2]:0.000} s (medians of {runs})"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Look(string path, int rows)
    {
        var status = RunStatus.Read(RunAddress.OfFile(path));
        if (status.Messages != rows || !status.Balances)
            throw new InvalidOperationException($"{status.Messages} messages, balance {status.Balances}");
    }

    static RunLedger Open(string path) => RunLedger.Open(path, new ProcessClock(TimeProvider.System));

    static double Time(Func<IAsyncDisposable> work)
    {
        var clock = Stopwatch.StartNew();
        var made = work();
        var seconds = clock.Elapsed.TotalSeconds;
        made.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return seconds;
    }

    static double Time(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }

    static string MakeRun(string folder, int rows)
    {
        var path = BenchmarkRun.Create(Path.Combine(folder, "run.db"), rows);
        using (var db = SqliteDb.Open(path))
        {
            db.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                pragma synchronous = off;
                begin;
                insert into attempt (lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome, calls)
                select 1, min(seq), max(seq), count(*), 1753837200000000, 1753837200000500, 1753837200001000, 1, count(*) from message group by (seq - 1) / {OfIntent};
                insert into state (seq, status, attempt, carrier_id, handed_us, settled_us)
                select seq, case when seq % 100 < 95 then 5 else 6 end, 1, 'viettel-' || seq, 1753837200000500, 1753837200001000
                from   message where seq % 1000 <> 999 order by seq;
                delete from tally;
                commit
                """));
        }

        // Counts it, as a version before left it.
        Open(path).DisposeAsync().AsTask().GetAwaiter().GetResult();
        return path;
    }
}
