using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Whether a run's ledger balances, as the process that sends it judges: for whoever is to let it go on, end
/// it, send its rest or report on it. Every row is counted: some tenths of a second a million messages.</summary>
public static class RunImbalance
{
    /// <returns>What is found and what to do; null where it balances, or there is no ledger.</returns>
    /// <exception cref="LedgerException">It cannot be read.</exception>
    public static Wording? Find(DataFolder data, RunRecord run) =>
        Ledgers.RunAt(run.AddressIn(data)) is { Exists: true } ledger ? ledger.FindImbalance()?.Words : null;

    /// <summary>For who is told otherwise that it cannot be read.</summary>
    /// <returns>Null as well where it cannot be read.</returns>
    public static Wording? TryFind(DataFolder data, RunRecord run)
    {
        try
        {
            return Find(data, run);
        }
        catch (LedgerException)
        {
            return null;
        }
    }
}
