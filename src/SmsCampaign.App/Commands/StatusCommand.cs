using System.CommandLine;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign status [CAMPAIGN] [--json]</summary>
static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var campaign = new Argument<string?>(terminal.Text("chiến-dịch", "campaign"))
        {
            Description = terminal.Text("mã chiến dịch hoặc tệp chiến dịch (mặc định: tất cả)", "campaign's id or file (default: all)"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = new Option<bool>("--json") { Description = terminal.Text("in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts") };
        var command = new Command("status", terminal.Text(
            "Các lượt gửi đang ở đâu: số tin theo kết quả, phê duyệt, các quyết định của lịch",
            "Where every run stands: messages by status, approvals, what the schedule decided"))
        {
            campaign, json,
        };

        command.SetAction(parsed => Run(
            SharedOptions.FolderOf(parsed), SharedOptions.InstallationOf(parsed).ToString(), parsed.GetValue(campaign), parsed.GetValue(json), terminal));
        return command;
    }

    static int Run(DataFolder data, string installation, string? campaign, bool json, Terminal terminal)
    {
        var runs = Read(data, installation, campaign);
        var unlisted = new LostRuns(data, installation, TimeProvider.System).FindUnlisted(campaign);
        foreach (var key in unlisted)
            terminal.SayError(MarkWords.Unlisted(data, key));
        if (campaign is not null && runs.Count == 0)
        {
            terminal.SayError(new Wording(
                $"Chưa có lượt gửi nào của chiến dịch '{campaign}' trong {data.Root}; hãy kiểm tra mã chiến dịch và --data.",
                $"There is no run of campaign '{campaign}' in {data.Root}; check its id and --data."));
            return ExitCode.CouldNot;
        }

        if (File.Exists(data.Ledger) && new RunRegistry(data).Audit.KeyTrouble is { } keyless)
            terminal.SayError(keyless);

        var isWhole = unlisted.Count == 0;
        IReadOnlyList<LaneStop> stopped = [];
        try
        {
            stopped = File.Exists(data.Ledger) ? new RunRegistry(data).Stops.Read() : [];
        }
        catch (LedgerException unreadable)
        {
            terminal.SayError(unreadable.Words);
            isWhole = false;
        }

        foreach (var words in runs.Select(run => run.Unreadable).OfType<Wording>().Distinct())
            terminal.SayError(words);
        IReadOnlyList<OddReceipts> strays = [.. OddReceipts.ReadStrays(data, simulated: false), .. OddReceipts.ReadStrays(data, simulated: true)];
        IReadOnlyList<MissingReceipts> missing = [.. MissingReceipts.Read(data, simulated: false), .. MissingReceipts.Read(data, simulated: true)];
        isWhole &= !missing.Any(each => each.InTheWay);
        foreach (var each in missing)
            terminal.SayError(each.Words);

        if (json)
            terminal.SayJson(StatusJson.Of(stopped, strays, missing, runs, terminal.Language));
        else if (runs.Count == 0 && unlisted.Count == 0)
            terminal.Say($"Chưa có lượt gửi nào trong {data.Root}.", $"There are no runs in {data.Root}.");

        if (!json)
            ResumeCommand.Say(stopped, terminal);

        // Read only, and so no refusal; but what is shown of such a run is not all.
        foreach (var file in File.Exists(data.Ledger) ? runs.Where(run => run.Damage is null).Select(run => RunFile.Judge(data, run.Run.ToKey(), Path.Combine(data.Root, run.Run.File))) : [])
        {
            if (file.IsWhole)
                continue;
            isWhole = false;
            terminal.SayError(MarkWords.Of(file));
        }

        if (runs.Any(run => run.Run is { Simulated: false, State: RunState.Sending }) && !SendingLock.IsHeld(data))
        {
            terminal.SayError(new Wording(
                "KHÔNG có chương trình nào đang gửi từ thư mục này. Nếu còn tin phải gửi hoặc đang chờ biên nhận, hãy khởi động dịch vụ 'sms-campaign worker'.",
                "NO program is sending from this folder. Where there are messages to send or receipts to come, start the service 'sms-campaign worker'."));
        }

        foreach (var run in json ? [] : runs)
            new StatusText(run, terminal).Write();
        if (!json)
            Say(strays, terminal);

        // What cannot be read is never "all is well".
        return isWhole && runs.All(run => run.IsSound) ? ExitCode.Done : ExitCode.CouldNot;
    }

    /// <summary>Receipts that no run can take: nobody would miss them.</summary>
    static void Say(IReadOnlyList<OddReceipts> strays, Terminal terminal)
    {
        if (strays.Count == 0)
            return;

        terminal.Say("Biên nhận không biết của lượt gửi nào, được lưu nguyên văn:", "Receipts of no known run, kept as they came:");
        foreach (var stray in strays)
        {
            var count = Figures.Count(stray.Count);
            terminal.Say($"  {stray.Stray}: {count}", $"  {stray.Stray}: {count}");
        }
    }

    static List<RunOverview> Read(DataFolder data, string installation, string? campaign)
    {
        // Looking must not make an empty installation.
        if (!File.Exists(data.Ledger))
            return [];

        var registry = new RunRegistry(data);
        var runs = campaign is null ? registry.ReadRuns() : RunChoice.ReadRuns(data, campaign);
        return [.. runs.Select(run => RunOverview.Read(data, registry, run, installation))];
    }
}

