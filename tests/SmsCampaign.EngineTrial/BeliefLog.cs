using System.Diagnostics;
using System.Globalization;

namespace SmsCampaign.EngineTrial;

/// <summary>What a node believed, moment by moment: a line says that it took itself for an account's owner.</summary>
/// <remarks>Moments are of CLOCK_MONOTONIC, which all processes of a machine share, in whatever namespace.</remarks>
sealed class BeliefLog : IDisposable
{
    readonly Lock _writing = new();
    readonly StreamWriter _file;

    public BeliefLog(string path) => _file = new StreamWriter(path, append: true) { AutoFlush = true };

    public static double Now => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    /// <param name="what">owner, counted or fenced.</param>
    public void Write(string account, long epoch, string what)
    {
        lock (_writing)
            _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Now:F4} {account} {epoch} {what}"));
    }

    public void Dispose() => _file.Dispose();

    public static IEnumerable<Belief> Read(string node, string path)
    {
        if (!File.Exists(path))
            yield break;
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (file.ReadLine() is { } line)
        {
            // The last line of a killed node may be cut off.
            if (line.Split(' ') is [var at, var account, var epoch, var what])
                yield return new Belief(
                    node,
                    double.Parse(at, CultureInfo.InvariantCulture),
                    account,
                    long.Parse(epoch, CultureInfo.InvariantCulture),
                    what);
        }
    }
}

/// <param name="At">Seconds.</param>
sealed record Belief(string Node, double At, string Account, long Epoch, string What);
