using System.Diagnostics;
using System.Globalization;

namespace SmsCampaign.Tests.Support;

/// <summary>The programs of PostgreSQL's server as they lie on this machine, and as whom they run.</summary>
static class PostgresPrograms
{
    /// <summary>Of Debian's packages: a folder a version, on nobody's PATH.</summary>
    const string Debian = "/usr/lib/postgresql";

    /// <summary>As whom the server runs where the tests are root's, as it refuses to be root.</summary>
    static readonly string[] Accounts = ["postgres", "nobody"];

    static readonly string[] Needed = ["initdb", "postgres", "pg_basebackup"];

    static readonly Lazy<string?> Found = new(() => Folders().FirstOrDefault(folder =>
        Needed.All(program => File.Exists(Path.Combine(folder, program)))));

    /// <summary>Null where there is no server.</summary>
    public static string? Folder => Found.Value;

    /// <summary>Gives a folder and all in it to whom the server runs as.</summary>
    public static Task GiveAsync(string folder) => Environment.IsPrivilegedProcess
        ? RunAsync(new ProcessStartInfo("chown", ["-R", string.Join(':', Account()), folder]))
        : Task.CompletedTask;

    /// <summary>Runs one of them to its end.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="password">Of whom it connects as; null where it does not.</param>
    public static Task RunAsync(string folder, string program, string[] arguments, string? password = null)
    {
        var start = Prepare(folder, Path.Combine(Folder!, program), arguments);
        if (password is not null)
            start.Environment["PGPASSWORD"] = password;
        return RunAsync(start);
    }

    /// <summary>Starts the server, which goes with this process.</summary>
    /// <param name="log">To which it writes what it says.</param>
    public static Task<Process> StartAsync(string folder, string log, params string[] arguments) =>
        TiedProcess.StartAsync(Prepare(
            folder,
            "sh",
            ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log,
                Path.Combine(Folder!, "postgres"), .. arguments]));

    /// <exception cref="InvalidOperationException">It failed.</exception>
    static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = await TiedProcess.StartAsync(start);
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: "
                    + string.Concat(said));
    }

    static ProcessStartInfo Prepare(string folder, string program, IEnumerable<string> arguments)
    {
        string[] asWhom = [];
        if (Environment.IsPrivilegedProcess)
        {
            var account = Account();
            asWhom = ["--reuid", account[0], "--regid", account[1], "--clear-groups"];
        }

        var start = new ProcessStartInfo(
            "setpriv", ["--pdeathsig", "KILL", .. asWhom, program, .. arguments])
        {
            WorkingDirectory = folder,
        };

        // What the machine has set for its own servers.
        foreach (var variable in start.Environment.Keys.Where(each => each.StartsWith("PG", StringComparison.Ordinal)))
            start.Environment.Remove(variable);
        return start;
    }

    /// <summary>The numbers of the account and its group.</summary>
    static string[] Account()
    {
        var known = File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3)
            .DistinctBy(fields => fields[0])
            .ToDictionary(fields => fields[0], fields => fields[2..4]);
        return known[Accounts.First(known.ContainsKey)];
    }

    /// <summary>Where they may be: Debian's newest first.</summary>
    static IEnumerable<string> Folders()
    {
        var ofDebian = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return ofDebian
            .OrderByDescending(folder => VersionOf(Path.GetFileName(folder)))
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
    }

    static double VersionOf(string name) =>
        double.TryParse(name, NumberStyles.Number, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
