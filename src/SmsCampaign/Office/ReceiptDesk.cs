using SmsCampaign.Receipts;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>What came of deleting old receipts.</summary>
public abstract record DropResult
{
    DropResult()
    {
    }

    public sealed record NoName : DropResult;

    /// <summary>There is no installation here, and so no receipt.</summary>
    public sealed record NothingThere : DropResult;

    /// <summary>Nothing was deleted.</summary>
    /// <param name="Why">Each thing that keeps them.</param>
    public sealed record Refused(IReadOnlyList<Wording> Why) : DropResult;

    /// <param name="Files">What is gone for good, the oldest first.</param>
    /// <param name="Stuck">The one that could not be deleted, and why; those behind it stay as well. Null
    /// where all are gone.</param>
    public sealed record Dropped(
        IReadOnlyList<OldReceipts> Files, (OldReceipts File, Exception Why)? Stuck) : DropResult;
}

/// <summary>Deletes raw receipts of months gone by, for whoever answers for it.</summary>
public sealed class ReceiptDesk(DataFolder data, TimeProvider time)
{
    /// <param name="before">The first month that is kept, as 2026-07.</param>
    public DropResult Drop(Who who, string before)
    {
        if (!who.IsNamed)
            return new DropResult.NoName();

        // Looking must not make an empty installation.
        if (!Ledgers.HasRegistry(data))
            return new DropResult.NothingThere();

        var (kept, registry) = (Ledgers.ReceiptsOf(data), Ledgers.OpenRegistry(data));
        var (files, refusals) = ReceiptRetention.Find(kept, registry, before, time.GetUtcNow());
        if (refusals.Count > 0)
            return new DropResult.Refused(refusals);

        var dropped = new List<OldReceipts>();
        foreach (var file in files)
        {
            try
            {
                ReceiptRetention.Drop(kept, registry, file, who, time.GetUtcNow());
                dropped.Add(file);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                return new DropResult.Dropped(dropped, (file, inUse));
            }
        }

        return new DropResult.Dropped(dropped, null);
    }
}
