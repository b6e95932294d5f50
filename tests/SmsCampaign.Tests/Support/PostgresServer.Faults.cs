using System.Globalization;
using System.Runtime.InteropServices;

namespace SmsCampaign.Tests.Support;

/// <summary>What may befall it.</summary>
public sealed partial class PostgresServer
{
    // signal(7) of Linux.
    const int Sigint = 2;
    const int Sigquit = 3;
    const int Sigkill = 9;
    const int Sigcont = 18;
    const int Sigstop = 19;

    bool _isPaused;

    bool IsRunning => _process is { HasExited: false };

    /// <summary>Ends it as its own program does: connections are closed, what was not committed is rolled back.
    /// </summary>
    /// <param name="immediate">Leaves it to the next start to bring in order what there is.</param>
    public async Task StopAsync(bool immediate = false)
    {
        Resume();
        Signal(Processes()[0].Id, immediate ? Sigquit : Sigint);
        await _process!.WaitForExitAsync().WaitAsync(Patience.ForAnything);
    }

    /// <summary>SIGKILL to all of its processes, as where the machine runs out of memory. Returns when they are gone.
    /// </summary>
    public async Task KillAsync()
    {
        // Stopped first: it would take the end of one of its processes for a fault to be mended.
        var all = await PauseAllAsync();
        foreach (var each in Enumerable.Reverse(all))
            Signal(each.Id, Sigkill);
        await _process!.WaitForExitAsync().WaitAsync(Patience.ForAnything);
        await UntilAsync(() => all.All(each => each.Now() is null or { HasEnded: true }), "it is not gone");
        _isPaused = false;
    }

    /// <summary>SIGSTOP to all of its processes: connections stay open, and the kernel takes new ones, and nothing is
    /// answered.</summary>
    public Task PauseAsync() => PauseAllAsync();

    /// <summary>It goes on after <see cref="PauseAsync"/>.</summary>
    public void Resume()
    {
        if (!_isPaused)
            return;
        foreach (var each in Enumerable.Reverse(Processes()))
            Signal(each.Id, Sigcont);
        _isPaused = false;
    }

    /// <returns>What there is of it: the one that starts all others, and these.</returns>
    async Task<List<ProcessSeen>> PauseAllAsync()
    {
        Signal(Processes()[0].Id, Sigstop);
        _isPaused = true;
        await UntilAsync(() => Processes()[0].IsStill, "it cannot be paused"); // it starts no others from here on
        var all = Processes();
        foreach (var each in all)
            Signal(each.Id, Sigstop);
        await UntilAsync(() => all.All(each => each.Now() is null or { IsStill: true }), "it cannot be paused");
        return all;
    }

    /// <exception cref="InvalidOperationException">It does not run.</exception>
    List<ProcessSeen> Processes()
    {
        var first = IsRunning ? ProcessSeen.Find(_process!.Id) : null;
        return first is { } found
            ? [found, .. ProcessSeen.FindAll().Where(each => each.Parent == found.Id)]
            : throw new InvalidOperationException($"PostgreSQL does not run:\n{EndOfLog()}");
    }

    static void Signal(int process, int signal)
    {
        if (Kill(process, signal) != 0)
            throw new InvalidOperationException($"signal {signal} could not be sent");
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);

    /// <summary>As /proc has it. Two of one id are told apart by when they began.</summary>
    readonly record struct ProcessSeen(int Id, int Parent, char State, string Began)
    {
        /// <summary>Ended, though nobody may have asked yet how.</summary>
        public bool HasEnded => State is 'Z' or 'X';

        /// <summary>Does nothing any more until it is told to go on.</summary>
        public bool IsStill => State == 'T' || HasEnded;

        public static IEnumerable<ProcessSeen> FindAll() =>
            from folder in Directory.EnumerateDirectories("/proc")
            let name = Path.GetFileName(folder)
            where char.IsAsciiDigit(name[0])
            let found = Find(int.Parse(name, CultureInfo.InvariantCulture))
            where found is not null
            select found.Value;

        public static ProcessSeen? Find(int id)
        {
            string stat;
            try
            {
                stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            }
            catch (IOException)
            {
                return null; // gone
            }

            // Behind the program's name, which may have blanks and parentheses: see proc(5).
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessSeen(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0], fields[19]);
        }

        /// <returns>Null where it is gone.</returns>
        public ProcessSeen? Now() => Find(Id) is { } now && now.Began == Began ? now : null;
    }
}
