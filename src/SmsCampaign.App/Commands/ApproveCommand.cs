using System.CommandLine;
using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;
using SmsCampaign.Files;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign approve CAMPAIGN_FILE --by NAME [--code CODE] [--document NUMBER] [--date DATE] [--every-year] [--again --reason TEXT]</summary>
sealed class ApproveCommand
{
    readonly Terminal _terminal;
    readonly PreparationOptions _options;
    readonly Option<string> _by;
    readonly Option<string?> _document;
    readonly Option<string?> _code;
    readonly Option<bool> _everyYear;
    readonly Option<bool> _again;
    readonly Option<string?> _reason;

    ApproveCommand(Terminal terminal)
    {
        _terminal = terminal;
        _options = new PreparationOptions(terminal.Language) { WithJson = false, WithSimulate = false };
        _by = new Option<string>("--by") { Description = _terminal.Text("họ tên, chức vụ người phê duyệt", "name and office of who approves"), Required = true };
        _document = new Option<string?>("--document") { Description = _terminal.Text("số văn bản phê duyệt", "number of the approving document") };
        _code = new Option<string?>("--code")
        {
            Description = _terminal.Text("mã mà 'check' hoặc 'plan' đã in ra và người phê duyệt đã xem; bắt buộc khi mode: live", "the code that 'check' or 'plan' printed and that was looked at; required for mode: live"),
        };
        _everyYear = new Option<bool>("--every-year")
        {
            Description = _terminal.Text("phê duyệt cho mọi năm, chừng nào nội dung và danh sách không đổi", "approve every year's run, as long as text and audience stay the same"),
        };
        _again = new Option<bool>("--again")
        {
            Description = _terminal.Text("gửi nữa dù chiến dịch khác trong 30 ngày đã gửi cùng nội dung cho phần lớn danh sách; phải có --reason", "send although another campaign within 30 days says the same to most of the audience; needs --reason"),
        };
        _reason = new Option<string?>("--reason") { Description = _terminal.Text("lý do gửi nữa, với --again", "why it goes again, with --again") };
    }

    public static Command Create(Terminal terminal)
    {
        var approve = new ApproveCommand(terminal);
        var command = new Command("approve", terminal.Text(
            "Phê duyệt chiến dịch: chốt nội dung, danh sách và kế hoạch, đưa vào lịch của dịch vụ gửi",
            "Approve a campaign: binds text, audience and plan, and puts it on the worker's schedule"));
        approve._options.AddTo(command);
        command.Options.Add(approve._by);
        command.Options.Add(approve._code);
        command.Options.Add(approve._document);
        command.Options.Add(approve._everyYear);
        command.Options.Add(approve._again);
        command.Options.Add(approve._reason);

        command.SetAction((parsed, cancellationToken) => Task.FromResult(approve.Run(parsed, cancellationToken)));
        return command;
    }

    int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var data = SharedOptions.FolderOf(parsed);
        var request = _options.Read(parsed);
        request = request with { Date = request.Date ?? FindHeld(data, request.CampaignFile) };

        // One at a time: of two copies approved at once each would find the other not approved yet.
        using var alone = PreparingLock.TakeForApproval(data);
        if (alone is null)
        {
            _terminal.SayError(new Wording("Đang có một lần phê duyệt khác. Hãy chờ xong rồi chạy lại.", "Another approval is under way. Wait for it to finish, then run this again."));
            return ExitCode.CouldNot;
        }

        var preparation = new CampaignPreparation(time).Prepare(request, data, ChangedRun.Refuse, cancellationToken);
        var problems = preparation.Problems.ToList();

        // Of another plan than was looked at, nobody wants to read it all to find at its end that it is refused.
        if (preparation.Planned is { } shown && !FindWrongCode(shown, parsed.GetValue(_code), new RunRegistry(data), problems))
        {
            var page = new Page(_terminal.Language);
            new PlanSummary(shown, page).Write();
            if (preparation.Run is { } found && RunLeft.Read(data, new RunRegistry(data).Find(found.Key)!) is { } left)
            {
                page.Title("GỬI TIẾP PHẦN CÒN LẠI", "WHAT IS LEFT GOES ON");
                page.Line("  " + left.ToWords().In(_terminal.Language));
            }

            _terminal.Show(page);
        }


