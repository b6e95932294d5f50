using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// backup [--recipients N] [--runs N]: seconds that <c>sms-campaign backup</c> takes while <c>sms-campaign send</c>
/// sends 500 messages a second from the same folder, and the longest that any of its lanes handed nothing over
/// meanwhile, beside what it was before.
/// </summary>
/// <remarks>As of <see cref="SendStartBenchmark"/>, of five lanes of 100 messages/s each. A backup that does not end is
/// killed and told of.</remarks>
static class BackupBenchmark
{
    const int EachLane = 100;

    static readonly TimeSpan LongestBackup = TimeSpan.FromMinutes(5);

    /// <summary>Sent before the backup is begun, so that there is something to hold it against.</summary>
    static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("recipients", 1_000_000), arguments.Number("runs", 3)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(int recipients, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("backup-benchmark-").FullName;
        try
        {
            await using var network = await SendStartBenchmark.StartNetworkAsync();
            foreach (var lane in SendStartBenchmark.Carriers)
                Environment.SetEnvironmentVariable(
                    $"SmsCampaign__lanes__{lane}__rate", EachLane.ToString(CultureInfo.InvariantCulture));
            SendStartBenchmark.WriteCampaign(folder, recipients, network.Address);
            ProgramRun.Finish(
                folder, "approve", "campaign.yaml", "--by", "benchmark", "--installation", "config/smscampaign.json");

            var all = new List<Figures>();
            for (var run = 0; run < runs; run++)
                all.Add(await MeasureAsync(folder, network));

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{recipients:N0} recipients, {Median(each => each.Rate):N0} messages/s sent meanwhile: "
                    + $"backup after {Median(each => each.Seconds):0.0} s; a lane handed nothing over for "
                    + $"{Median(each => each.LongestGap) * 1e3:0} ms at most, "
                    + $"{Median(each => each.LongestGapBefore) * 1e3:0} ms before (medians of {runs})"));
            return 0;

            double Median(Func<Figures, double> figure) => ProgramRun.Median(all.Select(figure));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Figures> MeasureAsync(string folder, SimulatedNetwork network)
    {
        var data = new DataFolder(Path.Combine(folder, "data-run"));
        var copy = Path.Combine(folder, "copy");
        SendStartBenchmark.Copy(Path.Combine(folder, "data"), data.Root);
        var arrived = SendStartBenchmark.Arrived(network);

        using var sending = ProgramRun.Start(
            folder, "send", "campaign.yaml", "--data", "data-run", "--installation", "config/smscampaign.json");
        while (SendStartBenchmark.Arrived(network) == arrived && !sending.HasExited)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        await Task.Delay(Before, TimeProvider.System, CancellationToken.None);

        var (from, seconds) = (ProcessClock.ToMicros(TimeProvider.System.GetUtcNow()), TakeBackup(folder, copy));
        var to = ProcessClock.ToMicros(TimeProvider.System.GetUtcNow());
        if (sending.HasExited)
            throw new InvalidOperationException($"send ended with {sending.ExitCode}");
        sending.Kill();
        await sending.WaitForExitAsync();

        var moments = ReadHandOvers(Directory.GetFiles(Path.Combine(data.Root, "runs"), "*.db").Single());
        Directory.Delete(copy, recursive: true);
        Directory.Delete(data.Root, recursive: true);
        Directory.Delete(data.Marks, recursive: true);
        return new Figures(
            seconds,
            moments.Sum(lane => lane.Count(at => at >= from && at <= to)) / seconds,
            moments.Max(lane => LongestGap(lane, from, to)),
            moments.Max(lane => LongestGap(lane, from - ((long)Before.TotalMicroseconds / 2), from)));
    }

    /// <returns>Seconds.</returns>
    static double TakeBackup(string folder, string copy)
    {
        var watch = Stopwatch.StartNew();
        using var backup = ProgramRun.Start(
            folder, "backup", copy, "--data", "data-run", "--installation", "config/smscampaign.json");
        if (!backup.WaitForExit(LongestBackup))
        {
            backup.Kill();
            throw new InvalidOperationException($"backup has not ended after {LongestBackup.TotalSeconds} s");
        }

        return backup.ExitCode == 0
            ? watch.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"backup ended with {backup.ExitCode}");
    }

    /// <returns>Moments in microseconds, by lane, in order.</returns>
    static List<List<long>> ReadHandOvers(string run)
    {
        var lanes = new Dictionary<int, List<long>>();
        using var db = SqliteDb.Open(run);
        using var rows = db.Prepare("select seq, handed_us from state where handed_us is not null order by handed_us");
        while (rows.Step())
        {
            var lane = MessageSeq.CarrierOf(rows.Number(0));
            if (!lanes.TryGetValue(lane, out var moments))
                lanes[lane] = moments = [];
            moments.Add(rows.Number(1));
        }

        return [.. lanes.Values];
    }

    /// <returns>Seconds between two that follow each other, the later of them within the stretch.</returns>
    static double LongestGap(List<long> moments, long from, long to) =>
        moments
            .Zip(moments.Skip(1))
            .Where(pair => pair.Second >= from && pair.Second <= to)
            .Select(pair => (pair.Second - pair.First) / 1e6)
            .DefaultIfEmpty(0)
            .Max();

    readonly record struct Figures(double Seconds, double Rate, double LongestGap, double LongestGapBefore);
}
