using System.CommandLine;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign send-rest CAMPAIGN [--date DATE] --on DATE</summary>
sealed class SendRestCommand
{
    readonly Terminal _terminal;
    readonly Argument<string> _campaign;
    readonly Option<string?> _date;
    readonly Option<string?> _on;

    SendRestCommand(Terminal terminal)
    {
        _terminal = terminal;
        _campaign = new Argument<string>(_terminal.Text("chiến-dịch", "campaign"))
        {
            Description = _terminal.Text("mã hoặc tệp chiến dịch", "campaign's id or file"),
        };
        _date = new Option<string?>("--date")
        {
            Description = _terminal.Text(
                "ngày của lượt gửi đã kết thúc, như 30/7/2025 (để trống: lượt mới nhất còn tin chưa gửi)",
                "date of the run that is over, as 2025-07-30 (none: the newest that left something)"),
        };
        _on = new Option<string?>("--on")
        {
            Description = _terminal.Text(
                "ngày gửi phần còn lại, như 2/8/2025", "date to send the rest on, as 2025-08-02"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var rest = new SendRestCommand(terminal);
        var command = new Command("send-rest", terminal.Text(
            "Lập lượt gửi vào ngày khác cho phần chưa gửi của một lượt đã kết thúc, để trình phê duyệt. Chưa gửi gì",
            "Plan what a run that is over left for another date, to be approved. Sends nothing"))
        {
            rest._campaign, rest._date, rest._on,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(rest.Run(parsed, cancellationToken)));
        return command;
    }

    int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var date = RunChoice.ReadDate(parsed, _date, problems);
        var on = RunChoice.ReadDate(parsed, _on, problems);
        if (parsed.GetValue(_on) is null)
            problems.Add(new Problem(null, new Wording(
                "Cần ghi ngày gửi phần còn lại: --on 2/8/2025.", "Say when the rest is sent: --on 2025-08-02.")));
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var result = new SendRestDesk(SharedOptions.FolderOf(parsed), _terminal.Time).Plan(
            new RestOrder(
                parsed.GetRequiredValue(_campaign), date, on!.Value, SharedOptions.InstallationOf(parsed).ToString()),
            cancellationToken);
        switch (result)
        {
            case RestResult.Refused refused:
                _terminal.List(refused.Findings.Select(finding => new Problem(null, finding.ToWords())));
                return ExitCode.InputHasProblems;
            case RestResult.Prepared prepared:
                if (prepared.Preparation.Planned is { } planned)
                    PlanCommand.Write(planned, prepared.Preparation.Run, _terminal);
                if (_terminal.ListWithTotal([.. prepared.Preparation.AllProblems]))
                    return ExitCode.InputHasProblems;

                SayNext(prepared);
                return ExitCode.Done;
            default:
                throw new InvalidOperationException($"not a result of planning the rest: {result}");
        }
    }

    /// <summary>The command that approves it, to be typed as it stands but for the name.</summary>
    void SayNext(RestResult.Prepared prepared)
    {
        var planned = prepared.Preparation.Planned!;
        var (all, taken, of) = (
            Figures.Counted(prepared.Left, "message"),
            Figures.Count(planned.Audience.RecipientTotal),
            Figures.Date(prepared.Of.Date));
        var approve = $"sms-campaign approve {prepared.CampaignFile} --date {prepared.Run.DateText} "
            + $"--code {ApprovalHash.Brief(planned.ApprovedHash)}";
        _terminal.Say(
            $"Lượt gửi ngày {of} để lại {all} tin chưa gửi; đưa vào lượt này {taken}. Chỉ gửi sau khi phê duyệt: "
                + $"{approve} --by \"Họ tên\"",
            $"The run of {of} left {all}; taken into this run: {taken}. It is sent once approved: {approve} --by NAME");
    }
}
