using SmsCampaign.Planning;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What the records of approvals, decisions and events were found to be.</summary>
/// <param name="Trouble">Why the chain's key cannot be used; null where it can.</param>
public sealed record RecordCheck(AuditReport Report, Wording? Trouble)
{
    public bool Holds => Report.Holds && Trouble is null;
}

/// <summary>The rates of a run as its ledger proves them.</summary>
/// <param name="Differences">What the ledger says other than what was approved.</param>
public sealed record ProvenRun(RateProof Proof, IReadOnlyList<Wording> Differences)
{
    public bool Holds => Proof.IsKept && Differences.Count == 0;

    /// <summary>What is said of <see cref="Differences"/>; null where there are none.</summary>
    public Wording? Words => Differences.Count == 0 ? null : RunVerification.Describe(Differences);
}

/// <summary>Holds what was recorded to what bears witness to it. Changes nothing.</summary>
public sealed class RecordDesk(DataFolder data)
{
    /// <returns>Null where there is no ledger.db.</returns>
    public RecordCheck? Verify()
    {
        if (!Ledgers.HasRegistry(data))
            return null;

        var audit = Ledgers.OpenRegistry(data).Audit;
        return new RecordCheck(audit.Verify(ledgers: true), audit.KeyTrouble);
    }

    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    public ProvenRun Prove(RunRecord run)
    {
        // A rehearsal has its carriers to itself.
        var registry = Ledgers.OpenRegistry(data);
        var others = run.Simulated ? [] : AccountLedgers.Beside(data, registry, run);
        return new ProvenRun(
            RateProver.Prove(run.AddressIn(data), others), RunVerification.FindOf(data, registry, run, rows: true));
    }
}
