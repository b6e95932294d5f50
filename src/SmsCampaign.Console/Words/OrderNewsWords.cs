using SmsCampaign.Office;
using SmsCampaign.Office.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What is recorded of a letter to a carrier, and what speaks against it, for a page.</summary>
static class OrderNewsWords
{
    public static Wording Of(OrderStepKind kind) => kind switch
    {
        OrderStepKind.Sent => new("đã ký và gửi đi", "signed and sent"),
        OrderStepKind.Acknowledged => new("nhà mạng đồng ý", "the carrier will text"),
        OrderStepKind.Refused => new("nhà mạng từ chối", "the carrier refuses"),
        OrderStepKind.Withdrawn => new("đã báo nhà mạng thôi nhắn", "the carrier was told not to text"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>In the terms of the form, where the words that a verb has name its options.</summary>
    public static Wording Of(OrderFinding finding) => finding switch
    {
        OrderFinding.NoName => new(
            "Tài khoản chưa có họ tên nên không ghi nhận được.", "The account has no name, so nothing is recorded."),
        OrderFinding.NoDocument => new(
            "Hãy ghi số công văn đã ký.", "Write the number of the signed letter."),
        OrderFinding.NoWhy => new("Hãy ghi lý do.", "Say why."),
        OrderFinding.InFuture(var day) => new(
            $"Ngày {Figures.Date(day)} chưa tới. Hãy ghi ngày của công văn.",
            $"{Figures.Date(day)} is still to come. Write the date of the letter."),
        OrderFinding.TooEarly(_, var day, var least, _) => new(
            $"Ngày {Figures.Date(day)} là trước điều đã ghi nhận. Hãy ghi ngày từ {Figures.Date(least)} trở đi.",
            $"{Figures.Date(day)} is before what is recorded. Write a date from {Figures.Date(least)} on."),
        OrderFinding.NotSent => new(
            "Công văn chưa được ghi nhận là đã gửi. Ghi nhận việc gửi trước.",
            "The letter is not recorded as sent. Record that first."),
        OrderFinding.SentAlready(_, var sent) => new(
            $"Công văn đã ghi nhận gửi ngày {Figures.Date(sent.On)}, số {sent.Document}, bởi {sent.RecordedBy}. Sửa "
                + $"nội dung thì soạn lần mới.",
            $"The letter is recorded as sent on {Figures.Date(sent.On)}, number {sent.Document}, by {sent.RecordedBy}. "
                + $"To ask for something else, write a new revision."),
        OrderFinding.NotApproved => new(
            "Lượt gửi không có phê duyệt nào đang có hiệu lực: công văn mới là dự thảo. Trình và phê duyệt trước.",
            "No approval of the run stands: the letter is a draft. Submit and approve it first."),
        OrderFinding.OtherThanApproved => new(
            "Công văn khác với bản đã phê duyệt (nội dung, tên định danh, giờ, địa bàn hoặc hạn). Soạn lại công văn.",
            "The letter asks for something else than what was approved (text, sender, hours, area or days). Write it "
                + "again."),
        OrderFinding.ReportedAlready(_, var report) => new(
            $"Nhà mạng đã báo cáo số liệu nhắn tin ({report.FileName}, ngày {Figures.Date(report.On)}), nên không ghi "
                + $"là từ chối hay thôi nhắn được. Báo cáo sai thì nhập báo cáo sửa.",
            $"The carrier has reported what it sent ({report.FileName}, {Figures.Date(report.On)}): it can neither "
                + $"refuse nor be told not to text. Where the report is wrong, import a correction."),
        _ => OrderFindingWords.Of(finding),
    };

    public static Wording Of(Orders.OrderFileKind kind) => kind switch
    {
        Orders.OrderFileKind.Letter => new("Công văn (Word)", "Letter (Word)"),
        Orders.OrderFileKind.Print => new("Công văn (PDF)", "Letter (PDF)"),
        Orders.OrderFileKind.Form => new("Biểu báo cáo (Excel)", "Reply form (Excel)"),
        Orders.OrderFileKind.Order => new("Lệnh (JSON)", "Order (JSON)"),
        Orders.OrderFileKind.Questions => new("Dự thảo công văn hỏi lại (Word)", "Draft of questions (Word)"),
        Orders.OrderFileKind.Notes => new("Các hàng cần xem, số đã che (CSV)", "Rows to look at, numbers masked (CSV)"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>What came of asking for the letters; empty where they are written.</summary>
    public static IReadOnlyList<Wording> Refusals(OrderWriting writing) => writing switch
    {
        OrderWriting.Refused(var problems) =>
        [
            .. problems.Where(problem => problem.Severity == Severity.Error).Select(Of),
        ],
        OrderWriting.Busy(var segment) => [new(
            $"Một người khác vừa soạn công văn cho nhóm '{segment}'. Chưa ghi gì. Hãy soạn lại.",
            $"Somebody else has just written the letter for '{segment}'. Nothing is written. Write it again.")],
        OrderWriting.Unwritable(var folder, var why) => [new(
            $"Không ghi được công văn vào {folder} ({FaultWords.Of(why)}). Nếu tệp đang mở trong Word, đóng rồi "
                + $"soạn lại.",
            $"The letters could not be written to {folder} ({FaultWords.Of(why)}). Where a file is open in Word, close "
                + $"it and write them again.")],
        OrderWriting.Written => [],
        _ => throw new InvalidOperationException($"not a result of writing letters: {writing}"),
    };

    /// <summary>With its place in the file.</summary>
    public static Wording Of(Problem problem) => problem.Where is { } where
        ? new Wording($"{where}: {problem.What}", $"{where}: {problem.What}")
        : problem.What;

    /// <summary>What has to be seen of letters that were written.</summary>
    public static IEnumerable<Wording> Cautions(OrderWriting.Written written)
    {
        foreach (var why in written.Unreadable)
            yield return why;
        foreach (var problem in written.Problems)
            yield return Of(problem);
        if (!written.IsApproved)
            yield return new Wording(
                "Lượt gửi CHƯA được phê duyệt: công văn là dự thảo, chưa ghi nhận gửi đi được.",
                "The run is NOT approved: the letters are drafts, and none can be recorded as sent.");
        if (written.NoPdf is { } noPdf)
            yield return new Wording(
                $"Chưa có bản PDF của công văn: {noPdf}. Bản Word vẫn đủ để ký, gửi.",
                $"The letters have no PDF: {noPdf}. The Word files are all that is needed to sign and send.");
    }
}
