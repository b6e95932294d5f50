namespace SmsCampaign.Storage.Registry;

/// <summary>What carriers were asked to text to their own subscribers, and what they said. Only ever added
/// to.</summary>
public interface IWorkOrders
{
    /// <summary>Adds all of them, or none.</summary>
    /// <returns>A segment that has an order of that revision already, for which none is added; null where they are
    /// added.</returns>
    string? Add(IReadOnlyList<KeptOrder> orders);

    /// <returns>Its number.</returns>
    long Add(OrderStep done);

    /// <returns>Its number; null where that very file was taken before, or another report of the order counts than the
    /// one it corrects.</returns>
    /// <param name="numbers">What is kept of the numbers it lists, in parts; null where it lists none.</param>
    long? Add(KeptResult result, IReadOnlyList<byte[]>? numbers = null);

    /// <returns>As they were added; none where it has none.</returns>
    /// <param name="result"><see cref="KeptResult.Id"/>.</param>
    IReadOnlyList<byte[]> ReadNumbers(long result);

    /// <summary>The order that a file was taken for; null where it never was.</summary>
    /// <param name="fileHash">As of <see cref="KeptResult.FileHash"/>.</param>
    KeptOrder? FindByFile(string fileHash);

    /// <summary>Of a run, or of all; each with its steps. Those too that nothing bears witness to.</summary>
    IReadOnlyList<KeptOrder> Read(RunKey? run = null);
}
