using System.CommandLine;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Commands;

/// <summary>
/// sms-campaign resolve CAMPAIGN [--message REF | --all --as delivered|sent|failed|planned --by NAME --reason "…"]
/// </summary>
sealed class ResolveCommand
{
    /// <summary>Most messages listed; more are only counted.</summary>
    const int MostListed = 200;

    const string SendAgainName = "--yes-send-again";
    const string SeenName = "--seen";

    readonly Terminal _terminal;
    readonly RunChoice _run;
    readonly Option<string[]> _message;
    readonly Option<bool> _all;
    readonly Option<string?> _as;
    readonly Option<string?> _by;
    readonly Option<string?> _reason;
    readonly Option<bool> _sendAgain;
    readonly Option<long?> _seen;

    ResolveCommand(Terminal terminal)
    {
        _terminal = terminal;
        _run = new RunChoice(terminal.Language);
        _message = new Option<string[]>("--message")
        {
            Description = _terminal.Text(
                "mã tin cần xử lý; ghi được nhiều lần", "reference of a message to settle; may be given several times"),
        };
        _all = new Option<bool>("--all")
        {
            Description = _terminal.Text("mọi tin chưa rõ của lượt gửi", "every uncertain message of the run"),
        };
        _as = new Option<string?>("--as")
        {
            Description = _terminal.Text(
                "kết quả: delivered, sent, failed, hoặc planned (gửi lại)",
                "as what: delivered, sent, failed, or planned (send again)"),
        };
        _as.AcceptOnlyFromAmong("delivered", "sent", "failed", "planned");
        _by = new Option<string?>("--by")
        {
            Description = _terminal.Text("họ tên người quyết định", "name of who decides"),
        };
        _reason = new Option<string?>("--reason")
        {
            Description = _terminal.Text(
                "căn cứ, ví dụ \"đối soát với nhà mạng ngày …\"",
                "on what grounds, such as \"checked with the carrier on …\""),
        };
        _sendAgain = new Option<bool>(SendAgainName)
        {
            Description = _terminal.Text(
                "xác nhận gửi lại: thuê bao có thể nhận tin hai lần",
                "confirms sending again: a phone may get the message twice"),
        };
        _seen = new Option<long?>(SeenName)
        {
            Description = _terminal.Text(
                "với --all: số tin chưa rõ đã xem; nay khác thì không ghi gì",
                "with --all: how many uncertain messages were looked at; "
                    + "nothing is settled where there are others now"),
            HelpName = _terminal.Text("số", "count"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var resolve = new ResolveCommand(terminal);
        var command = new Command("resolve", terminal.Text(
            "Xem các tin chưa rõ kết quả, và ghi quyết định của người phụ trách",
            "List the messages that may or may not have been sent, and settle them as a person decides"));
        resolve._run.AddTo(command);
        foreach (var option in new Option[]
        {
            resolve._message,
            resolve._all,
            resolve._as,
            resolve._by,
            resolve._reason,
            resolve._sendAgain,
            resolve._seen,
        })
            command.Options.Add(option);

        command.SetAction(resolve.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        var run = _run.Find(parsed, data, problems);
        var who = SharedOptions.WhoBy(parsed.GetValue(_by));
        var order = ReadOrder(parsed);
        var asked = order.As is not null || order.All || order.References.Count > 0 || order.Seen is not null;
        if (asked)
            problems.AddRange(ResolutionDesk.Check(who, order).Select(finding => ToProblem(finding, run)));
        if (_terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        var desk = new ResolutionDesk(data, _terminal.Time);
        if (!asked)
            return List(run, await desk.LookAsync(run, MostListed));

        var result = await desk.SettleAsync(who, run, order, cancellationToken);
        switch (result)
        {
            case ResolutionResult.Refused refused:
                _terminal.List(refused.Findings.Select(finding => ToProblem(finding, run)));
                return ExitCode.InputHasProblems;
            case ResolutionResult.Settled settled:
                return Say(settled, run, order.As!.Value, who.Person);
            default:
                throw new InvalidOperationException($"not a decision's result: {result}");
        }
    }

    ResolutionOrder ReadOrder(ParseResult parsed) => new(
        parsed.GetValue(_message) ?? [],
        parsed.GetValue(_all),
        parsed.GetValue(_as) is { } word ? Enum.Parse<MessageStatus>(word, ignoreCase: true) : null,
        parsed.GetValue(_reason),
        parsed.GetValue(_sendAgain),
        parsed.GetValue(_seen));

    static Problem ToProblem(ResolutionFinding finding, RunRecord? run) => new(null, finding switch
    {
        ResolutionFinding.NotOneChoice => new Wording(
            "Hãy ghi một trong hai: --message MÃ hoặc --all.", "Give one of the two: --message REFERENCE or --all."),
        ResolutionFinding.NoStatus => new Wording(
            "Thiếu --as: delivered, sent, failed hoặc planned.",
            "--as is missing: delivered, sent, failed or planned."),
        ResolutionFinding.NoName =>
            new Wording("Thiếu --by: họ tên người quyết định.", "--by is missing: the name of who decides."),
        ResolutionFinding.NoReason =>
            new Wording("Thiếu --reason: căn cứ của quyết định.", "--reason is missing: on what grounds."),
        ResolutionFinding.NotSure => new Wording(
            $"'--as planned' là gửi lại: nếu lần trước tin đã tới thì thuê bao nhận hai lần. "
                + $"Chỉ dùng khi chắc chắn tin chưa gửi; khi đó thêm {SendAgainName}.",
            $"'--as planned' sends again: if the message did arrive, the phone gets it twice. "
                + $"Only where it is certain that it did not; then add {SendAgainName}."),
        ResolutionFinding.CountOfSome =>
            new Wording($"{SeenName} chỉ dùng cùng --all.", $"{SeenName} goes only with --all."),
        ResolutionFinding.UnknownMessage(var reference) => new Wording(
            $"Lượt gửi {run!.ToKey()} không có tin mã '{reference}'. Xem các mã bằng: sms-campaign resolve "
                + $"{run.Campaign}{Simulated(run)}",
            $"The run {run.Key} has no message '{reference}'. See the references by: sms-campaign resolve "
                + $"{run.Campaign}{Simulated(run)}"),
        ResolutionFinding.OtherCount(var seen, var there) => new Wording(
            $"{SeenName}: đã xem {Figures.Count(seen)} tin chưa rõ, nay có {Figures.Count(there)}: chưa ghi gì. "
                + $"Hãy xem lại bằng: sms-campaign resolve {run!.Campaign}{Simulated(run)}",
            $"{SeenName}: {Figures.Counted(seen, "uncertain message")} looked at, now {Figures.Count(there)}: "
                + $"nothing is settled. Look again by: sms-campaign resolve {run.Campaign}{Simulated(run)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    });

    int List(RunRecord run, UncertainList uncertain)
    {
        var window = run.ReadSchedule().Window;
        var table = new TextTable(
            _terminal.Text("Mã tin", "Reference"),
            _terminal.Text("Số", "Number"),
            _terminal.Text("Nhà mạng", "Carrier"),
            _terminal.Text("Kênh gửi", "Lane"),
            _terminal.Text("Giờ chuyển", "Handed over"),
            _terminal.Text("Lý do", "Why"))
        {
            Left = new HashSet<int> { 1, 2, 3, 4, 5 },
        };

        foreach (var message in uncertain.First)
        {
            var handed = message.HandedAt is { } micros
                ? Figures.Moment(window.ToLocal(ProcessClock.FromMicros(micros))).In(_terminal.Language)
                : _terminal.Text("không rõ", "not known");
            table.Add(message.Reference, message.Number.Masked, message.Carrier, message.Lane, handed, Why(message));
        }

        var total = uncertain.Total;
        if (total == 0)
        {
            _terminal.Say(
                $"Lượt gửi {run.ToKey()} không có tin nào chưa rõ.", $"The run {run.Key} has no uncertain message.");
            return ExitCode.Done;
        }

        table.Write(_terminal.Output);
        var all = Figures.Count(total);
        var more = Figures.Count(total - MostListed);
        var unlisted = total > MostListed
            ? new Wording($" (còn {more} tin không liệt kê)", $" ({more} not listed)")
            : new Wording("", "");
        _terminal.Output.WriteLine();
        _terminal.Say(
            $"{all} tin chưa rõ{unlisted}. Khi đã đối soát với nhà mạng:\n"
                + $"  sms-campaign resolve {run.Campaign}{Simulated(run)} --message MÃ --as delivered|sent|failed --by "
                + $"\"Họ tên\" --reason \"căn cứ\"",
            $"{all} uncertain{unlisted}. Once checked with the carrier:\n"
                + $"  sms-campaign resolve {run.Campaign}{Simulated(run)} --message REFERENCE --as "
                + $"delivered|sent|failed --by NAME --reason GROUNDS");
        return ExitCode.Done;
    }

    int Say(ResolutionResult.Settled settled, RunRecord run, MessageStatus to, string by)
    {
        if (settled.IsHeld)
        {
            _terminal.Say(
                $"Lượt gửi đã xong nên các tin này chờ phê duyệt: sms-campaign approve "
                    + $"{TypedArgument.Of(run.CampaignFile)} --date {run.Date} --by …",
                $"The run was over, so these wait for an approval: sms-campaign approve "
                    + $"{TypedArgument.Of(run.CampaignFile)} --date {run.Date} --by …");
        }

        var (done, left) =
            (Figures.Counted(settled.Messages, "message"), Figures.Count(settled.Wanted - settled.Messages));
        var word = MessageStatusWords.Of(to);
        _terminal.Say(
            $"Đã ghi {done} tin là '{word}', người quyết định: {by}.",
            $"{done} recorded as '{word}', decided by {by}.");
        if (settled.IsStopped)
            _terminal.Say(
                "Đã dừng theo yêu cầu; chạy lại lệnh này để ghi các tin còn lại.",
                "Stopped as asked; run this again to settle the rest.");
        else if (settled.Messages < settled.Wanted)
            _terminal.Say(
                $"{left} tin không còn là chưa rõ nên giữ nguyên.",
                $"{left} were not uncertain (any more) and stay as they are.");
        return settled.IsWhole ? ExitCode.Done : ExitCode.CouldNot;
    }

    static string Simulated(RunRecord run) => run.Simulated ? " --simulate" : "";

    string Why(UncertainMessage message) =>
        ReasonWords.Of(message.Why, message.Code is { } code ? NumberMask.In(code) : null).In(_terminal.Language);
}
