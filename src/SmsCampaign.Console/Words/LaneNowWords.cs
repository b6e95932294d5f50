using SmsCampaign.Office;
using SmsCampaign.WebConsole.Live;

namespace SmsCampaign.WebConsole.Words;

/// <summary>How an account is doing over all runs, in a word or two and by how it is shown.</summary>
public static class LaneNowWords
{
    public static (Wording Words, string Tone) Of(LaneNow lane) => lane switch
    {
        { Stop: not null } => (new("✕ ĐÃ DỪNG, chờ người quyết định", "✕ STOPPED, waits for a person"), "bad"),
        { Held.Count: > 0 } => (new("✕ ĐỨNG CHỜ người quyết định", "✕ HELD, waits for a person"), "bad"),
        { IsPaused: true } => (new("‖ TẠM DỪNG", "‖ PAUSED"), "warn"),
        { Outage: not null } => (new("✕ Nhà mạng KHÔNG NHẬN tin", "✕ The gateway takes NOTHING"), "bad"),
        { TooFastUntil: not null } => (
            new("! Đứng chờ, nhà mạng báo quá nhanh", "! Stands still, too fast"), "warn"),
        { SetRate: not null } => (new("! Gửi chậm theo lệnh", "! Slowed by a person"), "warn"),
        _ when lane.Runs.Any(run => run.Lane.IsMoving) => (new("✓ Đang gửi", "✓ Sending"), "ok"),
        _ when lane.Runs.Any(run => run.Lane.State == LaneState.FirstBatch) =>
            (new("✓ Đang gửi loạt tin đầu", "✓ Sends its first batch"), "ok"),
        { Unread.Count: > 0 } => (
            new("? KHÔNG BIẾT có bị giữ lại không", "? Whether it is held is NOT KNOWN"), "bad"),
        _ when lane.Runs.Any(run => run.Lane.State == LaneState.Paused) =>
            (new("‖ TẠM DỪNG ở lượt gửi ghi dưới đây", "‖ PAUSED in a run below"), "warn"),
        _ => (new("✓ Không bị dừng", "✓ Not stopped"), "ok"),
    };
}
