using System.ComponentModel;
using System.Diagnostics;

namespace SmsCampaign.Office.Readiness;

/// <summary>As the account's PATH finds them, with the machine's own words and not those of a language.</summary>
sealed class MachinePrograms : IMachinePrograms
{
    public async Task<ProgramAnswer?> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception absent) when (absent is Win32Exception or UnauthorizedAccessException)
        {
            return null;
        }

        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramAnswer(process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
    }

    static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception over) when (over is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
