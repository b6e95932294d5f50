using System.Diagnostics;

namespace SmsCampaign.Alerts;

/// <summary>Tells a program of this machine on its standard input. Exit code 0 means that it has taken it.</summary>
/// <remarks>No shell, and nothing of this process's environment but what any program needs: secrets of lanes stand
/// there.</remarks>
sealed class HookChannel(HookSettings settings, TimeProvider time) : IAlertChannel
{
    static readonly string[] Kept = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot"];

    /// <summary>Ends a process with all it began.</summary>
    internal Action<Process> Kill { get; init; } = process => process.Kill(entireProcessTree: true);

    public async Task SendAsync(
        IReadOnlyList<AlertMessage> messages, Action<int, Wording?> done, CancellationToken cancellationToken)
    {
        for (var at = 0; at < messages.Count; at++)
        {
            var (trouble, isAway) = await SendAsync(messages[at], cancellationToken);
            done(at, trouble);

            // One that hangs or cannot be run is not tried with the next: it would take as long again.
            while (isAway && ++at < messages.Count)
                done(at, trouble);
        }
    }

    /// <returns>What kept it from being told; and whether the command hangs or cannot be run.</returns>
    async Task<(Wording? Trouble, bool IsAway)> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var isKilled = true;
        try
        {
            using var process = Process.Start(StartInfo)!;
            try
            {
                // What it says is read and dropped: a full pipe would hold it up.
                Task[] work =
                [
                    TellAsync(process, AlertJson.Of(message), either.Token),
                    process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, either.Token),
                    process.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token),
                ];
                await process.WaitForExitAsync(either.Token);
                await work[0];
                return (
                    process.ExitCode == 0 ? null : new Wording(
                        $"lệnh {settings.Path} kết thúc với mã {process.ExitCode}",
                        $"the command {settings.Path} ended with code {process.ExitCode}"),
                    false);
            }
            finally
            {
                isKilled = TryEnd(process);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var limited = Figures.Duration(settings.TimeLimit);
            return (
                isKilled
                    ? new Wording(
                        $"lệnh {settings.Path} chưa xong sau {limited} nên bị ngắt",
                        $"the command {settings.Path} was not done after {limited} and was killed")
                    : new Wording(
                        $"lệnh {settings.Path} chưa xong sau {limited} và không ngắt được hết",
                        $"the command {settings.Path} was not done after {limited} and could not all be killed"),
                true);
        }
        catch (Exception failed) when (failed
            is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return (new Wording(
                $"không chạy được lệnh {settings.Path} ({FaultWords.Of(failed)})",
                $"the command {settings.Path} cannot be run ({FaultWords.Of(failed)})"), true);
        }
    }

    /// <returns>False where not all of it could be ended: what it said or did before stands.</returns>
    bool TryEnd(Process process)
    {
        try
        {
            if (!process.HasExited)
                Kill(process);
            return true;
        }
        catch (Exception cannot) when (cannot is AggregateException or InvalidOperationException
            or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return false;
        }
    }

    ProcessStartInfo StartInfo
    {
        get
        {
            var start = new ProcessStartInfo(settings.Path, settings.Arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = Path.GetDirectoryName(settings.Path),
            };
            foreach (var name in start.Environment.Keys.Except(Kept).ToList())
                start.Environment.Remove(name);
            return start;
        }
    }

    static async Task TellAsync(Process process, byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(json, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException) // it ended without reading: its exit code says what came of it
        {
        }
    }
}
