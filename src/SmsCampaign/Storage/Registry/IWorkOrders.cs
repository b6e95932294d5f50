namespace SmsCampaign.Storage.Registry;

/// <summary>What carriers were asked to text to their own subscribers, and what they said. Only ever added
/// to.</summary>
public interface IWorkOrders
{
    /// <returns>Its number; null where the segment has an order of that revision already.</returns>
    long? Add(KeptOrder order);

    /// <returns>Its number.</returns>
    long Add(OrderStep done);

    /// <returns>Its number; null where that very file was taken before, or another report of the order counts than the
    /// one it corrects.</returns>
    long? Add(KeptResult result);

    /// <summary>The order that a file was taken for; null where it never was.</summary>
    /// <param name="fileHash">As of <see cref="KeptResult.FileHash"/>.</param>
    KeptOrder? FindByFile(string fileHash);

    /// <summary>Of a run, or of all; each with its steps. Those too that nothing bears witness to.</summary>
    IReadOnlyList<KeptOrder> Read(RunKey? run = null);
}
