using SmsCampaign.Messages;

namespace SmsCampaign.Office.Words;

/// <summary>Where a run stands, for a person.</summary>
public static class OfficerStateWords
{
    public static Wording Of(OfficerState state) => state switch
    {
        OfficerState.Draft => new("nháp, chưa được phê duyệt", "draft, not approved"),
        OfficerState.Submitted => new("chờ phê duyệt", "submitted, waits for approval"),
        OfficerState.Approved => new("đã phê duyệt, chờ tới giờ", "approved, waits for its time"),
        OfficerState.Sending => new("đang gửi hoặc chờ biên nhận", "sending, or waiting for receipts"),
        OfficerState.Paused => new("tạm dừng, chờ người phụ trách quyết định", "paused, waits for a person"),
        OfficerState.Sent => new("đã gửi, đã xong", "sent, finished"),
        OfficerState.Rejected => new("bị từ chối phê duyệt", "refused"),
        OfficerState.Cancelled => new("đã hủy, không gửi", "cancelled, not sent"),
        OfficerState.Ended => new("đã kết thúc sớm", "ended early"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>With what it left, where it is over.</summary>
    public static Wording Of(RunOverview overview)
    {
        var left = overview.Status?.Count(MessageStatus.Leftover) ?? 0;
        return left == 0 || overview.State is not (OfficerState.Sent or OfficerState.Ended)
            ? Of(overview.State)
            : (overview.State == OfficerState.Sent ? new Wording("đã xong", "finished") : Of(overview.State))
                + new Wording(
                    $", còn {Figures.Count(left)} tin KHÔNG gửi",
                    $", {Figures.Counted(left, "message")} NOT sent");
    }

    /// <summary>Of a run that no approval lets go on (any more).</summary>
    public static Wording Unapproved(OfficerState state) => state == OfficerState.Paused
        ? new(
            "NGỪNG GỬI vì không còn phê duyệt có hiệu lực; biên nhận của phần đã gửi vẫn được nhận",
            "STOPPED, no approval stands; receipts of what was sent are still taken")
        : new("KHÔNG gửi vì không còn phê duyệt có hiệu lực", "NOT to be sent, no approval stands");
}
