using System.Diagnostics;
using System.Globalization;

namespace SmsCampaign.Benchmarks;

/// <summary>A <see cref="LeanGateway"/> in a process of its own.</summary>
sealed class GatewayProcess : IDisposable
{
    readonly Process _process;

    GatewayProcess(Process process, int port)
    {
        _process = process;
        Address = new Uri($"http://127.0.0.1:{port}/");
    }

    public Uri Address { get; }

    public static GatewayProcess Start(TimeSpan latency)
    {
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [LeanGateway.Verb, "--latency", ((int)latency.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new GatewayProcess(process, int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }

    /// <summary>Messages it has taken so far.</summary>
    public long Messages()
    {
        _process.StandardInput.WriteLine();
        return long.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
