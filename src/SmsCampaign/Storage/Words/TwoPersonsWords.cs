using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Words;

/// <summary>Why an approval does not count where it takes two persons.</summary>
public static class TwoPersonsWords
{
    /// <param name="approval">One that is not by two (<see cref="Approval.IsByTwo"/>).</param>
    public static Wording Of(Approval approval)
    {
        var (by, at) = (approval.ApprovedBy, VietnamTime.Moment(approval.ApprovedAt));
        var why = approval switch
        {
            { Identity: null } => new Wording(
                "không rõ do tài khoản nào thực hiện", "nobody knows by which account it was given"),
            { SubmissionId: null } => new Wording("không có ai trình trước", "nobody had submitted it"),
            { Submission: null or { IsWitnessed: false } } => new Wording(
                "chuỗi kiểm toán không xác nhận bản trình của nó",
                "the audit chain does not bear out what it was given on"),
            { Identity: { } approver, Submission: { Identity: { } submitter } submission }
                when submitter.IsSameAs(approver) => new Wording(
                    $"người trình ({submission.SubmittedBy}) và người phê duyệt dùng cùng tài khoản "
                        + $"'{approver.Account}'",
                    $"who submitted it ({submission.SubmittedBy}) has the same account '{approver.Account}'"),
            { Submission.Identity: null } => new Wording(
                "không rõ do tài khoản nào trình", "nobody knows by which account it was submitted"),
            _ => new Wording("bản trình của nó là bản khác", "what was submitted is something else"),
        };
        return new Wording(
            $"Quy định hai người (approval.twoPersons): phê duyệt của {by} lúc {at} chưa đủ, vì {why}. "
                + $"Không gửi theo phê duyệt này.",
            $"It takes two persons (approval.twoPersons): the approval by {by} of {at} does not count, as {why}. "
                + $"Nothing is sent by it.");
    }
}
