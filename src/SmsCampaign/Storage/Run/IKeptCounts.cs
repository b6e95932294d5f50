using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>The counts a ledger keeps, written to in the transaction that changes what they count.</summary>
interface IKeptCounts
{
    void Add(int lane, int parts, MessageStatus status, long messages);

    /// <param name="first">Microseconds, as the other.</param>
    void AddSent(int lane, long first, long last);
}
