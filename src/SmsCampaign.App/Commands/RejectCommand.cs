using System.CommandLine;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign reject CAMPAIGN --by NAME --reason TEXT [--date DATE] [--code CODE]</summary>
sealed class RejectCommand
{
    readonly Terminal _terminal;
    readonly RunChoice _choice;
    readonly DecisionOptions _decision;
    readonly Option<string?> _code;

    RejectCommand(Terminal terminal)
    {
        _terminal = terminal;
        _choice = new RunChoice(terminal.Language) { WithSimulate = false };
        _decision = new DecisionOptions(terminal.Language);
        _code = new Option<string?>("--code")
        {
            Description = _terminal.Text(
                "mã của bản đã xem; khác bản đang chờ thì không ghi gì",
                "the code of what was looked at; where it is not what waits, nothing is recorded"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var reject = new RejectCommand(terminal);
        var command = new Command("reject", terminal.Text(
            "Từ chối bản đang chờ phê duyệt, kèm lý do", "Refuse what waits to be approved, and say why"));
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
        switch (new SubmissionDesk(data, _terminal.Time).Reject(who, run, parsed.GetValue(_code), reason))
        {
            case RejectionResult.Refused refused:
                _terminal.List(refused.Findings.Select(Of));
                return ExitCode.InputHasProblems;
            case RejectionResult.Rejected(var submission, var rejection):
                var submitted = SubmissionFindingWords.WhoSubmitted(submission);
                _terminal.Say(
                    $"Đã từ chối bản {submitted}, mã {ApprovalHash.Brief(submission.Hash)}. Người từ chối: "
                        + $"{rejection.RejectedBy}. Lý do: {rejection.Reason}",
                    $"Refused: what {submitted}, code {ApprovalHash.Brief(submission.Hash)}. By "
                        + $"{rejection.RejectedBy}: {rejection.Reason}");
                _terminal.Say(
                    "Không có gì được gửi theo bản này. Sửa xong thì lập lại bằng 'plan' và trình lại bằng 'submit'.",
                    "Nothing is sent by it. Once it is mended, plan it again with 'plan' and submit it with 'submit'.");
                return ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of refusing: {unknown}");
        }
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
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Problem OfNothing(DateOnly date, Storage.Registry.Submission? last)
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
                $"Bản {SubmissionFindingWords.WhoSubmitted(last)} đã bị {no.RejectedBy} từ chối: {no.Reason}",
                $"What {SubmissionFindingWords.WhoSubmitted(last)} was refused by {no.RejectedBy} already: "
                    + $"{no.Reason}"),
            _ => new Wording(
                $"Không có bản nào của ngày {day} đang chờ phê duyệt. Xem bằng 'status'.",
                $"Nothing of {day} waits to be approved. See 'status'."),
        });
    }
}
