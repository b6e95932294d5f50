using System.Diagnostics;
using SmsCampaign.Simulator;

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
    /// <summary>Of a hundred kills, about so many come while the program starts, recovers and waits out its window.</summary>
    const int WhileStarting = 25;

    /// <summary>How long after the last message the receipts, inquiries and the report are killed in.</summary>
    static readonly TimeSpan Tail = TimeSpan.FromSeconds(2);

    readonly Random _random;
    readonly List<Kill> _kills = [];

    /// <summary>From the start of the process to its first message: learnt as it goes.</summary>
    TimeSpan _start = TimeSpan.FromSeconds(2);

    CrashCampaign(Office office, GatewayKind kind, int seed) => (Office, Kind, Seed, _random) = (office, kind, seed, new Random(seed));

    public Office Office { get; }

    public GatewayKind Kind { get; }

    /// <summary>Decides everything left to chance: the moments of the kills and the carriers' whims.</summary>
    public int Seed { get; }

    public IReadOnlyList<Kill> Kills => _kills;

    /// <summary>Lists and singles, a lane whose receipts say "sent" at most, and rates that nothing here reaches.</summary>
    public static IReadOnlyList<OfficeLane> LanesOf(int subscribers) =>
    [
        new("viettel", 84_960_000_001, subscribers / 2, 100_000) { MaxInFlight = 60, MostPerCall = 5 },
        new("vinaphone", 84_910_000_001, subscribers / 4, 100_000) { MaxInFlight = 20 },
        new("mobifone", 84_900_000_001, subscribers / 4, 100_000) { MaxInFlight = 20, MostPerCall = 2, ReceiptTrust = "network" },
    ];

    /// <summary>With the campaign imported and approved.</summary>
    public static async Task<CrashCampaign> OpenAsync(GatewayKind kind, IReadOnlyList<OfficeLane> lanes, int seed)
    {
        var office = await Office.OpenAsync(
            [.. lanes.Select(lane => lane with
            {
                RepeatsDropped = kind == GatewayKind.DropsRepeats,
                AskAfter = kind == GatewayKind.AnswersInquiries ? TimeSpan.FromSeconds(1) : null,
                AnswerTimeout = TimeSpan.FromSeconds(2),

                // Longer than the longest pause of a simulated carrier between two attempts to bring a receipt (5 s).
                // Where all is settled by asking nothing waits it out, however many kills come at the end.
                ReceiptTimeout = TimeSpan.FromSeconds(kind == GatewayKind.AnswersInquiries ? 120 : 8),
            })],
            carrier => Misbehave(carrier) with
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
        while (_kills.Count < kills)
            await KillOnceAsync(kills - _kills.Count);

        return await Office.RunAsync("send", Office.CampaignFile);
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

    async Task KillOnceAsync(int left)
    {
        var seen = Office.MessagesSeen();
        var share = _random.Next(100);
        var until = share < WhileStarting ? long.MaxValue : seen + 1 + _random.NextInt64(MostBeforeNext(seen, left));
        var moment = share < WhileStarting
            ? _start * 1.2 * _random.NextDouble()
            : _start * 1.5 + Tail * _random.NextDouble(); // where so many do not come any more

        var clock = Stopwatch.StartNew();
        await using var program = Office.Start("send", Office.CampaignFile);
        long came;
        while ((came = Office.MessagesSeen()) < until && clock.Elapsed < moment && !program.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            if (came == seen && Office.MessagesSeen() > seen)
                _start = clock.Elapsed;
        }

        if (program.HasExited)
        {
            var ended = await program.WaitAsync();
            if (ended.ExitCode != 0)
                throw new InvalidOperationException($"the program ended before kill {_kills.Count + 1}: {ended}");
            return;
        }

        await program.KillAsync();
        var now = Office.MessagesSeen();
        var phase = now > seen ? "sending" : now < Office.Numbers.Count ? "starting" : "settling or reporting";
        _kills.Add(new Kill(phase, ReadCutOff()));
    }

    /// <summary>So that the kills are spread over the whole campaign, however fast it is sent.</summary>
    long MostBeforeNext(long seen, int left) => (long)Math.Max(1, 1.6 * (Office.Numbers.Count - seen) / (left + 2));

    /// <summary>Read from a copy: whoever opens the ledger itself would do what the next start has to.</summary>
    IReadOnlyDictionary<string, int> ReadCutOff()
    {
        using var folder = new Support.TempFolder();
        var ledger = Office.Data.Run(Office.Key);
        foreach (var suffix in new[] { "", "-wal" })
        {
            if (File.Exists(ledger + suffix))
                File.Copy(ledger + suffix, folder.File("run.db" + suffix));
        }

        return new LedgerFacts(folder.File("run.db"), readOnly: false).CutOff();
    }
}
