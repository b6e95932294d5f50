using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Reports;

namespace SmsCampaign.Conduct.Words;

/// <summary>What the decision says that ends a run.</summary>
static class FinishWords
{
    static readonly Wording Over = new(
        "Tin đã chuyển đều có kết quả hoặc hết hạn chờ; đã ghi báo cáo.",
        "Every message handed over is settled or its receipt time is over; the report is written.");

    static readonly Wording Behind = new(
        "Hết hạn chờ, nhưng còn kết quả phát đã nhận mà chưa ghi kịp vào sổ; báo cáo đã ghi CHƯA có các kết quả đó. "
            + "Hãy ghi lại báo cáo bằng 'report' sau ít phút.",
        "The receipt time is over, but receipts that had come are not settled yet; the report that is written is "
            + "WITHOUT them. Write it again with 'report' in a few minutes.");

    public static Wording Of(ReceiptsWait receipts, Balance balance)
    {
        var words = receipts == ReceiptsWait.Behind ? Behind : Over;
        var left = balance.Terms.Where(term => term.Status == MessageStatus.Leftover).Sum(term => term.Count);
        return left == 0 ? words : words + new Wording(
            $" Còn {Figures.Count(left)} tin KHÔNG gửi.",
            $" {Figures.Counted(left, "message")} {Figures.Verb(left, "was", "were")} NOT sent.");
    }
}
