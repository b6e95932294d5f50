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

/// <summary>Which rows of the audit chain are looked at.</summary>
/// <param name="Subject">Null: every one.</param>
/// <param name="From">A day in Vietnam; null: from the beginning on.</param>
/// <param name="To">The last day; null: up to now.</param>
public sealed record RecordWish(AuditSubject? Subject, DateOnly? From, DateOnly? To);

/// <summary>A page of the audit chain.</summary>
/// <param name="Records">The newest first.</param>
/// <param name="Next">Before which row the next page begins; null where there is none.</param>
public sealed record RecordPage(IReadOnlyList<AuditedRecord> Records, long? Next);

/// <summary>Holds what was recorded to what bears witness to it. Changes nothing.</summary>
public sealed class RecordDesk(DataFolder data)
{
    /// <summary>Rows that are read at once.</summary>
    const int Piece = 500;

    /// <returns>Null where there is no ledger.db.</returns>
    public RecordCheck? Verify()
    {
        if (!Ledgers.HasRegistry(data))
            return null;

        var audit = Ledgers.OpenRegistry(data).Audit;
        return new RecordCheck(audit.Verify(ledgers: true), audit.KeyTrouble);
    }

    /// <summary>A page of the chain from the newest back. Looking makes no installation.</summary>
    /// <param name="before">As of <see cref="RecordPage.Next"/>; null: from the newest on.</param>
    /// <param name="isMeant">Of those that are wished for, which are shown.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public RecordPage Look(RecordWish wish, long? before, int most, Func<AuditedRecord, bool> isMeant)
    {
        var found = new List<AuditedRecord>();
        if (Ledgers.FindRegistry(data) is not { } registry)
            return new RecordPage(found, null);

        while (true)
        {
            var piece = registry.Audit.ReadBack(
                before, wish.Subject, StartOf(wish.From), StartOf(wish.To?.AddDays(1)), Piece);
            foreach (var record in piece.Where(isMeant))
            {
                if (found.Count == most)
                    return new RecordPage(found, found[^1].Row);
                found.Add(record);
            }

            if (piece.Count < Piece)
                return new RecordPage(found, null);
            before = piece[^1].Row;
        }
    }

    static DateTimeOffset? StartOf(DateOnly? day) => day is { } of
        ? new DateTimeOffset(of.ToDateTime(TimeOnly.MinValue), VietnamTime.Zone.BaseUtcOffset)
        : null;

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
