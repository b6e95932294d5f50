using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign declare [CAMPAIGN [--date DATE] --by NAME --reason "…"]</summary>
sealed class DeclareCommand
{
    readonly Terminal _terminal;
    readonly Argument<string?> _campaign;
    readonly Option<string?> _date;
    readonly DecisionOptions _decision;

    DeclareCommand(Terminal terminal)
    {
        _terminal = terminal;
        _campaign = new Argument<string?>(_terminal.Text("chiến-dịch", "campaign"))
        {
            Description = _terminal.Text("mã chiến dịch (để trống: chỉ liệt kê)", "campaign's id (none: lists only)"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        _date = new Option<string?>("--date")
        {
            Description = _terminal.Text("ngày gửi, như 30/7/2025", "date of the run, as 2025-07-30"),
        };
        _decision = new DecisionOptions(terminal.Language);
    }

    public static Command Create(Terminal terminal)
    {
        var declare = new DeclareCommand(terminal);
        var command = new Command("declare", terminal.Text(
            "Xem các lượt gửi có sổ bị mất hoặc cũ hơn những gì đã gửi, và ghi nhận phần có thể đã gửi là chưa rõ",
            "List the runs whose ledger is lost or older than what was sent, and declare "
                + "uncertain what may have been sent"))
        {
            declare._campaign, declare._date,
        };
        declare._decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(declare.Run(parsed, cancellationToken)));
        return command;
    }

    int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var desk = new LossDesk(data, SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);
        var campaign = parsed.GetValue(_campaign);
        var problems = new List<Problem>();
        var date = RunChoice.ReadDate(parsed, _date, problems);
        var losses = desk.Look(campaign, date);
        foreach (var row in losses.Unread)
            _terminal.SayError(row);
        var unknown = losses.AreNone ? DescribeUnknown(losses.Known, campaign, date, data) : null;
        if (unknown is { } none)
            problems.Add(new Problem(null, none));

        if (!_decision.Given(parsed))
        {
            if (_terminal.List(problems))
                return ExitCode.InputHasProblems;

            return List(losses);
        }

        var (who, reason) = _decision.Read(parsed, problems);
        if (unknown is null && (campaign is null || losses.Runs.Count != 1))
            problems.Add(NotOne(losses.Runs));
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var result = desk.Declare(who, reason, losses.Runs[0], cancellationToken);
        switch (result)
        {
            case LossResult.NoName:
                _terminal.List([DecisionOptions.NoName]);
                return ExitCode.InputHasProblems;
            case LossResult.NoReason:
                _terminal.List([DecisionOptions.NoReason]);
                return ExitCode.InputHasProblems;
            case LossResult.Changed(var run):
                _terminal.SayError(new Wording(
                    $"Sổ của lượt gửi {run} đã khác lúc được xem; chưa ghi gì. Hãy chạy lại lệnh.",
                    $"The ledger of the run {run} is other than it was looked at; "
                        + $"nothing is declared. Run this again."));
                return ExitCode.InputHasProblems;
            case LossResult.Refused(var why):
                _terminal.List(why);
                return ExitCode.InputHasProblems;
            case LossResult.Declared declared:
                _terminal.List(declared.Problems);
                Say(declared, who.Person);
                return losses.Unread.Count == 0 ? ExitCode.Done : ExitCode.CouldNot;
            default:
                throw new InvalidOperationException($"not a result of declaring: {result}");
        }
    }

    void Say(LossResult.Declared declared, string by)
    {
        var (key, count) = (declared.Run, Figures.Counted(declared.Messages, "message"));
        var rest = declared.IsHeld
            ? new Wording(
                "Lượt gửi đang dừng: phần còn lại chỉ gửi sau khi phê duyệt lại bằng 'approve'.",
                "The run is held: the rest is sent once it is approved again with 'approve'.")
            : new Wording("Phần còn lại gửi tiếp theo phê duyệt.", "The rest goes on as approved.");
        _terminal.Say(
            $"Lượt gửi {key}: {count} tin có thể đã gửi được ghi là chưa rõ, người quyết định: {by}. "
                + $"Các tin này không tự gửi; xem bằng 'resolve'. {rest}",
            $"The run {key}: {count} that may have been sent, uncertain now, decided by {by}. "
                + $"The program does not send them; see them with 'resolve'. {rest}");
    }

    int List(Losses losses)
    {
        if (losses.NoLedger is { } missing)
            _terminal.SayError(missing);
        foreach (var file in losses.Runs)
            _terminal.Say(MarkWords.Of(file));
        if (!losses.AreNone)
            return ExitCode.CouldNot;

        _terminal.Say("Mọi sổ gửi tin đều đủ như những gì đã gửi.", "Every ledger holds all that was sent.");
        return ExitCode.Done;
    }

    /// <returns>That there is no such run, whose ledger could be whole; null where there
    /// is, or none was named.</returns>
    static Wording? DescribeUnknown(IReadOnlyList<RunKey> known, string? campaign, DateOnly? date, DataFolder data)
    {
        var those = known.Where(key => campaign is null || key.Campaign == campaign).ToList();
        if (campaign is not null && those.Count == 0)
            return RunChoice.NoRuns(
                data, campaign, [.. known.Select(key => key.Campaign).Distinct().Order(StringComparer.Ordinal)]);
        if (date is not { } day || those.Exists(key => key.Date == day))
            return null;

        var there = string.Join(", ", those.Select(key => key.ToString()));
        return new Wording(
            $"Không có lượt gửi nào của ngày {Figures.Date(day)}. Đang có: {there}.",
            $"There is no run of {Figures.Date(day)}. There are: {there}.");
    }

    static Problem NotOne(IReadOnlyList<RunFile> found)
    {
        var list = string.Join(", ", found.Select(file => file.Key.ToString()));
        return new Problem(null, found.Count == 0
            ? new Wording(
                "Không có lượt gửi nào như vậy có sổ bị mất hoặc cũ.", "No such run has a ledger that is lost or old.")
            : new Wording(
                $"Hãy ghi một lượt gửi bằng mã chiến dịch và --date; đang có: {list}.",
                $"Name one run by its campaign and --date; there are: {list}."));
    }
}
