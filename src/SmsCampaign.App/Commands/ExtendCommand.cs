using System.CommandLine;
using System.Globalization;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign extend CAMPAIGN [--date DATE] --until HH:MM --by NAME --reason "…"</summary>
sealed class ExtendCommand
{
    static readonly string[] HourForms = ["HH:mm", "H:mm"];

    readonly Terminal _terminal;
    readonly Argument<string> _campaign;
    readonly Option<string?> _date;
    readonly Option<string?> _until;
    readonly DecisionOptions _decision;

    ExtendCommand(Terminal terminal)
    {
        _terminal = terminal;
        _campaign = new Argument<string>(_terminal.Text("chiến-dịch", "campaign"))
        {
            Description = _terminal.Text("mã hoặc tệp chiến dịch", "campaign's id or file"),
        };
        _date = new Option<string?>("--date")
        {
            Description = _terminal.Text(
                "ngày của lượt gửi, như 30/7/2025 (để trống: lượt gửi của hôm nay)",
                "date of the run, as 2025-07-30 (none: the one that sends today)"),
        };
        _until = new Option<string?>("--until")
        {
            Description = _terminal.Text(
                "giờ đóng mới của hôm nay, như 21:00; muộn nhất 22:00",
                "when today's window closes instead, as 21:00; 22:00 at the latest"),
        };
        _decision = new DecisionOptions(terminal.Language);
    }

    public static Command Create(Terminal terminal)
    {
        var extend = new ExtendCommand(terminal);
        var command = new Command("extend", terminal.Text(
            "Kéo dài khung giờ gửi của hôm nay, chỉ hôm nay, cho một lượt gửi còn tin chưa gửi",
            "Have today's window of a run close later, today only, while messages of it are left"))
        {
            extend._campaign, extend._date, extend._until,
        };
        extend._decision.AddTo(command);
        command.SetAction(extend.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var date = RunChoice.ReadDate(parsed, _date, problems);
        var hour = parsed.GetValue(_until)?.Trim();
        if (!TimeOnly.TryParseExact(hour, HourForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
            problems.Add(new Problem(null, hour is null
                ? new Wording("Cần ghi giờ đóng mới: --until 21:00.", "Say when it closes: --until 21:00.")
                : new Wording(
                    $"--until: '{hour}' không phải là giờ. Hãy ghi như 21:00.",
                    $"--until: '{hour}' is no time of day. Write it as 21:00.")));
        var (who, reason) = _decision.Read(parsed, problems);
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var result = await new ExtendDesk(SharedOptions.FolderOf(parsed), _terminal.Time).ExtendAsync(
            who,
            new ExtendOrder(parsed.GetRequiredValue(_campaign), date, until, reason),
            CommandDesk.Patience,
            cancellationToken);
        switch (result)
        {
            case ExtendResult.Refused refused:
                _terminal.List(refused.Findings.Select(finding => new Problem(null, finding.ToWords())));
                return ExitCode.InputHasProblems;
            case ExtendResult.Extended extended:
                Say(extended, who.Person);
                return ExitCode.Done;
            case ExtendResult.NotDone(var why):
                _terminal.SayError(why);
                return ExitCode.CouldNot;
            case ExtendResult.NotKnown(var why):
                _terminal.SayError(new Wording(
                    $"Chưa biết khung giờ đã được kéo dài chưa. {why}",
                    $"Whether the window is extended is not known yet. {why}"));
                return ExitCode.CouldNot;
            default:
                throw new InvalidOperationException($"not a result of extending: {result}");
        }
    }

    void Say(ExtendResult.Extended extended, string by)
    {
        var (day, left) = (Figures.Date(extended.Day), Figures.Counted(extended.Left, "message"));

        // A run is called by its date, which is mostly today's.
        var of = extended.Day == extended.Run.Date
            ? new Wording($"{extended.Run}", $"{extended.Run}")
            : new Wording($"{extended.Run}, vào ngày {day},", $"{extended.Run}, on {day},");
        var next = extended.IsHeld
            ? new Wording(
                "Lượt gửi đang dừng, chờ người phụ trách: cho gửi tiếp bằng 'resume' khi phê duyệt còn hiệu lực, "
                    + "không thì phê duyệt lại bằng 'approve'.",
                "The run is held: let it go on with 'resume' while its approval stands, else approve it again with "
                    + "'approve'.")
            : extended.ByWorker
                ? new Wording("Dịch vụ gửi đã nhận.", "The worker has taken it up.")
                : new Wording(
                    "Hiện không có dịch vụ gửi nào chạy; dịch vụ gửi hoặc lệnh 'send' sẽ đóng theo giờ mới.",
                    "No worker runs now; a worker, or 'send', closes by the new hour.");
        _terminal.Say(
            $"Khung giờ của {of} kéo dài từ {extended.Was:HH:mm} đến {extended.Closes:HH:mm}, chỉ hôm nay, người quyết "
                + $"định: {by}. Còn {left} tin chờ gửi. {next}",
            $"The window of {of} closes at {extended.Closes:HH:mm} instead of {extended.Was:HH:mm}, today only, "
                + $"decided by {by}. {left} wait to be sent. {next}");
        if (extended.ClosedMeanwhile)
            _terminal.SayError(ExtendResult.Extended.MayBeGivenUp);
    }
}
