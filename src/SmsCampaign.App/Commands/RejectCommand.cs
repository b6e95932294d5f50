using System.CommandLine;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign return|reject|withdraw CAMPAIGN --by NAME --reason TEXT [--date DATE] [--code CODE]</summary>
sealed class RejectCommand
{
    readonly Terminal _terminal;
    readonly RejectionKind _kind;
    readonly RunChoice _choice;
    readonly DecisionOptions _decision;
    readonly Option<string?> _code;

    RejectCommand(Terminal terminal, RejectionKind kind)
    {
        _terminal = terminal;
        _kind = kind;
        _choice = new RunChoice(terminal.Language) { WithSimulate = false };
        _decision = new DecisionOptions(terminal.Language);
        _code = new Option<string?>("--code")
        {
            Description = _terminal.Text(
                "mã của bản đã xem; khác bản đang chờ thì không ghi gì",
                "the code of what was looked at; where it is not what waits, nothing is recorded"),
        };
    }

    public static Command CreateReturn(Terminal terminal) => Create("return", terminal, RejectionKind.Returned, new(
        "Trả bản đang chờ phê duyệt lại cho người trình để sửa, kèm lý do",
        "Return what waits to be approved to who submitted it, for changes, and say why"));

    public static Command CreateReject(Terminal terminal) => Create("reject", terminal, RejectionKind.Refused, new(
        "Từ chối bản đang chờ phê duyệt, kèm lý do", "Refuse what waits to be approved, and say why"));

    public static Command CreateWithdraw(Terminal terminal) =>
        Create("withdraw", terminal, RejectionKind.Withdrawn, new(
            "Rút bản do chính mình trình và chưa được phê duyệt, kèm lý do",
            "Take back what you have submitted and nobody has approved, and say why"));

    static Command Create(string name, Terminal terminal, RejectionKind kind, Wording what)
    {
        var reject = new RejectCommand(terminal, kind);
        var command = new Command(name, what.In(terminal.Language));
        reject._choice.AddTo(command);
        reject._decision.AddTo(command);
        command.Options.Add(reject._code);
        command.SetAction(reject.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        if (_choice.Find(parsed, data, problems)?.ToKey() is not { } run)
        {
            _terminal.List(problems);
            return ExitCode.InputHasProblems;
        }

        var (who, reason) = _decision.Read(parsed, []);
        switch (new SubmissionDesk(data, _terminal.Time).Reject(
            who, run, parsed.GetValue(_code), reason, _kind))
        {
            case RejectionResult.Refused refused:
                _terminal.List(refused.Findings.Select(Of));
                return ExitCode.InputHasProblems;
            case RejectionResult.Rejected rejected:
                Say(rejected.Submission, rejected.Rejection);
                _terminal.Say(rejected.Standing is { } standing
                    ? new Wording(
                        $"Phê duyệt của {ApprovalWords.Of(standing)} VẪN CÓ HIỆU LỰC: lượt gửi vẫn đi theo phê duyệt "
                            + $"đó. Muốn dừng thì thu hồi bằng 'revoke'.",
                        $"The approval by {ApprovalWords.Of(standing)} STILL STANDS, and the run goes by it. To stop "
                            + $"it, withdraw that approval with 'revoke'.")
                    : new Wording(
                        "Không có gì được gửi theo bản này. Sửa xong thì lập lại bằng 'plan' và trình lại bằng "
                            + "'submit'.",
                        "Nothing is sent by it. Once it is mended, plan it again with 'plan' and submit it with "
                            + "'submit'."));
                return ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of refusing: {unknown}");
        }
    }

    void Say(Submission submission, Rejection answer)
    {
        var (submitted, code) = (
            SubmissionFindingWords.WhoSubmitted(submission), ApprovalHash.Brief(submission.Hash));
        var (by, reason) = (answer.RejectedBy, answer.Reason);
        _terminal.Say(_kind switch
        {
            RejectionKind.Returned => new Wording(
                $"Đã trả lại để sửa bản {submitted}, mã {code}. Người trả lại: {by}. Lý do: {reason}",
                $"Returned for changes: what {submitted}, code {code}. By {by}: {reason}"),
            RejectionKind.Withdrawn => new Wording(
                $"Đã rút bản {submitted}, mã {code}. Người rút: {by}. Lý do: {reason}",
                $"Withdrawn: what {submitted}, code {code}. By {by}: {reason}"),
            _ => new Wording(
                $"Đã từ chối bản {submitted}, mã {code}. Người từ chối: {by}. Lý do: {reason}",
                $"Refused: what {submitted}, code {code}. By {by}: {reason}"),
        });
    }

    static Problem Of(RejectionFinding finding) => finding switch
    {
        RejectionFinding.NoName => DecisionOptions.NoName,
        RejectionFinding.NoReason => DecisionOptions.NoReason,
        RejectionFinding.NothingWaits(var run, var last) => OfNothing(run.Date, last),
        RejectionFinding.OtherCode(var given, var waits) => new Problem(null, new Wording(
            $"--code: bản đang chờ phê duyệt có mã {ApprovalHash.Brief(waits.Hash)} "
                + $"({SubmissionFindingWords.WhoSubmitted(waits)}), không phải {given}. Hãy xem bản đó rồi quyết định.",
            $"--code: what waits has the code {ApprovalHash.Brief(waits.Hash)} "
                + $"({SubmissionFindingWords.WhoSubmitted(waits)}), not {given}. Look at it, then decide.")),
        RejectionFinding.NotOwn(var waits, var account) => new Problem(null, new Wording(
            $"Chỉ tài khoản đã trình mới rút được: bản {SubmissionFindingWords.WhoSubmitted(waits)}; tài khoản đang "
                + $"dùng là '{account.Account}'. Người phê duyệt thì trả lại bằng 'return' hoặc từ chối bằng 'reject'.",
            $"Only the account that submitted it may withdraw it: what {SubmissionFindingWords.WhoSubmitted(waits)}; "
                + $"this one is '{account.Account}'. Who approves returns it with 'return', or refuses it with "
                + $"'reject'.")),
        RejectionFinding.IsOwn(var waits) => new Problem(null, new Wording(
            $"Bản {SubmissionFindingWords.WhoSubmitted(waits)} do chính tài khoản này trình: hãy rút bằng 'withdraw'.",
            $"What {SubmissionFindingWords.WhoSubmitted(waits)} is this account's own: withdraw it with 'withdraw'.")),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Problem OfNothing(DateOnly date, Submission? last)
    {
        var day = Figures.Date(date);
        return new Problem(null, last switch
        {
            { ApprovedAs: not null } => new Wording(
                $"Bản {SubmissionFindingWords.WhoSubmitted(last)} đã được phê duyệt. Muốn dừng thì thu hồi bằng "
                    + $"'revoke'.",
                $"What {SubmissionFindingWords.WhoSubmitted(last)} is approved. To stop it, withdraw the approval with "
                    + $"'revoke'."),
            { Rejected: { } no } => new Wording(
                $"Bản {SubmissionFindingWords.WhoSubmitted(last)} {RejectionWords.Done(no)}: {no.Reason}",
                $"What {SubmissionFindingWords.WhoSubmitted(last)} {RejectionWords.Done(no)} already: {no.Reason}"),
            _ => new Wording(
                $"Không có bản nào của ngày {day} đang chờ phê duyệt. Xem bằng 'status'.",
                $"Nothing of {day} waits to be approved. See 'status'."),
        });
    }
}
