using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign cancel|end CAMPAIGN [--date DATE] [--lane LANE] [--seen COUNT] --by NAME --reason
/// TEXT</summary>
sealed class EndCommand
{
    readonly Terminal _terminal;
    readonly OrderKind _kind;
    readonly ControlScope _scope;
    readonly DecisionOptions _decision;
    readonly Option<long?> _seen;

    EndCommand(Terminal terminal, OrderKind kind)
    {
        (_terminal, _kind) = (terminal, kind);
        (_scope, _decision) = (new ControlScope(terminal.Language), new DecisionOptions(terminal.Language));
        _seen = new Option<long?>("--seen")
        {
            Description = terminal.Text(
                "số tin còn lại đã xem; khác với số hiện có thì chỉ tạm dừng",
                "how many messages were left when it was looked at; where there are others it is only paused"),
        };
    }

    public static Command CreateCancel(Terminal terminal) => Create(terminal, OrderKind.Cancel, "cancel", terminal.Text(
        "Hủy một lượt gửi hoặc một kênh gửi của lượt đó: tin chưa chuyển không gửi nữa, báo cáo ghi là đã hủy",
        "Call off a run, or a lane of it: what is not handed over is not sent, and reported as called off"));

    public static Command CreateEnd(Terminal terminal) => Create(terminal, OrderKind.End, "end", terminal.Text(
        "Kết thúc sớm một lượt gửi hoặc một kênh gửi của lượt đó: phần đã gửi là đủ, tin chưa chuyển không gửi nữa",
        "End a run, or a lane of it, early: what was sent is enough, what is not handed over is not sent"));

    static Command Create(Terminal terminal, OrderKind kind, string name, string description)
    {
        var verb = new EndCommand(terminal, kind);
        var command = new Command(name, description) { verb._seen };
        verb._scope.AddTo(command);
        verb._decision.AddTo(command);
        command.SetAction(verb.RunAsync);
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
        var result = await desk.EndAsync(
            who, scope, _kind, parsed.GetValue(_seen), reason, CommandDesk.Patience, cancellationToken);
        switch (result)
        {
            case ControlResult.Refused refused:
                _terminal.List(refused.Findings.Select(ControlText.Of));
                return ExitCode.InputHasProblems;
            case ControlResult.NotSeen paused:
                Say(paused);
                return ExitCode.CouldNot;
            case ControlResult.Ended ended:
                return Say(ended);
            default:
                throw new InvalidOperationException($"not a result of an end: {result}");
        }
    }

    void Say(ControlResult.NotSeen paused)
    {
        var (left, of) = (Figures.Counted(paused.Left, "message"), OrderWords.Scope(paused.Pause));
        var verb = _kind == OrderKind.Cancel ? "cancel" : "end";
        var arguments = $"{OrderWords.Arguments(paused.Pause.Run, paused.Pause.Lane)} --seen {paused.Left}";
        var inFlight = paused.InFlight == 0
            ? new Wording("", "")
            : new Wording(
                $" {Figures.Count(paused.InFlight)} tin đang chờ nhà mạng trả lời.",
                $" {Figures.Count(paused.InFlight)} wait for their gateway's answer.");
        var done = _kind == OrderKind.Cancel
            ? new Wording("CHƯA hủy", "NOT called off yet")
            : new Wording("CHƯA kết thúc", "NOT ended yet");
        ControlText.Say(
            _terminal,
            new Wording($"ĐÃ TẠM DỪNG {of}.", $"PAUSED: {of}."),
            paused.Heeding,
            new Wording(
                $"{done}: còn {left} tin chưa gửi.{inFlight} Đồng ý không gửi {left} tin đó nữa thì chạy: sms-campaign "
                    + $"{verb}{arguments} --by \"Họ tên\" --reason \"lý do\". Muốn gửi tiếp: "
                    + $"{OrderWords.WayOn(paused.Pause)}",
                $"{done}: {left} not sent.{inFlight} To leave them unsent for good: sms-campaign {verb}{arguments} "
                    + $"--by NAME --reason TEXT. To go on: {OrderWords.WayOn(paused.Pause)}"));
    }

    int Say(ControlResult.Ended ended)
    {
        var (order, of, left) = (
            ended.Order, OrderWords.Scope(ended.Order), Figures.Counted(ended.Left, "message"));
        var what = order.Kind == OrderKind.Cancel
            ? new Wording("ĐÃ HỦY", "CALLED OFF")
            : new Wording("ĐÃ KẾT THÚC SỚM", "ENDED EARLY");
        return ControlText.Say(
            _terminal,
            ended.IsNew
                ? new Wording($"{what} {of}: {left} tin không gửi nữa.", $"{what}: {of}, {left} not sent.")
                : new Wording(
                    $"{what} {of} từ trước, {ControlText.Given(order)}.",
                    $"{what} before: {of}, {ControlText.Given(order)}."),
            ended.Heeding,
            new Wording(
                "Tin đã chuyển vẫn nhận biên nhận; báo cáo được ghi khi xong.",
                "Receipts of what was handed over are still taken; the report is written when they are in."));
    }
}
