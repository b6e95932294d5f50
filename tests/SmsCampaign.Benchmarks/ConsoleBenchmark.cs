using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SmsCampaign.Tests.EndToEnd;
using SmsCampaign.Tests.WebConsole;
using SmsCampaign.WebConsole.Parts;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// console [--viewers N] [--subscribers N] [--rate N] [--seconds N]: the real worker serves the web pages while it
/// sends to N subscribers at a contract of so many parts a second, first with nobody looking, then with N persons who
/// have the run's page open and load it anew two times each. How long a page takes, how old what is shown becomes,
/// what is sent meanwhile, what a first visit and a viewer cost. The persons are played on the same machine.
/// </summary>
static partial class ConsoleBenchmark
{
    const string Password = "một câu dễ nhớ 2025";

    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("viewers", 200),
        arguments.Number("subscribers", 3_000_000),
        arguments.Number("rate", 2_000),
        arguments.Number("seconds", 60)).GetAwaiter().GetResult();

    static async Task<int> RunAsync(int count, int subscribers, int rate, int seconds)
    {
        var lane = new OfficeLane("viettel", 84_960_000_001, subscribers, rate)
        {
            MaxInFlight = 1_000,
            Connections = 64,
        };
        await using var office = await Tests.EndToEnd.Office.OpenAsync([lane]);
        var pages = office.ServePages();
        await office.ApproveAsync();
        var keys = await AddPeopleAsync(office, count);
        var page = Addresses.Of(office.Key);

        await using var worker = office.Start("worker");
        await worker.UntilAsync(() => office.MessagesSeen() > 0);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None);
        var alone = await RateAsync(office, TimeSpan.FromSeconds(seconds));

        var viewers = keys.Select((_, at) => new PageViewer(pages, at)).ToList();
        try
        {
            for (var at = 0; at < viewers.Count; at++)
                await viewers[at].SignInAsync(NameOf(at), Password, SignInCode.Of(keys[at]));
            var weight = await WeighAsync(viewers[0], page);
            var before = ProcessMemory.Mebibytes(worker.Id, "VmRSS");
            foreach (var viewer in viewers)
                await viewer.OpenAsync(page);
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None);

            var seen = new List<(long Count, long At)>();
            using var over = new CancellationTokenSource();
            var watching = WatchAsync(office, seen, over.Token);
            var loading = LoadAsync(viewers, page, TimeSpan.FromSeconds(seconds));
            var watched = await RateAsync(office, TimeSpan.FromSeconds(seconds));
            var loads = await loading;
            await over.CancelAsync();
            await watching;
            var after = ProcessMemory.Mebibytes(worker.Id, "VmRSS");

            loads.Sort();
            var delays = Delays(viewers, seen, TimeSpan.FromSeconds(10));
            var invariant = CultureInfo.InvariantCulture;
            Console.WriteLine(string.Create(invariant,
                $"{loads.Count:N0} loads: p50 {Quantile(loads, 0.5).TotalMilliseconds:0} ms, "
                + $"p95 {Quantile(loads, 0.95).TotalMilliseconds:0} ms, most {loads[^1].TotalMilliseconds:0} ms"));
            Console.WriteLine(string.Create(invariant,
                $"from the gateway to the figures on a page: p50 {Quantile(delays, 0.5).TotalSeconds:0.00} s, "
                + $"p95 {Quantile(delays, 0.95).TotalSeconds:0.00} s, most {delays[^1].TotalSeconds:0.00} s"));
            Console.WriteLine(string.Create(invariant,
                $"sent: {alone:N0}/s with nobody, {watched:N0}/s with {count} viewers, ratio {watched / alone:0.000}"));
            Console.WriteLine(string.Create(invariant,
                $"a first visit: {weight / 1000.0:0} kB; memory: {before:0} MiB, then {after:0} MiB: "
                + $"{(after - before) * 1024 / count:0} KiB a viewer"));
            return 0;
        }
        finally
        {
            foreach (var viewer in viewers)
                await viewer.DisposeAsync();
        }
    }

    static string NameOf(int at) => $"xem{at}";

    /// <summary>Persons who may see all.</summary>
    /// <returns>The secrets of their authenticators.</returns>
    static async Task<IReadOnlyList<string>> AddPeopleAsync(Tests.EndToEnd.Office office, int count)
    {
        await using var people = await PeopleAccess.OpenAsync(office.Data, TimeProvider.System);
        var keys = new List<string>();
        for (var at = 0; at < count; at++)
        {
            await people.Desk.AddAsync(
                Who.Here("Quản trị"), NameOf(at), $"Người xem {at}", "", [Grant.ReadWord("xem")!]);
            var person = (await people.Desk.FindAsync(NameOf(at)))!;
            var link = await people.Desk.InviteAsync(Who.Here("Quản trị"), person);
            var key = await people.Desk.ReadKeyAsync(person);
            var wrong = await people.Desk.TakeUpAsync(
                person, Uri.UnescapeDataString(link.Split("&ma=")[1]), Password, SignInCode.Of(key, -1));
            if (wrong.Count > 0)
                throw new InvalidOperationException(wrong[0].In(Language.English));
            keys.Add(key);
        }

        return keys;
    }

    static async Task<double> RateAsync(Tests.EndToEnd.Office office, TimeSpan time)
    {
        var (before, clock) = (office.MessagesSeen(), Stopwatch.StartNew());
        await Task.Delay(time, TimeProvider.System, CancellationToken.None);
        return (office.MessagesSeen() - before) / clock.Elapsed.TotalSeconds;
    }

    /// <summary>The page and all that it names.</summary>
    static async Task<long> WeighAsync(PageViewer viewer, string page)
    {
        var (html, _) = await viewer.LoadAsync(page);
        var bytes = await viewer.WeighAsync(page);
        foreach (var asset in Asset().Matches(html).Select(match => match.Value).Distinct())
            bytes += await viewer.WeighAsync(asset);
        return bytes;
    }

    static async Task WatchAsync(
        Tests.EndToEnd.Office office, List<(long Count, long At)> seen, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            seen.Add((office.MessagesSeen(), Stopwatch.GetTimestamp()));
            await Task.Delay(Glance, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Each of them loads the page anew two times, one after the other all through the time.</summary>
    static async Task<List<TimeSpan>> LoadAsync(List<PageViewer> viewers, string page, TimeSpan time)
    {
        var (all, clock) = (viewers.Count * 2, Stopwatch.StartNew());
        var loads = new List<Task<(string Html, TimeSpan Took)>>();
        for (var at = 0; at < all; at++)
        {
            if (time * at / all - clock.Elapsed is { } early && early > TimeSpan.Zero)
                await Task.Delay(early, TimeProvider.System, CancellationToken.None);
            loads.Add(viewers[at % viewers.Count].LoadAsync(page));
        }

        return [.. (await Task.WhenAll(loads)).Select(load => load.Took)];
    }

    /// <summary>How long it took until what had reached the gateway was in the figures of a page: of every page, for
    /// every look at the gateway's own count, in order.</summary>
    static List<TimeSpan> Delays(
        IReadOnlyList<PageViewer> viewers, IReadOnlyList<(long Count, long At)> seen, TimeSpan until)
    {
        var delays = new List<TimeSpan>();
        var last = seen[^1].At;
        foreach (var viewer in viewers)
        {
            var shown = viewer.Shown;
            var next = 0;
            foreach (var (count, at) in seen.Where(each => Stopwatch.GetElapsedTime(each.At, last) > until))
            {
                while (next < shown.Count && (shown[next].Handed < count || shown[next].At < at))
                    next++;
                delays.Add(next < shown.Count ? Stopwatch.GetElapsedTime(at, shown[next].At) : TimeSpan.MaxValue);
            }
        }

        delays.Sort();
        return delays;
    }

    static TimeSpan Quantile(List<TimeSpan> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    [GeneratedRegex("/tai-san/[^\"]+")]
    private static partial Regex Asset();
}
