using System.CommandLine;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign approve CAMPAIGN_FILE --by NAME [--code CODE] [--document NUMBER] [--date DATE] [--every-year]
/// [--again] [--reason TEXT]</summary>
sealed class ApproveCommand
{
    readonly Terminal _terminal;
    readonly PreparationOptions _options;
    readonly Option<string> _by;
    readonly Option<string?> _document;
    readonly Option<string?> _code;
    readonly Option<bool> _everyYear;
    readonly Option<bool> _again;
    readonly Option<string?> _reason;

    ApproveCommand(Terminal terminal)
    {
        _terminal = terminal;
        _options = new PreparationOptions(terminal.Language) { WithJson = false, WithSimulate = false };
        _by = new Option<string>("--by")
        {
            Description = _terminal.Text("họ tên, chức vụ người phê duyệt", "name and office of who approves"),
            Required = true,
        };
        _document = new Option<string?>("--document")
        {
            Description = _terminal.Text("số văn bản phê duyệt", "number of the approving document"),
        };
        _code = new Option<string?>("--code")
        {
            Description = _terminal.Text(
                "mã mà 'check' hoặc 'plan' đã in ra và người phê duyệt đã xem; bắt buộc khi mode: live",
                "the code that 'check' or 'plan' printed and that was looked at; required for mode: live"),
        };
        _everyYear = new Option<bool>("--every-year")
        {
            Description = _terminal.Text(
                "phê duyệt cho mọi năm, chừng nào nội dung và danh sách không đổi",
                "approve every year's run, as long as text and audience stay the same"),
        };
        _again = new Option<bool>("--again")
        {
            Description = _terminal.Text(
                "gửi nữa dù chiến dịch khác trong 30 ngày đã gửi cùng nội dung cho phần lớn "
                    + "danh sách; phải có --reason",
                "send although another campaign within 30 days says the same to most of the audience; needs --reason"),
        };
        _reason = new Option<string?>("--reason")
        {
            Description = _terminal.Text(
                "lý do thay phê duyệt đang có hiệu lực, gửi nữa (--again), hoặc gửi lời khác văn bản",
                "why it takes the place of an approval that stands, goes again (--again), or says other words than "
                    + "the order"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var approve = new ApproveCommand(terminal);
        var command = new Command("approve", terminal.Text(
            "Phê duyệt chiến dịch: chốt nội dung, danh sách và kế hoạch, đưa vào lịch của dịch vụ gửi",
            "Approve a campaign: binds text, audience and plan, and puts it on the worker's schedule"));
        approve._options.AddTo(command);
        command.Options.Add(approve._by);
        command.Options.Add(approve._code);
        command.Options.Add(approve._document);
        command.Options.Add(approve._everyYear);
        command.Options.Add(approve._again);
        command.Options.Add(approve._reason);

        command.SetAction((parsed, cancellationToken) => Task.FromResult(approve.Run(parsed, cancellationToken)));
        return command;
    }

    int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var order = new ApprovalOrder(
            _options.Read(parsed),
            parsed.GetValue(_code),
            parsed.GetValue(_document),
            parsed.GetValue(_everyYear),
            parsed.GetValue(_again),
            parsed.GetValue(_reason));
        var result = new ApprovalDesk(SharedOptions.FolderOf(parsed), _terminal.Time)
            .Approve(SharedOptions.WhoBy(parsed.GetRequiredValue(_by)), order, cancellationToken);
        switch (result)
        {
            case ApprovalResult.IsBusy:
                _terminal.SayError(ReviewText.IsBusy);
                return ExitCode.CouldNot;
            case ApprovalResult.Refused refused:
                ReviewText.Show(_terminal, refused.Plan, refused.Findings);
                _terminal.SayError(new Wording(
                    "Chưa phê duyệt. Hãy sửa các lỗi trên rồi chạy lại.",
                    "Not approved. Mend the errors above and run it again."));
                return ExitCode.InputHasProblems;
            case ApprovalResult.Given given:
                ReviewText.Show(_terminal, given.Plan, given.Findings);
                Say(given);
                return ExitCode.Done;
            default:
                throw new InvalidOperationException($"not an approval's result: {result}");
        }
    }

    void Say(ApprovalResult.Given given)
    {
        var (approval, everyYear, campaign) = (given.Approval, given.EveryYear, given.Plan.Planned.Campaign);
        var code = ApprovalHash.Brief(approval.Hash);
        var document = approval.Document is null
            ? new Wording("", "")
            : new Wording($", văn bản {approval.Document}", $", document {approval.Document}");
        _terminal.Say(
            $"Đã phê duyệt: {approval.ApprovedBy}{document}. Mã phê duyệt {code}{(everyYear ? ", cho mọi năm" : "")}.",
            $"Approved by {approval.ApprovedBy}{document}. "
                + $"Approval code {code}{(everyYear ? ", for every year" : "")}.");

        SayBeside(given);
        if (given.Left is { } rest)
            _terminal.Say(rest.ToWords());
        else if (!given.IsLeftKnown)
            _terminal.Say(RunLeft.NotKnown);

        var window = campaign.Schedule.Window;
        if (given.Opens is { } opens)
        {
            var (at, zone) = (Figures.Expected(window.ToLocal(opens)), Figures.Zone(window.Zone));
            _terminal.Say(campaign.Segments.Count == 0
                ? new Wording(
                    $"Nhà mạng nhắn từ {at} ({zone}), theo công văn.", $"Carriers text from {at} ({zone}) on, as the "
                        + $"letters say.")
                : new Wording(
                    $"Dịch vụ gửi bắt đầu lúc {at} ({zone}).", $"The worker starts sending at {at} ({zone})."));
        }
        else
        {
            _terminal.Say(
                "Khung giờ đang mở: dịch vụ gửi bắt đầu trong vài giây.",
                "The window is open: the worker starts within seconds.");
        }

        var letters = campaign.HeldSegments.Count == 0 ? new Wording("", "") : new Wording(
            $"\n  · Soạn công văn gửi các nhà mạng: sms-campaign order {TypedArgument.Of(campaign.File)}",
            $"\n  · Write the letters to the carriers: sms-campaign order {TypedArgument.Of(campaign.File)}");
        _terminal.Say(
            $"""
            Việc tiếp theo:{letters}
              · Bảo đảm dịch vụ gửi (sms-campaign worker) đang chạy trên máy này.
              · Không sửa tệp chiến dịch và danh sách thuê bao: sửa là phê duyệt hết hiệu lực.
              · Theo dõi: sms-campaign status {campaign.Id}
            """,
            $"""
            Next:{letters}
              · See that the service 'sms-campaign worker' runs on this machine.
              · Leave the campaign file and the audience as they are: any change voids the approval.
              · Follow it: sms-campaign status {campaign.Id}
            """);
    }

    /// <summary>On what it was given, what it takes the place of, and what stands beside it.</summary>
    void SayBeside(ApprovalResult.Given given)
    {
        if (given.Submission is { } submission)
        {
            var who = SubmissionFindingWords.WhoSubmitted(submission);
            _terminal.Say($"Theo bản {who}.", $"As {who}.");
        }

        foreach (var replaced in given.Replaced)
        {
            var why = given.Approval.Reason is { } reason ? $": {reason}" : "";
            _terminal.Say(
                $"Thay phê duyệt của {ApprovalWords.Of(replaced)}{why}",
                $"Takes the place of the approval by {ApprovalWords.Of(replaced)}{why}");
        }

        if (given.EveryYears is { } everyYears)
        {
            var date = Figures.Date(given.Plan.Planned.Date);
            _terminal.Say(
                $"Ngày {date} gửi theo phê duyệt này. Phê duyệt của {ApprovalWords.Of(everyYears)} vẫn dùng cho các "
                    + $"năm khác.",
                $"On {date} this approval counts. The one by {ApprovalWords.Of(everyYears)} counts for other years.");
        }
    }
}
