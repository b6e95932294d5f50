using System.Collections.Concurrent;

namespace SmsCampaign.Telemetry;

/// <summary>
/// Whether the loops go on that must not stand still. Each tells at every turn that it does, and before it sleeps until
/// when: whoever asks sees the one that hangs, whatever else of the process still answers.
/// </summary>
public sealed class LoopWatch(ProcessClock clock)
{
    readonly ConcurrentDictionary<LoopPulse, byte> _pulses = new();

    /// <summary>Longest that one turn of a loop may take: a ledger that another program holds, or a disk that is slow,
    /// takes less.</summary>
    public static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(2);

    /// <param name="name">For a log: holds no phone number.</param>
    public LoopPulse Join(string name)
    {
        var pulse = new LoopPulse(name, clock, left => _pulses.TryRemove(left, out _));
        _pulses[pulse] = 0;
        return pulse;
    }

    /// <summary>Whether a loop of this name has begun its first turn.</summary>
    public bool HasBegun(string name) => _pulses.Keys.Any(pulse => pulse.Name == name && pulse.HasBegun);

    /// <returns>The names of those that hang, and since when they have said nothing; none where all go on.</returns>
    public IReadOnlyList<(string Name, DateTimeOffset Since)> FindStuck()
    {
        var now = clock.Now();
        return [.. _pulses.Keys
            .Where(pulse => pulse.IsStuck(now))
            .Select(pulse => (pulse.Name, ProcessClock.FromMicros(pulse.LastAt)))
            .OrderBy(stuck => stuck.Name, StringComparer.Ordinal)];
    }
}

/// <summary>What one loop tells. Its own thread writes, any reads.</summary>
public sealed class LoopPulse(string name, ProcessClock clock, Action<LoopPulse> leave) : IDisposable
{
    long _lastAt;

    /// <summary>When it must have been heard of again, microseconds; no matter of time before its first
    /// turn.</summary>
    long _due = long.MaxValue;

    public string Name => name;

    public bool HasBegun => Volatile.Read(ref _lastAt) != 0;

    /// <summary>Microseconds.</summary>
    internal long LastAt => Volatile.Read(ref _lastAt);

    internal bool IsStuck(long now) => now > Volatile.Read(ref _due);

    /// <summary>A turn begins.</summary>
    public void Beat() => RestUntil(clock.Now());

    /// <summary>It does nothing before a moment, unless it is woken.</summary>
    /// <param name="until">Microseconds; <see cref="long.MaxValue"/> where that is not a matter of time, or of a work
    /// that may take however long.</param>
    public void RestUntil(long until)
    {
        var now = clock.Now();
        var turn = (long)LoopWatch.LongestTurn.TotalMicroseconds;
        Volatile.Write(ref _lastAt, now);
        Volatile.Write(ref _due, until > long.MaxValue - turn ? long.MaxValue : Math.Max(until, now) + turn);
    }

    public void Dispose() => leave(this);
}