/// <summary>All there is to say of a run.</summary>
/// <param name="Status">Null where the ledger is not there (any more), or damaged.</param>
/// <param name="Damage">Why its ledger cannot be read; null where it can.</param>
/// <param name="History">The latest changes of the lanes' pace by lane name, the latest first.</param>
/// <param name="Approvals">Those about its date, the newest first, voided ones included.</param>
sealed record RunOverview(
    RunRecord Run,
    SendWindow Window,
    RunStatus? Status,
    IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> History,
    IReadOnlyList<Approval> Approvals,
    IReadOnlyList<Decision> Decisions,
    Wording? Damage)
{
    /// <summary>Which row about it in ledger.db cannot be read; its approvals and decisions are left out then. Null where all can.</summary>
    public Wording? Unreadable { get; init; }

    /// <summary>What of the files is other than it was planned and approved on.</summary>
    public IReadOnlyList<Wording> FileChanges { get; init; } = [];

    /// <summary>What the ledger says other than what was approved, the audience's rows left out.</summary>
    public IReadOnlyList<Wording> Differences { get; init; } = [];

    /// <summary>What persons have settled of uncertain messages, by command.</summary>
    public IReadOnlyList<PersonsResolution> Resolutions { get; init; } = [];

    /// <summary>Whether it is planned to be sent, or is half sent, and by no approval that stands: nothing more of it leaves.</summary>
    public bool IsUnapproved => Unreadable is null && Run is { Simulated: false, State: RunState.Approved or RunState.Sending } && !Approvals.Any(approval => approval.Stands);

    /// <summary>Whether its ledger can be read and, as far as it was looked, neither it nor an approval that stands was written past the
    /// program.</summary>
    public bool IsSound => Damage is null && Unreadable is null && Differences.Count == 0 && Approvals.All(approval => approval.IsWitnessed || approval.VoidedAt is not null);

    /// <summary>Changes of a lane's pace that <c>--json</c> shows.</summary>
    const int MostChanges = 100;

    public static RunOverview Read(DataFolder data, RunRegistry registry, RunRecord run, string installation)
    {
        var (status, history, damage) = ReadLedger(data, run);
        var (approvals, decisions, unreadable) = ReadRows(registry, run);
        return new RunOverview(
            run,
            CampaignFile.ReadSchedule(run.Definition).Window,
            status,
            history,
            approvals,
            decisions,
            damage)
        {
            Unreadable = unreadable,
            FileChanges = status is not null && ApprovedFiles.Concern(data, run) ? ApprovedFiles.FindChanges(data, run, installation, TimeProvider.System.GetUtcNow()) : [],
            Differences = status is not null ? RunVerification.FindOf(data, registry, run, rows: false) : [],
            Resolutions = status is not null ? RunResolutions.ReadPersons(Path.Combine(data.Root, run.File)) : [],
        };
    }

    static (IReadOnlyList<Approval>, IReadOnlyList<Decision>, Wording? Unreadable) ReadRows(RunRegistry registry, RunRecord run)
    {
        if (run.Simulated)
            return ([], [], null);

        try
        {
            List<Approval> approvals = [.. registry.ReadApprovals(run.Campaign).Where(approval => approval.Date is null || approval.Date == run.Date)];
            foreach (var approval in approvals)
                _ = (approval.ApprovedAt, approval.VoidedSince);
            return (approvals, [.. registry.ReadDecisions(run.Campaign).Where(decision => decision.Run.DateText == run.Date)], null);
        }
        catch (LedgerException unreadable)
        {
            return ([], [], unreadable.Words);
        }
    }

    static (RunStatus?, IReadOnlyDictionary<string, IReadOnlyList<LaneChange>>, Wording? Damage) ReadLedger(DataFolder data, RunRecord run)
    {
        var file = Path.Combine(data.Root, run.File);
        var none = new Dictionary<string, IReadOnlyList<LaneChange>>();
        if (!File.Exists(file)) // archived, once it is over
        {
            var missing = new LedgerException(FaultWords.NoLedger(file)) { File = file, Fault = StorageFault.Missing };
            return (null, none, run.State is RunState.Sending or RunState.Held ? StorageFaults.Describe(missing, data) : null);
        }

        try
        {
            return (RunStatus.Read(file), LaneHistory.ReadLatest(file, MostChanges), null);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break whatever reads it; the others are shown
        {
            return (null, none, StorageFaults.Describe(broken, data) ?? new Wording(
                $"Không đọc được sổ gửi tin {file} ({broken.GetType().Name}). Hãy báo kỹ sư phụ trách khôi phục tệp từ bản sao lưu.",
                $"The ledger {file} cannot be read ({broken.GetType().Name}). Tell your engineer to restore the file from a backup."));
        }
    }
}

/// <summary>A run's overview for an officer.</summary>
sealed class StatusText(RunOverview overview, Terminal terminal)
{
    /// <summary>Changes shown of each lane's pace.</summary>
    const int MostChanges = 5;

    /// <summary>Microseconds. The end of a hold, which may last a second only, is to come: up to the second.</summary>
    const long AlmostASecond = 999_999;

    public void Write()
    {
        var run = overview.Run;
        var date = Figures.Date(run.ToKey().Date);
        var state = overview.Damage is not null ? new Wording("HỎNG", "DAMAGED")
            : overview.IsUnapproved ? RunStateWords.Unapproved(run.State)
            : RunStateWords.Of(run.State);
        var simulated = run.Simulated ? new Wording(", mô phỏng", ", simulated") : new Wording("", "");
        terminal.Say($"{run.Campaign}, ngày {date}{simulated}: {state}", $"{run.Campaign}, {date}{simulated}: {state}");

        WriteApproval();
        if (overview.FileChanges.Count > 0)
        {
            var changed = ApprovedFiles.Describe(overview.FileChanges);
            terminal.Say($"  {changed}", $"  {changed}");
        }

        if (overview.Differences.Count > 0)
            terminal.SayError(RunVerification.Describe(overview.Differences));
        WriteMessages();
        WriteHistory();
        WriteDecisions();
        WriteResolutions();
        terminal.Output.WriteLine();
    }

    void WriteApproval()
    {
        if (overview.Run.Simulated || overview.Unreadable is not null)
            return;

        if (overview.Approvals.Count == 0)
        {
            terminal.Say("  Chưa phê duyệt: sms-campaign approve TỆP_CHIẾN_DỊCH --by …", "  Not approved: sms-campaign approve CAMPAIGN_FILE --by …");
            return;
        }

        var approval = overview.Approvals[0];
        var document = approval.Document is null ? new Wording("", "") : new Wording($", văn bản {approval.Document}", $", document {approval.Document}");
        var at = Moment(approval.ApprovedAt);
        var by = Account(approval.ByOs);
        var years = approval.Date is null ? new Wording(", cho mọi năm", ", for every year") : new Wording("", "");
        terminal.Say(
            $"  Phê duyệt: {approval.ApprovedBy}{document}{by}, lúc {at}{years}, mã {ApprovalHash.Brief(approval.Hash)}",
            $"  Approved: {approval.ApprovedBy}{document}{by}, at {at}{years}, code {ApprovalHash.Brief(approval.Hash)}");
        if (approval is { VoidedAt: null, IsRevived: true })
        {
            terminal.SayError(new Wording($"  {approval.Revived}", $"  {approval.Revived}"));
        }
        else if (approval is { VoidedAt: null, IsWitnessed: false })
        {
            terminal.SayError(new Wording(
                "  Chuỗi kiểm toán KHÔNG xác nhận phê duyệt này: không gửi theo nó. Xem 'audit verify'.",
                "  The audit chain does NOT bear this approval out: nothing is sent by it. See 'audit verify'."));
        }

        if (approval.VoidedSince is { } voided)
        {
            var when = Moment(voided);
            terminal.Say($"  Phê duyệt HẾT HIỆU LỰC lúc {when}: {approval.VoidReasonVi}", $"  The approval is VOID since {when}: {approval.VoidReasonEn}");
        }
    }

    void WriteMessages()
    {
        if (overview.Damage is { } damage)
        {
            terminal.SayError(new Wording(
                $"  {damage} Các lượt khác vẫn chạy; biên nhận của lượt này được giữ lại và áp dụng khi sổ dùng lại được.",
                $"  {damage} Other runs go on; receipts of this one are kept and applied when it can be used again."));
            return;
        }

        if (overview.Status is not { } status)
        {
            terminal.Say($"  Không thấy sổ gửi tin {overview.Run.File}.", $"  The ledger {overview.Run.File} is not there.");
            return;
        }

        var statuses = Enum.GetValues<MessageStatus>();
        var table = new TextTable([
            terminal.Text("Kênh gửi", "Lane"),
            .. statuses.Select(each => MessageStatusWords.Of(each).In(terminal.Language)),
            terminal.Text("cộng", "total"),
            terminal.Text("phần đã chuyển", "parts handed over")]);

        foreach (var lane in status.Lanes)
            table.Add([lane.Name, .. statuses.Select(each => Count(lane.Count(each))), Count(lane.Messages), Count(lane.PartsHandedOver)]);
        table.Add([
            terminal.Text("Cộng", "Total"), .. statuses.Select(each => Count(status.Count(each))), Count(status.Messages), Count(status.PartsHandedOver)]);
        table.Write(terminal.Output);

        if (status.Uncertain > 0)
        {
            var uncertain = Figures.Count(status.Uncertain);
            terminal.Say(
                $"  {uncertain} tin chưa rõ đã tới hay chưa. Xem và xử lý: sms-campaign resolve {overview.Run.Campaign}{(overview.Run.Simulated ? " --simulate" : "")}",
                $"  {uncertain} messages are uncertain. See and settle them: sms-campaign resolve {overview.Run.Campaign}{(overview.Run.Simulated ? " --simulate" : "")}");
        }

        if (!status.Balances)
            terminal.SayError(new Wording("  Sổ gửi tin KHÔNG cân đối. Hãy báo kỹ sư phụ trách.", "  The ledger does NOT balance. Tell your engineer."));
    }

    void WriteHistory()
    {
        foreach (var lane in overview.Status?.Lanes ?? [])
        {
            if (!overview.History.TryGetValue(lane.Name, out var changes))
                continue;

            var more = changes.Count > MostChanges ? new Wording($" ({MostChanges} thay đổi mới nhất)", $" (the latest {MostChanges})") : new Wording("", "");
            terminal.Say($"  Nhịp gửi của {lane.Name}, mới nhất trước{more}:", $"  Pace of {lane.Name}, the latest first{more}:");
            foreach (var change in changes.Take(MostChanges))
            {
                var what = LaneChangeWords.Of(change, change.Until is { } until ? Moment(ProcessClock.FromMicros(until + AlmostASecond)) : null, lane.RateUnit);
                var at = Moment(ProcessClock.FromMicros(change.At));
                terminal.Say($"    {at}: {what}", $"    {at}: {what}");
            }
        }
    }

    void WriteDecisions()
    {
        foreach (var decision in overview.Decisions)
        {
            var (due, at, what) = (Moment(decision.Due), Moment(decision.At), DecisionWords.Of(decision.What));
            terminal.Say(
                $"  {at}: {what} (theo lịch {due}){Account(decision.ByOs)}. {decision.Reason}",
                $"  {at}: {what} (due {due}){Account(decision.ByOs)}. {decision.Reason}");
        }
    }

    void WriteResolutions()
    {
        foreach (var resolution in overview.Resolutions)
        {
            var (at, count, word) = (Moment(ProcessClock.FromMicros(resolution.At)), Figures.Count(resolution.Messages), MessageStatusWords.Of(resolution.To));
            var (by, reason) = ($"{resolution.Who}{Account(resolution.ByOs)}", NumberMask.In(resolution.Reason));
            terminal.Say($"  {at}: {by} ghi {count} tin là '{word}'. {reason}", $"  {at}: {by} settled {count} messages as '{word}'. {reason}");
        }
    }

    static string Account(string byOs) => byOs.Length == 0 ? "" : $" [{byOs}]";

    Wording Moment(DateTimeOffset moment) => Figures.Moment(overview.Window.ToLocal(moment));

    string Count(long number) => Figures.Count(number).In(terminal.Language);
}
