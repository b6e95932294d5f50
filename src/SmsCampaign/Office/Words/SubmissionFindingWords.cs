using SmsCampaign.Campaigns;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office.Words;

/// <summary>What was found of what two persons do, for who asked at a terminal.</summary>
public static class SubmissionFindingWords
{
    /// <summary>As: Trần Thị B [an@may] trình lúc 15:40:00 ngày 29/07/2025.</summary>
    public static Wording WhoSubmitted(Submission submitted)
    {
        var at = VietnamTime.Moment(submitted.SubmittedAt);
        return new Wording(
            $"{submitted.SubmittedBy} [{submitted.ByOs}] trình lúc {at}",
            $"{submitted.SubmittedBy} [{submitted.ByOs}] submitted at {at}");
    }

    public static Problem Of(ApprovalFinding.NotSubmitted found)
    {
        var file = TypedArgument.Of(found.CampaignFile);
        var (submit, how) = (
            $"sms-campaign submit {file}", new Wording("rồi người khác phê duyệt", "then another person approves it"));
        return found.Last switch
        {
            { Rejected: { } no } when !found.IsNeeded => Plain(
                $"Bản này {RejectionWords.Done(no)} lúc {VietnamTime.Moment(no.RejectedAt)}: {no.Reason}",
                $"It {RejectionWords.Done(no)} at {VietnamTime.Moment(no.RejectedAt)}: {no.Reason}",
                Severity.Warning),
            { Rejected: { } no } last => Plain(
                $"Bản {WhoSubmitted(last)} {RejectionWords.Done(no)}: {no.Reason}. Hãy sửa, trình lại bằng '{submit}', "
                    + $"{how}.",
                $"What {WhoSubmitted(last)} {RejectionWords.Done(no)}: {no.Reason}. Mend it, submit it again with "
                    + $"'{submit}'; {how}."),
            { ApprovedAs: not null } last => Plain(
                $"Bản {WhoSubmitted(last)} đã được phê duyệt một lần; mỗi lần phê duyệt cần một lần trình. Hãy trình "
                    + $"lại bằng '{submit}', {how}.",
                $"What {WhoSubmitted(last)} was approved once; each approval takes a submission. Submit it again with "
                    + $"'{submit}'; {how}."),
            { } last => Plain(
                $"Chuỗi kiểm toán không xác nhận bản {WhoSubmitted(last)}. Hãy báo kỹ sư phụ trách và trình lại bằng "
                    + $"'{submit}', {how}.",
                $"The audit chain does not bear out what {WhoSubmitted(last)}. Tell your engineer, and submit it again "
                    + $"with '{submit}'; {how}."),
            null => Plain(
                $"Quy định hai người (approval.twoPersons): chưa có ai trình chiến dịch này. Hãy trình bằng "
                    + $"'{submit}', {how}.",
                $"It takes two persons (approval.twoPersons): nobody has submitted this campaign. Submit it with "
                    + $"'{submit}'; {how}."),
        };
    }

    public static Problem Of(ApprovalFinding.OtherSubmitted found)
    {
        var (changes, code) = (Wording.Join("; ", found.Changes), ApprovalHash.Brief(found.Submission.Hash));
        return Plain(
            $"Bản {WhoSubmitted(found.Submission)} (mã {code}) đã khác: {changes}. Hãy trình lại bản hiện nay bằng "
                + $"'submit' rồi phê duyệt.",
            $"What {WhoSubmitted(found.Submission)} (code {code}) is other by now: {changes}. Submit what is there now "
                + $"with 'submit', then approve it.",
            found.IsError ? Severity.Error : Severity.Warning);
    }

    public static Problem Of(ApprovalFinding.SamePerson found)
    {
        var (who, account) = (WhoSubmitted(found.Submission), found.Account.Account);
        return found.Submission.Identity is null
            ? Plain(
                $"Không rõ bản {who} là của tài khoản nào. Hãy trình lại bằng 'submit'.",
                $"Nobody knows of which account it is what {who}. Submit it again with 'submit'.")
            : found.Submission.Identity.Kind != found.Account.Kind
            ? Plain(
                $"Quy định hai người (approval.twoPersons): bản {who}, một bên bằng tài khoản trang web, bên kia bằng "
                    + $"tài khoản trên máy chủ, chưa rõ có phải hai người hay không. Quản trị ghi tài khoản máy chủ "
                    + $"của người dùng web ('user set --os-account'), hoặc cả hai cùng dùng trang web.",
                $"It takes two persons (approval.twoPersons): {who}, one by an account of the pages, the other by one "
                    + $"of the server; whether they are two is not known. Have an administrator say which account of "
                    + $"the server is the web user's ('user set --os-account'), or do both on the pages.")
            : Plain(
                $"Quy định hai người (approval.twoPersons): bản {who}, cùng tài khoản '{account}' với người phê duyệt. "
                    + $"Người phê duyệt phải dùng tài khoản của mình trên máy, không dùng tài khoản của người trình.",
                $"It takes two persons (approval.twoPersons): {who}, by the same account '{account}' as who approves. "
                    + $"Who approves must use an account of their own.");
    }

    public static Problem OfOneYear(Submission submitted) => Plain(
        $"--every-year: bản {WhoSubmitted(submitted)} chỉ trình cho một ngày. Hãy bỏ --every-year, hoặc trình lại bằng "
            + $"'submit' với --every-year.",
        $"--every-year: what {WhoSubmitted(submitted)} is for one date. Leave --every-year out, or submit it again "
            + $"with --every-year.");

    public static Problem OfStanding(Approval standing) => Plain(
        $"Đang có phê duyệt còn hiệu lực ({ApprovalWords.Of(standing)}): vẫn gửi theo phê duyệt đó cho tới khi có phê "
            + $"duyệt mới. Muốn dừng thì thu hồi bằng 'revoke'.",
        $"An approval stands ({ApprovalWords.Of(standing)}): the run goes by it until there is a new one. To stop it, "
            + $"withdraw it with 'revoke'.",
        Severity.Warning);

    static Problem Plain(Vietnamese vi, English en, Severity severity = Severity.Error) =>
        new(null, new Wording(vi, en), severity);
}
