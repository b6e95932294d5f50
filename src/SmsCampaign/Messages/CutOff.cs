namespace SmsCampaign.Messages;

/// <summary>Why a message is uncertain that was cut off on our side, as ledgers keep it: never reworded.</summary>
static class CutOff
{
    /// <summary>The process or the machine ended while it was in flight.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The process was asked to stop and could not wait for the answer.</summary>
    public const string Stopped = "stopped before the answer came";

    /// <summary>It waited to be repeated when the window closed.</summary>
    public const string Closed = "window closed before it was answered";
}
