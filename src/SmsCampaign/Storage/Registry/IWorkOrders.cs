namespace SmsCampaign.Storage.Registry;

/// <summary>What carriers were asked to text to their own subscribers, and what they said. Only ever added to.</summary>
public interface IWorkOrders
{
    /// <returns>Its number; null where the segment has an order of that revision already.</returns>
    long? Add(KeptOrder order);

    /// <returns>Its number.</returns>
    long Add(OrderStep step);

    /// <summary>Of a run, or of all; each with its steps. Those too that nothing bears witness to.</summary>
    IReadOnlyList<KeptOrder> Read(RunKey? run = null);
}
