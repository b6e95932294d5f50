using System.CommandLine;
using SmsCampaign.Planning;
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
        _date = new Option<string?>("--date") { Description = _terminal.Text("ngày gửi, như 30/7/2025", "date of the run, as 2025-07-30") };
        _decision = new DecisionOptions(terminal.Language);
    }

    public static Command Create(Terminal terminal)
    {
        var declare = new DeclareCommand(terminal);
        var command = new Command("declare", terminal.Text(
            "Xem các lượt gửi có sổ bị mất hoặc cũ hơn những gì đã gửi, và ghi nhận phần có thể đã gửi là chưa rõ",
            "List the runs whose ledger is lost or older than what was sent, and declare uncertain what may have been sent"))
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
        var lost = new LostRuns(data, SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);
        var campaign = parsed.GetValue(_campaign);
        var problems = new List<Problem>();
        var unread = new List<Wording>();
        var found = lost.Find(campaign, unread).ToList();
        foreach (var row in unread)
            _terminal.SayError(row);
        if (parsed.GetValue(_date) is { } written)
        {
            if (RunChoice.TryReadDate(written, out var date))
                found.RemoveAll(file => file.Key.Date != date);
            else
                problems.Add(new Problem(null, new Wording($"--date: '{written}' không phải là ngày.", $"--date: '{written}' is not a date.")));
        }

        if (!_decision.Given(parsed))
        {
            if (_terminal.List(problems))
                return ExitCode.InputHasProblems;

            return List(found, lost.FindMissingLedger(), isWhole: unread.Count == 0);
        }

        var (by, reason) = _decision.Read(parsed, problems);
        if (campaign is null || found.Count != 1)
            problems.Add(NotOne(found));
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var declared = lost.Declare(found[0], by, reason, problems, cancellationToken);
        if (_terminal.List(problems) || declared is not { } messages)
            return ExitCode.InputHasProblems;

        var (key, count) = (found[0].Key, Figures.Counted(messages, "message"));
        var rest = new RunRegistry(data).Find(key)?.State == RunState.Held
            ? new Wording("Lượt gửi đang dừng: phần còn lại chỉ gửi sau khi phê duyệt lại bằng 'approve'.", "The run is held: the rest is sent once it is approved again with 'approve'.")
            : new Wording("Phần còn lại gửi tiếp theo phê duyệt.", "The rest goes on as approved.");
        _terminal.Say(
            $"Lượt gửi {key}: {count} tin có thể đã gửi được ghi là chưa rõ, người quyết định: {by}. Các tin này không tự gửi; xem bằng 'resolve'. {rest}",
            $"The run {key}: {count} that may have been sent, uncertain now, decided by {by}. The program does not send them; see them with 'resolve'. {rest}");
        return unread.Count == 0 ? ExitCode.Done : ExitCode.CouldNot;
    }

    /// <param name="isWhole">Whether every run could be judged.</param>
    int List(List<RunFile> found, Wording? noLedger, bool isWhole)
    {
        if (noLedger is { } missing)
            _terminal.SayError(missing);
        foreach (var file in found)
            _terminal.Say(MarkWords.Of(file));
        if (found.Count > 0 || noLedger is not null || !isWhole)
            return ExitCode.CouldNot;

        _terminal.Say("Mọi sổ gửi tin đều đủ như những gì đã gửi.", "Every ledger holds all that was sent.");
        return ExitCode.Done;
    }

    static Problem NotOne(List<RunFile> found)
    {
        var list = string.Join(", ", found.Select(file => file.Key.ToString()));
        return new Problem(null, found.Count == 0
            ? new Wording("Không có lượt gửi nào như vậy có sổ bị mất hoặc cũ.", "No such run has a ledger that is lost or old.")
            : new Wording($"Hãy ghi một lượt gửi bằng mã chiến dịch và --date; đang có: {list}.", $"Name one run by its campaign and --date; there are: {list}."));
    }
}
