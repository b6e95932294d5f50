using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Words;

/// <summary>Where a run stands, for a person.</summary>
static class RunStateWords
{
    public static Wording Of(RunState state) => state switch
    {
        RunState.Planned => new("đã lập kế hoạch, chờ phê duyệt", "planned, waits for approval"),
        RunState.Approved => new("đã phê duyệt, chờ tới giờ", "approved, waits for its time"),
        RunState.Sending => new("đang gửi hoặc chờ biên nhận", "sending, or waiting for receipts"),
        RunState.Held => new("đang dừng, chờ người phụ trách quyết định", "held, waits for a person"),
        RunState.Finished => new("đã xong", "finished"),
        RunState.Skipped => new("đã bỏ qua lượt gửi này", "skipped"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Of a run that no approval lets go on (any more).</summary>
    public static Wording Unapproved(RunState state) => state == RunState.Sending
        ? new(
            "NGỪNG GỬI vì không còn phê duyệt có hiệu lực; biên nhận của phần đã gửi vẫn được nhận",
            "STOPPED, no approval stands; receipts of what was sent are still taken")
        : new("KHÔNG gửi vì không còn phê duyệt có hiệu lực", "NOT to be sent, no approval stands");
}
