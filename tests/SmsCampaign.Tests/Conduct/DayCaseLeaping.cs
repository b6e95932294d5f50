using System.Diagnostics;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>Processes on virtual time.</summary>
sealed partial class DayCase
{
    /// <summary>Longest that a process waits before it looks again, as the worker does.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    readonly List<(DateTimeOffset At, Action Do)> _planned = [];
    DayDisk? _disk;
    DayProcess _process = new();

    /// <summary>The run's; a program that holds a file is waited for only as long as a
    /// test may.</summary>
    public DataFolder Data => new(Folder.Data.Root) { Patience = TimeSpan.FromMilliseconds(20) };

    /// <summary>Whether processes go by what persons order of lanes and runs.</summary>
    public bool HeedsOrders { get; init; }

    /// <summary>Whether ledger.db stays open as long as a process lives, as where something else of it has it open too:
    /// whoever opens and closes it alone makes and removes its files each time, thousands of times a day.</summary>
    public bool KeepsLedgerOpen { get; init; }

    /// <summary>Done beside the sending by each process, until it is over.</summary>
    public Func<Station, CancellationToken, Task>? Beside { get; set; }

    /// <summary>What of the engine's stages is another's.</summary>
    public Func<RunStages, RunStages> Change { get; set; } = stages => stages;

    /// <summary>Whether the process that conducts, or conducted last, was killed.</summary>
    public bool IsKilled => _process.IsKilled;

    /// <summary>Has something done at a moment, by whatever process lives then.</summary>
    /// <param name="moment">As of <see cref="Local(string)"/>.</param>
    public void At(string moment, Action work) => _planned.Add((Local(moment), work));

    /// <summary>Kills the process that conducts (SIGKILL): what is on the disk at this moment is all that is left of
    /// it. On virtual time.</summary>
    public void Kill()
    {
        if (_process.IsKilled)
            return;

        _process.IsKilled = true;
        (_disk ??= new DayDisk(Data)).TakeImage();
        _stopping.Cancel();
    }

    /// <summary>Conducts a run as the worker does, until nothing is left or its next look is not before a moment.
    /// On virtual time.</summary>
    /// <returns>When it would look again; null where it was stopped or killed, or nothing is left.</returns>
    public Task<DateTimeOffset?> WorkAsync(RunKey run, DateTimeOffset until) => Task.Factory.StartNew(
        () => Work(run, until), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The same until nothing is left. A night is slept through with no process: whoever looks for orders five
    /// times a second would take minutes for it.</summary>
    async Task<DateTimeOffset?> WorkThroughAsync(RunKey run)
    {
        while (await WorkAsync(run, Time.GetUtcNow().AddHours(1)) is { } wake)
            AdvanceTo(wake.AddSeconds(-5));
        return null;
    }

    /// <summary>What <c>status</c> shows at this moment, its lines joined.</summary>
    public string Status(params string[] options)
    {
        new LifeSigns(Data, "worker", Time).Give();
        using var output = new StringWriter();
        var terminal = new Terminal(output, output, Language.Vietnamese, outputIsTerminal: false) { Time = Time };
        Task.Run(() => CommandLine.RunAsync(
            ["status", .. options, "--data", Folder.Data.Root, "--installation", Folder.Installation],
            terminal,
            CancellationToken.None)).GetAwaiter().GetResult();
        return Shown.Flat(output.ToString());
    }

    /// <summary>Looks for what persons must know, as the worker does.</summary>
    public async Task LookForAlertsAsync(Station station, CancellationToken over)
    {
        var reader = new AlertReader(station.Data, station.Registry, Folder.Installation, station.Clock);
        for (; !over.IsCancellationRequested; await WaitAsync(AlertReader.Every, over))
            reader.Look();
    }

    /// <summary>tong-hop.csv as the report has it.</summary>
    public string ReadSummary() => File.ReadAllText(Path.Combine(RunReport.FolderOf(Data, Key), "tong-hop.csv"));

    DateTimeOffset? Work(RunKey run, DateTimeOffset until)
    {
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var process = _process = new DayProcess();
        try
        {
            using var held = SendingLock.TryTake(Data, Time);
            using var open = KeepsLedgerOpen ? SqliteDb.Open(Data.Ledger, readOnly: true) : null;
            open?.ReadNumber("select count(*) from run");
            return Work(run, until, process);
        }
        finally
        {
            if (process.IsKilled)
                _disk!.PutImageBack();
        }
    }

    DateTimeOffset? Work(RunKey run, DateTimeOffset until, DayProcess process)
    {
        var clock = new ProcessClock(Time);
        var registry = Ledgers.OpenRegistry(Data);
        var accounts = Accounts(clock, () => process.IsKilled);
        if (HeedsOrders)
            accounts.GovernedBy(registry.Orders).Orders.Look();
        foreach (var stop in registry.Stops.Read())
            accounts.Find(stop.Lane)?.Stop.TurnOff(stop);
        var station = Station.Open(Data, registry, accounts, clock);
        try
        {
            var working = _leaping!.Within(() => station.WithReceiptsAsync(
                halt => WorkAsync(station, run, until, halt), _stopping.Token));
            Finish(working);
            return process.IsKilled ? null : working.Result;
        }
        catch (Exception) when (process.IsKilled)
        {
            return null;
        }
        finally
        {
            Finish(_leaping!.Within(() => station.DisposeAsync().AsTask()));
        }
    }

    async Task<DateTimeOffset?> WorkAsync(
        Station station, RunKey run, DateTimeOffset until, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var beside = Task.WhenAll(
            DoPlannedAsync(over.Token), Beside?.Invoke(station, over.Token) ?? Task.CompletedTask);
        var guard = new RunGuard(station.Data, Told, Time);
        try
        {
            while (true)
            {
                var stages = RunStages.At(station, Folder.Installation, Told, Language.Vietnamese);
                var conductor = new RunConductor(run, station.Registry, Change(stages), Time, Told);
                if (await guard.ConductAsync(conductor, stopping) is not { } wake)
                    return null;
                if (wake >= until)
                    return wake;

                var wait = wake - Time.GetUtcNow();
                await WaitAsync(wait < LookEvery ? wait : LookEvery, stopping);
                if (stopping.IsCancellationRequested)
                    return null;
            }
        }
        finally
        {
            over.Cancel();
            await beside;
        }
    }

    async Task DoPlannedAsync(CancellationToken over)
    {
        foreach (var planned in _planned.OrderBy(each => each.At).ToList())
        {
            await WaitAsync(planned.At - Time.GetUtcNow(), over);
            if (over.IsCancellationRequested)
                return;

            _planned.Remove(planned);
            planned.Do();
        }
    }

    async Task WaitAsync(TimeSpan wait, CancellationToken over) => await Task.Delay(
        wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Time, over).Quietly();

    /// <summary>Lets time pass until some work is done, on this thread.</summary>
    void Finish(Task work)
    {
        var (clock, at) = (Stopwatch.StartNew(), Time.GetUtcNow());
        while (!_leaping!.Drive(work, DateTimeOffset.MaxValue))
        {
            if (at != Time.GetUtcNow())
                (clock, at) = (Stopwatch.StartNew(), Time.GetUtcNow());
            if (clock.Elapsed > Support.Patience.ForAnything)
                throw new InvalidOperationException("nobody waits for time to pass, and the work is not over");

            // A stop has a time of its own, by the machine's clock.
            ((IAsyncResult)work).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
        }

        work.GetAwaiter().GetResult();
    }

    /// <summary>One process of a day.</summary>
    sealed class DayProcess
    {
        public bool IsKilled { get; set; }
    }
}
