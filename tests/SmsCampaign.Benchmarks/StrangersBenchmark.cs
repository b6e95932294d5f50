using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using SmsCampaign.Tests.EndToEnd;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// strangers [--seconds N] [--bodies N] [--silent N]: the real worker on loopback under bodies of 1 MB that stall, of
/// nine addresses, and connections that say nothing, of ten more; those that are closed come again. How long a health
/// check and a gateway's callback take meanwhile, each on a connection of its own, and whether each is answered.
/// </summary>
static class StrangersBenchmark
{
    const int BodyAddresses = 9;
    const int SilentAddresses = 10;

    const int BodyBytes = 1_000_000;

    /// <summary>What comes of a body.</summary>
    const int Come = 990_000;

    static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one that has been closed stays away: what a body costs is its bytes, of which
    /// there is no end.</summary>
    static readonly TimeSpan BodyAgainAfter = TimeSpan.FromSeconds(5);

    public static int Run(Arguments arguments) =>
        RunAsync(arguments.Number("seconds", 40), arguments.Number("bodies", 297), arguments.Number("silent", 4_000))
            .GetAwaiter()
            .GetResult();

    static async Task<int> RunAsync(int seconds, int bodies, int silent)
    {
        await using var office = await Tests.EndToEnd.Office.OpenAsync(
            [new OfficeLane("viettel", 84_960_000_001, 1, 10)]);
        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => IsOpen(office.Receipts));
        if (worker.HasExited)
            throw new InvalidOperationException($"the worker has ended: {await worker.WaitAsync()}");

        using var over = new CancellationTokenSource();
        List<Task> strangers =
        [
            .. Enumerable.Range(0, bodies).Select(at => ComeAgainAsync(
                () => RawClient.BeginAsync(office.Receipts, $"127.0.0.{2 + at % BodyAddresses}", BodyBytes, Come),
                BodyAgainAfter,
                over.Token)),
            .. Enumerable.Range(0, silent).Select(at => ComeAgainAsync(
                () => RawClient.ConnectAsync(office.Receipts, $"127.0.0.{20 + at % SilentAddresses}"),
                LookEvery,
                over.Token)),
        ];

        List<double> health = [], callbacks = [];
        var unanswered = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(seconds);)
        {
            unanswered += await AskAsync(() => AskHealthAsync(office.Receipts), health) ? 0 : 1;
            unanswered +=
                await AskAsync(() => RawClient.PostAsync(office.Receipts, "127.0.0.100", 200), callbacks) ? 0 : 1;
            await Task.Delay(AskEvery, TimeProvider.System, CancellationToken.None);
        }

        await over.CancelAsync();
        await Task.WhenAll(strangers);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{bodies} stalled bodies and {silent:N0} silent connections for {seconds} s: "
                + $"{health.Count + callbacks.Count} asked, {unanswered} not answered with 200; health check median "
                + $"{ProgramRun.Median(health):0.0} ms, longest {health.Max():0} ms; "
                + $"callback median {ProgramRun.Median(callbacks):0.0} ms, longest {callbacks.Max():0} ms"));
        return unanswered == 0 ? 0 : 1;
    }

    static bool IsOpen(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A stranger that connects again whenever it has been closed.</summary>
    static async Task ComeAgainAsync(Func<Task<RawClient>> connect, TimeSpan after, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var client = await connect();
                while (!client.IsClosed && !over.IsCancellationRequested)
                    await Task.Delay(LookEvery, TimeProvider.System, over).ConfigureAwait(
                        ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (SocketException) // closed while it wrote
            {
            }

            await Task.Delay(after, TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task<bool> AskAsync(Func<Task<int>> ask, List<double> milliseconds)
    {
        var clock = Stopwatch.StartNew();
        var status = await ask();
        milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        return status == 200;
    }

    static async Task<int> AskHealthAsync(Uri address)
    {
        using var client = await RawClient.ConnectAsync(address, "127.0.0.101");
        await client.WriteAsync("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        return await client.ReadStatusAsync();
    }
}
