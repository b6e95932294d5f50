using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// prove [--rows N]: seconds and the most memory it takes to prove the rates of a run with so many hand-overs, one
/// message each, on one lane at 1,000 a second.
/// </summary>
static class ProveBenchmark
{
    const long Opens = 1_753_837_200_000_000;

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 10_000_000);
        var folder = Directory.CreateTempSubdirectory("prove-benchmark-").FullName;
        try
        {
            var run = MakeRun(folder, rows);
            var before = ProcessMemory.PeakMebibytes();
            var clock = Stopwatch.StartNew();
            var lane = RateProver.Prove(RunAddress.OfFile(run), []).Lanes[0];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{lane.Own.Requests:N0} hand-overs: {clock.Elapsed.TotalSeconds:0.0} s, peak memory "
                    + $"{ProcessMemory.PeakMebibytes():0} MiB ({before:0} before); "
                    + $"at most {lane.Limits[0].Most} in a second"));
            return lane.Own.Requests == rows && lane.Limits[0].IsKept ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string MakeRun(string folder, int rows)
    {
        var path = Path.Combine(folder, "run.db");
        using (var builder = new RunBuilder(path))
        {
            builder.Complete(
                new ImportedAudience
                {
                    Sources = [],
                    Segments = [new AudienceSegment("tat-ca", "chinh", 1, 0)],
                    Carriers = [new AudienceCarrier("viettel", "Viettel", "viettel")],
                    Areas = [],
                    Recipients = [],
                    Excluded = new Dictionary<ExclusionReason, long>(),
                    Repaired = new Dictionary<string, long>(),
                    Hash = "audience",
                },
                new Plan(
                    [new PlannedLane(
                        1, "viettel", 1_000, RateUnit.Parts, ReceiptTrust.None, TimeSpan.FromHours(1), 330, "{}")],
                    [],
                    "plan"),
                new RunDescription
                {
                    Key = RunKey.Parse("prove/2025-07-30"),
                    Code = "prove001",
                    Sender = "CHINH PHU",
                    Texts = new Dictionary<string, string> { ["chinh"] = "Tin." },
                });
        }

        using var db = SqliteDb.Open(path);
        db.Execute("pragma synchronous = off; begin");
        using var insert = db.Prepare(
            "insert into attempt (lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome) values "
            + "(1, ?, ?, 1, ?, ?, ?, 0)");
        for (var row = 0; row < rows; row++)
        {
            var at = Opens + row * 1_000L;
            insert
                .Bind(1, MessageSeq.Of(1, row + 1))
                .Bind(2, MessageSeq.Of(1, row + 1))
                .Bind(3, at - 200_000)
                .Bind(4, at)
                .Bind(5, at + 20_000)
                .Run();
        }

        db.Execute("commit");
        return path;
    }
}
