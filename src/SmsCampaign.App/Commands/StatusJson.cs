using SmsCampaign.Messages;
using SmsCampaign.Reports;

namespace SmsCampaign.App.Commands;

/// <summary>A run's overview for scripts. Times are UTC; words are stored names, but for reasons.</summary>
static class StatusJson
{
    public static object Of(RunOverview overview, Language language) => new
    {
        overview.Run.Campaign,
        overview.Run.Date,
        overview.Run.Simulated,
        overview.Run.State,
        Audience = overview.Status?.Audience,
        Excluded = overview.Status?.Excluded,
        Messages = overview.Status is { } status ? Counts(status.Count) : null,
        overview.Status?.PartsHandedOver,
        overview.Status?.Balances,
        Lanes = overview.Status?.Lanes.Select(lane => Lane(lane)),
        Approvals = overview.Approvals.Select(approval => new
        {
            approval.ApprovedBy,
            approval.Document,
            approval.ApprovedAt,
            EveryYear = approval.Date is null,
            approval.Hash,
            approval.VoidedAt,
            VoidReason = approval.VoidedAt is null ? null : new Wording(approval.VoidReasonVi ?? "", approval.VoidReasonEn ?? "").In(language),
        }),
        Decisions = overview.Decisions.Select(decision => new { decision.What, decision.Due, decision.At, Reason = decision.Reason.In(language) }),
    };

    static object Lane(LaneStatus lane) => new { lane.Name, Messages = Counts(lane.Count), lane.PartsHandedOver };

    static Dictionary<string, long> Counts(Func<MessageStatus, long> count) => Enum.GetValues<MessageStatus>()
        .ToDictionary(status => status.ToString().ToLowerInvariant(), count);
}
