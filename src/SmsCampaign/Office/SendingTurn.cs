using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>The turn of the one process that may send from a data folder (<see cref="SendingLock"/>): taken when it is
/// wanted first, and held until the end.</summary>
/// <param name="time">Of the process, which its signs of life are held to; null: the machine's.</param>
public sealed class SendingTurn(DataFolder data, bool simulated, TimeProvider? time = null) : IDisposable
{
    SendingLock? _held;

    /// <returns>False where another process has it.</returns>
    public bool TryTake() => (_held ??= SendingLock.TryTake(data, time ?? TimeProvider.System, simulated)) is not null;

    /// <summary>Which process has it, and since when.</summary>
    public Wording DescribeHolder() => SendingLock.DescribeHolder(data);

    public void Dispose() => _held?.Dispose();
}
