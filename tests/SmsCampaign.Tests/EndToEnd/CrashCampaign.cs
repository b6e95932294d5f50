using System.Diagnostics;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What a gateway can tell of messages whose answer was lost.</summary>
enum GatewayKind
{
    /// <summary>Nothing but receipts.</summary>
    Plain,

    /// <summary>It drops repeats of a reference.</summary>
    DropsRepeats,

    /// <summary>It can be asked, and what it does not know it never took.</summary>
    AnswersInquiries,
}

/// <summary>A kill: when, and what it cut off.</summary>
/// <param name="Phase">What the program was doing.</param>
/// <param name="CutOff">Messages left uncertain, by lane.</param>
sealed record Kill(string Phase, IReadOnlyDictionary<string, int> CutOff);

/// <summary>
/// One campaign whose sender, the real program, is killed again and again (SIGKILL) at moments chosen by a seed, and
/// started again until the campaign is done.
/// </summary>
sealed class CrashCampaign : IAsyncDisposable
{
    /// <summary>Of a hundred kills, about so many come while the program starts, recovers and
    /// waits out its window.</summary>
    const int WhileStarting = 25;

    /// <summary>Share of the kills that come once everything is handed over: while receipts settle, the gateway is
    /// asked and the report is written.</summary>
    const double AtTheEnd = 0.25;

    /// <summary>A start that hands over nothing for so long has nothing more to hand over: on a machine that is busy
    /// with others, several times what a start takes.</summary>
    TimeSpan LongestLife => TimeSpan.FromSeconds(_kills.Count == 0 ? 60 : Math.Max(4, 3 * _start.TotalSeconds));

    readonly Random _random;
    readonly List<Kill> _kills = [];

    /// <summary>From the start of the process to its first message: learnt as it goes.</summary>
    TimeSpan _start = TimeSpan.FromSeconds(2);

    /// <summary>From the moment when nothing is left to hand over to the end of the process: learnt likewise.</summary>
    TimeSpan _ending = TimeSpan.FromSeconds(2);

    CrashCampaign(Office office, GatewayKind kind, int seed) =>
        (Office, Kind, Seed, _random) = (office, kind, seed, new Random(seed));

    public Office Office { get; }

    public GatewayKind Kind { get; }

    /// <summary>Decides everything left to chance: the moments of the kills and the carriers' whims.</summary>
    public int Seed { get; }

    public IReadOnlyList<Kill> Kills => _kills;

    /// <summary>Lists and singles, a lane whose receipts say "sent" at most, and rates that
    /// nothing here reaches.</summary>
    public static IReadOnlyList<OfficeLane> LanesOf(int subscribers) =>
    [
        new("viettel", 84_960_000_001, subscribers / 2, 100_000) { MaxInFlight = 60, MostPerCall = 5 },
        new("vinaphone", 84_910_000_001, subscribers / 4, 100_000) { MaxInFlight = 20 },
        new("mobifone", 84_900_000_001, subscribers / 4, 100_000)
        {
            MaxInFlight = 20,
            MostPerCall = 2,
            ReceiptTrust = "network",
        },
    ];

    /// <summary>One lane runs out of money half way and one refuses numbers for being on another network; the third
    /// stands in for both.</summary>
    public static IReadOnlyList<OfficeLane> StandInLanesOf(int subscribers) =>
    [
        new("viettel", 84_960_000_001, subscribers / 2, 100_000) { MaxInFlight = 60, MostPerCall = 5 },
        new("vinaphone", 84_910_000_001, subscribers / 4, 100_000) { MaxInFlight = 20 },
        new("mobifone", 84_900_000_001, subscribers / 4, 100_000)
        {
            MaxInFlight = 20,
            MostPerCall = 2,
            FallbackFor = ["viettel", "vinaphone"],
        },
    ];

    /// <summary>What belongs to <see cref="StandInLanesOf"/>.</summary>
    public static SimulatedCarrierOptions SendElsewhere(SimulatedCarrierOptions carrier, int subscribers) =>
        carrier.Name switch
        {
            "viettel" => carrier with { Credit = subscribers / 4 },
            "vinaphone" => carrier with { OtherNetworkShare = 0.1 },
            _ => carrier,
        };

    /// <summary>With the campaign imported and approved.</summary>
    /// <param name="behaviour">What differs from <see cref="Misbehave"/>; nothing that decides a message's fate. Unset:
    /// carriers that drop repeats lose no answers, each of which would wait half a minute for its next try.</param>
    public static async Task<CrashCampaign> OpenAsync(
        GatewayKind kind,
        IReadOnlyList<OfficeLane> lanes,
        int seed,
        Func<SimulatedCarrierOptions, SimulatedCarrierOptions>? behaviour = null)
    {
        var office = await Office.OpenAsync(
            [.. lanes.Select(lane => lane with
            {
                RepeatsDropped = kind == GatewayKind.DropsRepeats,
                AskAfter = kind == GatewayKind.AnswersInquiries ? TimeSpan.FromSeconds(1) : null,
                AnswerTimeout = TimeSpan.FromSeconds(2),

                // Longer than the longest pause of a simulated carrier between two attempts to bring a receipt (5 s),
                // and than a busy machine takes to start again and settle what came with the last of them: the next
                // start settles what came later. Where all is settled by asking nothing waits it out, however many
                // kills come at the end.
                ReceiptTimeout = TimeSpan.FromSeconds(kind == GatewayKind.AnswersInquiries ? 120 : 20),
            })],
            carrier => (behaviour ?? (each => each))(kind == GatewayKind.DropsRepeats
                ? Misbehave(carrier) with { ResetShare = 0, NoAnswerShare = 0 }
                : Misbehave(carrier)) with
            {
                DropsRepeats = kind == GatewayKind.DropsRepeats,
                AnswersInquiries = kind == GatewayKind.AnswersInquiries,
            },
            seed);
        var campaign = new CrashCampaign(office, kind, seed);
        await office.ApproveAsync();
        return campaign;
    }

