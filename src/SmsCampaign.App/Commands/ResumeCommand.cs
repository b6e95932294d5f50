using System.CommandLine;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

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
            Description = _terminal.Text("các kênh gửi cho gửi tiếp (để trống: chỉ liệt kê các kênh đang dừng)", "lanes to let go on (none: lists the ones that are stopped)"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        _by = new Option<string?>("--by") { Description = _terminal.Text("họ tên người quyết định", "name of who decides") };
    }

    public static Command Create(Terminal terminal)
    {
        var resume = new ResumeCommand(terminal);
        var command = new Command("resume", terminal.Text(
            "Xem các kênh gửi đang dừng vì tài khoản ở nhà mạng chưa dùng được hoặc vì lỗi của chương trình, và cho gửi tiếp sau khi đã sửa",
            "List the lanes that stopped because their account is not set up or by a fault of the program, and let them go on once it is mended"))
        {
            resume._lanes, resume._by,
        };

        command.SetAction(resume.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var data = SharedOptions.FolderOf(parsed);
        var registry = File.Exists(data.Ledger) ? new RunRegistry(data) : null; // looking must not make an empty installation
        var stopped = registry?.Stops.Read() ?? [];
        var lanes = parsed.GetValue(_lanes) ?? [];
        if (lanes.Length == 0 && parsed.GetValue(_by) is null)
        {
            if (stopped.Count == 0)
                _terminal.Say("Không có kênh gửi nào đang dừng.", "No lane is stopped.");
            StoppedLanes.Say(stopped, _terminal);
            return stopped.Any(stop => stop.Unreadable is not null) ? ExitCode.CouldNot : ExitCode.Done;
        }

        if (_terminal.List(Problems(lanes, parsed.GetValue(_by), stopped)))
            return ExitCode.InputHasProblems;

        var by = parsed.GetValue(_by)!.Trim();
        foreach (var lane in lanes.Distinct())
        {
            registry!.RecordEvent(by, "resume", $"lane {lane}: {NumberMask.In(stopped.First(stop => stop.Lane == lane).Reason)}", _terminal.Time.GetUtcNow());
            registry.Stops.Remove(lane, _terminal.Time.GetUtcNow());
            _terminal.Say(
                $"Kênh gửi '{lane}' được gửi tiếp, người quyết định: {by}. Chương trình đang chạy sẽ gửi tiếp ngay nếu còn trong khung giờ.",
                $"The lane '{lane}' goes on, decided by {by}. A running worker sends again at once if its window is open.");
        }

        return ExitCode.Done;
    }

    static List<Problem> Problems(string[] lanes, string? by, IReadOnlyList<LaneStop> stopped)
    {
        var problems = new List<Problem>();
        if (lanes.Length == 0)
            problems.Add(new Problem(null, new Wording("Cần ghi kênh gửi nào được gửi tiếp.", "Say which lanes go on.")));
        if (string.IsNullOrWhiteSpace(by))
        {
            problems.Add(new Problem(null, new Wording(
                "Cần ghi người quyết định: --by \"Họ tên\".", "Say who decides: --by NAME.")));
        }

        var names = stopped.Count == 0 ? new Wording("không kênh nào", "none") : Both(string.Join(", ", stopped.Select(stop => stop.Lane)));
        foreach (var lane in lanes.Distinct().Where(lane => stopped.All(stop => stop.Lane != lane)))
        {
            problems.Add(new Problem(null, new Wording(
                $"Kênh gửi '{lane}' không bị dừng. Các kênh đang dừng: {names}.", $"The lane '{lane}' is not stopped. Stopped are: {names}.")));
        }

        return problems;
    }

    static Wording Both(string text) => new(text, text);
}
