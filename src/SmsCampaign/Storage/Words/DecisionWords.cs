using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Words;

/// <summary>What was decided, for a person.</summary>
public static class DecisionWords
{
    public static Wording Of(DecisionKind kind) => kind switch
    {
        DecisionKind.Fired => new("bắt đầu gửi đúng giờ", "began on time"),
        DecisionKind.Late => new("bắt đầu gửi muộn", "began late"),
        DecisionKind.Delayed =>
            new("chưa gửi được, thử lại mỗi phút", "could not be sent yet, is tried every minute"),
        DecisionKind.Resumed => new("gửi tiếp", "went on"),
        DecisionKind.Closed => new("hết khung giờ, chờ lần mở sau", "window closed, waits for the next"),
        DecisionKind.Extended => new("kéo dài khung giờ gửi của một ngày", "the window of a day closes later"),
        DecisionKind.Held => new("dừng, chờ người phụ trách quyết định", "held for a person"),
        DecisionKind.Skipped => new("đã bỏ qua lượt gửi này", "skipped"),
        DecisionKind.Leftover => new("không gửi phần còn lại", "the rest is not sent"),
        DecisionKind.Finished => new("hoàn tất", "finished"),
        DecisionKind.Paused => new("tạm dừng", "paused"),
        DecisionKind.Continued => new("cho gửi tiếp sau khi tạm dừng", "let go on after a pause"),
        DecisionKind.Cancelled => new("hủy", "called off"),
        DecisionKind.Ended => new("kết thúc sớm", "ended early"),
        DecisionKind.Reopened => new("cho kênh gửi tiếp", "lane let go on"),
        DecisionKind.NotReopened => new("không cho kênh gửi tiếp như đã ghi", "lane not let go on after all"),
        DecisionKind.Released => new("cho gửi tiếp", "let go on"),
        DecisionKind.Slowed => new("giảm tốc độ", "slowed down"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
