using static SmsCampaign.Campaigns.CampaignKeyForms;

namespace SmsCampaign.Campaigns;

/// <summary>The keys of the campaign file that say when a lane opens, tries again and is held, beneath
/// <see cref="CampaignKeys"/>.</summary>
static class TrialKeys
{
    public static readonly CampaignKey Retry = Map("retry", new(
        "Gửi lại tin mà cổng nhắn tin báo chưa nhận", "Sending again what a gateway did not take"),
        Number("tries", RetryPolicy.LargestTries, new(
            $"Số lần thử nhiều nhất cho một tin, từ 1 đến {RetryPolicy.LargestTries}. "
            + $"Lần bị báo quá nhanh, ngoài "
            + $"giờ hay không kết nối được thì không tính",
            $"Most tries of a message, 1 to {RetryPolicy.LargestTries}. "
            + $"One that was too fast, outside the hours "
            + $"or had no connection does not count"))
            with
        {
            Example = "10",
            Default = Plain(RetryPolicy.Default.MostTries),
            Value = Of(campaign => Plain(campaign.Retry.MostTries)),
        },
        Number("validHours", RetryPolicy.LargestHours, new(
            $"Số giờ tin còn giá trị, tính từ lần thử đầu, từ 1 đến {RetryPolicy.LargestHours}. "
            + $"Quá giờ mà chưa gửi được thì tin thất bại; "
            + "thời gian kênh bị dừng vì tài khoản không tính",
            $"Hours for which a message is worth sending, from its first try, 1 to {RetryPolicy.LargestHours}. "
            + $"After them it has failed; time for which "
            + "the lane's account was stopped does not count"))
            with
        {
            Example = "24",
            Default = Plain(Hours(RetryPolicy.Default)),
            Value = Of(campaign => Plain(Hours(campaign.Retry))),
        }) with
    {
        Required = false,
    };

    public static readonly CampaignKey Canary = Map("canary", new(
        "Loạt tin đầu của mỗi kênh gửi: gửi ít tin trước, kết quả tốt thì kênh mới gửi tiếp",
        "The first batch of each lane: a few messages go first, and the lane opens where they fare well"),
        Number("messages", CanaryPolicy.LargestBatch, new(
            $"Số tin của loạt đầu ở mỗi kênh, từ 0 đến {CanaryPolicy.LargestBatch}; 0 thì không có loạt đầu",
            $"Messages of each lane's first batch, 0 to {CanaryPolicy.LargestBatch}; with 0 there is none"))
            with
        {
            Least = 0,
            Example = "50",
            Default = Plain(CanaryPolicy.Default.Messages),
            Value = Of(campaign => Plain(campaign.Canary.Messages)),
        },
        Number("receiptsPercent", 100, new(
            "Phần trăm tin của loạt đầu phải có biên nhận, ở kênh có biên nhận, từ 0 đến 100; 0 thì không chờ biên "
                + "nhận",
            "Percent of the first batch that must have a receipt, on lanes that have receipts, 0 to 100; "
                + "with 0 none is waited for"))
            with
        {
            Least = 0,
            Example = "60",
            Default = Plain(CanaryPolicy.Default.ReceiptsPercent),
            Value = Of(campaign => Plain(campaign.Canary.ReceiptsPercent)),
        },
        Number("receiptsMinutes", CanaryPolicy.LongestMinutes, new(
            $"Số phút chờ các biên nhận ấy, từ 1 đến {CanaryPolicy.LongestMinutes}; hết giờ mà chưa đủ thì kênh đứng "
                + "chờ người phụ trách",
            $"Minutes for which those receipts are waited for, 1 to {CanaryPolicy.LongestMinutes}; where they have not "
                + "come by then, the lane waits for a person"))
            with
        {
            Example = "5",
            Default = Plain(Minutes(CanaryPolicy.Default.Within)),
            Value = Of(campaign => Plain(Minutes(campaign.Canary.Within))),
        },
        Number("failuresPercent", 100, new(
            "Phần trăm tin của loạt đầu bị từ chối, thất bại hay không có trả lời, từ 1 đến 100; tới mức này thì kênh "
                + "đứng chờ người phụ trách",
            "Percent of the first batch that is refused, fails or gets no answer, 1 to 100; at so many the lane waits "
                + "for a person"))
            with
        {
            Example = "20",
            Default = Plain(CanaryPolicy.Default.FailuresPercent),
            Value = Of(campaign => Plain(campaign.Canary.FailuresPercent)),
        }) with
    {
        Required = false,
    };

    public static readonly CampaignKey Guard = Map("guard", new(
        "Tự dừng kênh khi đang gửi mà quá nhiều tin hỏng vì cùng một nguyên nhân",
        "Holds a lane that sends where too many messages fail in the same way"),
        Number("failuresPercent", 100, new(
            "Quá phần trăm này cùng một nhóm nguyên nhân, hay không có trả lời, thì kênh đứng chờ người phụ trách, từ "
                + "0 đến 100; 0 thì không tự dừng",
            "Beyond so many percent of one class, or without an answer, the lane waits for a person, 0 to 100; with 0 "
                + "it never does"))
            with
        {
            Least = 0,
            Example = "20",
            Default = Plain(GuardPolicy.Default.FailuresPercent),
            Value = Of(campaign => Plain(campaign.Guard.FailuresPercent)),
        },
        Number("minutes", GuardPolicy.LongestMinutes, new(
            $"Xét các trả lời và biên nhận của bấy nhiêu phút vừa qua, từ 1 đến {GuardPolicy.LongestMinutes}",
            $"Answers and receipts of the last so many minutes are looked at, 1 to {GuardPolicy.LongestMinutes}"))
            with
        {
            Example = "5",
            Default = Plain(Minutes(GuardPolicy.Default.Over)),
            Value = Of(campaign => Plain(Minutes(campaign.Guard.Over))),
        },
        Number("messages", GuardPolicy.MostMessages, new(
            $"Ít hơn bấy nhiêu trả lời (hoặc biên nhận) trong khoảng ấy thì chưa kết luận, từ "
                + $"{GuardPolicy.FewestMessages} đến {GuardPolicy.MostMessages}; ở kênh chậm thì chỉ cần nửa số tin "
                + $"kênh gửi được trong khoảng ấy",
            $"Of fewer answers (or receipts) in that time nothing is concluded, {GuardPolicy.FewestMessages} to "
                + $"{GuardPolicy.MostMessages}; on a slow lane half of what it can send in that time is enough"))
            with
        {
            Least = GuardPolicy.FewestMessages,
            Example = "200",
            Default = Plain(GuardPolicy.Default.Messages),
            Value = Of(campaign => Plain(campaign.Guard.Messages)),
        }) with
    {
        Required = false,
    };

    static int Minutes(TimeSpan time) => (int)time.TotalMinutes;
}
