using System.Globalization;
using SmsCampaign.EngineTrial.Machines;

namespace SmsCampaign.EngineTrial;

/// <summary>Three processes, ten accounts, and what befalls a cluster: prints what each engine made of it.</summary>
static class Trial
{
    const int Count = 3;
    const int Kills = 3;

    public static readonly string[] Engines = ["orleans", "wolverine", "locks"];

    /// <summary>How long a fault stands at least: longer than an engine here waits before it takes a node for
    /// dead.</summary>
    static readonly TimeSpan Fault = TimeSpan.FromSeconds(15);

    /// <summary>How long it stands at most, while nobody has taken over.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static async Task<int> RunAsync(IReadOnlyList<string> engines)
    {
        using var network = new Network(Count);
        using var database = new Database();
        await BareAsync();
        foreach (var engine in engines)
            await RunAsync(engine, database);
        return 0;
    }

    static async Task BareAsync()
    {
        var folder = Folder();
        Database.Prepare(null);
        using var nodes = new Nodes("none", 1, folder);
        nodes.Start(0);
        await Pause.ForSecondsAsync(8);
        Say($"a host without an engine: {nodes.MemoryOf(0):F0} MiB");
    }

    static async Task RunAsync(string engine, Database database)
    {
        var folder = Folder();
        Say($"\n## {engine} ({folder})\n\n| what | result |\n|---|---|");
        Database.Prepare(SchemaOf(engine));
        using var nodes = new Nodes(engine, Count, folder);
        var view = new View(nodes);

        var began = BeliefLog.Now;
        for (var node = 0; node < Count; node++)
        {
            nodes.Start(node);
            await Pause.ForSecondsAsync(1);
        }

        Row("from the first start until all ten are counted", await AllCountedAsync(view, began));
        await Pause.ForSecondsAsync(15);
        Row("accounts on each node then", string.Join(", ", view.Shares()));

        var commits = Commits();
        await Pause.ForSecondsAsync(10);
        Row("its own transactions a second, three nodes", $"{(Commits() - commits) / 10.0:F0}");
        var memory = Enumerable.Range(0, Count).Select(node => $"{nodes.MemoryOf(node):F0}");
        Row("memory of a node", string.Join(", ", memory) + " MiB");

        var takeovers = new List<double>();
        for (var round = 0; round < Kills; round++)
        {
            var node = view.Busiest();
            takeovers.AddRange(await FaultAsync(view, node, () => nodes.Kill(node)));
            nodes.Start(node);
            await Pause.ForAsync(Fault);
        }

        Row($"{Kills} times kill -9: from kill to counted by another", Spread(takeovers));
        Row("accounts on each node after the last restart", string.Join(", ", view.Shares()));

        await StandingAsync(
            "SIGSTOP", view, node => nodes.Signal(node, "STOP"), node => nodes.Signal(node, "CONT"));
        await StandingAsync(
            "node and database cut both ways",
            view, node => Network.Cut(node, Network.Database, sent: true, received: true), Network.Mend);
        await StandingAsync(
            "what the node sends to the database is lost",
            view, node => Network.Cut(node, Network.Database, sent: true, received: false), Network.Mend);
        await StandingAsync(
            "what the database sends to the node is lost",
            view, node => Network.Cut(node, Network.Database, sent: false, received: true), Network.Mend);
        await StandingAsync(
            "node cut from the other nodes, not from the database",
            view,
            node =>
            {
                foreach (var other in Enumerable.Range(0, Count).Where(other => other != node))
                    Network.Cut(node, Network.AddressOf(other), sent: true, received: true);
            },
            Network.Mend);

        await OutageAsync("database restarted", view, () =>
        {
            database.Restart();
            return Task.CompletedTask;
        });
        await OutageAsync("database killed -9, started 5 s later", view, async () =>
        {
            database.Kill();
            await Pause.ForSecondsAsync(5);
            database.Start();
        });

        var last = view.Busiest();
        var left = Enumerable.Range(0, Count).Where(node => node != last).ToList();
        var lost = await FaultAsync(view, left, () => left.ForEach(nodes.Kill));
        Row("two of three killed -9 at once", Spread(lost));

        Row("counted by two under one epoch", view.Beliefs()
            .Where(belief => belief.What == "counted")
            .GroupBy(belief => (belief.Account, belief.Epoch))
            .Count(group => group.Select(belief => belief.Node).Distinct().Count() > 1)
            .ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A fault of one node that ends by itself.</summary>
    static async Task StandingAsync(string what, View view, Action<int> begin, Action<int> end)
    {
        await Pause.ForAsync(Fault);
        var node = view.Busiest();
        var began = BeliefLog.Now;
        var takeovers = await FaultAsync(view, node, () => begin(node));
        var rest = Fault - TimeSpan.FromSeconds(BeliefLog.Now - began);
        if (rest > TimeSpan.Zero)
            await Pause.ForAsync(rest);
        end(node);
        var ended = BeliefLog.Now;
        await Pause.ForSecondsAsync(15);
        Row(what, $"{Spread(takeovers)}; two believed it at once for {view.Overlap(began, BeliefLog.Now)}; "
            + $"counted in vain after its end {view.Fenced(Nodes.NameOf(node), ended)} times");
    }

    static async Task OutageAsync(string what, View view, Func<Task> act)
    {
        await Pause.ForAsync(Fault);
        var owners = view.Owners();
        var began = BeliefLog.Now;
        await act();
        var ready = BeliefLog.Now;
        var counted = await AllCountedAsync(view, ready);
        var moved = view.Owners().Count(owner => owners[owner.Key] != owner.Value);
        Row(what, $"until all ten are counted, from when it was back: {counted}; two believed it at once for "
            + $"{view.Overlap(began, BeliefLog.Now)}; {moved} of ten moved");
    }

    /// <summary>How long it takes until all ten are counted; that it did not come to that where it did not.</summary>
    static async Task<string> AllCountedAsync(View view, double since) =>
        await view.DoAllCountAsync(since, Patience)
            ? $"{BeliefLog.Now - since:F1} s"
            : $"not within {Patience.TotalSeconds:F0} s";

    /// <summary>Seconds from the fault until another has counted each account of the nodes concerned.</summary>
    static Task<List<double>> FaultAsync(View view, int node, Action act) => FaultAsync(view, [node], act);

    static async Task<List<double>> FaultAsync(View view, List<int> nodes, Action act)
    {
        var names = nodes.ConvertAll(Nodes.NameOf);
        var theirs = view.Owners().Where(owner => names.Contains(owner.Value)).Select(owner => owner.Key).ToList();
        var at = BeliefLog.Now;
        act();
        return await view.TakeoversAsync(theirs, names, at, Patience);
    }

    static string? SchemaOf(string engine)
    {
        using var stream = typeof(Trial).Assembly.GetManifestResourceStream(
            $"SmsCampaign.EngineTrial.Engines.{engine}.sql");
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }

    /// <summary>Without those of the accounts' own counting.</summary>
    static long Commits() => Database.Read<long>(
        """
        select xact_commit - (select sum(counted) from trial.account)::bigint
        from pg_stat_database where datname = 'postgres'
        """);

    static string Spread(List<double> seconds)
    {
        var known = seconds.Where(each => !double.IsNaN(each)).Order().ToList();
        var never = seconds.Count - known.Count;
        var times = known.Count == 0
            ? []
            : new[] { $"median {known[known.Count / 2]:F1} s, worst {known[^1]:F1} s of {known.Count}" };
        string[] late = never == 0 ? [] : [$"{never} not within {Patience.TotalSeconds:F0} s"];
        return string.Join("; ", [.. times, .. late]);
    }

    static void Row(string what, string result) => Say($"| {what} | {result} |");

    static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));

    static void Say(string words) => Console.WriteLine(words);

    static string Folder() => Directory.CreateTempSubdirectory("engine-trial-").FullName;
}
