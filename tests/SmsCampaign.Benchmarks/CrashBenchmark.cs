using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Tests.EndToEnd;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// crash [--kills N] [--each N] [--recipients N] [--seed N] [--gateway KIND] [--lanes own|elsewhere|shared]: kills the real program with SIGKILL so many times, over
/// three kinds of gateway side by side (or one: plain, dropsRepeats, answersInquiries), and counts what was lost and what was sent twice, by what the gateways saw.
/// </summary>
/// <remarks>
/// With --lanes elsewhere one lane runs out of money half way and another refuses numbers that are on other networks, so that messages move to a
/// lane that stands in; gateways that drop repeats are left out, as what a kill cut off there waits for a person.
/// With --lanes shared the worker is killed while it sends two campaigns through the same accounts, with all of that and gateways that are busy and throttle besides; what
/// prove says of both is held against what the gateways counted.
/// A campaign is killed --each times, so that kills come in all its phases: start, recovery, sending, receipts, report.
/// </remarks>
static class CrashBenchmark
{
    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("kills", 1_000),
        arguments.Number("each", 20),
        arguments.Number("recipients", 4_000),
        arguments.Number("seed", Random.Shared.Next(1_000_000)),
        arguments.Text("gateway") is { } kind ? [Enum.Parse<GatewayKind>(kind, ignoreCase: true)] : Enum.GetValues<GatewayKind>(),
        arguments.Text("lanes") ?? "own").GetAwaiter().GetResult();

    static async Task<int> RunAsync(int kills, int each, int recipients, int seed, GatewayKind[] kinds, string lanes)
    {
        var elsewhere = lanes == "elsewhere";
        if (elsewhere)
            kinds = [.. kinds.Where(kind => kind != GatewayKind.DropsRepeats)];
        Say($"seed {seed}");
        var clock = Stopwatch.StartNew();

        var faults = await Task.WhenAll(kinds.Select((kind, at) => (kills + kinds.Length - 1 - at) / kinds.Length is var share && lanes == "shared"
            ? KillSharedAsync(kind, share, each, recipients, seed)
            : KillAsync(kind, share, each, recipients, seed, elsewhere)));

        Say($"{kills} kills in {clock.Elapsed.TotalMinutes:0.0} min: {(faults.Sum() == 0 ? "none lost, none twice" : $"{faults.Sum()} FAULTS")}");
        return faults.Sum() == 0 ? 0 : 1;
    }

    /// <returns>How many faults were found.</returns>
    static async Task<int> KillAsync(GatewayKind kind, int kills, int each, int recipients, int seed, bool elsewhere)
    {
        var total = new Total();
        for (var left = kills; left > 0; left -= each)
        {
            await using var campaign = elsewhere
                ? await CrashCampaign.OpenAsync(kind, CrashCampaign.StandInLanesOf(recipients), seed++, carrier => CrashCampaign.SendElsewhere(carrier, recipients))
                : await CrashCampaign.OpenAsync(kind, CrashCampaign.LanesOf(recipients), seed++);
            var last = await campaign.RunAsync(Math.Min(each, left));
            var verdict = CrashVerdict.Of(campaign, last);
            total.Add(campaign, verdict);

            Say($"{kind}, {total.Kills.Count} kills: {verdict.Messages} messages, {verdict.Reached} reached, {verdict.CutOff} cut off, {verdict.Uncertain} uncertain at the end");
            foreach (var fault in verdict.Faults)
                Say($"  FAULT (seed {campaign.Seed}): {fault}");
        }

        Say($"{kind}: {total.Kills.Count} kills ({string.Join(", ", total.Kills.CountBy(kill => kill.Phase).Select(phase => $"{phase.Value} {phase.Key}"))}), {total.Messages} messages");
        Say($"  lost {total.Lost}, twice {total.Twice}, most cut off by a kill on a lane {total.MostOfMaxInFlight:0%} of maxInFlight, cut off in all {total.CutOff}, uncertain at the end {total.Uncertain}, all listed: {(total.Unlisted == 0 ? "yes" : "NO")}, statuses wrong {total.Wrong}");
        return total.Faults;
    }

    /// <returns>How many faults were found.</returns>
    static async Task<int> KillSharedAsync(GatewayKind kind, int kills, int each, int recipients, int seed)
    {
        var (done, messages, uncertain, faults) = (0, 0, 0, 0);
        var above = new Dictionary<string, double>();
        for (; done < kills; done += each)
        {
            await using var campaigns = await SharedAccounts.OpenAsync(kind, recipients, seed++);
            var last = await campaigns.RunAsync(Math.Min(each, kills - done));
            var verdict = await SharedAccountsVerdict.OfAsync(campaigns, last);
            messages += verdict.Messages;
            uncertain += verdict.Uncertain;
            faults += verdict.Faults.Count();
            foreach (var (lane, share) in verdict.Above)
                above[lane] = Math.Max(above.GetValueOrDefault(lane), share);
            foreach (var fault in verdict.Faults)
                Say($"  FAULT (seed {campaigns.Seed}): {fault}");
            Say($"{kind}, {Math.Min(kills, done + each)} kills: {messages} messages, {faults} faults");
        }

        Say($"{kind}: {kills} kills, {messages} messages of two campaigns, {uncertain} uncertain at the end, {faults} faults; most in a second at the gateways, of the contract: {string.Join(", ", above.Select(lane => string.Create(CultureInfo.InvariantCulture, $"{lane.Key} {lane.Value:0.00}")))}");
        return faults;
    }

    static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

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
                MostOfMaxInFlight = Math.Max(MostOfMaxInFlight, messages / (double)campaign.Office.Lanes.Single(each => each.Carrier == lane).MaxInFlight);
        }
    }
}
