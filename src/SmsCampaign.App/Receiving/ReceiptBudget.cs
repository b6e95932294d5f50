using System.Net;

namespace SmsCampaign.App.Receiving;

/// <summary>
/// How much the program holds of receipts that are not on disk yet. What is beyond is turned away with 503, so that
/// memory does not grow with a storm, a slow disk or callers who stall: the gateway keeps it and brings it again.
/// </summary>
/// <remarks>
/// A small callback needs no bytes of the budget: as many of them as may wait for the disk have room kept for them, and
/// one that is still coming in lies in its connection's own buffer. So what strangers begin and never end, however
/// large, keeps none of them out.
/// </remarks>
/// <param name="mostReceipts">Whole receipts that wait for the disk.</param>
/// <param name="mostBytes">Bytes of bodies, those included that are still coming in.</param>
/// <param name="small">Bytes of the largest callback that is small.</param>
/// <param name="mostOfOne">Bytes that one address may hold. Null: a third of what is not kept
/// for small callbacks.</param>
sealed class ReceiptBudget(
    int mostReceipts = ReceiptBudget.MostReceipts,
    long mostBytes = ReceiptBudget.MostBytes,
    int small = ReceiptBudget.Small,
    long? mostOfOne = null)
{
    /// <summary>Unless set. At 25,000 a second a wait of 40 ms.</summary>
    public const int MostReceipts = 1_000;

    /// <summary>Unless set: 32 callbacks of the largest size.</summary>
    public const long MostBytes = 32_000_000;

    /// <summary>Unless set. A receipt has a few hundred.</summary>
    public const int Small = 8_000;

    readonly long _mostLarge = mostBytes - (long)mostReceipts * small;
    readonly Lock _lock = new();
    readonly Dictionary<IPAddress, long> _owned = [];
    int _receipts;
    long _large;

    /// <summary>Whether a body of so many bytes needs some of the budget.</summary>
    public bool IsLarge(long bytes) => bytes > small;

    public bool TryTakeBytes(IPAddress owner, long bytes)
    {
        lock (_lock)
        {
            var owned = _owned.GetValueOrDefault(owner) + bytes;
            if (_large + bytes > _mostLarge || owned > (mostOfOne ?? _mostLarge / 3))
                return false;

            _large += bytes;
            _owned[owner] = owned;
            return true;
        }
    }

    public void GiveBackBytes(IPAddress owner, long bytes)
    {
        lock (_lock)
        {
            _large -= bytes;
            if ((_owned[owner] -= bytes) == 0)
                _owned.Remove(owner);
        }
    }

    /// <summary>Bytes of large bodies that an address holds now.</summary>
    internal long HeldBy(IPAddress owner)
    {
        lock (_lock)
            return _owned.GetValueOrDefault(owner);
    }

    public bool TryTakeReceipt()
    {
        if (Interlocked.Increment(ref _receipts) <= mostReceipts)
            return true;

        GiveBackReceipt();
        return false;
    }

    public void GiveBackReceipt() => Interlocked.Decrement(ref _receipts);
}

/// <summary>What one request holds of the budget, until it is disposed.</summary>
sealed class BudgetShare(ReceiptBudget budget) : IDisposable
{
    IPAddress _owner = IPAddress.None;
    long _bytes;
    bool _isCounted;

    /// <param name="bytes">Of a body that is large.</param>
    /// <param name="owner">Whose it is: the same each time.</param>
    /// <returns>False where the budget, or the owner's share of it, has not so much left.</returns>
    public bool TryGrowTo(long bytes, IPAddress owner)
    {
        _owner = owner;
        if (!budget.TryTakeBytes(owner, bytes - _bytes))
            return false;

        _bytes = bytes;
        return true;
    }

    /// <returns>False where as many receipts wait already as may.</returns>
    public bool TryCount() => _isCounted = budget.TryTakeReceipt();

    public void Dispose()
    {
        if (_bytes > 0)
            budget.GiveBackBytes(_owner, _bytes);
        if (_isCounted)
            budget.GiveBackReceipt();
    }
}
