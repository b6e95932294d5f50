namespace SmsCampaign.Storage.Run;

/// <summary>
/// The ledger of a run while it is sent: intents before effects, outcomes, receipts, and what is left to do.
/// </summary>
/// <remarks>
/// Opening it takes its lanes: nobody who had them before can write an intent any more, and what was on its way under
/// theirs is uncertain. Any thread may call; what is asked for together is written together.
/// </remarks>
public interface IRunLedger : ISendingLedger, ISettlingLedger, IAsyncDisposable
{
    /// <summary>Messages that were on their way when the one before had ended, and are
    /// uncertain by this opening.</summary>
    long Interrupted { get; }

    /// <summary>Told of how many messages an answer that was kept cannot be written, by a fault of the program: they
    /// are uncertain, as what has no answer.</summary>
    Action<int, Exception>? Dropped { set; }

    /// <summary>The process is to end: from now on another that holds the file is waited for a second at most, all in
    /// all.</summary>
    void Hurry();
}