        if (preparation is { Planned: { } plan, Run: { } prepared })
        {
            FindOwnProblems(plan, new RunRegistry(data), prepared.Key, parsed, time.GetUtcNow(), problems);
            FindMissingKey(new RunRegistry(data), problems);
            FindForged(plan, prepared, data, problems, cancellationToken);
            FindRepeats(preparation.Repeats, parsed, problems);
        }

        _terminal.Output.WriteLine();
        if (_terminal.List(problems) || preparation is not { Planned: { } planned, Run: { } run })
        {
            _terminal.SayError(new Wording("Chưa phê duyệt. Hãy sửa các lỗi trên rồi chạy lại.", "Not approved. Mend the errors above and run it again."));
            return ExitCode.InputHasProblems;
        }

        RecordAgain(planned, preparation.Repeats, new RunRegistry(data), parsed, time.GetUtcNow());
        Approve(planned, new RunRegistry(data), run.Key, parsed, time.GetUtcNow());
        return ExitCode.Done;
    }

    void FindRepeats(IReadOnlyList<RepeatedContent> repeats, ParseResult parsed, List<Problem> problems)
    {
        var again = parsed.GetValue(_again);
        problems.AddRange(repeats.Select(repeat => repeat.ToProblem(again ? Severity.Warning : Severity.Error)));
        if (again && string.IsNullOrWhiteSpace(parsed.GetValue(_reason)))
            problems.Add(new Problem(null, new Wording("--again: hãy ghi lý do bằng --reason.", "--again: say why with --reason.")));
    }

    /// <summary>Before the approval it belongs to, whose hash it names.</summary>
    void RecordAgain(PlannedCampaign planned, IReadOnlyList<RepeatedContent> repeats, RunRegistry registry, ParseResult parsed, DateTimeOffset now)
    {
        if (repeats.Count == 0)
            return;

        var runs = string.Join(", ", repeats.Select(repeat => repeat.Run.Key));
        registry.RecordEvent(
            parsed.GetRequiredValue(_by).Trim(), "approve-again", $"{planned.Key}, approval {planned.ApprovedHash}: same text as {runs}. {parsed.GetValue(_reason)!.Trim()}", now);
    }

    /// <summary>A run that is held goes before the next one to come, unless the campaign has another date by now.</summary>
    static DateOnly? FindHeld(DataFolder data, string campaignFile) => KnownRuns.Read(data, campaignFile)
        .Where(run => run is { State: RunState.Held, Simulated: false })
        .Select(run => run.ToKey().Date)
        .Where(date => RunsOn(campaignFile, date))
        .Select(date => (DateOnly?)date)
        .FirstOrDefault();

    /// <summary>What is wrong with a file that cannot be read is said when it is prepared.</summary>
    static bool RunsOn(string campaignFile, DateOnly date)
    {
        try
        {
            return CampaignFile.ReadSchedule(OrdinaryFile.ReadAllText(campaignFile)).OccurrenceOnOrAfter(date) == date;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    void FindOwnProblems(
        PlannedCampaign planned, RunRegistry registry, RunKey key, ParseResult parsed, DateTimeOffset now, List<Problem> problems)
    {
        var schedule = planned.Campaign.Schedule;
        var date = Figures.Date(key.Date);
        var state = registry.Find(key)!.State;

        if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(_by)))
            problems.Add(new Problem(null, new Wording("--by: hãy ghi họ tên người phê duyệt.", "--by: give the name of who approves.")));

        if (parsed.GetValue(_everyYear) && !schedule.IsYearly)
        {
            problems.Add(new Problem(new Place(planned.Campaign.File, Key: "schedule.date"), new Wording(
                $"--every-year: chiến dịch chỉ có một ngày ({date}). Hãy bỏ --every-year, hoặc ghi 'yearly' thay cho 'date' trong tệp.",
                $"--every-year: the campaign has one date only ({date}). Leave --every-year out, or write 'yearly' instead of 'date' in the file.")));
        }

        if (state is RunState.Finished or RunState.Skipped)
        {
            problems.Add(new Problem(null, new Wording(
                $"Lượt gửi ngày {date} đã kết thúc nên không phê duyệt lại được. Xem kết quả bằng 'status' và 'report'.",
                $"The run of {date} is over and cannot be approved again. See 'status' and 'report'.")));
        }

        // A run held by a policy may be let go on later; any other whose days are over would go out on a day nobody meant.
        var over = now >= schedule.Window.ClosesOn(schedule.SendDays(key.Date).Last());
        if (over && state is RunState.Planned or RunState.Approved)
        {
            problems.Add(new Problem(new Place(planned.Campaign.File, Key: "schedule.date"), new Wording(
                $"Ngày gửi {date} đã qua, bây giờ là {Figures.Moment(schedule.Window.ToLocal(now))}. Hãy sửa ngày trong tệp chiến dịch rồi phê duyệt.",
                $"The date {date} is past, it is {Figures.Moment(schedule.Window.ToLocal(now))} now. Change it in the campaign file, then approve.")));
        }
    }

    /// <summary>What is bound is what was looked at, and nothing that was made of it since.</summary>
    /// <returns>Whether a code was given, and it is another.</returns>
    static bool FindWrongCode(PlannedCampaign planned, string? written, RunRegistry registry, List<Problem> problems)
    {
        var code = ApprovalHash.Brief(planned.ApprovedHash);
        if (string.IsNullOrWhiteSpace(written))
        {
            if (planned.Campaign.Mode == CampaignMode.Live)
            {
                problems.Add(new Problem(null, new Wording(
                    "--code: chiến dịch gửi thật (live) phải kèm mã mà 'check' hoặc 'plan' in ra cho bản đã trình. Hãy chạy 'plan', xem lại, rồi phê duyệt với mã đó.",
                    "--code: a live campaign needs the code that 'check' or 'plan' printed of what was reviewed. Run 'plan', look at it, and approve with its code.")));
            }

            return false;
        }

        var given = written.Trim().ToLowerInvariant();
        if (given.Length >= code.Length && planned.ApprovedHash.StartsWith(given, StringComparison.Ordinal))
            return false;

        var owner = given.Length < code.Length ? new Wording("", "") : OwnerOf(given, registry);
        var file = TypedArgument.Of(planned.Campaign.File);
        problems.Insert(0, new Problem(null, new Wording(
            $"--code: mã đã cho là {given}{owner}, nhưng kế hoạch hiện nay có mã {code}: đây không phải bản đã được xem. Hãy xem kế hoạch hiện nay bằng 'sms-campaign check {file}', trình lại, rồi phê duyệt với mã mới.",
            $"--code: the code given is {given}{owner}, but the plan as it is has {code}: it is not what was looked at. Look at the plan as it is with 'sms-campaign check {file}', have it reviewed, and approve with the new code.")));
        return true;
    }

    /// <summary>What else a code is of, as far as is known; empty where nothing is.</summary>
    static Wording OwnerOf(string code, RunRegistry registry)
    {
        if (registry.ReadRuns().FirstOrDefault(run => run.ApprovedHash.StartsWith(code, StringComparison.Ordinal)) is { } run)
            return new Wording($" (của lượt gửi {run.ToKey()})", $" (of the run {run.Key})");

        if (registry.ReadApprovals().LastOrDefault(approval => approval.Hash.StartsWith(code, StringComparison.Ordinal)) is not { } approval)
            return new Wording("", "");

        var at = VietnamTime.Moment(approval.ApprovedAt);
        return new Wording($" (của bản phê duyệt lúc {at})", $" (of what was approved at {at})");
    }

    /// <summary>Nothing would be sent by an approval that was recorded without the key.</summary>
    static void FindMissingKey(RunRegistry registry, List<Problem> problems)
    {
        if (registry.Audit.VoidedTrouble is { } unknown)
            problems.Add(new Problem(null, unknown));
        if (registry.Audit.FindMissingKey() is not { } missing)
            return;

        problems.Add(new Problem(null, new Wording(
            $"{missing} Chưa có khóa thì không ghi nhận phê duyệt, vì sẽ không gửi theo phê duyệt đó. Nếu khóa cũ đã mất hẳn, kỹ sư phụ trách đặt một tệp khóa mới vào chỗ đó.",
            $"{missing} Without it no approval is recorded, as nothing would be sent by it. Where the old key is lost for good, the engineer puts a new file in its place.")));
    }

    static void FindForged(PlannedCampaign planned, PreparedRun prepared, DataFolder data, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (!prepared.Reused)
            return;

        var differences = RunVerification.Find(data, new RunRegistry(data).Find(prepared.Key)!, planned.ApprovedHash, cancellationToken);
        if (differences.Count > 0)
            problems.Add(new Problem(null, RunVerification.Describe(differences)));
    }

    void Approve(PlannedCampaign planned, RunRegistry registry, RunKey key, ParseResult parsed, DateTimeOffset now)
    {
        var approval = new Approval
        {
            Campaign = key.Campaign,
            Date = key.DateText,
            Hash = planned.ApprovedHash,
            ApprovedBy = parsed.GetRequiredValue(_by).Trim(),
            Document = parsed.GetValue(_document)?.Trim(),
            At = now.ToSql(),
        };

        // First: killed in between, neither date is sent.
        registry.VoidOtherDates(key, planned.Campaign.Schedule.IsYearly, now);
        var state = registry.Find(key)!.State;
        if (parsed.GetValue(_everyYear))
            registry.Approve(approval with { Date = null });
        if (!parsed.GetValue(_everyYear) || state == RunState.Held)
            registry.Approve(approval);
        if (state != RunState.Sending)
            registry.SetState(key, RunState.Approved, now);

        Say(planned, approval, now, parsed.GetValue(_everyYear), RunLeft.Read(SharedOptions.FolderOf(parsed), registry.Find(key)!));
    }

    void Say(PlannedCampaign planned, Approval approval, DateTimeOffset now, bool everyYear, RunLeft? left)
    {
        var schedule = planned.Campaign.Schedule;
        var code = ApprovalHash.Brief(approval.Hash);
        var document = approval.Document is null ? new Wording("", "") : new Wording($", văn bản {approval.Document}", $", document {approval.Document}");
        _terminal.Say(
            $"Đã phê duyệt: {approval.ApprovedBy}{document}. Mã phê duyệt {code}{(everyYear ? ", cho mọi năm" : "")}.",
            $"Approved by {approval.ApprovedBy}{document}. Approval code {code}{(everyYear ? ", for every year" : "")}.");

        if (left is { } rest)
            _terminal.Say(rest.ToWords());

        var answer = new StartPolicy(schedule, planned.Date, now, begun: false).Decide(now);
        var (at, zone) = (Figures.Expected(schedule.Window.ToLocal(answer.Wake ?? now)), Figures.Zone(schedule.Window.Zone));
        if (answer.Wake is null)
            _terminal.Say("Khung giờ đang mở: dịch vụ gửi bắt đầu trong vài giây.", "The window is open: the worker starts within seconds.");
        else
            _terminal.Say($"Dịch vụ gửi bắt đầu lúc {at} ({zone}).", $"The worker starts sending at {at} ({zone}).");

        _terminal.Say(
            $"""
            Việc tiếp theo:
              · Bảo đảm dịch vụ gửi (sms-campaign worker) đang chạy trên máy này.
              · Không sửa tệp chiến dịch và danh sách thuê bao: sửa là phê duyệt hết hiệu lực.
              · Theo dõi: sms-campaign status {planned.Campaign.Id}
            """,
            $"""
            Next:
              · See that the service 'sms-campaign worker' runs on this machine.
              · Leave the campaign file and the audience as they are: any change voids the approval.
              · Follow it: sms-campaign status {planned.Campaign.Id}
            """);
    }
}
