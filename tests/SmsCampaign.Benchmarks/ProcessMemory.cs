using System.Globalization;

namespace SmsCampaign.Benchmarks;

/// <summary>Memory of this process as Linux counts it.</summary>
static class ProcessMemory
{
    /// <summary>Most memory ever resident, MiB: VmHWM of proc(5).</summary>
    public static double PeakMebibytes()
    {
        var line = File.ReadLines("/proc/self/status").First(
            line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Peak memory in MiB and CPU seconds so far, for the process that started this one.</summary>
    public static string Cost() => string.Create(
        CultureInfo.InvariantCulture, $"{PeakMebibytes()} {Environment.CpuUsage.TotalTime.TotalSeconds}");
}
