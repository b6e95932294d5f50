using System.Diagnostics;

namespace SmsCampaign.EngineTrial.Machines;

/// <summary>Commands of the system.</summary>
static class Shell
{
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string command, params string[] arguments)
    {
        using var process = Start(command, arguments, captures: true);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)}: {output.Result}{errors}");
    }

    public static Process Start(string command, IEnumerable<string> arguments, bool captures = false) =>
        Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = captures,
            RedirectStandardError = captures,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
}
