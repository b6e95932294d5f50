using SmsCampaign.Storage;

namespace SmsCampaign.Planning;

/// <summary>
/// What a run's ledger says of how it was planned. Reading it does not depend on how many messages the run has.
/// </summary>
/// <param name="LaneSettings">As planned, by the lane's name.</param>
sealed record StoredRun(
    RunDescription Description, RunOrigin Origin, IReadOnlyDictionary<string, string> LaneSettings, bool Begun)
{
    /// <exception cref="LedgerException">The file is no run's ledger, or a broken one.</exception>
    public static StoredRun Read(RunAddress run)
    {
        using var ledger = Ledgers.RunAt(run).ReadPlan();
        var description = ledger.ReadWhole();
        return new StoredRun(description, description.Origin!, ledger.ReadLaneSettings(), ledger.HasBegun());
    }

    /// <returns>Null where there is no ledger, or nothing of the run was ever tried.</returns>
    /// <exception cref="LedgerException">The file is no run's ledger, or a broken one.</exception>
    public static StoredRun? FindBegun(RunAddress run) =>
        Ledgers.RunAt(run).Exists && Read(run) is { Begun: true } stored ? stored : null;
}
