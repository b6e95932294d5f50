using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// move [--messages N] [--tried N] [--rate N] [--seconds N]: moves what is planned on a stopped lane to
/// another, of which many were tried: how long it takes to stop after a stop was asked for, and to move the
/// rest, the longest that other work waited for the ledger's writer meanwhile, and the share of its contract at
/// which the other lane then sends them.
/// </summary>
static class MoveBenchmark
{
    static readonly string[] LaneNames = ["from", "to"];

    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("messages", 1_000_000), arguments.Number("tried", 100_000), arguments.Number("rate", 1_000),
        arguments.Number("seconds", 20)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(int messages, int tried, int rate, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("move-benchmark-").FullName;
        try
        {
            var path = BenchmarkRun.Create(Path.Combine(folder, "run.db"), messages, 1, LaneNames);

            // Written beside the program: what it keeps of the counts is made anew.
            using (var db = SqliteDb.Open(path))
            {
                db.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                    insert into tried (seq, attempt, handed_us, answered_us, deferral) select seq, 1, 1, 2, 3 from message where seq < {MessageSeq.Of(2, 0)} limit {tried};
                    insert into state (seq, status, settled_us) select seq, 3, 1 from message where seq > {MessageSeq.Of(2, 0)};
                    delete from tally;
                    """));
            }

            var clock = new ProcessClock(TimeProvider.System);
            await using (var ledger = RunLedger.Open(path, clock))
            {
                await StopAsync(ledger);
                var watch = Stopwatch.StartNew();
                var moving = ledger.MoveAsync(1, 2, new Dictionary<int, int> { [1] = 1 }, "lane stopped");
                var longest = TimeSpan.Zero;
                while (!moving.IsCompleted)
                {
                    var asked = watch.Elapsed;
                    await ledger.NoticeResolutionsAsync();
                    longest = watch.Elapsed - asked is var waited && waited > longest ? waited : longest;
                }

                var moved = await moving;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{moved} messages moved in {watch.Elapsed.TotalSeconds:0.0} s, {tried} of them tried before; "
                        + $"other work waited at most {longest.TotalMilliseconds:0} ms"));
            }

            var share = await SendAsync(path, clock, rate, seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"sent at {share:0.000} of a contract of {rate} messages/s"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Moves until a stop is asked for at any moment, so many times.</summary>
    static async Task StopAsync(RunLedger ledger)
    {
        const int Stops = 20;
        var (longest, moved) = (TimeSpan.Zero, 0);
        for (var done = 0; done < Stops; done++)
        {
            using var stop = new CancellationTokenSource();
            var moving = Task.Run(
                () => ledger.MoveAsync(1, 2, new Dictionary<int, int> { [1] = 1 }, "lane stopped", stop.Token));
            await Task.Delay(
                TimeSpan.FromMilliseconds(Random.Shared.Next(5, 40)), TimeProvider.System, CancellationToken.None);

            var watch = Stopwatch.StartNew();
            await stop.CancelAsync();
            moved += await moving;
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Stops} stops while {moved} messages were moved: "
                + $"over at most {longest.TotalMilliseconds:0} ms after it was asked for"));
    }

    static Carriers.Http.HttpLaneOptions OptionsOf(string name, int rate, Uri gateway)
    {
        var options = SendBenchmark.Options(gateway, new SendCase(0, TimeSpan.Zero, 1, 64, 256));
        options.Carriers = [name];
        options.Rate = rate;
        return options;
    }

    /// <returns>Share of the contract used, from the first hand-over to the last.</returns>
    static async Task<double> SendAsync(string path, ProcessClock clock, int rate, int seconds)
    {
        using var gateway = GatewayProcess.Start(TimeSpan.FromMilliseconds(20));
        await using var ledger = RunLedger.Open(path, clock);
        using var accounts = new LaneAccounts(
            LaneNames.Select(name => new Lane(name, OptionsOf(name, rate, gateway.Address))), clock);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        await new RunSession(ledger, SendBenchmark.AllDay, accounts, clock).SendAsync(
            DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime), stop.Token);

        using var db = SqliteDb.Open(path, readOnly: true);
        var handed = db.ReadNumber("select count(*) from state where handed_us is not null")!.Value;
        var time =
            db.ReadNumber("select max(handed_us) - min(handed_us) from state where handed_us is not null")!.Value;
        return (handed - 1) * 1e6 / time / rate;
    }
}
