using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// settle [--rows N] [--runs N]: receipts a second that are stored already and settle as many accepted messages, in
/// sending order and as a storm brings them. Prints the peak memory of a process of its own for each run.
/// </summary>
static class SettleBenchmark
{
    public const string ChildVerb = "settle-run";
    const string Lane = "viettel";

    /// <summary>Messages of a batch: the planner's.</summary>
    const int Batch = 1_000;

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 1_000_000);
        foreach (var shuffled in new[] { false, true })
        {
            var order = shuffled ? "in random order" : "in sending order";
            var folder = Directory.CreateTempSubdirectory("settle-benchmark-").FullName;
            try
            {
                Prepare(new DataFolder(folder), rows, shuffled);
                var rates = new List<double>();
                for (var run = 0; run < arguments.Number("runs", 5); run++)
                {
                    var (seconds, rss, cpu) = Measure(folder);
                    rates.Add(rows / seconds);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{rows:N0} receipts {order}: {seconds:0.00} s, {rates[^1]:N0}/s, RSS {rss:0} MiB, "
                            + $"CPU {1e6 * cpu / rows:0.0} us each"));
                }

                Console.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"median {order}: {ProgramRun.Median(rates):N0}/s"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    /// <returns>Receipts a second, as a storm brings them, in a process of its own.</returns>
    internal static double RateAt(string folder, int rows)
    {
        var data = Path.Combine(folder, rows.ToString(CultureInfo.InvariantCulture));
        if (!Directory.Exists(data))
            Prepare(new DataFolder(data), rows, shuffled: true);
        return rows / Measure(data).Seconds;
    }

    /// <summary>Settles what lies in --data. Prints seconds, how many became delivered, and what it cost.</summary>
    public static int RunChild(Arguments arguments) =>
        SettleAsync(new DataFolder(arguments.Text("data")!)).GetAwaiter().GetResult();

    static async Task<int> SettleAsync(DataFolder data)
    {
        var clock = new ProcessClock(TimeProvider.System);
        var installation = Installation.Read(Repository.PathOf("config/smscampaign.json")).Installation!;
        using var accounts = new LaneAccounts(installation.Lanes, clock);
        await using var store = Ledgers.OpenReceipts(data, clock);
        await using var runs = new OpenRuns(data, Ledgers.OpenRegistry(data), clock);
        var ledger = runs.FindByCode(SomeRun.Code)!;
        var settler = new ReceiptSettler(store, runs, accounts, clock);

        var watch = Stopwatch.StartNew();
        while (await settler.SettleNewAsync(CancellationToken.None))
        {
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalSeconds} {ledger.Counters.Of(MessageStatus.Delivered)} {ProcessMemory.Cost()}"));
        return 0;
    }

    static (double Seconds, double Rss, double Cpu) Measure(string folder)
    {
        var copy = folder + "-run";
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.db", SearchOption.AllDirectories))
            {
                var to = Path.Combine(copy, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }

            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ChildVerb, "--data", copy])
            {
                RedirectStandardOutput = true,
            })!;
            var said = child.StandardOutput
                .ReadToEnd()
                .Split(' ')
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
                .ToArray();
            child.WaitForExit();

            using var receipts = SqliteDb.Open(
                ReceiptFiles.Find(new DataFolder(folder), simulated: false)[^1].Path, readOnly: true);
            return said[1] == receipts.ReadNumber("select count(*) from receipt")
                ? (said[0], said[2], said[3])
                : throw new InvalidOperationException($"only {said[1]} became delivered");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>A run whose messages are all accepted, and a receipt for each.</summary>
    static void Prepare(DataFolder data, int rows, bool shuffled)
    {
        var path = SomeRun.Create(data.Root, rows, Batch);
        Ledgers.OpenRegistry(data).AddRun(
            new RunRecord
            {
                Key = "some/2025-07-30",
                Campaign = "some",
                Date = "2025-07-30",
                Code = SomeRun.Code,
                File = Path.GetRelativePath(data.Root, path),
                CampaignFile = "/some.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            DateTimeOffset.UnixEpoch);

        // newest schema
        RunLedger.Open(path, new ProcessClock(TimeProvider.System)).DisposeAsync().AsTask().GetAwaiter().GetResult();
        using (var db = SqliteDb.Open(path))
        {
            // As a list gateway, 100 a call, leaves it.
            db.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                begin;
                insert into attempt (lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome)
                select 1, min(seq), max(seq), 100, 1753837200000000, 1753837200000500, 1753837200001000, 1 from message group by (seq - 1) / 100;
                insert into state (seq, status, attempt, carrier_id, handed_us, settled_us)
                select seq, 3, 1 + (seq - {SomeRun.Seq(1)}) / 100, 'viettel-' || (seq - {SomeRun.Seq(0)}), 1753837200000500, 1753837200001000
                from   message order by seq;
                delete from tally;
                commit;
                pragma wal_checkpoint(truncate)
                """));
        }

        var order = Enumerable.Range(1, rows).ToArray();
        if (shuffled)
            new Random(1).Shuffle(order);

        Ledgers.OpenReceipts(data, new ProcessClock(TimeProvider.System))
            .DisposeAsync()
            .AsTask()
            .GetAwaiter()
            .GetResult();
        using var receipts = SqliteDb.Open(ReceiptFiles.Find(data, simulated: false)[^1].Path);
        receipts.Execute("begin");
        using (var add = receipts.Prepare(
            $"insert into receipt (lane, received_us, query, content_type, body) values ('{Lane}', 1753837210000000, "
            + $"'', 'application/json', ?)"))
        {
            foreach (var position in order)
            {
                add.BindBlob(1, Encoding.UTF8.GetBytes(
                    $$"""{"receipts":[{"reference":"{{SomeRun.Reference(position)}}","id":"viettel-{{position}}","status":"DELIVRD","code":"","at":"2025-07-30T08:15:30.1234567+00:00"}]}""")).Run();
            }
        }

        receipts.Execute("commit; pragma wal_checkpoint(truncate)");
    }
}
