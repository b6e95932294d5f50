using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.EndToEnd;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// crash [--kills N] [--each N] [--recipients N] [--seed N] [--gateway KIND] [--lanes own|elsewhere|shared]
/// [--side-by-side N]: kills the real program with SIGKILL so many times, over three kinds of gateway (or one: plain,
/// dropsRepeats, answersInquiries), and counts what was lost and what was sent twice, by what the gateways saw. So many
/// campaigns, or pairs of them, run at a time (12 unless set).
/// </summary>
/// <remarks>
/// With --lanes elsewhere one lane runs out of money half way and another refuses numbers that are on other networks,
/// so that messages move to a lane that stands in; gateways that drop repeats are left out, as what a kill cut off
/// there waits for a person. With --lanes shared the worker is killed while it sends two campaigns through the same
/// accounts, with all of that, gateways that are busy and throttle, and one that must be logged in to; what prove says
/// of both is held against what the gateways counted. A campaign is killed --each times, so that kills come in all its
/// phases: start, recovery, sending, receipts, report.
/// </remarks>
static class CrashBenchmark
{
    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("kills", 1_000),
        arguments.Number("each", 20),
        arguments.Number("recipients", 4_000),
        arguments.Number("seed", Random.Shared.Next(1_000_000)),
        arguments.Text("gateway") is { } kind
            ? [Enum.Parse<GatewayKind>(kind, ignoreCase: true)]
            : Enum.GetValues<GatewayKind>(),
        arguments.Text("lanes") ?? "own",
        arguments.Number("side-by-side", 12)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(
        int kills, int each, int recipients, int seed, GatewayKind[] kinds, string lanes, int sideBySide)
    {
        if (lanes == "elsewhere")
            kinds = [.. kinds.Where(kind => kind != GatewayKind.DropsRepeats)];
        Console.WriteLine($"seed {seed}");
        var clock = Stopwatch.StartNew();
        using var room = new SemaphoreSlim(sideBySide);
        var faults = await Task.WhenAll(kinds.Select((kind, at) =>
        {
            var work = new Work(
                kind,
                recipients,
                Shares((kills + kinds.Length - 1 - at) / kinds.Length, each),
                seed + at * kills,
                room);
            return lanes == "shared" ? KillSharedAsync(work) : KillAsync(work, elsewhere: lanes == "elsewhere");
        }));

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kills} kills in {clock.Elapsed.TotalMinutes:0.0} min, {clock.Elapsed.TotalSeconds / kills:0.0} s each: "
                + $"{(faults.Sum() == 0 ? "none lost, none twice" : $"{faults.Sum()} FAULTS")}"));
        return faults.Sum() == 0 ? 0 : 1;
    }

    /// <returns>How many faults were found.</returns>
    static async Task<int> KillAsync(Work work, bool elsewhere)
    {
        var (kind, recipients, total) = (work.Kind, work.Recipients, new Total());
        await work.ForEachAsync(async (kills, seed) =>
        {
            await using var campaign = elsewhere
                ? await CrashCampaign.OpenAsync(kind, CrashCampaign.StandInLanesOf(recipients), seed, carrier =>
                    CrashCampaign.SendElsewhere(carrier, recipients))
                : await CrashCampaign.OpenAsync(kind, CrashCampaign.LanesOf(recipients), seed);
            var last = await campaign.RunAsync(kills);
            var verdict = CrashVerdict.Of(campaign, last);
            lock (total)
            {
                total.Add(campaign, verdict);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind}, {total.Kills.Count} kills: {verdict.Messages} messages, {verdict.Reached} reached, "
                        + $"{verdict.CutOff} cut off, {verdict.Uncertain} uncertain at the end"));
                foreach (var fault in verdict.Faults)
                    Console.WriteLine($"  FAULT (seed {campaign.Seed}): {fault}");
            }
        });

        var phases = total.Kills.CountBy(kill => kill.Phase).Select(phase => $"{phase.Value} {phase.Key}");
        Console.WriteLine(
            $"{kind}: {total.Kills.Count} kills ({string.Join(", ", phases)}), {total.Messages} messages");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  lost {total.Lost}, twice {total.Twice}, most cut off by a kill on a lane {total.MostOfMaxInFlight:0%} "
                + $"of maxInFlight, cut off in all {total.CutOff}, uncertain at the end {total.Uncertain}, all listed: "
                + $"{(total.Unlisted == 0 ? "yes" : "NO")}, statuses wrong {total.Wrong}"));
        return total.Faults;
    }

    /// <returns>How many faults were found.</returns>
    static async Task<int> KillSharedAsync(Work work)
    {
        var (done, messages, uncertain, faults) = (0, 0, 0, 0);
        var (logins, refused) = (0L, 0L);
        var above = new Dictionary<string, double>();
        await work.ForEachAsync(async (kills, seed) =>
        {
            await using var campaigns = await SharedAccounts.OpenAsync(work.Kind, work.Recipients, seed);
            var last = await campaigns.RunAsync(kills);
            var verdict = await SharedAccountsVerdict.OfAsync(campaigns, last);
            lock (above)
            {
                (done, messages, uncertain, faults) = (
                    done + kills,
                    messages + verdict.Messages,
                    uncertain + verdict.Uncertain,
                    faults + verdict.Faults.Count());
                foreach (var sessions in campaigns.Office.Network
                    .Stats().Carriers
                    .Select(carrier => carrier.Sessions)
                    .OfType<SessionStats>())
                    (logins, refused) = (logins + sessions.Logins, refused + sessions.Refused);
                foreach (var (lane, share) in verdict.Above)
                    above[lane] = Math.Max(above.GetValueOrDefault(lane), share);
                foreach (var fault in verdict.Faults)
                    Console.WriteLine($"  FAULT (seed {campaigns.Seed}): {fault}");
                Console.WriteLine($"{work.Kind}, {done} kills: {messages} messages, {faults} faults");
            }
        });

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{work.Kind}: {done} kills, {messages} messages of two campaigns, {uncertain} uncertain at the end, "
                + $"{logins} logins, {refused} messages refused as their session was over, {faults} faults"));
        var shares = above.Select(lane => string.Create(CultureInfo.InvariantCulture, $"{lane.Key} {lane.Value:0.00}"));
        Console.WriteLine($"  most in a second at the gateways, of the contract: {string.Join(", ", shares)}");
        return faults;
    }

    /// <summary>How the kills are shared out to campaigns.</summary>
    static IReadOnlyList<int> Shares(int kills, int each) =>
        [.. Enumerable.Range(0, (kills + each - 1) / each).Select(at => Math.Min(each, kills - at * each))];

    /// <summary>What is to be done to one kind of gateway.</summary>
    /// <param name="Shares">Kills of each campaign.</param>
    /// <param name="Seed">The first campaign's; the next has the next.</param>
    /// <param name="Room">How many may run at a time, of all kinds.</param>
    sealed record Work(GatewayKind Kind, int Recipients, IReadOnlyList<int> Shares, int Seed, SemaphoreSlim Room)
    {
        /// <param name="run">Given the kills and the seed.</param>
        public Task ForEachAsync(Func<int, int, Task> run) => Task.WhenAll(Shares.Select(async (kills, at) =>
        {
            await Room.WaitAsync();
            try
            {
                await run(kills, Seed + at);
            }
            finally
            {
                Room.Release();
            }
        }));
    }

    sealed class Total
    {
        public List<Kill> Kills { get; } = [];

        public int Messages { get; private set; }

        public int CutOff { get; private set; }

        public int Uncertain { get; private set; }

        public int Lost { get; private set; }

        public int Twice { get; private set; }

        public int Unlisted { get; private set; }

        public int Wrong { get; private set; }

        public int Faults { get; private set; }

        /// <summary>Share of maxInFlight.</summary>
        public double MostOfMaxInFlight { get; private set; }

        public void Add(CrashCampaign campaign, CrashVerdict verdict)
        {
            Kills.AddRange(campaign.Kills);
            Messages += verdict.Messages;
            CutOff += verdict.CutOff;
            Uncertain += verdict.Uncertain;
            Lost += verdict.Lost.Count;
            Twice += verdict.Twice.Count;
            Unlisted += verdict.Unlisted.Count;
            Wrong += verdict.Wrong.Count;
            Faults += verdict.Faults.Count();
            foreach (var (lane, messages) in campaign.Kills.SelectMany(kill => kill.CutOff))
                MostOfMaxInFlight = Math.Max(
                    MostOfMaxInFlight,
                    messages / (double)campaign.Office.Lanes.Single(each => each.Carrier == lane).MaxInFlight);
        }
    }
}
