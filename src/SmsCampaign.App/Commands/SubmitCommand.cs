using System.CommandLine;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign submit CAMPAIGN_FILE --by NAME [--code CODE] [--note TEXT] [--date DATE]
/// [--every-year]</summary>
sealed class SubmitCommand
{
    readonly Terminal _terminal;
    readonly PreparationOptions _options;
    readonly Option<string> _by;
    readonly Option<string?> _code;
    readonly Option<string?> _note;
    readonly Option<bool> _everyYear;

    SubmitCommand(Terminal terminal)
    {
        _terminal = terminal;
        _options = new PreparationOptions(terminal.Language) { WithJson = false, WithSimulate = false };
        _by = new Option<string>("--by")
        {
            Description = _terminal.Text("họ tên, chức vụ người trình", "name and office of who submits"),
            Required = true,
        };
        _code = new Option<string?>("--code")
        {
            Description = _terminal.Text(
                "mã mà 'check' hoặc 'plan' đã in ra và người trình đã xem; bắt buộc khi mode: live",
                "the code that 'check' or 'plan' printed and that was looked at; required for mode: live"),
        };
        _note = new Option<string?>("--note")
        {
            Description = _terminal.Text("lời nhắn cho người phê duyệt", "what is said to who approves"),
        };
        _everyYear = new Option<bool>("--every-year")
        {
            Description = _terminal.Text(
                "trình cho mọi năm, chừng nào nội dung và danh sách không đổi",
                "submit every year's run, as long as text and audience stay the same"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var submit = new SubmitCommand(terminal);
        var command = new Command("submit", terminal.Text(
            "Trình phê duyệt chiến dịch: chốt nội dung, danh sách và kế hoạch để người khác phê duyệt đúng bản đó",
            "Submit a campaign to be approved: binds text, audience and plan, for another person to approve the very "
                + "same"));
        submit._options.AddTo(command);
        command.Options.Add(submit._by);
        command.Options.Add(submit._code);
        command.Options.Add(submit._note);
        command.Options.Add(submit._everyYear);

        command.SetAction((parsed, cancellationToken) => Task.FromResult(submit.Run(parsed, cancellationToken)));
        return command;
    }

    int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var order = new SubmissionOrder(
            _options.Read(parsed), parsed.GetValue(_code), parsed.GetValue(_note), parsed.GetValue(_everyYear));
        var result = new SubmissionDesk(SharedOptions.FolderOf(parsed), _terminal.Time)
            .Submit(SharedOptions.WhoBy(parsed.GetRequiredValue(_by)), order, cancellationToken);
        switch (result)
        {
            case SubmissionResult.IsBusy:
                _terminal.SayError(ReviewText.IsBusy);
                return ExitCode.CouldNot;
            case SubmissionResult.Refused refused:
                ReviewText.Show(_terminal, refused.Plan, refused.Findings);
                _terminal.SayError(new Wording(
                    "Chưa trình. Hãy sửa các lỗi trên rồi chạy lại.",
                    "Not submitted. Mend the errors above and run it again."));
                return ExitCode.InputHasProblems;
            case SubmissionResult.Submitted submitted:
                ReviewText.Show(_terminal, submitted.Plan, submitted.Findings);
                Say(submitted);
                return ExitCode.Done;
            default:
                throw new InvalidOperationException($"not a submission's result: {result}");
        }
    }

    void Say(SubmissionResult.Submitted submitted)
    {
        var (submission, campaign) = (submitted.Submission, submitted.Plan.Planned.Campaign);
        var (code, file) = (ApprovalHash.Brief(submission.Hash), TypedArgument.Of(campaign.File));
        var years = submission.EveryYear ? new Wording(", cho mọi năm", ", for every year") : new Wording("", "");
        var other = submitted.TakesTwoPersons
            ? new Wording("Người khác, bằng tài khoản của mình, xem rồi", "Another person, by an account of their own,")
            : new Wording("Người có thẩm quyền xem rồi", "Who may");
        _terminal.Say(
            $"Đã trình phê duyệt: {submission.SubmittedBy} [{submission.ByOs}]. Mã {code}{years}.",
            $"Submitted by {submission.SubmittedBy} [{submission.ByOs}]. Code {code}{years}.");
        _terminal.Say(
            $"""
            Việc tiếp theo:
              · {other} phê duyệt: sms-campaign approve {file} --by "Họ tên" --code {code}
                hoặc từ chối: sms-campaign reject {campaign.Id} --by "Họ tên" --reason "Lý do"
              · Không sửa tệp chiến dịch và danh sách thuê bao: sửa là phải trình lại.
            """,
            $"""
            Next:
              · {other} looks at it and approves it: sms-campaign approve {file} --by NAME --code {code}
                or refuses it: sms-campaign reject {campaign.Id} --by NAME --reason WHY
              · Leave the campaign file and the audience as they are: any change takes another submission.
            """);
    }
}
