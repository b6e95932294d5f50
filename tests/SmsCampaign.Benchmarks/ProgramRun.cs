using System.Diagnostics;

namespace SmsCampaign.Benchmarks;

/// <summary>The real program, built beside the benchmarks, as a process of its own.</summary>
static class ProgramRun
{
    public static Process Start(string folder, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "sms-campaign.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } && !line.Data.Contains("warning", StringComparison.Ordinal))
                Console.Error.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not exit with 0.</exception>
    public static void Finish(string folder, params IReadOnlyList<string> arguments)
    {
        using var process = Start(folder, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"sms-campaign {string.Join(' ', arguments)} exited with {process.ExitCode}");
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
