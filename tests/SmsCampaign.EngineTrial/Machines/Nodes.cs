using System.Diagnostics;
using System.Globalization;

namespace SmsCampaign.EngineTrial.Machines;

/// <summary>The processes of a cluster, each in a network namespace of its own.</summary>
sealed class Nodes(string engine, int count, string folder) : IDisposable
{
    readonly Process?[] _processes = new Process?[count];
    readonly int[] _lives = new int[count];

    public static string NameOf(int node) => $"node{node}";

    public void Start(int node)
    {
        _lives[node]++;
        string[] program =
        [
            "netns", "exec", Network.NamespaceOf(node), Environment.ProcessPath!, "node", engine,
            NameOf(node), Network.AddressOf(node), Database.Connection, Path.Combine(folder, $"{NameOf(node)}.log"),
        ];
        var process = Process.Start(new ProcessStartInfo("ip", program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        _processes[node] = process;
        _ = DrainAsync(process.StandardOutput, Path.Combine(folder, $"{NameOf(node)}.{_lives[node]}.out"));
        _ = DrainAsync(process.StandardError, Path.Combine(folder, $"{NameOf(node)}.{_lives[node]}.err"));
    }

    /// <summary>`ip netns exec` becomes the program: its id is the program's.</summary>
    public void Signal(int node, string signal) =>
        Shell.Run("kill", $"-{signal}", _processes[node]!.Id.ToString(CultureInfo.InvariantCulture));

    public void Kill(int node)
    {
        if (_processes[node] is not { } process)
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        _processes[node] = null;
    }

    /// <summary>MiB that are the process's own or shared in part (Pss of smaps_rollup).</summary>
    public double MemoryOf(int node) =>
        File.ReadLines($"/proc/{_processes[node]!.Id}/smaps_rollup")
            .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
            .Select(line => double.Parse(
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .First();

    public IReadOnlyList<Belief> Beliefs() =>
    [
        .. Enumerable.Range(0, count)
            .SelectMany(node => BeliefLog.Read(NameOf(node), Path.Combine(folder, $"{NameOf(node)}.log"))),
    ];

    public void Dispose()
    {
        for (var node = 0; node < count; node++)
            Kill(node);
    }

    static async Task DrainAsync(StreamReader from, string path)
    {
        await using var to = new StreamWriter(path);
        while (await from.ReadLineAsync() is { } line)
            await to.WriteLineAsync(line);
    }
}
