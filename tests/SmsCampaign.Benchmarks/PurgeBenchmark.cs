using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// purge [--rows N]: seconds to put hashes in the place of all numbers of a run's ledger, with what frees the file of
/// what is left of them, and the most memory that takes; then seconds a gigabyte to write the file anew.
/// </summary>
static class PurgeBenchmark
{
    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 1_000_000);
        var folder = Directory.CreateTempSubdirectory("purge-benchmark-").FullName;
        try
        {
            var file = ReportBenchmark.MakeLedger(folder, rows);
            var kept = Ledgers.RunAt(RunAddress.OfFile(file));
            var key = new NumberKey(RandomNumberGenerator.GetBytes(32), "benchmark");
            var before = ProcessMemory.Mebibytes(Environment.ProcessId, "VmRSS");
            var clock = Stopwatch.StartNew();
            var (messages, _) = kept.EraseNumbers(key, TimeProvider.System.GetUtcNow());
            var erased = clock.Elapsed.TotalSeconds;
            kept.ReadSeal(CancellationToken.None);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{messages:N0} messages: numbers erased in {erased:0.0} s, what the ledger gives since in "
                    + $"{clock.Elapsed.TotalSeconds - erased:0.0} s; {before:0} MiB before, "
                    + $"{ProcessMemory.PeakMebibytes():0} MiB at most"));

            // All that is done where no number is left is to write the file anew.
            var bytes = new FileInfo(file).Length;
            clock.Restart();
            kept.EraseNumbers(key, _ => false, TimeProvider.System.GetUtcNow());
            var anew = clock.Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"the file written anew: {anew:0.0} s for {bytes / 1e6:N0} MB, {anew / bytes * 1e9:0.0} s a GB"));
            return messages == rows ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
