using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.EndToEnd;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// worker-memory [--subscribers N] [--rate N] [--seconds N]: what the real worker has resident (VmRSS of proc(5), MiB)
/// with nothing to do, and while it sends to N subscribers at a contract of so many parts a second and takes their
/// receipts: the median of a look a second, and the most there ever was (VmHWM). Monitoring fetches its figures
/// meanwhile.
/// </summary>
static class WorkerMemoryBenchmark
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("subscribers", 3_000_000),
        arguments.Number("rate", 5_000),
        arguments.Number("seconds", 60)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(int subscribers, int rate, int seconds)
    {
        var lane = new OfficeLane("viettel", 84_960_000_001, subscribers, rate)
        {
            MaxInFlight = 1_000,
            Connections = 64,
        };
        await using var office = await Tests.EndToEnd.Office.OpenAsync([lane]);
        var management = office.Monitor();
        await using (var idle = office.Start("worker"))
        {
            await idle.SaidAsync("Monitoring reads at");
            Say("idle", await LookAsync(idle.Id, management, seconds / 2), idle.Id);
        }

        await office.ApproveAsync();
        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => office.MessagesSeen() > 0);
        var before = office.MessagesSeen();
        var clock = Stopwatch.StartNew();
        var resident = await LookAsync(worker.Id, management, seconds);
        var sent = (office.MessagesSeen() - before) / clock.Elapsed.TotalSeconds;
        Say(
            string.Create(
                CultureInfo.InvariantCulture, $"sending to {subscribers:N0} subscribers, {sent:N0} messages/s"),
            resident,
            worker.Id);
        return 0;
    }

    static void Say(string what, IReadOnlyList<double> resident, int process) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: median {ProgramRun.Median(resident):0} MiB of {resident.Count} looks, most "
            + $"{ProcessMemory.Mebibytes(process, "VmHWM"):0} MiB"));

    static async Task<IReadOnlyList<double>> LookAsync(int process, Uri management, int seconds)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        var looks = new List<double>();
        for (var second = 0; second < seconds; second++)
        {
            await http.GetStringAsync(new Uri(management, "/metrics"));
            await Task.Delay(Second, TimeProvider.System, CancellationToken.None);
            looks.Add(ProcessMemory.Mebibytes(process, "VmRSS"));
        }

        return looks;
    }
}
