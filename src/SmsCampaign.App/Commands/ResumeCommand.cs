using System.CommandLine;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign resume [LANE … --by NAME], and resume [CAMPAIGN] [--date DATE] [--lane LANE] --by NAME
/// --reason TEXT [--without-receipts | --without-first-batch]</summary>
sealed class ResumeCommand
{
    readonly Terminal _terminal;
    readonly RunChoice _run;
    readonly Argument<string[]> _names;
    readonly Option<string?> _lane;
    readonly Option<string?> _by;
    readonly Option<string?> _reason;
    readonly Option<bool> _withoutReceipts;
    readonly Option<bool> _withoutFirstBatch;

    ResumeCommand(Terminal terminal)
    {
        _terminal = terminal;
        _run = new RunChoice(terminal.Language);
        _names = new Argument<string[]>(_terminal.Text("chiến-dịch|kênh", "campaign|lane"))
        {
            Description = _terminal.Text(
                "lượt gửi (mã chiến dịch hoặc tệp chiến dịch) hoặc các kênh gửi cho gửi tiếp (để trống: chỉ liệt kê "
                    + "những gì đang dừng)",
                "the run (campaign's id or file) or the lanes to let go on (none: lists what is stopped)"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        _lane = new Option<string?>("--lane")
        {
            Description = _terminal.Text(
                "một kênh gửi: của lượt gửi đã ghi, hoặc ở mọi lượt gửi nếu không ghi chiến dịch",
                "one lane: of the run that is named, or of every run where none is"),
        };
        _by = new Option<string?>("--by")
        {
            Description = _terminal.Text("họ tên người quyết định", "name of who decides"),
        };
        _reason = new Option<string?>("--reason")
        {
            Description = _terminal.Text(
                "lý do, căn cứ (cần khi kết thúc một lệnh tạm dừng, hoặc cho kênh đứng chờ gửi tiếp)",
                "on what grounds (needed to end a pause, or to let go on what is held)"),
        };
        _withoutReceipts = new Option<bool>(LaneTrialWords.WithoutReceipts)
        {
            Description = _terminal.Text(
                "chỉ với kênh đứng chờ vì loạt tin đầu: loạt tin đầu mới chỉ xét câu trả lời của nhà mạng, không xét "
                    + "biên nhận (tin vẫn tới máy mà biên nhận không về được)",
                "only of a lane held by its first batch: the next is judged by the gateway's answers alone, without "
                    + "receipts (phones get the messages, and receipts cannot come)"),
        };
        _withoutFirstBatch = new Option<bool>(LaneTrialWords.WithoutFirstBatch)
        {
            Description = _terminal.Text(
                "chỉ với kênh đứng chờ vì loạt tin đầu: gửi hết luôn, không qua loạt tin đầu (đã biết chắc kênh gửi "
                    + "tốt; kênh vẫn tự canh)",
                "only of a lane held by its first batch: it sends in full at once (the lane is known to be well; the "
                    + "guard stays on)"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var resume = new ResumeCommand(terminal);
        var command = new Command("resume", terminal.Text(
            "Cho gửi tiếp những gì đã tạm dừng bằng 'pause', các kênh gửi đang dừng vì tài khoản ở nhà mạng chưa dùng "
                + "được hoặc vì lỗi của chương trình, và các kênh đứng chờ vì quá nhiều tin hỏng, sau khi đã sửa; "
                + "không ghi gì thì liệt kê",
            "Let go on what was paused by 'pause', the lanes that stopped because their account is not set up or by "
                + "a fault of the program, and those held as too much failed, once it is mended; with nothing named, "
                + "lists them"))
        {
            resume._names, resume._run.Date, resume._lane, resume._by, resume._reason,
            resume._withoutReceipts, resume._withoutFirstBatch,
        };

        command.SetAction(resume.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var stopped = new LaneDesk(data, _terminal.Time).Read();
        var standing = Control(parsed).Read().Where(order => order.Kind == OrderKind.Pause).ToList();
        var held = HeldLanes.Read(data);
        var names = parsed.GetValue(_names) ?? [];
        var lane = parsed.GetValue(_lane);
        if (parsed.GetValue(_withoutReceipts) || parsed.GetValue(_withoutFirstBatch))
            return await OverruleAsync(parsed, data, names, standing, held, cancellationToken);
        if (names.Length == 0 && lane is null && parsed.GetValue(_by) is null)
            return List(stopped, standing, held);

        var about = Find(parsed, data, names, lane, new Still(stopped, standing, held));
        if (_terminal.List(about.Problems))
            return ExitCode.InputHasProblems;

        var exit = ExitCode.Done;
        var who = SharedOptions.WhoBy(parsed.GetValue(_by));
        if (about.Scopes.Count == 0 || about.Lanes.Count > 0)
            exit = await LetGoAsync(
                data, who, about.Lanes, stopped, parsed.GetValue(_reason) ?? "", cancellationToken);
        foreach (var scope in about.Scopes)
            exit = Math.Max(exit, await ResumeAsync(parsed, who, scope, standing, held.Lanes, cancellationToken));
        return about.IsOfLanes && SayUnread(held) ? Math.Max(exit, ExitCode.CouldNot) : exit;
    }

    /// <summary>A lane may be held in a run that nobody can read, and stays so.</summary>
    /// <returns>False where there is none.</returns>
    bool SayUnread(HeldLanes held)
    {
        foreach (var run in held.Unread)
            _terminal.SayError(run.ToWords());
        return held.Unread.Count > 0;
    }

    int List(IReadOnlyList<LaneStop> stopped, List<StandingOrder> standing, HeldLanes held)
    {
        if (stopped.Count + standing.Count + held.Lanes.Count + held.Unread.Count == 0)
            _terminal.Say(
                "Không có kênh gửi nào đang dừng, không có gì đang tạm dừng.",
                "No lane is stopped, nothing is paused.");
        StoppedLanes.Say(stopped, _terminal);
        foreach (var pause in standing)
            OrderText.Say(pause, _terminal);
        foreach (var lane in held.Lanes)
            TriedLanes.Say(lane, _terminal);
        return SayUnread(held)
            || stopped.Any(stop => stop.Unreadable is not null)
            || standing.Exists(pause => pause.Unreadable is not null)
            ? ExitCode.CouldNot
            : ExitCode.Done;
    }

    /// <summary>A name is that of a stopped, paused or held lane, or else of a campaign.</summary>
    Meant Find(ParseResult parsed, DataFolder data, string[] names, string? lane, Still still)
    {
        var (stopped, standing, held) = (still.Stopped, still.Paused, still.Held.Lanes);
        var problems = new List<Problem>();
        var isDated = parsed.GetValue(_run.Date) is not null;
        if (names is [var one]
            && (lane is not null || isDated || (!IsLane(one) && KnownRuns.Read(data, one).Count > 0)))
        {
            var run = _run.Find(parsed, one, data, problems);
            return new Meant(
                [], run?.FindKey() is { } key ? [new OrderScope(key, lane)] : [], problems, IsOfLanes: false);
        }

        if (names.Length > 0 && (lane is not null || isDated))
            problems.Add(new Problem(null, new Wording(
                "--lane và --date chỉ đi với một chiến dịch.", "--lane and --date go with one campaign.")));
        if (names.Length == 0 && lane is not null)
            names = [lane];
        return new Meant(
            [.. names.Where(name => stopped.Any(stop => stop.Lane == name) || !(IsPaused(name) || IsHeld(name)))],
            [
                .. names.Where(IsPaused).Distinct().Select(name => new OrderScope(null, name)),
                .. held.Where(each => names.Contains(each.Lane)).Select(each => each.Scope),
            ],
            problems,
            IsOfLanes: true);

        bool IsPaused(string name) => standing.Any(pause => pause.Run is null && pause.Lane == name);

        bool IsHeld(string name) => held.Any(each => each.Lane == name);

        bool IsLane(string name) => IsPaused(name) || IsHeld(name) || stopped.Any(stop => stop.Lane == name);
    }

    async Task<int> ResumeAsync(
        ParseResult parsed,
        Who who,
        OrderScope scope,
        IReadOnlyList<StandingOrder> seen,
        IReadOnlyList<HeldLane> held,
        CancellationToken cancellationToken)
    {
        var control = Control(parsed);
        var hold = scope is { Run: { } run, Lane: null } ? control.FindHold(run) : null;
        var result = await control.ResumeAsync(
            who, scope, seen, held, hold, parsed.GetValue(_reason) ?? "", CommandDesk.Patience, cancellationToken);
        return Say(result, scope, TrialRelease.Anew);
    }

    /// <summary>A lane goes on that its first batch holds, otherwise than the campaign says. All that speaks against it
    /// is said at once.</summary>
    async Task<int> OverruleAsync(
        ParseResult parsed,
        DataFolder data,
        string[] names,
        IReadOnlyList<StandingOrder> seen,
        HeldLanes held,
        CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        if (names.Length > 1)
            problems.Add(new Problem(null, new Wording("Chỉ ghi một chiến dịch.", "Name one campaign.")));
        var run = names is [var one] ? _run.Find(parsed, one, data, problems)?.FindKey() : null;
        var wish = new OverruleWish(
            run, parsed.GetValue(_lane), parsed.GetValue(_withoutReceipts), parsed.GetValue(_withoutFirstBatch));
        var (who, reason) = (SharedOptions.WhoBy(parsed.GetValue(_by)), parsed.GetValue(_reason) ?? "");
        var desk = new OverruleDesk(data, SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);
        if (problems.Count > 0)
        {
            _terminal.List([
                .. problems,
                .. desk.Check(who, wish, held.Lanes, reason)
                    .Where(finding => finding is not ControlFinding.NeedsCampaign)
                    .Select(ControlText.Of),
            ]);
            return ExitCode.InputHasProblems;
        }

        return Say(
            await desk.ResumeAsync(who, wish, seen, held.Lanes, reason, CommandDesk.Patience, cancellationToken),
            new OrderScope(run, wish.Lane),
            wish.Release);
    }

    int Say(ControlResult result, OrderScope scope, TrialRelease release)
    {
        switch (result)
        {
            case ControlResult.Refused refused:
                _terminal.List(refused.Findings.Select(ControlText.Of));
                return ExitCode.InputHasProblems;
            case ControlResult.Lifted lifted:
                var of = OrderWords.Scope(scope);
                if (lifted.Hold is { At: { } since, Why: var why })
                    _terminal.Say(
                        $"Lượt gửi này dừng chờ người phụ trách từ {VietnamTime.Moment(since)}: {why} Lệnh này cho "
                            + $"lượt gửi tiếp.",
                        $"The run has been held since {VietnamTime.Moment(since)}: {why} This lets it go on.");
                foreach (var lane in lifted.Lanes)
                    _terminal.Say(TriedLanes.Released(lane));
                return ControlText.Say(
                    _terminal,
                    new Wording($"Đã cho gửi tiếp {of}.", $"Goes on: {of}."),
                    lifted.Heeding,
                    Then(release));
            default:
                throw new InvalidOperationException($"not a result of letting go on: {result}");
        }
    }

    static Wording Then(TrialRelease release) => release switch
    {
        TrialRelease.WithoutReceipts => new Wording(
            "Trong khung giờ gửi, kênh gửi một loạt tin đầu mới, chỉ xét câu trả lời của nhà mạng, không xét biên "
                + "nhận; đạt thì tự gửi tiếp.",
            "Where the window is open a first batch is sent again and judged by the gateway's answers alone, without "
                + "receipts; where it fares well the lane goes on by itself."),
        TrialRelease.WithoutFirstBatch => new Wording(
            "Trong khung giờ gửi, các tin còn chờ được gửi hết, không qua loạt tin đầu; kênh vẫn tự canh như đã phê "
                + "duyệt.",
            "Where the window is open all that waits is sent, without a first batch; the guard stays on as approved."),
        _ => new Wording(
            "Các tin còn chờ được gửi nếu đang trong khung giờ gửi.", "What waits is sent where the window is open."),
    };

    ControlDesk Control(ParseResult parsed) => new(
        SharedOptions.FolderOf(parsed), SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);

    async Task<int> LetGoAsync(
        DataFolder data,
        Who who,
        IReadOnlyList<string> lanes,
        IReadOnlyList<LaneStop> stopped,
        string reason,
        CancellationToken cancellationToken)
    {
        var desk = new LaneDesk(data, _terminal.Time);
        var result = await desk.ResumeAsync(who, lanes, stopped, reason, CommandDesk.Patience, cancellationToken);
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
        var words = ResumeWords.Of(lane, by);
        if (lane is ResumedLane.GoesOn)
            _terminal.Say(words);
        else
            _terminal.SayError(words);
    }

    static Problem ToProblem(ResumeFinding finding) => new(null, finding is ResumeFinding.NoName
        ? new Wording("Cần ghi người quyết định: --by \"Họ tên\".", "Say who decides: --by NAME.")
        : ResumeWords.Of(finding));

    /// <summary>What stands still.</summary>
    sealed record Still(
        IReadOnlyList<LaneStop> Stopped, IReadOnlyList<StandingOrder> Paused, HeldLanes Held);

    /// <summary>What is meant to go on.</summary>
    /// <param name="IsOfLanes">Whether lanes were named, and no run.</param>
    sealed record Meant(
        IReadOnlyList<string> Lanes,
        IReadOnlyList<OrderScope> Scopes,
        IReadOnlyList<Problem> Problems,
        bool IsOfLanes);
}
