using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// verify [--rows N] [--runs N]: seconds to recompute from a run's ledger what its approval binds, with so many
/// recipients of three carriers, half of them the first one's.
/// </summary>
static class VerifyBenchmark
{
    static readonly string[] Names = ["viettel", "vinaphone", "mobifone"];

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 3_000_000);
        var folder = Directory.CreateTempSubdirectory("verify-benchmark-").FullName;
        try
        {
            var run = MakeRun(folder, rows);
            var seconds = new List<double>();
            for (var at = 0; at < arguments.Number("runs", 5); at++)
            {
                var clock = Stopwatch.StartNew();
                _ = Ledgers.RunAt(RunAddress.OfFile(run)).ReadSeal(CancellationToken.None).Hash;
                seconds.Add(clock.Elapsed.TotalSeconds);
            }

            var median = ProgramRun.Median(seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows:N0} recipients: median {median:0.00} s ({seconds.Min():0.00} to {seconds.Max():0.00}), "
                    + $"{rows / median:N0} rows/s; peak memory {ProcessMemory.PeakMebibytes():0} MiB"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string MakeRun(string folder, int rows)
    {
        var path = Path.Combine(folder, "run.db");
        using var builder = new RunBuilder(path);
        for (var at = 0; at < rows; at++)
            builder.AddMessage(
                at % 4 < 2 ? 1 : at % 4,
                new MessageRow(84_900_000_000 + at, 1, at % 100 + 1, CarrierRule.Prefix, 1, at + 2));
        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "0", rows)],
                Segments = [new AudienceSegment("tat-ca", "chinh", 1, rows)],
                Carriers = [.. Names.Select(name => new AudienceCarrier(name, name, name))],
                Areas = ["Ea Bung"],
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
                Key = RunKey.Parse("verify/2025-07-30"),
                Code = "verify01",
                Sender = "CHINH PHU",
                Texts = new Dictionary<string, string> { ["chinh"] = "Tin." },
            });
        return path;
    }
}
