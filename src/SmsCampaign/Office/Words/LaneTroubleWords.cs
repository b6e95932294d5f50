using SmsCampaign.Dispatch.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office.Words;

/// <summary>That a lane's gateway takes nothing for a while, or is too fast: it goes on by itself.</summary>
public static class LaneTroubleWords
{
    public static Wording Of(LaneOutage outage, StatusView view)
    {
        var since = VietnamTime.Moment(ProcessClock.FromMicros(outage.Since));
        var what = LaneChangeWords.Of(
            new LaneChange(outage.Kind, outage.LastAt, null, 0, outage.Reason, outage.Cause), null, default);
        return new Wording(
            $"Kênh gửi '{outage.Lane}' KHÔNG chuyển được tin từ {since}: {what}. {Trying(view)}; các tin chưa gửi vẫn "
                + $"chờ.",
            $"The lane '{outage.Lane}' hands NOTHING over since {since}: {what}. {Trying(view)}; what is not sent "
                + $"waits.");
    }

    /// <summary>Of one that stands still until a moment, as its gateway says that it is too fast.</summary>
    public static Wording TooFast(string lane, DateTimeOffset until)
    {
        var moment = VietnamTime.Moment(until);
        return new Wording(
            $"Kênh gửi '{lane}' đang dừng tới {moment}: nhà mạng báo gửi quá nhanh. Các tin chưa gửi vẫn chờ và tự gửi "
                + $"tiếp; nếu kéo dài, hãy gọi đầu mối của nhà mạng.",
            $"The lane '{lane}' stands still until {moment}: its gateway says that it is too fast. What is not sent "
                + $"waits and goes on by itself; if this lasts, call the carrier.");
    }

    /// <summary>Only who sends tries a gateway again, and only while a window is open.</summary>
    static Wording Trying(StatusView view) =>
        !view.Worker.IsThere
            ? new Wording("Dịch vụ gửi không chạy nên không thử lại", "Nobody sends, so it is not tried again")
        : !view.Openings.Any(opening => opening.IsOpen)
        ? new Wording("Chương trình thử lại khi khung giờ gửi mở", "It is tried again when a window opens")
        : new Wording("Chương trình đang thử lại", "It is tried again and again");
}
