using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch;

/// <summary>
/// The ledgers this process has open. Receipts for a run that is long finished open it again.
/// </summary>
public sealed class OpenRuns(DataFolder data, RunRegistry registry, ProcessClock clock) : IAsyncDisposable
{
    readonly Dictionary<string, RunLedger> _byCode = [];
    readonly Lock _lock = new();

    /// <exception cref="Storage.Sqlite.LedgerException">The ledger cannot be opened.</exception>
    public RunLedger Open(RunRecord run)
    {
        lock (_lock)
        {
            if (!_byCode.TryGetValue(run.Code, out var ledger))
                _byCode[run.Code] = ledger = RunLedger.Open(Path.Combine(data.Root, run.File), clock);
            return ledger;
        }
    }

    /// <summary>The run whose messages' references begin with the code.</summary>
    /// <returns>Null where there is none.</returns>
    public RunLedger? FindByCode(string code)
    {
        lock (_lock)
        {
            if (_byCode.TryGetValue(code, out var open))
                return open;
        }

        return registry.FindByCode(code) is { } run ? Open(run) : null;
    }

    /// <summary>Runs open at this moment.</summary>
    public IReadOnlyList<RunLedger> All
    {
        get
        {
            lock (_lock)
                return [.. _byCode.Values];
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in All)
            await ledger.DisposeAsync();
    }
}
