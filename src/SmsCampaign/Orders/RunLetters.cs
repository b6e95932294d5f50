using SmsCampaign.Campaigns;
using SmsCampaign.Letters;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Orders;

/// <summary>What carriers are asked for a run, as far as it needs them or they were told something.</summary>
/// <param name="Orders">A letter a segment.</param>
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
        if (run.Simulated || run.FindKey() is not { } key)
            return None;

        // What a carrier has got stands whatever the campaign file says by now.
        var unreadable = new List<Wording>();
        IReadOnlyList<KeptOrder> rows;
        try
        {
            rows = registry.WorkOrders.Read(key);
        }
        catch (LedgerRowException row) // of these letters nothing is known then; the run is shown
        {
            return new RunLetters([], [], [row.Words], HasOwn: true);
        }

        // A text without the word has no such key: of most runs no file need be read again.
        var mayHold = run.Definition.Contains("heldBy", StringComparison.Ordinal);
        if (rows.Count == 0 && !mayHold)
            return None;

        var orders = HeldOrders.Of(rows, unreadable);
        if (CampaignFile.ReadKept(run.Definition, run.CampaignFile) is not { } campaign)
        {
            unreadable.Add(new Wording(
                "ledger.db: không đọc được tệp chiến dịch đã lưu của lượt gửi, nên không biết nhà mạng nào tự nhắn.",
                "ledger.db: the campaign file that was kept of the run cannot be read, so it is not known which "
                    + "carriers "
                    + "text."));
            return new RunLetters(orders, [], unreadable, HasOwn: true);
        }

        var isApproved = IsApproved(registry, run, key);
        return new RunLetters(
            [.. orders.Select(order => order with { Misfit = FindMisfit(order, campaign, run, key, isApproved) })],
            [.. campaign.HeldSegments
                .Where(held => run.RestOf is null // else carriers were asked for the run whose rest it is
                    && rows.All(row => row.Segment != held.Name))
                .Select(held => new UnwrittenLetter(
                    held.HeldBy, held.Name, held.AcknowledgeBy.Before(key.Date.AddDays(-1))))],
            unreadable,
            campaign.Segments.Count > 0);
    }

    /// <summary>Whether an approval stands of what is planned now; of a run that is over it is no question.</summary>
    public static bool IsApproved(IRegistry registry, RunRecord run, RunKey key) =>
        registry.Audit.IsKeyClosed
        || run.State.IsOver()
        || (registry.FindApproval(key.Campaign, key.Date) is { } approval
            && run.IsMeantBy(approval)
            && approval.Hash == run.ApprovedHash);

    /// <summary>Whether a letter asks for what the campaign says: its text, sender, hours, area and days.</summary>
    public static bool Fits(HeldOrder order, Campaign campaign, RunKey key) =>
        campaign.HeldSegments.FirstOrDefault(held => held.Name == order.Kept.Segment) is { } held
        && OrderDraft.Of(campaign, held, key, new LetterSettings(), null).SaysTheSameAs(order.Order);

    static Wording? FindMisfit(HeldOrder order, Campaign campaign, RunRecord run, RunKey key, bool isApproved)
    {
        if (!order.HasLeft || order.State == OrderState.Refused)
            return null;

        return run.State is RunState.Cancelled or RunState.Ended or RunState.Skipped
            ? new Wording(
                "lượt gửi đã bị hủy hoặc kết thúc sớm mà nhà mạng chưa được báo thôi nhắn",
                "the run was called off or ended, and the carrier was not told")
            : campaign.HeldSegments.All(held => held.Name != order.Kept.Segment)
            ? new Wording(
                "tệp chiến dịch không còn giao nhóm này cho nhà mạng: thuê bao có thể nhận hai lần",
                "the campaign file does not leave this segment to the carrier any more: subscribers may get it twice")
            : !Fits(order, campaign, key)
            ? new Wording(
                "công văn nhà mạng đã nhận khác bản hiện nay của chiến dịch",
                "the letter that the carrier has got is not what the campaign says now")
            : !isApproved
            ? new Wording(
                "không còn phê duyệt nào có hiệu lực cho điều nhà mạng được đề nghị",
                "no approval stands of what the carrier was asked")
            : null;
    }
}

/// <summary>A letter that nobody has written.</summary>
public sealed record UnwrittenLetter(string Holder, string Segment, DateOnly AcknowledgeBy);
