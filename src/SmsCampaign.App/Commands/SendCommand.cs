using System.CommandLine;
using SmsCampaign.App.Sending;
using SmsCampaign.Campaigns;
using SmsCampaign.Conduct.Words;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign send CAMPAIGN_FILE [--simulate] [--date DATE]</summary>
static class SendCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new PreparationOptions(terminal.Language) { WithJson = false };
        var command = new Command("send", terminal.Text(
            "Gửi một chiến dịch ngay tại đây: nhập danh sách, lập kế hoạch, gửi, nhận biên nhận, ghi báo cáo",
            "Send a campaign from here: import, plan, send, take receipts, write the report"));
        options.AddTo(command);

        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Read(parsed), SharedOptions.FolderOf(parsed), terminal, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(PreparationRequest request, DataFolder data, Terminal terminal, CancellationToken cancellationToken)
    {
        using var stop = new StopRequest(cancellationToken);
        using var turn = new SendingTurn(data, request.Simulated);
        var work = new HeldWork(TimeProvider.System);
        var starting = work.RunAsync(() => Start(request, data, turn, work, terminal, stop.Token), stop.Token);
        if (await starting is not { } started)
        {
            terminal.Wrapped().SayError(new Wording(
                $"Đã dừng khi đang {work.Step}: nơi để tệp không trả lời. Chưa gửi tin nào. "
                + $"Hãy kiểm tra ổ đĩa hoặc ổ mạng đó rồi chạy lại lệnh.",
                $"Stopped while {work.Step}: the disk or share does not answer. Nothing was sent. "
                + $"Look at it, then run this again."));
            return ExitCode.CouldNot;
        }

        return started.Preparation is { } preparation
            ? await new RunSending(preparation, data, terminal).SendAsync(stop.Token)
            : started.Exit;
    }

    static Started Start(
        PreparationRequest request,
        DataFolder data,
        SendingTurn turn,
        HeldWork work,
        Terminal terminal,
        CancellationToken stopping)
    {
        try
        {
            return Prepare(request, data, turn, work, terminal, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            terminal.Say(
                $"Đã dừng khi đang {work.Step}; chưa gửi tin nào.", $"Stopped while {work.Step}; nothing was sent.");
            return Started.Not(ExitCode.CouldNot);
        }
    }

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    static Started Prepare(
        PreparationRequest request,
        DataFolder data,
        SendingTurn turn,
        HeldWork work,
        Terminal terminal,
        CancellationToken stopping)
    {
        work.Begin(new Wording($"xem thư mục dữ liệu {data.Root}", $"looking at the data folder {data.Root}"));
        if (!request.Simulated && new LostRuns(data, request.InstallationFile, TimeProvider.System).FindMissingLedger() is { } noLedger)
        {
            terminal.SayError(noLedger);
            return Started.Not(ExitCode.CouldNot);
        }

        using var rows = new SealReading(stopping);
        var whenChanged = request.Simulated ? ChangedRun.PlanAgain : ChangedRun.Refuse;
        var preparing = new CampaignPreparation(TimeProvider.System)
        {
            Begins = work.Begin,

            // The ledger of a rehearsal may be planned again, and must not be open then. One that another process sends is not looked at.
            LedgerFound = request.Simulated ? null : path =>
            {
                if (turn.TryTake())
                    rows.Begin(path);
            },
        };
        var preparation = preparing.Prepare(request, data, whenChanged, stopping);
        if (terminal.List(preparation.Problems) || preparation.Run is null)
            return Started.Not(ExitCode.InputHasProblems);

        var planned = preparation.Planned!;
        if (!request.Simulated && terminal.List(FindObstacles(planned, request.CampaignFile, new RunRegistry(data))))
            return Started.Not(ExitCode.InputHasProblems);

        if (!turn.TryTake())
        {
            terminal.SayError(new Wording(
                $"Dịch vụ gửi hoặc một cửa sổ khác đang gửi từ {data.Root}. Không chạy thêm; xem bằng 'status'.",
                $"Another process is sending from {data.Root}. Stop it first, or let it finish."));
            return Started.Not(ExitCode.CouldNot);
        }

        // Whatever the files say, what is sent are the ledger's rows; under the lock no other process of this program changes them.
        var ledger = data.Run(planned.Key);
        work.Begin(new Wording($"so sổ {ledger} với bản phê duyệt", $"holding the ledger {ledger} to the approval"));
        var forged = Verify(planned, data, rows);
        if (forged.Count > 0)
        {
            terminal.SayError(RunVerification.Describe(forged));
            return Started.Not(ExitCode.InputHasProblems);
        }

        return new Started(ExitCode.Done, preparation);
    }

    static IReadOnlyList<Wording> Verify(PlannedCampaign planned, DataFolder data, SealReading rows)
    {
        var registry = new RunRegistry(data);
        var run = registry.Find(planned.Key)!;
        var differences = RunVerification.Find(data, run, planned.ApprovedHash, rows.Of);
        if (differences.Count == 0 || planned.Simulated)
            return differences;

        var now = TimeProvider.System.GetUtcNow();
        registry.Record(new Decision(planned.Key, now, now, DecisionKind.Held, HoldWords.WithWayOn(RunVerification.Describe(differences), run.CampaignFile, isPlannedAgain: true)));
        registry.SetState(planned.Key, RunState.Held, now);
        return differences;
    }

    /// <summary>An approval that stands in the table and not in the audit chain is none.</summary>
    static Wording? FindUnwitnessed(RunRegistry registry, PlannedCampaign planned)
    {
        if (!registry.ReadApprovals(planned.Campaign.Id)
            .Any(approval => approval is { VoidedAt: null, IsWitnessed: false } && (approval.Date is null || approval.Date == planned.Key.DateText)))
            return null;

        if (registry.ReadApprovals(planned.Campaign.Id)
            .FirstOrDefault(approval => approval.IsRevived && (approval.Date is null || approval.Date == planned.Key.DateText)) is { } revived)
            return revived.Revived;

        var why = registry.Audit.KeyTrouble ?? new Wording("", "");
        return new Wording(
            $"Có phê duyệt trong sổ nhưng chuỗi kiểm toán không xác nhận: không dùng được. {why} Hãy chạy 'audit verify' và báo kỹ sư phụ trách; muốn gửi thì phê duyệt lại bằng 'approve'.",
            $"An approval stands in the ledger, but the audit chain does not bear it out: it does not hold. {why} Run 'audit verify' and tell your engineer; to send, approve again with 'approve'.");
    }

    /// <summary>What keeps a run that is not simulated from being sent now: no approval (rule 8), or not its day (rule 5).</summary>
    static IEnumerable<Problem> FindObstacles(PlannedCampaign planned, string file, RunRegistry registry)
    {
        var where = new Place(file);
        var approval = registry.FindApproval(planned.Campaign.Id, planned.Date);
        if (approval?.Hash != planned.ApprovedHash)
        {
            yield return new Problem(where, approval is null && FindUnwitnessed(registry, planned) is { } unwitnessed
                ? unwitnessed
                : approval is null
                ? new Wording(
                    $"Chiến dịch chưa được phê duyệt cho ngày {Figures.Date(planned.Date)}. Hãy chạy 'approve' trước.",
                    $"The campaign is not approved for {Figures.Date(planned.Date)}. Run 'approve' first.")
                : new Wording(
                    $"Nội dung, danh sách hoặc kế hoạch (mã {ApprovalHash.Brief(planned.ApprovedHash)}) khác với bản đã phê duyệt (mã {ApprovalHash.Brief(approval.Hash)}). Hãy xem lại rồi phê duyệt lại bằng 'approve'.",
                    $"Definition, audience or plan ({ApprovalHash.Brief(planned.ApprovedHash)}) differ from what was approved ({ApprovalHash.Brief(approval.Hash)}). Look at it and approve it again with 'approve'."));
        }

        var schedule = planned.Campaign.Schedule;
        var now = TimeProvider.System.GetUtcNow();
        var today = schedule.Window.DayOf(now);
        var days = schedule.SendDays(planned.Date).ToList();
        if (!days.Contains(today))
        {
            yield return new Problem(where, today < days[0]
                ? new Wording(
                    $"Chưa tới ngày gửi: chiến dịch gửi ngày {Figures.Date(days[0])}, hôm nay là {Figures.Date(today)}. Hãy để dịch vụ gửi tự gửi đúng ngày, hoặc dùng --simulate để diễn tập.",
                    $"Not the day yet: the campaign is sent on {Figures.Date(days[0])}, today is {Figures.Date(today)}. Leave it to 'worker', or rehearse with --simulate.")
                : new Wording(
                    $"Đã qua ngày gửi {Figures.Date(days[^1])}, hôm nay là {Figures.Date(today)}: không gửi. Dùng --simulate để diễn tập, hoặc đổi ngày và phê duyệt lại.",
                    $"The day {Figures.Date(days[^1])} is past, today is {Figures.Date(today)}: nothing is sent. Rehearse with --simulate, or change the date and approve again."));
        }
        else if (now >= schedule.Window.ClosesOn(today))
        {
            var next = days.Where(day => day > today).Select(day => (DateOnly?)day).FirstOrDefault() is { } later
                ? new Wording($"Gửi tiếp được từ {Figures.Expected(schedule.Window.ToLocal(schedule.Window.OpensOn(later)))}.", $"It can go on from {Figures.Expected(schedule.Window.ToLocal(schedule.Window.OpensOn(later)))}.")
                : new Wording("Không còn ngày gửi nào: muốn gửi thì đổi ngày và phê duyệt lại.", "No day of sending is left: to send, change the date and approve again.");
            yield return new Problem(where, new Wording(
                $"Khung giờ gửi hôm nay ({Figures.Date(today)}) đã đóng lúc {schedule.Window.Closes:HH\\:mm}: không gửi ngoài giờ. {next} Xem phần còn lại bằng 'status'.",
                $"Today's window ({Figures.Date(today)}) closed at {schedule.Window.Closes:HH\\:mm}: nothing is sent outside it. {next} See what is left with 'status'."));
        }
    }

    /// <param name="Exit">The exit code, where nothing can be sent.</param>
    /// <param name="Preparation">Null where nothing can be sent, which was told.</param>
    sealed record Started(int Exit, Preparation? Preparation)
    {
        public static Started Not(int exit) => new(exit, null);
    }

    /// <summary>The <see cref="SendingLock"/>, taken when it is wanted first and held until the end.</summary>
    sealed class SendingTurn(DataFolder data, bool simulated) : IDisposable
    {
        SendingLock? _held;

        public bool TryTake() => (_held ??= SendingLock.TryTake(data, TimeProvider.System, simulated)) is not null;

        public void Dispose() => _held?.Dispose();
    }
}
