using System.CommandLine;
using SmsCampaign.Conduct;
using SmsCampaign.Conduct.Words;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.App.Commands;

/// <summary>
/// sms-campaign resolve CAMPAIGN [--message REF | --all --as delivered|sent|failed|planned --by NAME --reason "…"]
/// </summary>
sealed class ResolveCommand
{
    /// <summary>Most messages listed; more are only counted.</summary>
    const int MostListed = 200;

    /// <summary>SQLite looks at least every 0.1 s whether a file that is waited for is free.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    const string SendAgainName = "--yes-send-again";

    readonly Terminal _terminal;
    readonly RunChoice _run;
    readonly Option<string[]> _message;
    readonly Option<bool> _all;
    readonly Option<string?> _as;
    readonly Option<string?> _by;
    readonly Option<string?> _reason;
    readonly Option<bool> _sendAgain;

    ResolveCommand(Terminal terminal)
    {
        _terminal = terminal;
        _run = new RunChoice(terminal.Language);
        _message = new Option<string[]>("--message") { Description = _terminal.Text("mã tin cần xử lý; ghi được nhiều lần", "reference of a message to settle; may be given several times") };
        _all = new Option<bool>("--all") { Description = _terminal.Text("mọi tin chưa rõ của lượt gửi", "every uncertain message of the run") };
        _as = new Option<string?>("--as") { Description = _terminal.Text("kết quả: delivered, sent, failed, hoặc planned (gửi lại)", "as what: delivered, sent, failed, or planned (send again)") };
        _as.AcceptOnlyFromAmong("delivered", "sent", "failed", "planned");
        _by = new Option<string?>("--by") { Description = _terminal.Text("họ tên người quyết định", "name of who decides") };
        _reason = new Option<string?>("--reason") { Description = _terminal.Text("căn cứ, ví dụ \"đối soát với nhà mạng ngày …\"", "on what grounds, such as \"checked with the carrier on …\"") };
        _sendAgain = new Option<bool>(SendAgainName)
        {
            Description = _terminal.Text("xác nhận gửi lại: thuê bao có thể nhận tin hai lần", "confirms sending again: a phone may get the message twice"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var resolve = new ResolveCommand(terminal);
        var command = new Command("resolve", terminal.Text(
            "Xem các tin chưa rõ kết quả, và ghi quyết định của người phụ trách",
            "List the messages that may or may not have been sent, and settle them as a person decides"));
        resolve._run.AddTo(command);
        foreach (var option in new Option[] { resolve._message, resolve._all, resolve._as, resolve._by, resolve._reason, resolve._sendAgain })
            command.Options.Add(option);

        command.SetAction(resolve.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        var run = _run.Find(parsed, data, problems);
        var asked = parsed.GetValue(_as) is not null || parsed.GetValue(_all) || parsed.GetValue(_message) is { Length: > 0 };
        if (asked)
            FindProblems(parsed, problems);
        if (_terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        var path = run.PathIn(data);
        var clock = new ProcessClock(run.Simulated ? ShiftedTime.After(path) : TimeProvider.System);
        SendingLock? taken;
        try
        {
            taken = SendingLock.TryTake(data, TimeProvider.System, run.Simulated);
        }
        catch (UnauthorizedAccessException) when (!asked) // to look at it is enough to read it
        {
            using var seen = RunResolutions.ToList(path);
            return List(run, seen);
        }

        using var held = taken;
        if (held is not null)
        {
            // Nobody is sending: what a crash left in flight becomes uncertain now and can be settled at once.
            await using var recovered = RunLedger.Open(path, clock, run.ToKey(), data);
        }

        using var resolutions = new RunResolutions(path);
        async Task<bool> PauseAsync()
        {
            if (held is null)
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !cancellationToken.IsCancellationRequested;
        }

        return asked ? await SettleAsync(parsed, run, new RunRegistry(data), resolutions, clock, PauseAsync) : List(run, resolutions);
    }

    void FindProblems(ParseResult parsed, List<Problem> problems)
    {
        void Missing(Vietnamese vi, English en) => problems.Add(new Problem(null, new Wording(vi, en)));

        if (parsed.GetValue(_all) == (parsed.GetValue(_message) is { Length: > 0 }))
            Missing("Hãy ghi một trong hai: --message MÃ hoặc --all.", "Give one of the two: --message REFERENCE or --all.");
        if (parsed.GetValue(_as) is null)
            Missing("Thiếu --as: delivered, sent, failed hoặc planned.", "--as is missing: delivered, sent, failed or planned.");
        if (string.IsNullOrWhiteSpace(parsed.GetValue(_by)))
            Missing("Thiếu --by: họ tên người quyết định.", "--by is missing: the name of who decides.");
        if (string.IsNullOrWhiteSpace(parsed.GetValue(_reason)))
            Missing("Thiếu --reason: căn cứ của quyết định.", "--reason is missing: on what grounds.");
        if (parsed.GetValue(_as) == "planned" && !parsed.GetValue(_sendAgain))
        {
            Missing(
                $"'--as planned' là gửi lại: nếu lần trước tin đã tới thì thuê bao nhận hai lần. Chỉ dùng khi chắc chắn tin chưa gửi; khi đó thêm {SendAgainName}.",
                $"'--as planned' sends again: if the message did arrive, the phone gets it twice. Only where it is certain that it did not; then add {SendAgainName}.");
        }
    }

    int List(RunRecord run, RunResolutions resolutions)
    {
        var window = run.ReadSchedule().Window;
        var table = new TextTable(
            _terminal.Text("Mã tin", "Reference"), _terminal.Text("Số", "Number"), _terminal.Text("Nhà mạng", "Carrier"), _terminal.Text("Kênh gửi", "Lane"),
            _terminal.Text("Giờ chuyển", "Handed over"), _terminal.Text("Lý do", "Why"))
        {
            Left = new HashSet<int> { 1, 2, 3, 4, 5 },
        };

        var total = 0;
        foreach (var message in resolutions.Read())
        {
            if (++total > MostListed)
                continue;

            var handed = message.HandedAt is { } micros ? Figures.Moment(window.ToLocal(ProcessClock.FromMicros(micros))).In(_terminal.Language) : _terminal.Text("không rõ", "not known");
            table.Add(message.Reference, message.Number.Masked, message.Carrier, message.Lane, handed, Why(message));
        }

        if (total == 0)
        {
            _terminal.Say($"Lượt gửi {run.ToKey()} không có tin nào chưa rõ.", $"The run {run.Key} has no uncertain message.");
            return ExitCode.Done;
        }

        table.Write(_terminal.Output);
        var all = Figures.Count(total);
        var more = Figures.Count(total - MostListed);
        var unlisted = total > MostListed ? new Wording($" (còn {more} tin không liệt kê)", $" ({more} not listed)") : new Wording("", "");
        _terminal.Output.WriteLine();
        _terminal.Say(
            $"{all} tin chưa rõ{unlisted}. Khi đã đối soát với nhà mạng:\n  sms-campaign resolve {run.Campaign}{Simulated(run)} --message MÃ --as delivered|sent|failed --by \"Họ tên\" --reason \"căn cứ\"",
            $"{all} uncertain{unlisted}. Once checked with the carrier:\n  sms-campaign resolve {run.Campaign}{Simulated(run)} --message REFERENCE --as delivered|sent|failed --by NAME --reason GROUNDS");
        return ExitCode.Done;
    }

    async Task<int> SettleAsync(ParseResult parsed, RunRecord run, RunRegistry registry, RunResolutions resolutions, ProcessClock clock, Func<Task<bool>> pause)
    {
        var problems = new List<Problem>();
        var messages = parsed.GetValue(_all)
            ? resolutions.Read().Select(message => message.Seq).ToList()
            : FindMessages(parsed.GetRequiredValue(_message), run, resolutions, problems);
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var to = Enum.Parse<MessageStatus>(parsed.GetRequiredValue(_as)!, ignoreCase: true);
        var (by, reason) = (parsed.GetRequiredValue(_by)!.Trim(), NumberMask.In(parsed.GetRequiredValue(_reason)!.Trim()));
        var now = _terminal.Time.GetUtcNow();
        var settled = await resolutions.SettleAllAsync(messages, to, Who.Here(by), reason, clock, pause, piece =>
        {
            // Before the first of them is on disk: killed later, the run that was over does not stay so with messages to send.
            if (to == MessageStatus.Planned)
                HoldIfOver(run, registry, now);
            registry.Witness(run.ToKey(), piece, now);
        });

        // The worker may have ended it between the look and the piece; from now on the worker sees the messages itself.
        if (to == MessageStatus.Planned && settled > 0)
            HoldIfOver(run, registry, now);
        registry.RecordEvent(by, "resolve", $"{run.Key}: {settled} messages as {to}. {reason}", now);
        var isStopped = settled < messages.Count && !await pause();

        var (done, left) = (Figures.Count(settled), Figures.Count(messages.Count - settled));
        var word = MessageStatusWords.Of(to);
        _terminal.Say($"Đã ghi {done} tin là '{word}', người quyết định: {by}.", $"{done} messages recorded as '{word}', decided by {by}.");
        if (isStopped)
            _terminal.Say("Đã dừng theo yêu cầu; chạy lại lệnh này để ghi các tin còn lại.", "Stopped as asked; run this again to settle the rest.");
        else if (settled < messages.Count)
            _terminal.Say($"{left} tin không còn là chưa rõ nên giữ nguyên.", $"{left} were not uncertain (any more) and stay as they are.");
        return !isStopped && (settled > 0 || messages.Count == 0) ? ExitCode.Done : ExitCode.CouldNot;
    }

    static List<long> FindMessages(string[] references, RunRecord run, RunResolutions resolutions, List<Problem> problems)
    {
        var found = new List<long>();
        foreach (var reference in references)
        {
            if (resolutions.Find(reference) is { } seq)
                found.Add(seq);
            else
                problems.Add(new Problem(null, new Wording(
                    $"Lượt gửi {run.ToKey()} không có tin mã '{reference}'. Xem các mã bằng: sms-campaign resolve {run.Campaign}{Simulated(run)}",
                    $"The run {run.Key} has no message '{reference}'. See the references by: sms-campaign resolve {run.Campaign}{Simulated(run)}")));
        }

        return found;
    }

    /// <summary>Sending again is a new decision where the run was over: it waits for an approval.</summary>
    void HoldIfOver(RunRecord run, RunRegistry registry, DateTimeOffset now)
    {
        if (run.Simulated || registry.Find(run.ToKey())?.State is not (RunState.Finished or RunState.Skipped))
            return;

        registry.Record(new Decision(run.ToKey(), now, now, DecisionKind.Held, HoldWords.WithWayOn(RunConductor.PutBack, run.CampaignFile)));
        registry.SetState(run.ToKey(), RunState.Held, now);
        _terminal.Say(
            $"Lượt gửi đã xong nên các tin này chờ phê duyệt: sms-campaign approve {TypedArgument.Of(run.CampaignFile)} --date {run.Date} --by …",
            $"The run was over, so these wait for an approval: sms-campaign approve {TypedArgument.Of(run.CampaignFile)} --date {run.Date} --by …");
    }

    static string Simulated(RunRecord run) => run.Simulated ? " --simulate" : "";

    string Why(UncertainMessage message) =>
        ReasonWords.Of(message.Why, message.Code is { } code ? NumberMask.In(code) : null).In(_terminal.Language);
}
