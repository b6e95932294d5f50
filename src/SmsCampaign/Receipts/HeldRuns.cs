using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>
/// Runs whose ledger another program holds: what comes for them waits, and everybody else's is settled. Whoever meets
/// such a ledger waits ten seconds for it, so that it is left alone for a while.
/// </summary>
sealed class HeldRuns(TimeProvider time)
{
    /// <summary>How long one that was found held is left alone.</summary>
    static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    readonly Dictionary<ISettlingLedger, long> _leftAlone = [];
    readonly HashSet<ISettlingLedger> _held = [];
    LedgerException? _why;

    public bool Any => _held.Count > 0;

    /// <summary>How the last one was found; null where none is held.</summary>
    public LedgerException? Why => Any ? _why : null;

    public bool IsLeftAlone(ISettlingLedger run) => _leftAlone.ContainsKey(run);

    /// <summary>Lets those be tried that were left alone for long enough.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Look()
    {
        var any = false;
        foreach (var (run, since) in _leftAlone)
        {
            if (time.GetElapsedTime(since) >= Again)
                any |= _leftAlone.Remove(run);
        }

        return any;
    }

    /// <summary>Takes note of what a run's ledger has thrown.</summary>
    /// <returns>False where it is not that another program holds it.</returns>
    public bool TryNote(ISettlingLedger run, LedgerException thrown)
    {
        if (StorageFaults.KindOf(thrown) != StorageFault.Busy)
            return false;

        _leftAlone[run] = time.GetTimestamp();
        _held.Add(run);
        _why = thrown;
        return true;
    }

    /// <summary>Takes note that it could be used.</summary>
    public void NoteFree(ISettlingLedger run) => _held.Remove(run);
}
