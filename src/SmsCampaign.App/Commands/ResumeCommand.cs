using System.CommandLine;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign resume [LANE … --by NAME]</summary>
sealed class ResumeCommand
{
    readonly Terminal _terminal;
    readonly Argument<string[]> _lanes;
    readonly Option<string?> _by;

    ResumeCommand(Terminal terminal)
    {
        _terminal = terminal;
        _lanes = new Argument<string[]>(_terminal.Text("kênh", "lane"))
        {
            Description = _terminal.Text(
                "các kênh gửi cho gửi tiếp (để trống: chỉ liệt kê các kênh đang dừng)",
                "lanes to let go on (none: lists the ones that are stopped)"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        _by = new Option<string?>("--by")
        {
            Description = _terminal.Text("họ tên người quyết định", "name of who decides"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var resume = new ResumeCommand(terminal);
        var command = new Command("resume", terminal.Text(
            "Xem các kênh gửi đang dừng vì tài khoản ở nhà mạng chưa dùng được hoặc vì lỗi của chương trình, "
                + "và cho gửi tiếp sau khi đã sửa",
            "List the lanes that stopped because their account is not set up or by a fault of the program, and let "
                + "them go on once it is mended"))
        {
            resume._lanes, resume._by,
        };

        command.SetAction(resume.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var desk = new LaneDesk(SharedOptions.FolderOf(parsed), _terminal.Time);
        var stopped = desk.Read();
        var lanes = parsed.GetValue(_lanes) ?? [];
        if (lanes.Length == 0 && parsed.GetValue(_by) is null)
        {
            if (stopped.Count == 0)
                _terminal.Say("Không có kênh gửi nào đang dừng.", "No lane is stopped.");
            StoppedLanes.Say(stopped, _terminal);
            return stopped.Any(stop => stop.Unreadable is not null) ? ExitCode.CouldNot : ExitCode.Done;
        }

        var who = Who.Here(parsed.GetValue(_by));
        var result = await desk.ResumeAsync(who, lanes, stopped, CommandDesk.Patience, cancellationToken);
        switch (result)
        {
            case ResumeResult.Refused refused:
                _terminal.List(refused.Findings.Select(ToProblem));
                return ExitCode.InputHasProblems;
            case ResumeResult.Asked asked:
                foreach (var lane in asked.Lanes)
                    Say(lane, who.Person);
                return asked.Lanes.All(lane => lane is ResumedLane.GoesOn) ? ExitCode.Done : ExitCode.CouldNot;
            default:
                throw new InvalidOperationException($"not a result of letting lanes go on: {result}");
        }
    }

    void Say(ResumedLane lane, string by)
    {
        switch (lane)
        {
            case ResumedLane.GoesOn(var name, { } answer):
                _terminal.Say(
                    $"Kênh gửi '{name}' được gửi tiếp, người quyết định: {by}. {answer}",
                    $"The lane '{name}' goes on, decided by {by}. {answer}");
                break;
            case ResumedLane.GoesOn(var name, _):
                _terminal.Say(
                    $"Kênh gửi '{name}' được gửi tiếp, người quyết định: {by}. Chương trình đang chạy sẽ gửi tiếp ngay "
                        + $"nếu còn trong khung giờ.",
                    $"The lane '{name}' goes on, decided by {by}. A running worker sends again at "
                        + $"once if its window is open.");
                break;
            case ResumedLane.StaysStopped(_, var why):
                _terminal.SayError(why);
                break;
            case ResumedLane.NotKnown(var name, var why):
                _terminal.SayError(new Wording(
                    $"Chưa biết kênh gửi '{name}' đã được gửi tiếp chưa. {why}",
                    $"Whether the lane '{name}' goes on is not known yet. {why}"));
                break;
        }
    }

    static Problem ToProblem(ResumeFinding finding) => new(null, finding switch
    {
        ResumeFinding.NoLane => new Wording("Cần ghi kênh gửi nào được gửi tiếp.", "Say which lanes go on."),
        ResumeFinding.NoName =>
            new Wording("Cần ghi người quyết định: --by \"Họ tên\".", "Say who decides: --by NAME."),
        ResumeFinding.NotStopped(var lane, var stopped) => NotStopped(lane, stopped),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    });

    static Wording NotStopped(string lane, IReadOnlyList<string> stopped)
    {
        var names = stopped.Count == 0 ? new Wording("không kênh nào", "none") : Both(string.Join(", ", stopped));
        return new Wording(
            $"Kênh gửi '{lane}' không bị dừng. Các kênh đang dừng: {names}.",
            $"The lane '{lane}' is not stopped. Stopped are: {names}.");
    }

    static Wording Both(string text) => new(text, text);
}
