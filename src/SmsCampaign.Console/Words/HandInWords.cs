using SmsCampaign.Office;
using SmsCampaign.Office.Words;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What came of recording that a report was handed in, for a page.</summary>
static class HandInWords
{
    /// <returns>Null where it is recorded.</returns>
    public static Wording? Refusal(HandInResult result, DateOnly today) => result switch
    {
        HandInResult.NoName => new(
            "Tài khoản chưa có họ tên nên không ghi nhận được.", "The account has no name, so nothing is recorded."),
        HandInResult.NoDocument => new(
            "Hãy ghi số văn bản báo cáo, như 123/BC-SKHCN.", "Write the document's number, as 123/BC-SKHCN."),
        HandInResult.InFuture(var day) => new(
            $"Ngày {Figures.Date(day)} chưa tới. Hãy ghi ngày của văn bản báo cáo.",
            $"{Figures.Date(day)} is still to come. Write the date of the document."),
        HandInResult.NotOwed => new(
            "Lượt gửi này không có báo cáo nào phải nộp: chưa phê duyệt, diễn tập, đã hủy, hoặc là phần còn lại của "
                + "lượt khác.",
            "No report on this run is owed: it is not approved, simulated, called off, or the rest of another."),
        HandInResult.NoSuchReport(var wanted, _) => new(
            $"Không có kỳ báo cáo '{wanted}'. Tải lại trang rồi chọn lại.",
            $"There is no report '{wanted}'. Load the page again and choose."),
        HandInResult.Already(var report) => new(
            $"Đã ghi nhận từ trước. {DueReportWords.Line(report, today)}",
            $"It is recorded already. {DueReportWords.Line(report, today)}"),
        HandInResult.Recorded => null,
        _ => throw new InvalidOperationException($"not a result of recording: {result}"),
    };

    /// <summary>That it is recorded, and what counts no more by it.</summary>
    public static Wording Done(HandInResult.Recorded recorded, DateOnly today)
    {
        var line = DueReportWords.Line(recorded.Report, today);
        return recorded.Before is { } before
            ? new Wording(
                $"ĐÃ GHI NHẬN. {line}. Thay cho văn bản đã ghi trước: {before.Document} ngày "
                    + $"{Figures.Date(before.On)}.",
                $"RECORDED. {line}. In place of the document recorded before: {before.Document} of "
                    + $"{Figures.Date(before.On)}.")
            : new Wording($"ĐÃ GHI NHẬN. {line}.", $"RECORDED. {line}.");
    }
}
