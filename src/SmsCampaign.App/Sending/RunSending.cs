using SmsCampaign.App.Commands;
using SmsCampaign.App.Worker;
using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Receipts;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Sending;

/// <summary>
/// Sends a prepared run while a person watches: the gateways or the simulated ones, receipts, progress, report.
/// </summary>
sealed class RunSending(PlannedCampaign planned, DataFolder data, Terminal terminal)
{
    readonly Campaign _campaign = planned.Campaign;
    readonly RunRegistry _registry = new(data);

    public async Task<int> SendAsync(CancellationToken stopping)
    {
        using var sending = SendingLock.TryTake(data, TimeProvider.System, planned.Simulated);
        if (sending is null)
        {
            terminal.SayError(new Wording(
                $"Một tiến trình khác đang gửi từ thư mục {data.Root}. Hãy dừng nó trước, hoặc để nó gửi xong.",
                $"Another process is sending from {data.Root}. Stop it first, or let it finish."));
            return ExitCode.CouldNot;
        }

        var run = _registry.Find(planned.Key)!;
        var clock = new ProcessClock(planned.Simulated ? SimulatedTime(run) : TimeProvider.System);

        await using var network = planned.Simulated
            ? await SimulatedNetwork.StartAsync(SimulatedCarriers.For(planned.Lanes), clock.Time)
            : null;
        var lanes = network is null ? planned.Lanes : SimulatedLanes.For(planned.Lanes, network.Address);

        var stops = planned.Simulated ? null : _registry.Stops;
        using var accounts = new LaneAccounts(lanes, clock, stops, (_, stop) => SayStops(stop));
        ResumeCommand.Say((stops?.Read() ?? []).Where(stop => lanes.Any(lane => lane.Name == stop.Lane)), terminal);

        // This run's own ledger tells when it last sent; another's is not looked into.
        if (!planned.Simulated && _registry.ReadRuns().Any(other => other.Key != run.Key && other is { Simulated: false, State: RunState.Sending }))
            accounts.WaitOutOneWindow();
        accounts.Recall(planned.Simulated
            ? [Path.Combine(data.Root, run.File)]
            : AccountLedgers.Around(data, _registry, DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime)));

        await using var store = new ReceiptStore(data, clock, planned.Simulated);
        await using var runs = new OpenRuns(data, _registry, clock, planned.Simulated);

        var listen = network is null ? planned.Installation.Receipts.Listen : new Uri("http://127.0.0.1:0");
        ReceiptServer server;
        try
        {
            server = await ReceiptServer.StartAsync(listen, store.AppendAsync, CallbackGuards.Of(accounts, planned.Installation.Receipts), stopping, time: clock.Time);
        }
        catch (IOException taken)
        {
            terminal.SayError(new Wording(
                $"Không mở được cổng nhận biên nhận {listen}: {taken.Message}. Hãy đóng chương trình đang dùng cổng, hoặc sửa receipts.listen trong tệp cài đặt.",
                $"The receipts address {listen} cannot be opened: {taken.Message}. Close the program that uses it, or change receipts.listen in the installation file."));
            return ExitCode.CouldNot;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            terminal.Say("Đã dừng theo yêu cầu trước khi bắt đầu gửi.", "Stopped as asked, before sending began.");
            return ExitCode.CouldNot;
        }

