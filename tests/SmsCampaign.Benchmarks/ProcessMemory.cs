using System.Globalization;

namespace SmsCampaign.Benchmarks;

/// <summary>Memory of processes as Linux counts it.</summary>
static class ProcessMemory
{
    /// <summary>Most memory ever resident in this process, MiB.</summary>
    public static double PeakMebibytes() => Mebibytes(Environment.ProcessId, "VmHWM");

    /// <param name="field">Of proc(5): VmRSS, what is resident now, or VmHWM, the most that ever was.</param>
    public static double Mebibytes(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(
            line => line.StartsWith(field + ":", StringComparison.Ordinal));
        return double.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Peak memory in MiB and CPU seconds so far, for the process that started this one.</summary>
    public static string Cost() => string.Create(
        CultureInfo.InvariantCulture, $"{PeakMebibytes()} {Environment.CpuUsage.TotalTime.TotalSeconds}");
}
