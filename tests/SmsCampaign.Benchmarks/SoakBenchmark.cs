using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// soak [--minutes N] [--rate N]: two lanes of N calls a second each at gateways in this process that are busy for a fifth of the calls and reset
/// one in a hundred; one of them throttles one in twenty as well, which keeps it slow. Counts how often the run died, what was
/// received twice, and the most calls in any second. Ends with 1 where any of it is wrong.
/// </summary>
static class SoakBenchmark
{
    static readonly string[] LaneNames = ["busy", "throttled"];

    public static int Run(Arguments arguments) => RunAsync(
        TimeSpan.FromMinutes(arguments.Number("minutes", 30)), arguments.Number("rate", 2_000)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(TimeSpan time, int rate)
    {
        var folder = Directory.CreateTempSubdirectory("soak-benchmark-").FullName;
        try
        {
            var path = BenchmarkRun.Create(Path.Combine(folder, "run.db"), (int)(rate * (time.TotalSeconds + 10)), 1, LaneNames);
            var gateways = new[] { new Gateway(throttles: 0), new Gateway(throttles: 0.05) };
            using var stop = new CancellationTokenSource(time, TimeProvider.System);
            var watch = Stopwatch.StartNew();
            var deaths = 0;
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await SendAsync(path, gateways, rate, stop.Token);
                    break;
                }
                catch (Exception death)
                {
                    deaths++;
                    Console.Error.WriteLine($"died after {watch.Elapsed.TotalSeconds:0} s: {death}");
                }
            }

            var twice = gateways.Sum(gateway => gateway.Received.Count(each => each.Value > 1));
            var most = gateways.Max(gateway => gateway.MostInASecond());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{watch.Elapsed.TotalMinutes:0.0} min: {deaths} deaths; {gateways.Sum(gateway => gateway.Received.Count)} messages received, {twice} of them twice; at most {most} calls in any second, contract {rate}; calls {string.Join(" and ", gateways.Select(gateway => (gateway.Calls / watch.Elapsed.TotalSeconds).ToString("0", CultureInfo.InvariantCulture)))}/s"));
            return deaths == 0 && twice == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task SendAsync(string path, Gateway[] gateways, int rate, CancellationToken stopping)
    {
        var clock = new ProcessClock(TimeProvider.System);
        await using var ledger = RunLedger.Open(path, clock);
        using var accounts = new LaneAccounts([.. LaneNames.Select((name, at) => AccountOf(name, gateways[at], rate, clock))], clock);
        var session = new RunSession(ledger, SendBenchmark.AllDay, accounts, clock);
        await session.SendAsync(DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime), stopping);
    }

    static LaneAccount AccountOf(string name, Gateway gateway, int rate, ProcessClock clock)
    {
        var options = SendBenchmark.Options(new Uri("http://127.0.0.1/"), new SendCase(0, TimeSpan.Zero, 1, 256, 512));
        options.Carriers = [name];
        options.Rate = rate;
        return new LaneAccount(new Lane(name, options), gateway, Pace.Of(options, clock));
    }

    sealed class Gateway(double throttles) : ICarrier
    {
        readonly ConcurrentQueue<long> _arrived = new();

        public ConcurrentDictionary<long, int> Received { get; } = new();

        public int Calls => _arrived.Count;

        public int MostPerCall => 1;

        public async Task<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
        {
            if (!departure.TryLeave())
                return [.. messages.Select(_ => SendResult.PutBack("not let go"))];

            _arrived.Enqueue(Stopwatch.GetTimestamp());
            var fate = Random.Shared.NextDouble();
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 80)), TimeProvider.System, cancellationToken);
            if ((fate -= 0.2) < 0)
                return [SendResult.Busy("HTTP 503")];
            if ((fate -= throttles) < 0)
                return [SendResult.TooFast("HTTP 429")];
            if ((fate -= 0.005) < 0)
                return [SendResult.Uncertain(Reason.ConnectionLost, "connection lost")];

            Received.AddOrUpdate(messages[0].To.Msisdn, 1, (_, times) => times + 1);
            return [(fate -= 0.005) < 0 ? SendResult.Uncertain(Reason.ConnectionLost, "connection lost") : SendResult.Accepted("id")];
        }

        public int MostInASecond()
        {
            var moments = _arrived.Order().ToList();
            var most = 0;
            for (int first = 0, last = 0; last < moments.Count; last++)
            {
                while (moments[first] + Stopwatch.Frequency <= moments[last])
                    first++;
                most = Math.Max(most, last - first + 1);
            }

            return most;
        }
    }
}
