using Quartz;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>
/// The openings the scheduler keeps for this installation: one trigger a run that waits.
/// </summary>
/// <remarks>Where several nodes have one store, none takes away what stands there: it may be what another waits for,
/// which would not put it there again. What fires in vain is one look more.</remarks>
sealed class OpeningTriggers(IScheduler scheduler, DataFolder data)
{
    const string Group = "openings";

    static readonly JobKey Job = new("open", Group);

    readonly bool _isShared = data.SchedulerSchema is not null;
    Dictionary<RunKey, DateTimeOffset>? _kept;

    /// <summary>Makes the scheduler's triggers those given, and no others of this node.</summary>
    /// <exception cref="LedgerException">Its store cannot be read or written.</exception>
    public async Task KeepAsync(IReadOnlyDictionary<RunKey, DateTimeOffset> wanted, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(wanted, cancellationToken);
        }
        catch (Exception broken) when (StorageFaults.Name(broken, data.SchedulerName) is { } named)
        {
            throw named;
        }
    }

    async Task ChangeAsync(IReadOnlyDictionary<RunKey, DateTimeOffset> wanted, CancellationToken cancellationToken)
    {
        _kept ??= await ReadAsync(cancellationToken);

        foreach (var run in _kept.Keys.Where(run => !wanted.ContainsKey(run)).ToList())
        {
            if (!_isShared)
                await scheduler.UnscheduleJob(KeyOf(run), cancellationToken);
            _kept.Remove(run);
        }

        foreach (var (run, at) in wanted.Where(
            each => !_kept.TryGetValue(each.Key, out var kept) || kept != each.Value))
        {
            await ScheduleAsync(run, at, cancellationToken);
            _kept[run] = at;
        }
    }

    /// <summary>What is in the store from before. One that cannot be read is emptied: it holds nothing that is
    /// not kept here anew.</summary>
    async Task<Dictionary<RunKey, DateTimeOffset>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadStoredAsync(cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is FormatException or SchedulerException)
        {
            await scheduler.Clear(cancellationToken);
            return await ReadStoredAsync(cancellationToken);
        }
    }

    /// <summary>Makes sure of the job the triggers start, too.</summary>
    async Task<Dictionary<RunKey, DateTimeOffset>> ReadStoredAsync(CancellationToken cancellationToken)
    {
        await scheduler.AddJob(
            JobBuilder.Create<OpeningJob>().WithIdentity(Job).StoreDurably().Build(),
            AddJobOptions.Replacing,
            cancellationToken);

        var kept = new Dictionary<RunKey, DateTimeOffset>();
        if (_isShared)
            return kept;

        foreach (var name in await scheduler.GetTriggerKeys(
            GroupMatcher<TriggerKey>.GroupEquals(Group), cancellationToken))
        {
            if (await scheduler.GetTrigger(name, cancellationToken) is { } trigger)
                kept[RunKey.Parse(name.Name)] = trigger.StartTimeUtc;
        }

        return kept;
    }

    async Task ScheduleAsync(RunKey run, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // A moment, not a cron expression: which day and which zone is the campaign's to say, not the machine's. One
        // that passed while the process was off fires at once, and the conductor decides what that means.
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider)
            .WithIdentity(KeyOf(run))
            .ForJob(Job)
            .StartAt(at)
            .WithSimpleSchedule(
                once => once.WithRepeatCount(0).WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();

        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    static TriggerKey KeyOf(RunKey run) => new(run.ToString(), Group);
}