    /// <summary>Kills the sender so many times, then lets it finish.</summary>
    /// <returns>What the last start left behind.</returns>
    public async Task<Support.ProgramResult> RunAsync(int kills)
    {
        var atTheEnd = (int)(kills * AtTheEnd);
        while (_kills.Count < kills)
            await KillOnceAsync(kills - _kills.Count, atTheEnd);

        return await Office.RunAsync("send", Office.CampaignFile);
    }

    /// <summary>Sends the campaign while its gateways die and return so many times, at
    /// moments spread over it.</summary>
    /// <returns>What the program left behind, which lives through all of it.</returns>
    public async Task<Support.ProgramResult> RunWhileGatewaysDieAsync(int deaths)
    {
        await using var program = Office.Start("send", Office.CampaignFile);
        for (var left = deaths; left > 0; left--)
        {
            var until = Office.MessagesSeen() + 1 + _random.NextInt64(MostBeforeNext(Office.MessagesSeen(), left));
            await program.UntilAsync(() => Office.MessagesSeen() >= until);
            await Office.Network.DieAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(300)), TimeProvider.System, CancellationToken.None);
            await Office.Network.ReturnAsync();
        }

        return await program.WaitAsync();
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();

    /// <summary>Every kind of trouble a carrier can make, at a share that leaves most messages untroubled.</summary>
    internal static SimulatedCarrierOptions Misbehave(SimulatedCarrierOptions carrier) => carrier with
    {
        Latency = TimeSpan.FromMilliseconds(5),
        LatencyJitter = TimeSpan.FromMilliseconds(20),
        RefusedShare = 0.03,
        FailedShare = 0.05,
        NoReceiptShare = 0.02,
        DuplicateShare = 0.05,
        BeforeAnswerShare = 0.05,
        ResetShare = 0.01,
        NoAnswerShare = 0.001,
        InquiryFailedShare = 0.1,
    };

    async Task KillOnceAsync(int left, int atTheEnd)
    {
        var seen = Office.MessagesSeen();
        await using var program = Office.Start("send", Office.CampaignFile);
        if (left > atTheEnd)
            await UntilSendingAsync(program, seen, left - atTheEnd);
        else
            await UntilEndingAsync(program);

        var alive = !program.HasExited;
        if (alive)
            await program.KillAsync();

        Office.Network.AnswerAll();
        if (alive)
            _kills.Add(Examine(Office.MessagesSeen() > seen));
        else if (await program.WaitAsync() is { ExitCode: not 0 } ended)
            throw new InvalidOperationException($"the program ended before kill {_kills.Count + 1}: {ended}");
    }

    /// <summary>
    /// Waits for a moment while the program starts, or for some messages more to reach the carriers; every other time,
    /// and the first, these get no answers, so that something is in flight however fast the rest would be sent.
    /// </summary>
    async Task UntilSendingAsync(Support.ProgramUnderTest program, long seen, int left)
    {
        var (until, moment) = _kills.Count > 0 && _random.Next(100) < WhileStarting
            ? (long.MaxValue, _start * 1.2 * _random.NextDouble())
            : (seen + 1 + _random.NextInt64(MostBeforeNext(seen, left)), LongestLife);
        if (until < long.MaxValue && (_kills.Count == 0 || _random.Next(2) == 0))
            Office.Network.WithholdAnswersFrom(until);

        var clock = Stopwatch.StartNew();
        var begun = false;
        await program.UntilAsync(() =>
        {
            if (!begun && Office.MessagesSeen() > seen)
                (begun, _start) = (true, clock.Elapsed);
            return Office.MessagesSeen() >= until || clock.Elapsed >= moment;
        });
    }

    /// <summary>Waits until nothing is left to hand over, and then for a moment before the end.</summary>
    async Task UntilEndingAsync(Support.ProgramUnderTest program)
    {
        var facts = new LedgerFacts(Office.Data.Run(Office.Key));
        await program.UntilAsync(() => facts.Unsettled == 0);

        var clock = Stopwatch.StartNew();
        var moment = _ending * _random.NextDouble();
        await program.UntilAsync(() => clock.Elapsed >= moment);
        if (program.HasExited)
            _ending = clock.Elapsed;
    }

    /// <summary>So that the kills are spread over the whole campaign, however fast it is sent.</summary>
    long MostBeforeNext(long seen, int left) => (long)Math.Max(1, 1.6 * (Office.Numbers.Count - seen) / (left + 2));

    /// <summary>Read from a copy: whoever opens the ledger itself would do what the next start has to.</summary>
    Kill Examine(bool sent)
    {
        using var folder = new Support.TempFolder();
        var ledger = Office.Data.Run(Office.Key);
        foreach (var suffix in new[] { "", "-wal" })
        {
            if (File.Exists(ledger + suffix))
                File.Copy(ledger + suffix, folder.File("run.db" + suffix));
        }

        var facts = new LedgerFacts(folder.File("run.db"), readOnly: false);
        return new Kill(sent ? "sending" : facts.Unsettled > 0 ? "starting" : "settling or reporting", facts.CutOff());
    }
}
