using SmsCampaign.Planning;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office.Words;

/// <summary>What was found of a campaign that is to be approved, for who asked at a terminal.</summary>
public static class ApprovalFindingWords
{
    public static Problem Of(ApprovalFinding finding) => finding switch
    {
        ApprovalFinding.OfFiles(var problem) => problem,
        ApprovalFinding.NoName =>
            Plain("--by: hãy ghi họ tên người thực hiện.", "--by: give the name of who does it."),
        ApprovalFinding.NoCode => Plain(
            "--code: chiến dịch gửi thật (live) phải kèm mã mà 'check' hoặc 'plan' in ra cho bản đã trình. "
                + "Hãy chạy 'plan', xem lại, rồi chạy lại lệnh này với mã đó.",
            "--code: a live campaign needs the code that 'check' or 'plan' printed of what was reviewed. "
                + "Run 'plan', look at it, and run this again with its code."),
        ApprovalFinding.OtherCode other => Of(other),
        ApprovalFinding.NotYearly(var file, var day) => OfDate(file, new Wording(
            $"--every-year: chiến dịch chỉ có một ngày ({Figures.Date(day)}). Hãy bỏ --every-year, hoặc ghi 'yearly' "
                + $"thay cho 'date' trong tệp.",
            $"--every-year: the campaign has one date only ({Figures.Date(day)}). Leave --every-year out, or write "
                + $"'yearly' instead of 'date' in the file.")),
        ApprovalFinding.EveryYearOfRest(var day, var of) => Plain(
            $"--every-year: lượt gửi ngày {Figures.Date(day)} chỉ gửi phần còn lại của lượt gửi ngày {of}, một lần. "
                + $"Hãy bỏ --every-year; phê duyệt cho mọi năm thì ghi --date một ngày gửi của chính chiến dịch.",
            $"--every-year: the run of {Figures.Date(day)} sends once what that of {of} left. Leave --every-year out; "
                + $"to approve every year, say --date with a date of the campaign's own."),
        ApprovalFinding.IsOver(var day) => Plain(
            $"Lượt gửi ngày {Figures.Date(day)} đã kết thúc nên không phê duyệt lại được. "
                + $"Xem kết quả bằng 'status' và 'report'.",
            $"The run of {Figures.Date(day)} is over and cannot be approved again. See 'status' and 'report'."),
        ApprovalFinding.IsEnded(var day, var decision) => Plain(
            $"Lượt gửi ngày {Figures.Date(day)} đã {Ended(decision)}: không phê duyệt lại được. Muốn gửi vào ngày "
                + $"khác thì sửa ngày trong tệp chiến dịch, trình và phê duyệt lại.",
            $"The run of {Figures.Date(day)} was {Ended(decision)}: it cannot be approved again. To send on another "
                + $"day, change the date in the campaign file and have that approved."),
        ApprovalFinding.DateIsPast(var file, var day, var now) => OfDate(file, new Wording(
            $"Ngày gửi {Figures.Date(day)} đã qua, bây giờ là {Figures.Moment(now)}. "
                + $"Hãy sửa ngày trong tệp chiến dịch rồi phê duyệt.",
            $"The date {Figures.Date(day)} is past, it is {Figures.Moment(now)} now. "
                + $"Change it in the campaign file, then approve.")),
        ApprovalFinding.Unverifiable(var why) => new Problem(null, why),
        ApprovalFinding.NoKey(var missing) => Plain(
            $"{missing} Chưa có khóa thì không ghi nhận trình hay phê duyệt, vì sẽ không gửi theo đó. "
                + $"Nếu khóa cũ đã mất hẳn, kỹ sư phụ trách đặt một tệp khóa mới vào chỗ đó.",
            $"{missing} Without it nothing is submitted or approved, as nothing would be sent by it. "
                + $"Where the old key is lost for good, the engineer puts a new file in its place."),
        ApprovalFinding.DoesNotBalance(var why) => new Problem(null, why),
        ApprovalFinding.Forged(var differences) => new Problem(null, RunVerification.Describe(differences)),
        ApprovalFinding.Repeats repeats =>
            repeats.Content.ToProblem(repeats.IsError ? Severity.Error : Severity.Warning),
        ApprovalFinding.NoReason => Plain("--again: hãy ghi lý do bằng --reason.", "--again: say why with --reason."),
        ApprovalFinding.NoReplaceReason(var standing) => OfStanding(standing),
        ApprovalFinding.LetterOut(var letter, var run) => Plain(
            $"{letter.Kept.Holder} đã nhận công văn số {letter.Sending!.Document} (nhóm '{letter.Kept.Segment}', lượt "
                + $"{run}): nhà mạng sẽ nhắn theo đó, thuê bao có thể nhận hai lần. Đề nghị nhà mạng thôi nhắn rồi ghi "
                + $"nhận bằng 'order withdraw' trước khi phê duyệt.",
            $"{letter.Kept.Holder} has the letter {letter.Sending!.Document} (segment '{letter.Kept.Segment}', run "
                + $"{run}) and texts by it: subscribers may get it twice. Ask the carrier not to, and record that by "
                + $"'order withdraw', before you approve."),
        ApprovalFinding.NotSubmitted notSubmitted => SubmissionFindingWords.Of(notSubmitted),
        ApprovalFinding.OtherSubmitted other => SubmissionFindingWords.Of(other),
        ApprovalFinding.SamePerson same => SubmissionFindingWords.Of(same),
        ApprovalFinding.OneYearSubmitted(var submission) => SubmissionFindingWords.OfOneYear(submission),
        ApprovalFinding.StandsAlready(var approval) => SubmissionFindingWords.OfStanding(approval),
        ApprovalFinding.IsAnswered => Plain(
            "Từ lúc xem đã có người từ chối hoặc thu hồi phê duyệt. Hãy xem lý do bằng 'status'; vẫn phê duyệt thì "
                + "chạy lại lệnh này.",
            "Since it was looked at somebody refused it, or withdrew an approval of it. See why with 'status'; to "
                + "approve it all the same run this again."),
        ApprovalFinding.IsOtherByNow => Plain(
            "Trong lúc đọc các tệp đã có người từ chối hoặc thu hồi phê duyệt. Hãy xem lý do bằng 'status'; vẫn phê "
                + "duyệt thì chạy lại lệnh này.",
            "While the files were read somebody refused it, or withdrew an approval of it. See why with 'status'; to "
                + "approve it all the same run this again."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Wording Ended(Decision? decision)
    {
        var what = decision?.What == DecisionKind.Ended
            ? new Wording("kết thúc sớm", "ended early")
            : new Wording("hủy", "called off");
        return decision is null ? what : new Wording(
            $"{what} lúc {VietnamTime.Moment(decision.At)} ({decision.Reason})",
            $"{what} at {VietnamTime.Moment(decision.At)} ({decision.Reason})");
    }

    static Problem Of(ApprovalFinding.OtherCode other)
    {
        var owner = other.Owner switch
        {
            CodeOwner.OfRun(var run) => new Wording($" (của lượt gửi {run})", $" (of the run {run})"),
            CodeOwner.OfSubmission(var submitted, var changes) => new Wording(
                $" (của bản {SubmissionFindingWords.WhoSubmitted(submitted)}; từ đó đã khác: "
                    + $"{Wording.Join("; ", changes)})",
                $" (of what {SubmissionFindingWords.WhoSubmitted(submitted)}; other since: "
                    + $"{Wording.Join("; ", changes)})"),
            CodeOwner.OfApproval(var at) => new Wording(
                $" (của bản phê duyệt lúc {VietnamTime.Moment(at)})",
                $" (of what was approved at {VietnamTime.Moment(at)})"),
            _ => new Wording("", ""),
        };
        var (given, code, file) = (other.Given, other.Code, TypedArgument.Of(other.CampaignFile));
        return Plain(
            $"--code: mã đã cho là {given}{owner}, nhưng kế hoạch hiện nay có mã {code}: "
                + $"đây không phải bản đã được xem. Hãy xem kế hoạch hiện nay bằng 'sms-campaign check "
                + $"{file}', trình lại, rồi dùng mã mới.",
            $"--code: the code given is {given}{owner}, but the plan as it is has {code}: "
                + $"it is not what was looked at. Look at the plan as it is with 'sms-campaign check {file}', "
                + $"have it reviewed, and use the new code.");
    }

    static Problem OfStanding(IReadOnlyList<Approval> standing)
    {
        var whose = Wording.Join("; ", standing.Select(ApprovalWords.Of));
        return Plain(
            $"--reason: đang có phê duyệt còn hiệu lực ({whose}). Phê duyệt mới sẽ thay phê duyệt đó: hãy ghi lý do "
                + $"bằng --reason.",
            $"--reason: an approval stands ({whose}). A new one takes its place: say why with --reason.");
    }

    static Problem Plain(Vietnamese vi, English en) => new(null, new Wording(vi, en));

    static Problem OfDate(string file, Wording what) => new(new Place(file, Key: "schedule.date"), what);
}
