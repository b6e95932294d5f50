using System.Diagnostics;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// Two campaigns to the same subscribers through the same accounts, at once, by the worker, which is killed (SIGKILL)
/// again and again while its gateways are busy, throttle, reset connections and lose receipts, one account runs out of
/// money, another refuses numbers of other networks, and a third must be logged in to, slowly and again and again.
/// </summary>
sealed class SharedAccounts : IAsyncDisposable
{
    const string LogsIn = "vietnamobile";

    readonly Random _random;

    /// <summary>From the start of the process to its first message: learnt as it goes.</summary>
    TimeSpan _start = TimeSpan.FromSeconds(2);

    SharedAccounts(Office office, GatewayKind kind, int seed) =>
        (Office, Kind, Seed, _random) = (office, kind, seed, new Random(seed));

    public Office Office { get; }

    public GatewayKind Kind { get; }

    /// <summary>Decides everything left to chance: the moments of the kills and the carriers' whims.</summary>
    public int Seed { get; }

    public int Kills { get; private set; }

    public IReadOnlyList<RunKey> Runs => [Office.Key, Office.OtherKey];

    /// <summary>Rates that are reached. The third lane stands in for the others, but for a gateway that drops repeats:
    /// what a kill cut off there never moves, and would wait for a person. The last logs in.</summary>
    public static IReadOnlyList<OfficeLane> LanesOf(int subscribers, GatewayKind kind) =>
    [
        new("viettel", 84_960_000_001, subscribers / 2, 400) { MaxInFlight = 60, MostPerCall = 5 },
        new("vinaphone", 84_910_000_001, subscribers / 4, 200) { MaxInFlight = 20 },
        new("mobifone", 84_900_000_001, subscribers / 8, 400)
        {
            MaxInFlight = 20,
            MostPerCall = 2,
            FallbackFor = kind == GatewayKind.DropsRepeats ? [] : ["viettel", "vinaphone", LogsIn],
        },
        new(LogsIn, 84_920_000_001, subscribers / 8, 60) { MaxInFlight = 20, LogsIn = true },
    ];

    /// <summary>With both campaigns approved.</summary>
    public static async Task<SharedAccounts> OpenAsync(GatewayKind kind, int subscribers, int seed)
    {
        var office = await Office.OpenAsync(
            [.. LanesOf(subscribers, kind).Select(lane => lane with
            {
                RepeatsDropped = kind == GatewayKind.DropsRepeats,
                AskAfter = kind == GatewayKind.AnswersInquiries ? TimeSpan.FromSeconds(1) : null,
                AnswerTimeout = TimeSpan.FromSeconds(2),
                ReceiptTimeout = TimeSpan.FromSeconds(kind == GatewayKind.AnswersInquiries && !lane.LogsIn ? 120 : 8),
            })],
            carrier => Misbehave(carrier, kind, subscribers),
            seed);
        office.WriteOther();
        await office.ApproveAsync();
        await office.ApproveAsync(office.OtherFile);
        return new SharedAccounts(office, kind, seed);
    }

    /// <summary>Kills the worker so many times, then lets it finish both, or hold them for a person.</summary>
    /// <returns>What the last worker left behind, stopped in order.</returns>
    public async Task<ProgramResult> RunAsync(int kills)
    {
        while (Kills < kills)
        {
            await using var worker = Office.Start("worker");
            await UntilKillAsync(worker, kills - Kills);
            if (worker.HasExited)
                throw new InvalidOperationException(
                    $"the worker ended before kill {Kills + 1}: {await worker.WaitAsync()}");
            await worker.KillAsync();
            Kills++;
        }

        await using var last = Office.Start("worker");
        while (!await HaveFinishedAsync(last))
        {
            var clock = Stopwatch.StartNew();
            await last.UntilAsync(() => clock.Elapsed > TimeSpan.FromSeconds(0.5));
        }

        // One that finds all done by the worker before has only begun: it cannot end in order yet.
        await last.Spoken;
        last.Terminate();
        return await last.WaitAsync();
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();

    internal static SimulatedCarrierOptions Misbehave(
        SimulatedCarrierOptions carrier, GatewayKind kind, int subscribers)
    {
        var drops = kind == GatewayKind.DropsRepeats;
        carrier = CrashCampaign.Misbehave(carrier) with
        {
            DropsRepeats = drops,
            AnswersInquiries = kind == GatewayKind.AnswersInquiries,
            BusyShare = 0.02,
            ThrottledShare = 0.005,
        };

        if (carrier.Name == LogsIn)
            return MakeLogIn(carrier) with { OtherNetworkShare = drops ? 0 : 0.03 };

        // Where repeats are dropped each lost answer would wait half a minute for its next try.
        return drops
            ? carrier with { ResetShare = 0, NoAnswerShare = 0 }
            : CrashCampaign.SendElsewhere(carrier, subscribers * 2);
    }

    /// <summary>Slow logins, sessions that end after a while, and now and then one that was never good.</summary>
    static SimulatedCarrierOptions MakeLogIn(SimulatedCarrierOptions carrier) => carrier with
    {
        DropsRepeats = false,
        AnswersInquiries = false,
        NoReceiptShare = 1,
        Sessions = new SimulatedSessionOptions
        {
            LoginLatency = TimeSpan.FromSeconds(0.3),
            LoginLatencyJitter = TimeSpan.FromSeconds(0.5),
            Messages = 40,
            RefusedShare = 0.1,
        },
    };

    async Task<bool> HaveFinishedAsync(ProgramUnderTest worker)
    {
        if (worker.HasExited)
            throw new InvalidOperationException($"the worker ended: {await worker.WaitAsync()}");

        var registry = Ledgers.OpenRegistry(Office.Data);
        return Runs.All(run => registry.Find(run) is { State: RunState.Finished or RunState.Held });
    }

    /// <summary>A moment while it starts, or after some messages more have come to the carriers, whose answers are then
    /// withheld every other time.</summary>
    async Task UntilKillAsync(ProgramUnderTest worker, int left)
    {
        var seen = Office.MessagesSeen();
        var all = Office.Numbers.Count * Runs.Count;
        var starting = Kills > 0 && _random.Next(100) < 20;
        var until = starting
            ? long.MaxValue
            : seen + 1 + _random.NextInt64((long)Math.Max(1, 1.6 * Math.Max(0, all - seen) / (left + 2)));
        var longest = starting
            ? _start * 1.2 * _random.NextDouble()
            : TimeSpan.FromSeconds(Kills == 0 ? 60 : 3 + 2 * _start.TotalSeconds);
        if (!starting && _random.Next(2) == 0)
            Office.Network.WithholdAnswersFrom(until);

        var clock = Stopwatch.StartNew();
        var begun = false;
        await worker.UntilAsync(() =>
        {
            if (!begun && Office.MessagesSeen() > seen)
                (begun, _start) = (true, clock.Elapsed);
            return Office.MessagesSeen() >= until || clock.Elapsed >= longest;
        });
        if (!starting)
        {
            var moment = clock.Elapsed + TimeSpan.FromMilliseconds(_random.Next(200));
            await worker.UntilAsync(() => clock.Elapsed >= moment);
        }

        Office.Network.AnswerAll();
    }
}
