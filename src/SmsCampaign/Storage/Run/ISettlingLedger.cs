namespace SmsCampaign.Storage.Run;

/// <summary>What settling needs of a run's ledger: receipts, gateways' ids, and what gateways answer
/// when they are asked.</summary>
/// <remarks>What a task says is on disk when it ends.</remarks>
public interface ISettlingLedger : IRunView
{
    /// <summary>A reader of what gateways may be asked about.</summary>
    IUnsettledReader ReadUnsettled();

    /// <summary>Applies receipts.</summary>
    /// <param name="receipts">In the order of their messages; those of one message in the order they came.</param>
    /// <param name="mark">How far they go: not applied again after a crash, but for those that waited.
    /// Null where all did.</param>
    /// <returns>Those that were odd: their place and why.</returns>
    Task<IReadOnlyList<(int At, ReceiptOddity Kind)>> ApplyAsync(MatchedReceipt[] receipts, ReceiptMark? mark);

    /// <summary>What this run has settled of receipts and the file of receipts may not know yet: see
    /// <see cref="ReceiptNote"/>.</summary>
    Task<IReadOnlyList<ReceiptNote>> ReadReceiptNotesAsync();

    /// <summary>Forgets them: they are in the file of receipts.</summary>
    Task ClearReceiptNotesAsync();

    /// <summary>The messages to which gateways gave ids, on lanes whose receipts do not repeat our reference.</summary>
    /// <returns>One for each; null where there is none (yet).</returns>
    Task<IReadOnlyList<NamedMessage?>> FindAsync(IReadOnlyList<(int Lane, string CarrierId)> ids);

    /// <summary>Which messages are on their way: their calls are begun, and no answer is written yet.</summary>
    /// <returns>One for each.</returns>
    Task<IReadOnlyList<bool>> AreInFlightAsync(IReadOnlyList<long> messages);

    /// <summary>Applies what a gateway answered when it was asked about messages.</summary>
    /// <returns>How many messages were put back to planned. They are noticed as a person's decision is:
    /// <see cref="IRunView.NoticeResolutionsAsync"/>.</returns>
    Task<int> ApplyAsync(InquiryTerms terms, IReadOnlyList<Inquired> answers);

    /// <summary>Puts back to planned what a crash or a stop cut off on a lane whose gateway drops repeats.</summary>
    /// <returns>How many messages. They are noticed as a person's decision is.</returns>
    Task<int> SendAgainAsync(int lane);
}
