using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign pause [CAMPAIGN] [--date DATE] [--lane LANE] --by NAME --reason TEXT</summary>
sealed class PauseCommand
{
    readonly Terminal _terminal;
    readonly ControlScope _scope;
    readonly DecisionOptions _decision;

    PauseCommand(Terminal terminal) => (_terminal, _scope, _decision) =
        (terminal, new ControlScope(terminal.Language), new DecisionOptions(terminal.Language));

    public static Command Create(Terminal terminal)
    {
        var pause = new PauseCommand(terminal);
        var command = new Command("pause", terminal.Text(
            "Tạm dừng một lượt gửi, một kênh gửi của lượt đó (--lane), hoặc một kênh gửi ở mọi lượt (chỉ ghi --lane), "
                + "kể cả lúc đang gửi; gửi tiếp bằng 'resume'",
            "Pause a run, a lane of it (--lane), or a lane of every run (--lane alone), also while it is sent; "
                + "'resume' lets it go on"));
        pause._scope.AddTo(command);
        pause._decision.AddTo(command);
        command.SetAction(pause.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (data, problems) = (SharedOptions.FolderOf(parsed), new List<Problem>());
        var (who, reason) = _decision.Read(parsed, problems);
        var scope = _scope.Find(parsed, data, problems, out _);
        if (_terminal.List(problems) || scope is null)
            return ExitCode.InputHasProblems;

        var desk = new ControlDesk(data, SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);
        switch (await desk.PauseAsync(who, scope, reason, CommandDesk.Patience, cancellationToken))
        {
            case ControlResult.Refused refused:
                _terminal.List(refused.Findings.Select(ControlText.Of));
                return ExitCode.InputHasProblems;
            case ControlResult.Given given:
                return Say(given);
            case var other:
                throw new InvalidOperationException($"not a result of a pause: {other}");
        }
    }

    int Say(ControlResult.Given given)
    {
        var (order, of) = (given.Order, OrderWords.Scope(given.Order));
        return ControlText.Say(
            _terminal,
            given.IsNew
                ? new Wording($"ĐÃ TẠM DỪNG {of}.", $"PAUSED: {of}.")
                : new Wording(
                    $"{ControlWords.Capital(of)} đã tạm dừng từ trước, {ControlText.Given(order)}.",
                    $"{ControlWords.Capital(of)} is paused already, {ControlText.Given(order)}."),
            given.Heeding,
            new Wording(
                $"Các tin chưa chuyển vẫn chờ, trong khung giờ gửi của chiến dịch. Muốn gửi tiếp: "
                    + $"{OrderWords.WayOn(order)}",
                $"What is not handed over waits, within the campaign's window. To go on: {OrderWords.WayOn(order)}"));
    }
}
