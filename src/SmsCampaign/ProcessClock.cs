namespace SmsCampaign;

/// <summary>
/// Microseconds since 1970 UTC on a clock anchored once a process: the wall clock at start plus monotonic time since.
/// A step of the wall clock can then neither fake nor hide a breach of a lane's rate.
/// </summary>
public sealed class ProcessClock(TimeProvider time)
{
    readonly long _start = time.GetTimestamp();

    /// <summary>Tells this clock from every other: moments of one clock are in order, those of two need not be.
    /// Drawn by chance.</summary>
    public long Id { get; } = Random.Shared.NextInt64(1, long.MaxValue);

    /// <summary>What the wall clock said when this one began, microseconds.</summary>
    public long Anchor { get; } = ToMicros(time.GetUtcNow());

    public TimeProvider Time => time;

    public long Now() => Anchor + (long)(time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMicrosecond);

    public static long ToMicros(DateTimeOffset moment) =>
        (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicros(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
