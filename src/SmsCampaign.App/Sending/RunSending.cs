using System.Net.Sockets;
using SmsCampaign.App.Receiving;
using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Receipts;
using SmsCampaign.Reports;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Sending;

/// <summary>
/// Sends a prepared run while a person watches: the gateways or the simulated ones, receipts, progress, report.
/// </summary>
/// <param name="prepared">A run that stands in the data folder, approved unless it is simulated.</param>
sealed class RunSending(Preparation prepared, DataFolder data, Terminal terminal)
{
    readonly PlannedCampaign _planned = prepared.Planned!;
    readonly Campaign _campaign = prepared.Planned!.Campaign;
    readonly TerminalWatcher _watcher = new(terminal);

    /// <summary>The caller holds the <see cref="SendingLock"/>, and has held the ledger to the
    /// approval under it.</summary>
    public async Task<int> SendAsync(CancellationToken stopping)
    {
        var run = Ledgers.OpenRegistry(data).Find(_planned.Key)!;
        var clock = new ProcessClock(_planned.Simulated ? SimulatedTime(run) : TimeProvider.System);

        await using var network = _planned.Simulated
            ? await SimulatedNetwork.StartAsync(SimulatedCarriers.For(_planned.Lanes), clock.Time)
            : null;
        var lanes = network is null ? _planned.Lanes : SimulatedLanes.For(_planned.Lanes, network.Address);

        await using var station = Station.Open(data, lanes, clock, run, (_, stop) => SayStops(stop));
        var outages = new OutageNews(SayAway, SayBack);
        station.Accounts.Watch((lane, change) =>
        {
            outages.Note(lane, change);
            SayTrial(lane, change);
        });
        SayOrders(station.Accounts.Orders);
        station.Runs.Alarm = SaySetAside;
        station.Runs.LeftUnwritten = left => terminal.SayError(left.Words);
        using var hurried = stopping.Register(station.Runs.Hurry);
        station.Receipts.Alarm = _ => SayMissing(station);
        if (station.Receipts.Damaged.Count > 0)
            SayMissing(station);
        foreach (var (ledger, reason) in station.Unread)
        {
            terminal.SayError(new Wording(
                $"Không đọc được sổ {ledger} ({reason}), nên không rõ các tài khoản đã gửi bao nhiêu: "
                    + $"các kênh chờ hết giây, hết phút, hoặc hết ngày nếu hợp đồng có hạn mức ngày. "
                    + $"Hãy báo kỹ sư phụ trách khôi phục tệp từ bản sao lưu.",
                $"The ledger {ledger} cannot be read ({reason}), so that what the accounts handed over is not known: "
                    + $"lanes wait out the second, the minute, or the day where the contract has a limit a day. "
                    + $"Tell your engineer to restore the file from a backup."));
        }

        if (!_planned.Simulated)
            StoppedLanes.Say(
                station.Registry.Stops.Read().Where(stop => lanes.Any(lane => lane.Name == stop.Lane)), terminal);

        var listen = network is null ? _planned.Installation.Receipts.Listen : new Uri("http://127.0.0.1:0");
        ReceiptServer server;
        try
        {
            server = await ReceiptServer.StartAsync(listen, IntakeOf(station), stopping);
        }
        catch (Exception taken) when (taken is IOException or SocketException or UnauthorizedAccessException)
        {
            terminal.SayError(new Wording(
                $"Không mở được địa chỉ nhận biên nhận {listen} ({FaultWords.Of(taken)}). Hãy báo kỹ sư phụ trách: "
                    + $"đóng chương trình đang dùng địa chỉ này hoặc sửa receipts.listen trong tệp cấu hình.",
                $"The receipts address {listen} cannot be opened: {taken.Message}. Close the program that uses it, "
                    + $"or change receipts.listen in the installation file."));
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

            var ledger = station.Runs.Open(run);
            SayStart(ledger, network is not null);
            await ConductAsync(station, ledger, run, stopping);
            return SayEnd(ledger, run);
        }
    }

    ReceiptIntake IntakeOf(Station station)
    {
        var (settings, time) = (_planned.Installation.Receipts, station.Clock.Time);
        return new ReceiptIntake(station.Receipts.AppendAsync, CallbackGuards.Of(station.Accounts, settings), time)
        {
            Places = ReceiptServer.PlacesOf(settings, time),
            Floor = new DiskFloor(station.Data.Root, settings.FloorBytes, time, room => terminal.SayError(room.Words)),
        };
    }

    /// <summary>That a lane is held is said; that its first batch fares well shows by how it goes on.</summary>
    void SayTrial(string lane, LaneChange change)
    {
        if (change is not { Kind: LaneChangeKind.TrialHeld, Trial: { } trial })
            return;

        var way = LaneTrialWords.Advice(trial, _planned.Key.ToString(), lane);
        var advice = _planned.Simulated ? new Wording("", "") : new Wording($" {way}", $" {way}");
        terminal.SayError(new Wording(
            $"Kênh gửi '{lane}' {LaneTrialWords.Of(change)}.{advice}",
            $"The lane '{lane}' is {LaneTrialWords.Of(change)}.{advice}"));
    }

