namespace SmsCampaign.Conduct.Words;

/// <summary>What the decision says that ends a run.</summary>
static class FinishWords
{
    public static readonly Wording Over = new(
        "Mọi tin đã có kết quả hoặc hết hạn chờ; đã ghi báo cáo.",
        "Every message is settled or its receipt time is over; the report is written.");

    public static readonly Wording Behind = new(
        "Hết hạn chờ, nhưng còn kết quả phát đã nhận mà chưa ghi kịp vào sổ; báo cáo đã ghi CHƯA có các kết quả đó. "
            + "Hãy ghi lại báo cáo bằng 'report' sau ít phút.",
        "The receipt time is over, but receipts that had come are not settled yet; the report that is written is "
            + "WITHOUT them. Write it again with 'report' in a few minutes.");
}
