using System.Diagnostics;

namespace SmsCampaign.Telemetry;

/// <summary>
/// Traces of what takes time, each made when it is over, so that nothing of it reaches a gateway. Few a second: a lane
/// at its contract's pace would fill any collector.
/// </summary>
public static class Spans
{
    public const string SourceName = "SmsCampaign";

    /// <summary>Most that are made in a second of all kinds together.</summary>
    public const int MostASecond = 20;

    static readonly ActivitySource Source = new(SourceName, ProgramVersion.Current);
    static readonly FewASecond Few = new(MostASecond);

    /// <summary>A request to a gateway, from its first byte to the answer.</summary>
    /// <param name="from">UTC microseconds since 1970, as is <paramref name="to"/>.</param>
    /// <param name="outcome">Of its first message.</param>
    public static void Submitted(string lane, int messages, string outcome, long from, long to)
    {
        if (MayMake(to))
            Make("submit", ActivityKind.Client, from, to, [
                new(Measures.Lane, lane), new("messages", messages), new("outcome", outcome),
            ]);
    }

    /// <summary>Receipts that were settled together.</summary>
    /// <param name="from">As of <see cref="Submitted"/>.</param>
    public static void Settled(int receipts, long from, long to)
    {
        if (MayMake(to))
            Make("settle receipts", ActivityKind.Internal, from, to, [new("receipts", receipts)]);
    }

    /// <summary>Whether anybody wants them. Asked before anything is done for one.</summary>
    public static bool AreWanted => Source.HasListeners();

    static bool MayMake(long now) => AreWanted && Few.MayPass(now);

    static void Make(
        string name, ActivityKind kind, long from, long to, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        using var span = Source.StartActivity(
            kind, default, tags, startTime: ProcessClock.FromMicros(from), name: name);
        span?.SetEndTime(ProcessClock.FromMicros(to).UtcDateTime);
    }
}
