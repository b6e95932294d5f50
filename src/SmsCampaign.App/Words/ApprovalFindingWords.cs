using SmsCampaign.Office;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Words;

/// <summary>What was found of a campaign that is to be approved, for who asked at a terminal.</summary>
static class ApprovalFindingWords
{
    public static Problem Of(ApprovalFinding finding) => finding switch
    {
        ApprovalFinding.OfFiles(var problem) => problem,
        ApprovalFinding.NoName =>
            Plain("--by: hãy ghi họ tên người phê duyệt.", "--by: give the name of who approves."),
        ApprovalFinding.NoCode => Plain(
            "--code: chiến dịch gửi thật (live) phải kèm mã mà 'check' hoặc 'plan' in ra cho bản đã trình. "
                + "Hãy chạy 'plan', xem lại, rồi phê duyệt với mã đó.",
            "--code: a live campaign needs the code that 'check' or 'plan' printed of what was reviewed. "
                + "Run 'plan', look at it, and approve with its code."),
        ApprovalFinding.OtherCode other => Of(other),
        ApprovalFinding.NotYearly(var file, var day) => OfDate(file, new Wording(
            $"--every-year: chiến dịch chỉ có một ngày ({Figures.Date(day)}). Hãy bỏ --every-year, hoặc ghi 'yearly' "
                + $"thay cho 'date' trong tệp.",
            $"--every-year: the campaign has one date only ({Figures.Date(day)}). Leave --every-year out, or write "
                + $"'yearly' instead of 'date' in the file.")),
        ApprovalFinding.IsOver(var day) => Plain(
            $"Lượt gửi ngày {Figures.Date(day)} đã kết thúc nên không phê duyệt lại được. "
                + $"Xem kết quả bằng 'status' và 'report'.",
            $"The run of {Figures.Date(day)} is over and cannot be approved again. See 'status' and 'report'."),
        ApprovalFinding.DateIsPast(var file, var day, var now) => OfDate(file, new Wording(
            $"Ngày gửi {Figures.Date(day)} đã qua, bây giờ là {Figures.Moment(now)}. "
                + $"Hãy sửa ngày trong tệp chiến dịch rồi phê duyệt.",
            $"The date {Figures.Date(day)} is past, it is {Figures.Moment(now)} now. "
                + $"Change it in the campaign file, then approve.")),
        ApprovalFinding.Unverifiable(var why) => new Problem(null, why),
        ApprovalFinding.NoKey(var missing) => Plain(
            $"{missing} Chưa có khóa thì không ghi nhận phê duyệt, vì sẽ không gửi theo phê duyệt đó. "
                + $"Nếu khóa cũ đã mất hẳn, kỹ sư phụ trách đặt một tệp khóa mới vào chỗ đó.",
            $"{missing} Without it no approval is recorded, as nothing would be sent by it. "
                + $"Where the old key is lost for good, the engineer puts a new file in its place."),
        ApprovalFinding.Forged(var differences) => new Problem(null, RunVerification.Describe(differences)),
        ApprovalFinding.Repeats repeats =>
            repeats.Content.ToProblem(repeats.IsError ? Severity.Error : Severity.Warning),
        ApprovalFinding.NoReason => Plain("--again: hãy ghi lý do bằng --reason.", "--again: say why with --reason."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Problem Of(ApprovalFinding.OtherCode other)
    {
        var owner = other.Owner switch
        {
            CodeOwner.OfRun(var run) => new Wording($" (của lượt gửi {run})", $" (of the run {run})"),
            CodeOwner.OfApproval(var at) => new Wording(
                $" (của bản phê duyệt lúc {VietnamTime.Moment(at)})",
                $" (of what was approved at {VietnamTime.Moment(at)})"),
            _ => new Wording("", ""),
        };
        var (given, code, file) = (other.Given, other.Code, TypedArgument.Of(other.CampaignFile));
        return Plain(
            $"--code: mã đã cho là {given}{owner}, nhưng kế hoạch hiện nay có mã {code}: "
                + $"đây không phải bản đã được xem. Hãy xem kế hoạch hiện nay bằng 'sms-campaign check "
                + $"{file}', trình lại, rồi phê duyệt với mã mới.",
            $"--code: the code given is {given}{owner}, but the plan as it is has {code}: "
                + $"it is not what was looked at. Look at the plan as it is with 'sms-campaign check {file}', "
                + $"have it reviewed, and approve with the new code.");
    }

    static Problem Plain(Vietnamese vi, English en) => new(null, new Wording(vi, en));

    static Problem OfDate(string file, Wording what) => new(new Place(file, Key: "schedule.date"), what);
}
