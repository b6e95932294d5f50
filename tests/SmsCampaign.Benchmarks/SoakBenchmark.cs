using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// soak [--minutes N] [--rate N] [--random-rate N]: three lanes at gateways in this process that are busy for a fifth
/// of the calls and reset one in a hundred. Two, of N calls a second each, throttle everything for 2 s in every 40, a
/// twentieth of the time; the third throttles one call in twenty by chance, whatever the rate, which keeps it slow.
/// Counts how often the run died, what was received twice, the shares of the answers, and the most calls in any second.
/// Ends with 1 where any of it is wrong.
/// </summary>
static class SoakBenchmark
{
    static readonly TimeSpan Spell = TimeSpan.FromSeconds(2);
    static readonly TimeSpan EverySoLong = TimeSpan.FromSeconds(40);

    public static int Run(Arguments arguments) => RunAsync(
        TimeSpan.FromMinutes(arguments.Number("minutes", 30)),
        arguments.Number("rate", 1_500),
        arguments.Number("random-rate", 200))
        .GetAwaiter()
        .GetResult();

    static async Task<int> RunAsync(TimeSpan time, int rate, int randomRate)
    {
        var folder = Directory.CreateTempSubdirectory("soak-benchmark-").FullName;
        try
        {
            Gateway[] gateways =
            [
                new Gateway("spells", rate) { SpellsFrom = EverySoLong / 4 },
                new Gateway("spells too", rate) { SpellsFrom = EverySoLong * 3 / 4 },
                new Gateway("by chance", randomRate) { Throttles = 0.05 },
            ];
            var path = BenchmarkRun.Create(
                Path.Combine(folder, "run.db"),
                (int)(rate * (time.TotalSeconds + 10)),
                1,
                [.. gateways.Select(gateway => gateway.Name)]);
            using var stop = new CancellationTokenSource(time, TimeProvider.System);
            var watch = Stopwatch.StartNew();
            var deaths = 0;
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await SendAsync(path, gateways, stop.Token);
                    break;
                }
                catch (Exception death)
                {
                    deaths++;
                    Console.Error.WriteLine($"died after {watch.Elapsed.TotalSeconds:0} s: {death}");
                }
            }

            return Say(gateways, watch.Elapsed, deaths);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static int Say(Gateway[] gateways, TimeSpan elapsed, int deaths)
    {
        foreach (var gateway in gateways)
            Console.WriteLine($"{gateway.Name}: {gateway.Describe(elapsed)}");

        var twice = gateways.Sum(gateway => gateway.Received.Count(each => each.Value > 1));
        var calls = gateways.Sum(gateway => gateway.Calls) / elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalMinutes:0.0} min: {deaths} deaths; {gateways.Sum(gateway => gateway.Received.Count)} "
                + $"messages received, {twice} of them twice; {calls:0} calls/s in all"));
        return deaths == 0 && twice == 0 ? 0 : 1;
    }

    static async Task SendAsync(string path, Gateway[] gateways, CancellationToken stopping)
    {
        var clock = new ProcessClock(TimeProvider.System);
        await using var ledger = RunLedger.Open(path, clock);
        using var accounts = new LaneAccounts([.. gateways.Select(gateway => AccountOf(gateway, clock))], clock);
        var session = new RunSession(ledger, SendBenchmark.AllDay, accounts, clock);
        await session.SendAsync(DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime), stopping);
    }

    static LaneAccount AccountOf(Gateway gateway, ProcessClock clock)
    {
        var options = SendBenchmark.Options(new Uri("http://127.0.0.1/"), new SendCase(0, TimeSpan.Zero, 1, 256, 512));
        options.Carriers = [gateway.Name];
        options.Rate = gateway.Rate;
        return new LaneAccount(new Lane(gateway.Name, options), gateway, Pace.Of(options, clock));
    }

    sealed class Gateway(string name, int rate) : ICarrier
    {
        readonly ConcurrentQueue<long> _arrived = new();
        readonly long _started = Stopwatch.GetTimestamp();
        int _busy;
        int _throttled;
        int _reset;

        public string Name => name;

        public int Rate => rate;

        /// <summary>Share of the calls that are answered "too fast", whatever the rate.</summary>
        public double Throttles { get; init; }

        /// <summary>When, within every <see cref="EverySoLong"/>, the spell begins in which all calls are answered
        /// so; null: never.</summary>
        public TimeSpan? SpellsFrom { get; init; }

        public ConcurrentDictionary<long, int> Received { get; } = new();

        public int Calls => _arrived.Count;

        public int MostPerCall => 1;

        public async Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
        {
            if (!departure.TryLeave())
                return [.. messages.Select(_ => SendResult.PutBack("not let go"))];

            _arrived.Enqueue(Stopwatch.GetTimestamp());
            var isInSpell = IsInSpell();
            await Task.Delay(
                TimeSpan.FromMilliseconds(Random.Shared.Next(5, 80)), TimeProvider.System, cancellationToken);
            var fate = Random.Shared.NextDouble();
            if (isInSpell || (fate -= Throttles) < 0)
                return [Counted(ref _throttled, SendResult.TooFast("HTTP 429", TimeSpan.FromSeconds(1)))];
            if ((fate -= 0.2) < 0)
                return [Counted(ref _busy, SendResult.Busy("HTTP 503"))];
            if ((fate -= 0.005) < 0)
                return [Counted(ref _reset, SendResult.Uncertain(Reason.ConnectionLost, "connection lost"))];

            Received.AddOrUpdate(messages[0].To.Msisdn, 1, (_, times) => times + 1);
            return [fate < 0.005
                ? Counted(ref _reset, SendResult.Uncertain(Reason.ConnectionLost, "connection lost"))
                : SendResult.Accepted("id")];
        }

        public string Describe(TimeSpan elapsed) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Calls / elapsed.TotalSeconds:0} calls/s of a contract of {rate}, at most {MostInASecond()} in any "
                + $"second; {Share(_busy)} of the answers busy, {Share(_throttled)} throttled, {Share(_reset)} reset");

        bool IsInSpell()
        {
            if (SpellsFrom is not { } from)
                return false;

            var within = TimeSpan.FromTicks(Stopwatch.GetElapsedTime(_started).Ticks % EverySoLong.Ticks);
            return from <= within && within < from + Spell;
        }

        string Share(int answers) => (answers / (double)Calls).ToString("0.0 %", CultureInfo.InvariantCulture);

        static SendResult Counted(ref int counter, SendResult result)
        {
            Interlocked.Increment(ref counter);
            return result;
        }

        int MostInASecond()
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
