namespace SmsCampaign.Storage.Registry;

/// <summary>The machine's clock was set, and not by a little. A row of the table clock_step.</summary>
/// <param name="From">What it would have said.</param>
/// <param name="To">What it said instead.</param>
/// <param name="Approvals">Number of the newest approval there was by then: one given since knows of it, whatever
/// either clock says.</param>
/// <param name="Decisions">Likewise of the newest decision: a run that a person has let go on since.</param>
public sealed record ClockStep(DateTimeOffset From, DateTimeOffset To, long Approvals, long Decisions)
{
    /// <summary>Whether the clock passed a moment by it, forward or back.</summary>
    public bool Passes(DateTimeOffset moment) =>
        From < To ? From < moment && moment <= To : To < moment && moment <= From;
}