    void SayAway(string lane, long since, LaneChange change)
    {
        var (at, what) = (
            Figures.Moment(_campaign.Schedule.Window.ToLocal(ProcessClock.FromMicros(since))),
            LaneChangeWords.Of(change with { Until = null }, null, default));
        terminal.SayError(new Wording(
            $"Kênh gửi '{lane}' KHÔNG chuyển được tin từ {at}: {what}. Chương trình đang thử lại; "
                + $"các tin chưa gửi vẫn chờ.",
            $"The lane '{lane}' hands NOTHING over since {at}: {what}. "
                + $"It is tried again and again; what is not sent waits."));
    }

    void SayBack(string lane, TimeSpan after) => terminal.SayError(new Wording(
        $"Kênh gửi '{lane}' chuyển tin được trở lại, sau {Figures.Duration(after)}.",
        $"The lane '{lane}' hands over again, after {Figures.Duration(after)}."));

    void SayOrders(SendingOrders orders)
    {
        orders.Told = (order, stands) =>
        {
            if (stands)
                OrderText.Say(order, terminal);
            else
                terminal.Say(
                    $"Lệnh không còn hiệu lực: {OrderWords.Scope(order)}.",
                    $"Stands no more: what was ordered of {OrderWords.Scope(order)}.");
        };
        orders.TroubleTold = trouble =>
        {
            if (trouble is null)
                terminal.SayError(new Wording("Đã đọc lại được các lệnh; gửi tiếp.", "Orders can be read again."));
            else
                terminal.SayError(new Wording(
                    $"Không đọc được các lệnh tạm dừng trong ledger.db nên không gửi gì cho tới khi đọc được "
                        + $"({FaultWords.Of(trouble)}).",
                    $"What persons ordered cannot be read from ledger.db, and nothing is sent until it can "
                        + $"({FaultWords.Of(trouble)})."));
        };
    }

    void SaySetAside(SetAsideRun damaged) => terminal.SayError(damaged.MayPass ? new Wording(
        $"Chưa mở được sổ {damaged.File} của lượt gửi {damaged.Key} ({damaged.Reason}). Biên nhận của lượt đó được giữ "
            + $"lại, chương trình tự thử lại mỗi phút; lượt này vẫn chạy.",
        $"The ledger {damaged.File} of run {damaged.Key} cannot be opened yet ({damaged.Reason}). Its receipts are "
            + $"kept, and it is tried again every minute; this run goes on.") : new Wording(
        $"Lượt gửi {damaged.Key} bị HỎNG: không dùng được sổ {damaged.File} ({damaged.Reason}). "
            + $"Biên nhận của lượt đó được giữ lại; lượt này vẫn chạy.",
        $"Run {damaged.Key} is DAMAGED: its ledger {damaged.File} cannot be used ({damaged.Reason}). "
            + $"Its receipts are kept; this run goes on."));

    void SayMissing(Station station)
    {
        foreach (var missing in Ledgers.ReceiptsOf(station.Data).ReadMissing(_planned.Simulated))
            terminal.SayError(missing.Words);
    }

    void SayStops(LaneStop? stop)
    {
        if (stop is not null)
            StoppedLanes.Say([stop], terminal);
    }

    async Task ConductAsync(Station station, IRunLedger ledger, RunRecord run, CancellationToken stopping)
    {
        // A person who sends a run that is over, or held, has decided that it goes on.
        if (run.State is RunState.Held or RunState.Skipped or RunState.Finished)
        {
            var begun = ledger.Info.Lanes.Keys.Any(lane => ledger.Counters.LastHandOver(lane) > 0);
            station.Registry.SetState(
                _planned.Key,
                begun || run.State != RunState.Held ? RunState.Sending : RunState.Approved,
                station.Clock.Time.GetUtcNow());
        }

        if (run.Simulated)
            await ShowAsync(station, ledger, run, stopping);
        else
            await new LifeSigns(data, "send", station.Clock.Time).WhileAsync(
                () => ShowHeedingAsync(station, ledger, run, stopping));
    }

    /// <summary>Does meanwhile what persons ask of it from other terminals.</summary>
    async Task ShowHeedingAsync(Station station, IRunLedger ledger, RunRecord run, CancellationToken stopping)
    {
        using var over = new CancellationTokenSource();
        var heeding = new SendHand(station, terminal).RunAsync(over.Token);
        try
        {
            await ShowAsync(station, ledger, run, stopping);
        }
        finally
        {
            await over.CancelAsync();
            await heeding;
        }
    }

    async Task ShowAsync(Station station, IRunLedger ledger, RunRecord run, CancellationToken stopping)
    {
        using var over = new CancellationTokenSource();
        var progress = new SendProgress(ledger, terminal, station.Clock.Time).RunAsync(over.Token);
        try
        {
            await station.WithReceiptsAsync(halt => ConductDayAsync(station, run, halt), stopping);
        }
        finally
        {
            await over.CancelAsync();
            await progress;
        }
    }

