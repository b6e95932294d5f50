using SmsCampaign.Campaigns;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Orders;

/// <summary>What carriers are asked for a run, as far as it needs them.</summary>
/// <param name="Orders">The newest letter of each segment.</param>
/// <param name="Unwritten">Segments that a carrier holds and that have no letter, with the day by which the carrier is
/// to answer.</param>
/// <param name="Unreadable">What cannot be relied on.</param>
/// <param name="HasOwn">Whether it has segments that we text.</param>
public sealed record RunLetters(
    IReadOnlyList<HeldOrder> Orders,
    IReadOnlyList<UnwrittenLetter> Unwritten,
    IReadOnlyList<Wording> Unreadable,
    bool HasOwn)
{
    /// <summary>Of a run without a segment that a carrier holds.</summary>
    public static RunLetters None { get; } = new([], [], [], true);

    /// <summary>Whether carriers are asked anything.</summary>
    public bool IsAny => Orders.Count + Unwritten.Count + Unreadable.Count > 0;

    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public static RunLetters Read(IRegistry registry, RunRecord run)
    {
        // A text without the word has no such key: of most runs no file need be read again.
        if (run.Simulated
            || run.FindKey() is not { } key
            || !run.Definition.Contains("heldBy", StringComparison.Ordinal)
            || CampaignFile.ReadKept(run.Definition, run.CampaignFile) is not { HeldSegments.Count: > 0 } campaign)
            return None;

        var unreadable = new List<Wording>();
        IReadOnlyList<HeldOrder> orders = [];
        try
        {
            orders = HeldOrders.Of(registry.WorkOrders.Read(key), unreadable);
        }
        catch (LedgerRowException row) // of these letters nothing is known then; the run is shown
        {
            return new RunLetters([], [], [row.Words], campaign.Segments.Count > 0);
        }

        return new RunLetters(
            orders,
            [.. campaign.HeldSegments
                .Where(held => orders.All(order => order.Kept.Segment != held.Name))
                .Select(held => new UnwrittenLetter(
                    held.HeldBy, held.Name, held.AcknowledgeBy.Before(key.Date.AddDays(-1))))],
            unreadable,
            campaign.Segments.Count > 0);
    }
}

/// <summary>A letter that nobody has written.</summary>
public sealed record UnwrittenLetter(string Holder, string Segment, DateOnly AcknowledgeBy);
