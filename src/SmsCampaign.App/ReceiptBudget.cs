namespace SmsCampaign.App;

/// <summary>
/// How much the program holds of receipts that are not on disk yet. What is beyond is turned away with 503, so that
/// memory does not grow with a storm or a slow disk: the gateway keeps it and brings it again.
/// </summary>
/// <param name="mostReceipts">Whole receipts that wait for the disk.</param>
/// <param name="mostBytes">Bytes of bodies, those included that are still coming in.</param>
sealed class ReceiptBudget(int mostReceipts = ReceiptBudget.MostReceipts, long mostBytes = ReceiptBudget.MostBytes)
{
    /// <summary>Unless set. At 25,000 a second a wait of 40 ms.</summary>
    public const int MostReceipts = 1_000;

    /// <summary>Unless set: 32 callbacks of the largest size.</summary>
    public const long MostBytes = 32_000_000;

    int _receipts;
    long _bytes;

    public bool TryTakeBytes(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= mostBytes)
            return true;

        GiveBack(bytes, 0);
        return false;
    }

    public bool TryTakeReceipt()
    {
        if (Interlocked.Increment(ref _receipts) <= mostReceipts)
            return true;

        GiveBack(0, 1);
        return false;
    }

    public void GiveBack(long bytes, int receipts)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Add(ref _receipts, -receipts);
    }
}

/// <summary>What one request holds of the budget, until it is disposed.</summary>
sealed class BudgetShare(ReceiptBudget budget) : IDisposable
{
    long _bytes;
    int _receipts;

    /// <returns>False where the budget has not so much left.</returns>
    public bool TryGrowTo(long bytes)
    {
        if (!budget.TryTakeBytes(bytes - _bytes))
            return false;

        _bytes = bytes;
        return true;
    }

    /// <returns>False where as many receipts wait already as may.</returns>
    public bool TryCount()
    {
        if (!budget.TryTakeReceipt())
            return false;

        _receipts = 1;
        return true;
    }

    public void Dispose() => budget.GiveBack(_bytes, _receipts);
}
