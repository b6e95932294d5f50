using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using SmsCampaign.App.Observing;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Keeps the scheduler and the conductors in step with the registry. The registry is looked at every few seconds, so
/// that an approval given meanwhile is picked up; on start every run that is not over is conducted once, so that
/// nothing depends on what the scheduler remembers.
/// </summary>
sealed partial class CampaignWorker(
    Station station,
    RunStages stages,
    IRunWatcher watcher,
    ISchedulerFactory schedulers,
    IHostApplicationLifetime lifetime,
    ILogger<CampaignWorker> logger) : VitalService(lifetime)
{
    /// <summary>How often the registry is looked at.</summary>
    public static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    /// <summary>How long the scheduler may be late before the run is begun without it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly TimeProvider _time = station.Clock.Time;
    readonly RunGuard _guard = new(station.Data, watcher, station.Clock.Time);
    readonly Dictionary<RunKey, Conducted> _conducted = [];
    readonly ConcurrentQueue<RunKey> _opened = new();
    readonly SemaphoreSlim _woken = new(0);
    readonly ClockSteps _clock = ClockSteps.Of(station.Registry, station.Clock.Time);
    readonly LifeSigns _life = new(station.Data, "worker", station.Clock.Time);
    readonly LoopPulse _pulse = station.Accounts.Loops.Join(Health.Conducting, isVital: true);
    ResolutionLooks? _resolutions;

    /// <summary>The window of a run opens.</summary>
    public void Open(RunKey run)
    {
        _opened.Enqueue(run);
        _woken.Release();
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        using var hurried = stopping.Register(station.Runs.Hurry);
        _clock.LookBack(LifeSign.Read(station.Data));
        _life.Give();
        var triggers = new OpeningTriggers(await schedulers.GetScheduler(stopping), station.Data);
        HoldPutBack();

        while (!stopping.IsCancellationRequested)
        {
            _pulse.Beat();
            LookForResolutions();
            _clock.Look();
            await triggers.KeepAsync(Look(stopping), stopping);
            _life.Give();
            await SleepAsync(stopping);
        }
    }

    /// <remarks>The scheduler stops by itself, side by side with this, and may be first.</remarks>
    protected override bool EndsSo(Exception ended) =>
        ended is OperationCanceledException or SchedulerException or ObjectDisposedException
            or LedgerException { InnerException: SchedulerException };

    protected override void LogBroken(string broken) => Log.Broken(logger, broken);

    /// <summary>Runs that are over are not looked at again, but once at the start.</summary>
    void HoldPutBack()
    {
        foreach (var occurrence in Occurrence.ReadAll(station.Registry, _time.GetUtcNow(), _guard.SetAside).Where(
            each => each.IsClosed))
        {
            try
            {
                new RunConductor(occurrence.Key, station.Registry, stages, _time, watcher).HoldIfPutBack();
            }
            catch (Exception fault) when (StorageFaults.KindOf(fault) != StorageFault.DiskFull)
            {
                _guard.SetAside(occurrence.Key.ToString(), fault);
            }
        }
    }

    /// <returns>When each waiting run is to be looked at again.</returns>
    Dictionary<RunKey, DateTimeOffset> Look(CancellationToken stopping)
    {
        var now = _time.GetUtcNow();
        var opened = new HashSet<RunKey>();
        while (_opened.TryDequeue(out var run))
            opened.Add(run);

        HoldUnapproved(now);
        var orders = station.Registry.Orders.Read();
        var seen = new HashSet<RunKey>();
        var wakes = new Dictionary<RunKey, DateTimeOffset>();
        foreach (var occurrence in Occurrence.ReadAll(station.Registry, now, _guard.SetAside).Where(each =>
            !each.IsClosed))
        {
            seen.Add(occurrence.Key);
            var known = _conducted.GetValueOrDefault(occurrence.Key);
            if (known is { Task.IsCompleted: false })
                continue;

            Rethrow(known);
            if (known is null
                || known.LetGoAt != occurrence.LetGoAt
                || known.Ordered != LastOrdered(orders, occurrence.Key)
                || known.Approval != occurrence.Approval?.Id
                || known.Extensions != CountExtensions(occurrence)
                || opened.Contains(occurrence.Key)
                || known.IsOverdue(now))
                Conduct(occurrence, LastOrdered(orders, occurrence.Key), stopping);
            else if (known.Wake is { } wake)
                wakes[occurrence.Key] = known.WarmUp(wake, now, stopping);
        }

        EndOrdered(orders, seen, now, stopping);
        return wakes;
    }

    /// <summary>Runs under way that wait, for the next day or for receipts, as their approval is voided: nobody else
    /// looks at them, and they would wait in silence.</summary>
    void HoldUnapproved(DateTimeOffset now)
    {
        foreach (var run in station.Registry.ReadPlaces(simulated: false, DateOnly.FromDateTime(now.UtcDateTime)).Where(
            run => run.State == RunState.Sending))
        {
            try
            {
                var key = RunKey.ParseStored(run.Key, "run");
                if (_conducted.GetValueOrDefault(key) is not { Task.IsCompleted: false })
                    new RunConductor(key, station.Registry, stages, _time, watcher).HoldIfUnapproved();
            }
            catch (LedgerRowException unreadable) // the others are looked at all the same
            {
                _guard.SetAside(run.Key, unreadable);
            }
        }
    }

    /// <summary>Runs that a person has called off or ended early and that no approval lets go on: nobody else
    /// looks at them.</summary>
    void EndOrdered(
        IReadOnlyList<StandingOrder> orders, HashSet<RunKey> seen, DateTimeOffset now, CancellationToken stopping)
    {
        foreach (var order in orders.Where(order => order is { IsForGood: true, Lane: null, Unreadable: null }))
        {
            var key = RunKey.Parse(order.Run!);
            var known = _conducted.GetValueOrDefault(key);
            var isKnown = known?.Ordered == order.Id && !known.IsOverdue(now);
            if (seen.Contains(key) || known is { Task.IsCompleted: false })
                continue;

            Rethrow(known);
            if (isKnown)
                continue;

            if (station.Registry.Find(key) is { } run && !run.State.IsOver())
                Conduct(key, null, 0, LastOrdered(orders, key), default, stopping);
        }
    }

    /// <summary>What was no single run's fault, or could not be written down, nobody here can handle.</summary>
    static void Rethrow(Conducted? known)
    {
        if (known?.Task is { IsFaulted: true } broken)
            broken.GetAwaiter().GetResult();
    }

    /// <summary>The last of what persons have ordered of a run and stands.</summary>
    static long LastOrdered(IReadOnlyList<StandingOrder> orders, RunKey run) =>
        orders.Where(order => order.IsForGood && order.IsAbout(run)).Select(order => order.Id).LastOrDefault();

    void Conduct(Occurrence occurrence, long ordered, CancellationToken stopping) => Conduct(
        occurrence.Key,
        occurrence.Approval?.Id,
        CountExtensions(occurrence),
        ordered,
        occurrence.LetGoAt,
        stopping);

    void Conduct(
        RunKey key,
        long? approval,
        int extensions,
        long ordered,
        DateTimeOffset letGoAt,
        CancellationToken stopping)
    {
        var conductor = new RunConductor(key, station.Registry, stages, _time, watcher) { Clock = _clock };

        // Off this loop: an import takes its time.
        var task = Task.Run(() => _guard.ConductAsync(conductor, stopping), CancellationToken.None);
        _conducted[key] = new Conducted(conductor, task, approval, extensions, ordered, letGoAt);
        _ = task.ContinueWith(
            _ => _woken.Release(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    static int CountExtensions(Occurrence occurrence) => occurrence.Run?.Extensions.Count ?? 0;

    void LookForResolutions()
    {
        _resolutions ??= new ResolutionLooks(
            putBack: run => _conducted.GetValueOrDefault(run.Info.Key)?.Conductor.LookAgain(),
            faulted: (run, fault) => _guard.SetAside(run.Info.Key.ToString(), fault),
            wake: () => _woken.Release());
        _resolutions.Look(station.Runs.All);
    }

    async Task SleepAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(_woken.WaitAsync(either.Token), Task.Delay(Glance, _time, either.Token));
        await either.CancelAsync();
    }

    /// <summary>Waits for the conductors.</summary>
    protected override async Task EndAsync()
    {
        _pulse.Dispose(); // from here on the host's patience counts
        try
        {
            await Task.WhenAll(_conducted.Values.Select(each => each.Warming));
            await Task.WhenAll(_conducted.Values.Select(each => each.Task));
        }
        catch (OperationCanceledException) // stopped while it read and planned
        {
        }
        catch (Exception broken) // what is not in the ledger yet is settled at the next start
        {
            Fail(broken);
        }

        if (!Failed)
            _life.End();
    }

    /// <param name="Approval">The approval it was conducted under: a new one is a reason to look again.</param>
    /// <param name="Ordered">The last order of a person about it, as of <see cref="LastOrdered"/>; another
    /// is likewise.</param>
    /// <param name="LetGoAt">As of <see cref="Occurrence.LetGoAt"/>; another is likewise.</param>
    /// <param name="Extensions">How many extensions of its window there were; one more is likewise.</param>
    sealed record Conducted(
        RunConductor Conductor, Task<DateTimeOffset?> Task, long? Approval, int Extensions, long Ordered,
        DateTimeOffset LetGoAt)
    {
        bool _isWarm;

        public DateTimeOffset? Wake => Task.IsCompletedSuccessfully ? Task.Result : null;

        /// <summary>Once, in the last seconds before it is woken.</summary>
        public Task Warming { get; private set; } = System.Threading.Tasks.Task.CompletedTask;

        /// <returns>When it is woken.</returns>
        public DateTimeOffset WarmUp(DateTimeOffset wake, DateTimeOffset now, CancellationToken stopping)
        {
            if (!_isWarm && wake - now <= LaneWarmUp.Ahead)
            {
                _isWarm = true;
                Warming = System.Threading.Tasks.Task.Run(
                    () => Conductor.WarmUpAsync(stopping), CancellationToken.None);
            }

            return wake;
        }

        public bool IsOverdue(DateTimeOffset now) => Wake is { } wake && now >= wake + Patience;
    }

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Critical,
            "The worker cannot go on and ends; what was in flight is settled at the next start: {Broken}")]
        public static partial void Broken(ILogger logger, string broken);
    }
}
