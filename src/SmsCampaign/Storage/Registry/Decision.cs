namespace SmsCampaign.Storage.Registry;

/// <summary>What the scheduler chose to do, and why.</summary>
public sealed record Decision(RunKey Run, DateTimeOffset Due, DateTimeOffset At, DecisionKind What, Wording Reason)
{
    /// <summary>The account of the operating system of the process that chose, as it was recorded; empty before it is,
    /// and for one from before that was kept.</summary>
    public string ByOs { get; init; } = "";
}
