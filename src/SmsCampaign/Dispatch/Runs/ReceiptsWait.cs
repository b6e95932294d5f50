namespace SmsCampaign.Dispatch.Runs;

/// <summary>How the wait for a run's receipts ended.</summary>
public enum ReceiptsWait
{
    /// <summary>The process was asked to stop first, or a person has put messages back to planned.</summary>
    BrokenOff,

    /// <summary>Every message is settled, or its receipt time is over and what came within it is settled.</summary>
    Over,

    /// <summary>The receipt time is over, but receipts that came within it were not settled within
    /// <see cref="LateReceipts.Longest"/>.</summary>
    Behind,
}
