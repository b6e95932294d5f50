using SmsCampaign.Storage;

namespace SmsCampaign.Dispatch.Runs;

/// <summary>
/// The ledgers this process has open. Receipts for a run that is long finished open it again.
/// </summary>
/// <param name="simulated">Whether it is for simulated runs, or for the others. Neither ever touches the other's.</param>
public sealed class OpenRuns(DataFolder data, RunRegistry registry, ProcessClock clock, bool simulated = false) : IAsyncDisposable
{
    /// <summary>How long after a run's date a receipt that gives only the gateway's id is looked for in it: 7 days of
    /// sending, 7 of receipt time at most (<see cref="Carriers.LaneOptions.ReceiptTimeout"/>), and as long again.</summary>
    const int DaysAwaited = 28;

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

        return registry.FindByCode(code) is { } run && IsOurs(run) ? Open(run) : null;
    }

    /// <summary>Opens the runs that are not over: sending, or waiting for a person.</summary>
    public IReadOnlyList<RunLedger> OpenThoseUnderway() =>
        [.. registry.ReadRuns().Where(run => run.State is RunState.Sending or RunState.Held && IsOurs(run)).Select(Open)];

    /// <summary>Opens the runs of which something may have been sent lately.</summary>
    public IReadOnlyList<RunLedger> OpenThoseAwaited()
    {
        var oldest = DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime).AddDays(-DaysAwaited);
        foreach (var run in registry.ReadRuns().Where(IsOurs))
        {
            if (run.State is RunState.Sending or RunState.Held || (run.State == RunState.Finished && run.ToKey().Date >= oldest))
                Open(run);
        }

        return All;
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

    /// <summary>A run of old may have been archived: its ledger is gone.</summary>
    bool IsOurs(RunRecord run) => run.Simulated == simulated && File.Exists(Path.Combine(data.Root, run.File));

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in All)
            await ledger.DisposeAsync();
    }
}
