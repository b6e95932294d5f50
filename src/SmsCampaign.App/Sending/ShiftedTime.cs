namespace SmsCampaign.App.Sending;

/// <summary>
/// The machine's time, moved: a simulated run lives on the campaign's date while its seconds pass as ours do.
/// </summary>
sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    readonly TimeSpan _shift = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
