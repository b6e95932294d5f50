using SmsCampaign.Storage;

namespace SmsCampaign.Planning.Words;

/// <summary>What is said of a run that does not fit what it was planned by any more.</summary>
static class ChangedRunWords
{
    /// <param name="list">What changed.</param>
    public static Wording OfOneBeingSent(RunKey key, Wording list) => new(
        $"Lượt gửi {key} ĐANG GỬI và vẫn gửi tiếp đúng bản đã phê duyệt, nhưng từ khi lập kế hoạch: {list}. "
            + $"Muốn dừng ngay: 'pause'. Để các mục này khác đi thì lượt gửi dừng lại ở lần dịch vụ gửi khởi "
            + $"động hoặc ngày gửi sau; muốn gửi hết thì hãy trả về như cũ.",
        $"The run {key} IS BEING SENT and goes on with what was approved, but since it was planned: {list}. "
            + $"To stop it at once: 'pause'. Left so, the run is held at the next start of the service or on "
            + $"its next day; to have all of it sent, put these back as they were.");

    /// <inheritdoc cref="OfOneBeingSent"/>
    public static Wording OfOneBegun(RunKey key, Wording list) => new(
        $"Lượt gửi {key} đã gửi một phần theo kế hoạch cũ, nhưng sau đó: {list}. Không gửi tiếp. "
            + $"Hãy trả các mục này về như cũ rồi chạy lại, hoặc kết thúc lượt này và lập chiến "
            + $"dịch khác cho phần còn lại.",
        $"The run {key} has sent a part by its plan, and since then: {list}. "
            + $"Nothing more is sent. Put these back as they were and run it again, "
            + $"or end this run and make another campaign for the rest.");

    /// <inheritdoc cref="OfOneBeingSent"/>
    public static Wording OfOnePlanned(RunKey key, Wording list) => new(
        $"Từ khi lập kế hoạch cho lượt gửi {key}: {list}. Kế hoạch và phê duyệt cũ không còn hiệu lực. "
            + $"Hãy xem lại bằng 'check', lập lại bằng 'plan' và trình phê duyệt lại.",
        $"Since the run {key} was planned: {list}. The plan and its approval no longer hold. "
            + $"Look at it with 'check', plan again with 'plan' and have it approved again.");

    /// <summary><see cref="OfOnePlanned"/>, for the pages.</summary>
    /// <param name="list">What changed.</param>
    public static Wording OfOnePlannedOnPages(Wording list) => new(
        $"Từ khi lập kế hoạch: {list}. Kế hoạch và phê duyệt cũ không còn hiệu lực. Hãy bấm “Lập lại kế hoạch”, xem "
            + $"lại và trình phê duyệt lại.",
        $"Since it was planned: {list}. The plan and its approval no longer hold. Press “Plan again”, look at it and "
            + $"have it approved again.");
}