        await using (server)
        {
            if (network is not null)
                network.ReceiptUrl = new Uri(server.Address, "/receipts");

            var ledger = runs.Open(run);
            SayStart(ledger, network is not null);
            var end = await ConductAsync(ledger, accounts, store, runs, clock, stopping);
            if (!planned.Simulated)
                _registry.Ported.LearnFrom(ledger.Path);
            return Report(run, ledger, end, clock.Time.GetUtcNow());
        }
    }

    void SayStops(LaneStop? stop)
    {
        if (stop is not null)
            ResumeCommand.Say([stop], terminal);
    }

    async Task<SendEnd> ConductAsync(
        RunLedger ledger, LaneAccounts accounts, ReceiptStore store, OpenRuns runs, ProcessClock clock, CancellationToken stopping)
    {
        _registry.SetState(planned.Key, RunState.Sending, clock.Time.GetUtcNow());

        using var over = new CancellationTokenSource();
        Task[] behind =
        [
            new ReceiptSettler(store, runs, accounts, clock).RunAsync(over.Token),
            new ReceiptInquiry(runs, _registry, accounts, clock).RunAsync(over.Token),
        ];
        var progress = new SendProgress(ledger, terminal, clock.Time).RunAsync(over.Token);

        var session = new RunSession(ledger, _campaign.Schedule.Window, accounts, clock);
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            // A ledger that can no longer take receipts must stop the sending, and the waiting for them, too.
            var sending = SendAndAwaitAsync(session, ledger, clock, halt.Token);
            if (await Task.WhenAny([sending, .. behind]) != sending)
                await halt.CancelAsync();
            return await sending;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll([.. behind, progress]);
        }
    }

    async Task<SendEnd> SendAndAwaitAsync(RunSession session, RunLedger ledger, ProcessClock clock, CancellationToken stopping)
    {
        // The same day, however long receipts are waited for: on another, nobody may have meant it to send.
        var day = _campaign.Schedule.Window.DayOf(clock.Time.GetUtcNow());
        while (true)
        {
            var end = await SendDayAsync(session, day, ledger, clock, stopping);
            if (end == SendEnd.Stopped || await session.AwaitReceiptsAsync(stopping))
                return end;
            if (stopping.IsCancellationRequested)
                return SendEnd.Stopped;

            // A person has put messages back to planned meanwhile.
        }
    }

    /// <summary>Sends on a day; what the closing window leaves goes as the campaign's policy says.</summary>
    async Task<SendEnd> SendDayAsync(RunSession session, DateOnly day, RunLedger ledger, ProcessClock clock, CancellationToken stopping)
    {
        var window = _campaign.Schedule.Window;
        if (!planned.Simulated)
            RecordStart(window.OpensOn(day), clock.Time.GetUtcNow(), begun: ledger.Info.Lanes.Keys.Any(lane => ledger.Counters.LastHandOver(lane) > 0));

        var end = await session.SendAsync(day, stopping);
        if (end != SendEnd.Closed)
            return end;

        var left = ledger.Counters.Of(MessageStatus.Planned);
        if (_campaign.Schedule.Leftovers == LeftoverPolicy.Drop)
            await ledger.LeaveAsync("window closed");
        else if (_campaign.Schedule.Leftovers == LeftoverPolicy.Hold)
            _registry.SetState(planned.Key, RunState.Held, clock.Time.GetUtcNow());

        var count = Figures.Count(left);
        var what = _campaign.Schedule.Leftovers switch
        {
            LeftoverPolicy.Drop => new Wording("theo chiến dịch, số này không gửi nữa và được báo cáo là còn lại", "by the campaign's policy they are not sent and reported as leftover"),
            LeftoverPolicy.Hold => new Wording("theo chiến dịch, chờ người phụ trách quyết định", "by the campaign's policy they wait for a person"),
            _ => new Wording("theo chiến dịch, gửi tiếp vào ngày hôm sau: để worker chạy, hoặc chạy lại lệnh này", "by the campaign's policy they go on the next day: leave the worker running, or run this again"),
        };
        terminal.Say(new Wording(
            $"Đã hết khung giờ gửi, còn {count.Vi} tin chưa gửi; {what.Vi}.", $"The window closed with {count.En} messages still planned; {what.En}."));
        return end;
    }

    /// <summary>A start by hand is a decision like the scheduler's, with due time, actual time and reason.</summary>
    void RecordStart(DateTimeOffset due, DateTimeOffset now, bool begun)
    {
        var what = begun ? DecisionWord.Resumed : now > due ? DecisionWord.Late : DecisionWord.Fired;
        _registry.Record(new Decision(planned.Key, due, now, what, new Wording(
            "Một người chạy lệnh 'send'.", "A person ran 'send'.")));
    }

    /// <summary>The window's opening on the campaign's date, or, where the run goes on, just after its last moment.</summary>
    ShiftedTime SimulatedTime(RunRecord run) =>
        ShiftedTime.After(Path.Combine(data.Root, run.File), _campaign.Schedule.Window.OpensOn(planned.Date));

    void SayStart(RunLedger ledger, bool simulated)
    {
        var messages = Figures.Count(ledger.Info.Lanes.Keys.Sum(ledger.Counters.Total));
        var waiting = Figures.Count(ledger.Counters.Of(MessageStatus.Planned));
        if (simulated)
        {
            terminal.Say(
                "MÔ PHỎNG: mọi tin đi tới nhà mạng giả lập trên máy này, không có tin nào tới điện thoại thật.",
                "SIMULATION: every message goes to stand-in carriers on this machine, none reaches a real phone.");
        }

        terminal.Say(
            $"Chiến dịch \"{_campaign.Title}\", ngày {Figures.Date(planned.Date).Vi}: {messages.Vi} thuê bao, còn phải gửi {waiting.Vi}. Nhấn Ctrl-C để dừng; chạy lại lệnh sẽ gửi tiếp.",
            $"Campaign \"{_campaign.Title}\", {Figures.Date(planned.Date).En}: {messages.En} subscribers, {waiting.En} still to send. Press Ctrl-C to stop; running this again goes on.");

        if (ledger.Interrupted > 0)
        {
            var interrupted = Figures.Count(ledger.Interrupted);
            terminal.Say(
                $"Lần chạy trước bị ngắt đột ngột: {interrupted.Vi} tin đang gửi dở được ghi là chưa rõ và không gửi lại; biên nhận hoặc lệnh 'resolve' sẽ giải quyết.",
                $"The process before was cut off: {interrupted.En} messages in flight count as uncertain and are not sent again; receipts or 'resolve' settle them.");
        }
    }

    int Report(RunRecord run, RunLedger ledger, SendEnd end, DateTimeOffset now)
    {
        var done = end != SendEnd.Stopped && ledger.Counters.Of(MessageStatus.Planned) == 0;
        if (done)
            _registry.SetState(planned.Key, RunState.Finished, now);

        if (end == SendEnd.Stopped)
        {
            // No report now: of a million messages it would take longer than a stop may.
            var left = Figures.Count(ledger.Counters.Of(MessageStatus.Planned));
            terminal.Say(
                $"Đã dừng theo yêu cầu. Còn {left.Vi} tin chưa gửi; chạy lại lệnh này để gửi tiếp, không số nào bị gửi hai lần. Muốn xem báo cáo tới lúc này: sms-campaign report {run.Campaign}.",
                $"Stopped as asked. {left.En} messages are still planned; run this again to go on, no number is sent to twice. For the report so far: sms-campaign report {run.Campaign}.");
            return ExitCode.CouldNot;
        }

        var written = RunReporting.Write(terminal, data, run.ToKey(), folder: null, unmasked: false);
        return written == ExitCode.Done && !done ? ExitCode.CouldNot : written;
    }
}
