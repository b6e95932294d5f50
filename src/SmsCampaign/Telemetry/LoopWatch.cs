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

    /// <summary>Longest that a loop may take from joining to its first turn: there may be much to read.</summary>
    public static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);

    /// <param name="name">For a log: holds no phone number.</param>
    /// <param name="isVital">Whether the process is better started again than left without it.</param>
    public LoopPulse Join(string name, bool isVital = false)
    {
        var pulse = new LoopPulse(name, isVital, clock, left => _pulses.TryRemove(left, out _));
        _pulses[pulse] = 0;
        return pulse;
    }

    /// <summary>Whether a loop of this name has begun its first turn.</summary>
    public bool HasBegun(string name) => _pulses.Keys.Any(pulse => pulse.Name == name && pulse.HasBegun);

    /// <returns>Those that hang, by name; none where all go on.</returns>
    public IReadOnlyList<StuckLoop> FindStuck()
    {
        var now = clock.Now();
        return [.. _pulses.Keys
            .Where(pulse => pulse.IsStuck(now))
            .Select(pulse => new StuckLoop(pulse.Name, ProcessClock.FromMicros(pulse.LastAt), pulse.IsVital))
            .OrderBy(stuck => stuck.Name, StringComparer.Ordinal)];
    }
}

/// <summary>A loop that hangs.</summary>
/// <param name="Since">Since when it has said nothing.</param>
/// <param name="IsVital">As of <see cref="LoopWatch.Join"/>.</param>
public sealed record StuckLoop(string Name, DateTimeOffset Since, bool IsVital);

/// <summary>What one loop tells. Its own thread writes, any reads.</summary>
public sealed class LoopPulse(string name, bool isVital, ProcessClock clock, Action<LoopPulse> leave) : IDisposable
{
    long _lastAt = clock.Now();
    bool _hasBegun;

    /// <summary>When it must have been heard of again, microseconds.</summary>
    long _due = clock.Now() + (long)LoopWatch.LongestStart.TotalMicroseconds;

    public string Name => name;

    public bool IsVital => isVital;

    public bool HasBegun => Volatile.Read(ref _hasBegun);

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
        Volatile.Write(ref _hasBegun, true);
    }

    public void Dispose() => leave(this);
}
