using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>Where a run stands, for a person.</summary>
static class RunStateWords
{
    public static Wording Of(RunState state) => state switch
    {
        RunState.Planned => new("đã lập kế hoạch, chờ phê duyệt", "planned, waits for approval"),
        RunState.Approved => new("đã phê duyệt, chờ tới giờ", "approved, waits for its time"),
        RunState.Sending => new("đang gửi hoặc chờ biên nhận", "sending, or waiting for receipts"),
        RunState.Held => new("đang dừng, chờ người quyết định", "held, waits for a person"),
        RunState.Finished => new("đã xong", "finished"),
        RunState.Skipped => new("bỏ lượt gửi này", "skipped"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
