using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;

namespace SmsCampaign.Conduct;

/// <summary>
/// The machine's time, moved: a simulated run lives on the campaign's date while its seconds pass as ours do.
/// </summary>
public sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    readonly TimeSpan _shift = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;

    /// <summary>Goes on just after the last moment of a simulated run, but not before
    /// <paramref name="earliest"/>.</summary>
    public static ShiftedTime After(RunAddress run, DateTimeOffset earliest = default)
    {
        var last = ProcessClock.FromMicros(Ledgers.RunAt(run).ReadLastMoment() + 2 * Pace.Window);
        return new ShiftedTime(last > earliest ? last : earliest);
    }
}