    /// <summary>Sends while the day lasts, waits for receipts and writes the report.</summary>
    async Task<bool> ConductDayAsync(Station station, RunRecord run, CancellationToken stopping)
    {
        // The same day, however long receipts are waited for: on another, nobody may have meant it to send.
        var day = _campaign.Schedule.Window.DayOf(station.Clock.Time.GetUtcNow());
        var stages = RunStages.At(station, prepared, _watcher, terminal.Language);
        var conductor = new RunConductor(_planned.Key, station.Registry, stages, station.Clock.Time, _watcher, day)
        {
            Clock = ClockSteps.Of(station.Registry, station.Clock.Time),
        };
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await conductor.ConductAsync(stopping);
                if (_watcher.Report is not null || _watcher.Unwritable is not null)
                    return true;

                // What the window left waits for another day, or for a person; what went out is waited for here.
                if (!stopping.IsCancellationRequested
                    && await stages.AwaitReceiptsAsync(run, stopping) is var receipts and not ReceiptsWait.BrokenOff)
                {
                    WriteReport(stages, run, receipts);
                    return true;
                }
            }
            catch (LedgerException held) when (StorageFaults.KindOf(held) == StorageFault.Busy)
            {
                SayHeldUp(held);
                await Task.Delay(RunGuard.TryAgain, station.Clock.Time, stopping).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return false;
    }

    void SayHeldUp(LedgerException held)
    {
        var what = StorageFaults.Describe(held, data)!.Value;
        terminal.SayError(new Wording(
            $"{what} Lệnh này tự thử lại mỗi phút và gửi tiếp khi tệp không còn bị giữ.",
            $"{what} This command tries again every minute and goes on once the file is free."));
    }

    void WriteReport(RunStages stages, RunRecord run, ReceiptsWait receipts)
    {
        try
        {
            _watcher.Reported(_planned.Key, stages.WriteReport(run, receipts));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _watcher.ReportUnwritable(_planned.Key, unwritable);
        }
    }

    /// <summary>The window's opening on the campaign's date, or, where the run goes on, just after
    /// its last moment.</summary>
    ShiftedTime SimulatedTime(RunRecord run) =>
        ShiftedTime.After(run.AddressIn(data), _campaign.Schedule.Window.OpensOn(_planned.Date));

    void SayStart(IRunLedger ledger, bool simulated)
    {
        var messages = Figures.Counted(ledger.Info.Lanes.Keys.Sum(ledger.Counters.Total), "subscriber");
        var waiting = Figures.Count(ledger.Counters.Of(MessageStatus.Planned));
        if (simulated)
        {
            terminal.Say(
                "MÔ PHỎNG: mọi tin đi tới nhà mạng mô phỏng trên máy này, không có tin nào tới điện thoại thật.",
                "SIMULATION: every message goes to stand-in carriers on this machine, none reaches a real phone.");
        }

        terminal.Say(
            $"Chiến dịch \"{_campaign.Title}\", ngày {Figures.Date(_planned.Date)}: {messages} thuê bao, còn phải gửi "
                + $"{waiting}. Nhấn Ctrl-C để dừng; chạy lại lệnh sẽ gửi tiếp.",
            $"Campaign \"{_campaign.Title}\", {Figures.Date(_planned.Date)}: {messages}, {waiting} still to send. "
                + $"Press Ctrl-C to stop; running this again goes on.");

        if (ledger.Interrupted > 0)
        {
            var interrupted = Figures.Counted(ledger.Interrupted, "message");
            terminal.Say(
                $"Lần chạy trước bị ngắt đột ngột: {interrupted} tin đang gửi dở được ghi là chưa rõ và không gửi lại; "
                    + $"biên nhận hoặc lệnh 'resolve' sẽ giải quyết.",
                $"The process before was cut off: {interrupted} in flight, uncertain now and not sent again; "
                    + $"receipts or 'resolve' settle them.");
        }
    }

    int SayEnd(IRunLedger ledger, RunRecord run)
    {
        if (_watcher.Report is { } report)
        {
            var balanced = RunReporting.Say(terminal, _planned.Key, report);
            return balanced == ExitCode.Done && ledger.Counters.Of(MessageStatus.Planned) > 0
                ? ExitCode.CouldNot
                : balanced;
        }

        if (_watcher.Unwritable is { } why)
            return RunReporting.SayUnwritable(terminal, RunReport.FolderOf(data, _planned.Key), why);

        // No report now: of a million messages it would take longer than a stop may.
        var left = Figures.Counted(ledger.Counters.Of(MessageStatus.Planned), "message");
        terminal.Say(
            $"Đã dừng theo yêu cầu. Còn {left} tin chưa gửi; chạy lại lệnh này để gửi tiếp, không số nào bị gửi hai "
                + $"lần. Muốn xem báo cáo tới lúc này: sms-campaign report {run.Campaign}.",
            $"Stopped as asked. {left} not sent yet; run this again to go on, no number is sent to twice. "
                + $"For the report so far: sms-campaign report {run.Campaign}.");
        return ExitCode.CouldNot;
    }
}
