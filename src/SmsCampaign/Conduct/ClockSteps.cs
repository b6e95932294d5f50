using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>
/// Notices that the machine's clock was set while this process runs, or set back since one ran before, and keeps it: a
/// run that the clock carried past an opening or a closing waits for a person, who sees what time it is.
/// </summary>
/// <param name="uptime">A clock that nobody sets; null: that of <paramref name="time"/>.</param>
public sealed class ClockSteps(IRegistry registry, TimeProvider time, Func<TimeSpan>? uptime = null)
{
    /// <summary>A step up to this is the clock being put right.</summary>
    public static readonly TimeSpan LargestUntold = TimeSpan.FromMinutes(2);

    readonly Lock _lock = new();
    readonly long _begun = time.GetTimestamp();
    (DateTimeOffset Wall, TimeSpan Up) _last = (time.GetUtcNow(), uptime?.Invoke() ?? TimeSpan.Zero);

    /// <summary>With the machine's own clocks where the time is the system's.</summary>
    public static ClockSteps Of(IRegistry registry, TimeProvider time) =>
        new(registry, time, time == TimeProvider.System ? MachineUptime.Read : null);

    /// <summary>Once, before this process writes a sign of life: the clock may have been set back since the last one.
    /// That it was set forward looks as if the machine had been off, and the policies for a missed start
    /// decide.</summary>
    public void LookBack(LifeSign? last)
    {
        var now = time.GetUtcNow();
        if (last is not null && last.At - now > LargestUntold)
            registry.RecordClockStep(last.At, now);
    }

    /// <summary>Keeps a step that has come since the last look.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be written; the next look keeps it.</exception>
    public void Look()
    {
        lock (_lock)
        {
            var (wall, up) = (time.GetUtcNow(), uptime?.Invoke() ?? time.GetElapsedTime(_begun));
            var expected = _last.Wall + (up - _last.Up);
            if ((wall - expected).Duration() > LargestUntold)
                registry.RecordClockStep(expected, wall);
            _last = (wall, up);
        }
    }

    /// <summary>The latest step that carried the clock past an opening or a closing of the run, and that nobody
    /// who approved it, or let it go on, could know of; null where there is none.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public ClockStep? FindPassed(Occurrence run)
    {
        if (run.Key.Simulated || run.Approval is not { } approval)
            return null;

        var steps = registry.ReadClockSteps(approval.Id);
        if (steps.Count == 0)
            return null;

        var window = run.Schedule.Window;
        List<DateTimeOffset> bounds = [.. run.Schedule
            .SendDays(run.PolicyOf().FirstDay)
            .SelectMany(day => new[] { window.OpensOn(day), window.ClosesOn(day) })];
        return steps.LastOrDefault(step => bounds.Exists(step.Passes) && !registry.IsReleasedSince(step, run.Key));
    }
}
