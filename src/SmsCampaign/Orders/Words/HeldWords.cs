using SmsCampaign.Campaigns;

namespace SmsCampaign.Orders.Words;

/// <summary>Which subscribers of a carrier are meant, for a person.</summary>
public static class HeldWords
{
    public static Wording Classes(HeldSegment held) => Wording.Join(", ", [.. held.Classes.Select(Of)]);

    public static Wording Of(SubscriberClass which) => which == SubscriberClass.Prepaid
        ? new("trả trước", "prepaid")
        : new("trả sau", "postpaid");

    public static Wording Criterion(AreaCriterion criterion) => criterion == AreaCriterion.Registered
        ? new("nơi đăng ký", "where they registered")
        : new("trạm phục vụ", "the cell that serves them");
}
