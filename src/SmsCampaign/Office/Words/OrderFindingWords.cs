using SmsCampaign.Orders;
using SmsCampaign.Orthography;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Words;

/// <summary>What speaks against recording something of a letter, for a person.</summary>
public static class OrderFindingWords
{
    public static Wording Of(OrderFinding finding) => finding switch
    {
        OrderFinding.NoName => new(
            "Cần ghi người ghi nhận: --by \"Họ tên\".", "Say who records it: --by NAME."),
        OrderFinding.NoKey(var why) => why,
        OrderFinding.IsDoubtful(var order) => new(
            $"Không rõ công văn gửi {order.Kept.Holder} đang thế nào: có dòng trong sổ bị sửa. Kiểm tra bằng 'audit "
                + $"verify', báo kỹ sư phụ trách.",
            $"It is not known how the letter to {order.Kept.Holder} stands: a row of the ledger was changed. See "
                + $"'audit "
                + $"verify', and tell your engineer."),
        OrderFinding.NoDocument => new(
            "Cần ghi số công văn đã ký: --document \"…/SKHCN-BCVT\".", "Say the letter's number: --document NUMBER."),
        OrderFinding.NoWhy => new(
            "Cần ghi lý do: --reason \"…\".", "Say why: --reason \"…\"."),
        OrderFinding.InFuture(var day) => new(
            $"--on: ngày {Figures.Date(day)} chưa tới. Hãy ghi ngày của công văn.",
            $"--on: {Figures.Date(day)} is still to come. Write the date of the letter."),
        OrderFinding.TooEarly(var order, var day, var least, null) => new(
            $"--on: ngày {Figures.Date(day)} là trước khi soạn công văn gửi {order.Kept.Holder} (lần "
                + $"{order.Kept.Revision}, ngày {Figures.Date(least)}). Hãy ghi ngày từ {Figures.Date(least)} trở đi.",
            $"--on: {Figures.Date(day)} is before the letter to {order.Kept.Holder} was written (revision "
                + $"{order.Kept.Revision}, {Figures.Date(least)}). Write a date from {Figures.Date(least)} on."),
        OrderFinding.TooEarly(var order, var day, var least, { } step) => TooEarly(order, day, least, step.Kind),
        OrderFinding.ReportedAlready(var order, var report) => new(
            $"{order.Kept.Holder} đã báo cáo số liệu nhắn tin ({report.FileName}, ngày {Figures.Date(report.On)}, nhập "
                + $"bởi {report.RecordedBy}), nên không ghi là từ chối hay thôi nhắn được. Báo cáo sai thì nhập báo "
                + $"cáo sửa bằng 'import-results … --corrects'.",
            $"{order.Kept.Holder} has reported what it sent ({report.FileName}, {Figures.Date(report.On)}, imported by "
                + $"{report.RecordedBy}): it can neither refuse nor be told not to text. Where the report is wrong, "
                + $"import a correction by 'import-results … --corrects'."),
        OrderFinding.Unreadable(var why) => why,
        OrderFinding.NoOrder(var holder, _, { Count: 0 }) => new(
            $"Chưa soạn công văn nào cho lượt gửi này, nên chưa có gì của '{holder}' để ghi nhận. Soạn bằng 'order "
                + $"TỆP-CHIẾN-DỊCH'.",
            $"No letter is written for this run, so there is nothing of '{holder}' to record. Write them by 'order "
                + $"CAMPAIGN-FILE'."),
        OrderFinding.NoOrder(var holder, var segment, var there) => NoOrder(holder, segment, there),
        OrderFinding.WhichSegment(var segments) => new(
            $"Nhà mạng này giữ nhiều nhóm nhận tin: {string.Join(", ", segments)}. Hãy ghi thêm --segment.",
            $"The carrier holds several segments: {string.Join(", ", segments)}. Say which by --segment."),
        OrderFinding.NotSent(var order) => new(
            $"Công văn gửi {order.Kept.Holder} (lần {order.Kept.Revision}) chưa được ghi nhận là đã gửi. Ghi nhận "
                + $"trước "
                + $"bằng 'order sent'.",
            $"The letter to {order.Kept.Holder} (revision {order.Kept.Revision}) is not recorded as sent. Record that "
                + $"first, by 'order sent'."),
        OrderFinding.SentAlready(var order, var sent) => new(
            $"Công văn gửi {order.Kept.Holder} (lần {order.Kept.Revision}) đã ghi nhận gửi ngày "
                + $"{Figures.Date(sent.On)}, "
                + $"số {sent.Document}, bởi {sent.RecordedBy}. Sửa nội dung thì soạn lần mới bằng 'order'.",
            $"The letter to {order.Kept.Holder} (revision {order.Kept.Revision}) is recorded as sent on "
                + $"{Figures.Date(sent.On)}, number {sent.Document}, by {sent.RecordedBy}. To ask for something else, "
                + $"write a new revision by 'order'."),
        OrderFinding.NotApproved(var run, null) => new(
            $"Lượt gửi ngày {Figures.Date(run.Date)} chưa được lập kế hoạch và phê duyệt: công văn mới là dự thảo. Hãy "
                + $"trình và phê duyệt bằng 'submit', 'approve' rồi ghi nhận.",
            $"The run of {Figures.Date(run.Date)} is neither planned nor approved: the letter is a draft. Submit and "
                + $"approve it by 'submit' and 'approve' first."),
        OrderFinding.NotApproved(var run, var file) => new(
            $"Lượt gửi ngày {Figures.Date(run.Date)} không có phê duyệt nào đang có hiệu lực: công văn mới là dự thảo. "
                + $"Phê duyệt bằng: sms-campaign approve {TypedArgument.Of(file!)} --by \"Họ tên\"",
            $"No approval of the run of {Figures.Date(run.Date)} stands: the letter is a draft. Approve it by: "
                + $"sms-campaign approve {TypedArgument.Of(file!)} --by NAME"),
        OrderFinding.OtherThanApproved(var order, var file) => new(
            $"Công văn gửi {order.Kept.Holder} (lần {order.Kept.Revision}) khác với bản đã phê duyệt (nội dung, tên "
                + $"định "
                + $"danh, giờ, địa bàn hoặc hạn). Soạn lại bằng: sms-campaign order {TypedArgument.Of(file)}",
            $"The letter to {order.Kept.Holder} (revision {order.Kept.Revision}) asks for something else than what was "
                + $"approved (text, sender, hours, area or days). Write it again by: sms-campaign order "
                + $"{TypedArgument.Of(file)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Wording TooEarly(HeldOrder order, DateOnly day, DateOnly least, OrderStepKind last)
    {
        var was = last switch
        {
            OrderStepKind.Sent => new Wording("gửi đi", "as sent"),
            OrderStepKind.Acknowledged => new Wording("được nhà mạng đồng ý", "as agreed to"),
            OrderStepKind.Refused => new Wording("bị nhà mạng từ chối", "as refused"),
            _ => new Wording("thôi nhắn", "as withdrawn"),
        };
        return new Wording(
            $"--on: ngày {Figures.Date(day)} là trước bước đã ghi nhận: công văn gửi {order.Kept.Holder} (lần "
                + $"{order.Kept.Revision}) ghi {was} ngày {Figures.Date(least)}. Ngày muộn nhất được tính, nên phải "
                + $"ghi từ {Figures.Date(least)} trở đi; điều nói trước ngày đó không thay đổi gì thì không ghi.",
            $"--on: {Figures.Date(day)} is before what is recorded: the letter to {order.Kept.Holder} (revision "
                + $"{order.Kept.Revision}) {was} on {Figures.Date(least)}. The latest date counts: write one from "
                + $"{Figures.Date(least)} on; what was said before that changes nothing and need not be recorded.");
    }

    static Wording NoOrder(string holder, string? segment, IReadOnlyList<HeldOrder> there)
    {
        var names = there.Select(order => order.Kept.Holder).Distinct().ToList();
        var hint = Spelling.DidYouMean(Spelling.Nearest(holder, names));
        var list = string.Join("; ", there.Select(order => $"{order.Kept.Holder} ({order.Kept.Segment})"));
        return segment is null
            ? new Wording(
                $"Không có công văn nào gửi '{holder}'.{hint} Đang có: {list}.",
                $"There is no letter to '{holder}'.{hint} There are: {list}.")
            : new Wording(
                $"Không có công văn nào gửi '{holder}' cho nhóm '{segment}'.{hint} Đang có: {list}.",
                $"There is no letter to '{holder}' for the segment '{segment}'.{hint} There are: {list}.");
    }
}
