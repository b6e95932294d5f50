using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>A person lets a lane go on otherwise than the campaign says: one that its first batch holds, and on
/// record.</summary>
public sealed class OverruleDeskTests : IDisposable
{
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van");
    static readonly RunKey Key = SomeRun.Description.Key;
    static readonly TrialFinding Few = new(TrialVerdict.FewReceipts, 50, 0, 60, null, Reason.None, null);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly DataFolder _data;
    readonly IRegistry _registry;

    public OverruleDeskTests()
    {
        _data = new DataFolder(_folder.Path);
        _registry = Ledgers.OpenRegistry(_data);
        SomeRun.Create(_folder.Path, 10);
        SetCanary(CanaryPolicy.Default);
        _registry.AddRun(
            new RunRecord
            {
                Key = Key.ToString(),
                Campaign = Key.Campaign,
                Date = Key.DateText,
                Code = SomeRun.Code,
                State = RunState.Sending,
                File = "runs/some.db",
                CampaignFile = "campaign.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            _time.GetUtcNow());
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TrialRelease.WithoutReceipts, "loạt tin đầu mới không xét biên nhận")]
    [InlineData(TrialRelease.WithoutFirstBatch, "không qua loạt tin đầu")]
    public async Task What_the_person_said_stands_in_the_trial_and_on_record(TrialRelease release, string said)
    {
        await HoldAsync();

        var lifted = Assert.IsType<ControlResult.Lifted>(await ResumeAsync(Wish(release)));

        Assert.Single(lifted.Lanes);
        var trial = ReadTrial();
        Assert.Equal((TrialState.Released, release), (trial.State, trial.Release));
        var decision = Assert.Single(_registry.ReadDecisions(Key.Campaign));
        Assert.Equal((DecisionKind.Reopened, Officer.ByOs), (decision.What, decision.ByOs));
        Assert.Contains(said, decision.Reason.Vi, StringComparison.Ordinal);
        Assert.Contains("Trần Thị B", decision.Reason.Vi, StringComparison.Ordinal);
        Assert.Contains("biên nhận hỏng", decision.Reason.Vi, StringComparison.Ordinal);
        Assert.Empty(_registry.Audit.Verify(ledgers: false).Findings);
    }

    [Fact]
    public async Task One_that_another_person_came_before_is_on_record_as_not_done()
    {
        await HoldAsync();
        var seen = HeldLanes.Read(_data).Lanes;
        Assert.IsType<ControlResult.Lifted>(await ResumeAsync(Wish(TrialRelease.WithoutReceipts)));

        Assert.IsType<ControlResult.Refused>(
            await ResumeAsync(Wish(TrialRelease.WithoutFirstBatch), seen: seen));

        Assert.Equal(TrialRelease.WithoutReceipts, ReadTrial().Release);
        Assert.Equal(
            [DecisionKind.Reopened, DecisionKind.Reopened, DecisionKind.NotReopened],
            _registry.ReadDecisions(Key.Campaign).Select(decision => decision.What));
        Assert.StartsWith(
            "KHÔNG thực hiện", _registry.ReadDecisions(Key.Campaign)[^1].Reason.Vi, StringComparison.Ordinal);
    }

    /// <summary>What is asked of the process that sends says it as well.</summary>
    [Fact]
    public async Task The_command_says_how_the_lane_goes_on()
    {
        await HoldAsync();
        using var sending = SendingLock.TryTake(_data, _time)!;
        new LifeSigns(_data, "worker", _time).Give();

        var asking = ResumeAsync(Wish(TrialRelease.WithoutReceipts), TimeSpan.Zero);
        await asking;

        var command = _registry.Commands.Find(1)!;
        Assert.Equal(ControlDesk.Heed, command.Kind);
        Assert.Equal(
            $$"""{"run":"{{Key}}","lane":"viettel","release":"WithoutReceipts"}""", command.Arguments);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var findings = Desk.Check(
            new Who("", "b", "cong-van"), new OverruleWish(null, null, true, true), HeldLanes.Read(_data).Lanes, " ");

        Assert.Equal(
            [
                typeof(ControlFinding.NoName), typeof(ControlFinding.NoReason), typeof(ControlFinding.BothWays),
                typeof(ControlFinding.NeedsCampaign), typeof(ControlFinding.NeedsLane),
            ],
            findings.Select(finding => finding.GetType()));
    }

    [Fact]
    public void A_lane_that_is_not_held_is_not_let_go_on_and_what_it_does_is_said()
    {
        Assert.Null(Assert.IsType<ControlFinding.NotHeldByFirstBatch>(Find("viettel")).Trial);
        Assert.IsType<ControlFinding.NoSuchLane>(Find("mobifone"));
    }

    [Fact]
    public async Task A_lane_that_is_held_as_too_much_failed_later_is_let_go_on_plainly()
    {
        await using (var ledger = OpenLedger())
            await ledger.Trials.HoldAsync(SomeRun.LaneId, Few with { Verdict = TrialVerdict.Failed });

        var finding = Assert.IsType<ControlFinding.NotHeldByFirstBatch>(Find("viettel"));

        Assert.Equal(TrialKind.Guard, finding.Trial!.Kind);
        Assert.Contains(
            "kênh đứng chờ vì quá nhiều tin hỏng khi đang gửi. Hãy cho gửi tiếp bằng: sms-campaign resume",
            ControlText.Of(finding).What.Vi,
            StringComparison.Ordinal);
        Assert.True(ReadTrial().IsHeld);
    }

    [Fact]
    public void A_campaign_without_first_batches_has_none_to_overrule()
    {
        SetCanary(CanaryPolicy.None);

        Assert.Equal(
            "Kênh gửi 'viettel' của lượt gửi some, ngày 30/07/2025 không có loạt tin đầu: chiến dịch được phê duyệt "
                + "với canary.messages là 0. Hãy bỏ --without-receipts và --without-first-batch.",
            ControlText.Of(Assert.IsType<ControlFinding.HasNoFirstBatch>(Find("viettel"))).What.Vi);
    }

    [Fact]
    public async Task At_a_terminal_all_that_is_wrong_is_listed_with_exit_code_2_and_nothing_is_done()
    {
        await HoldAsync();

        var (code, output) = await TypeAsync("resume", "--without-receipts", "--without-first-batch");
        Assert.Equal(2, code);
        foreach (var said in (string[])
        [
            "Chỉ chọn một: --without-receipts", "Cần ghi chiến dịch nào", "Cần ghi kênh gửi nào: --lane",
            "Cần ghi người quyết định", "Cần ghi lý do",
        ])
            Assert.Contains(said, output, StringComparison.Ordinal);

        (code, output) = await TypeAsync("resume", "nosuch", "--lane", "viettel", "--without-receipts", "--by", "B");
        Assert.Equal(2, code);
        Assert.Contains("'nosuch'", output, StringComparison.Ordinal);
        Assert.Contains("Cần ghi lý do", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Cần ghi chiến dịch nào", output, StringComparison.Ordinal);

        (code, output) = await TypeAsync(
            "resume", Key.Campaign, "--lane", "vinaphone", "--without-receipts", "--by", "B", "--reason", "x");
        Assert.Equal(2, code);
        Assert.Contains("Không có kênh gửi nào tên 'vinaphone'", output, StringComparison.Ordinal);
        Assert.True(ReadTrial().IsHeld);
        Assert.Empty(_registry.ReadDecisions(Key.Campaign));
    }

    [Fact]
    public async Task At_a_terminal_status_names_the_ways_on_and_then_what_was_decided()
    {
        await HoldAsync();
        var (_, before) = await TypeAsync("status");
        Assert.Contains("thêm --without-receipts vào lệnh ấy", before, StringComparison.Ordinal);
        Assert.Contains("thêm --without-first-batch", before, StringComparison.Ordinal);

        var (code, output) = await TypeAsync(
            "resume", Key.Campaign, "--lane", "viettel", "--without-first-batch", "--by", "Trần Thị B", "--reason",
            "biên nhận hỏng");

        Assert.Equal(0, code);
        Assert.Contains("được gửi hết, không qua loạt tin đầu", output, StringComparison.Ordinal);
        var (_, after) = await TypeAsync("status");
        Assert.Contains(
            "Kênh gửi 'viettel' được cho gửi hết luôn, không qua loạt tin đầu, theo quyết định lúc",
            after,
            StringComparison.Ordinal);
        var (_, history) = await TypeAsync("status", "--history");
        Assert.Contains("biên nhận hỏng", history, StringComparison.Ordinal);
    }

    OverruleDesk Desk => new(_data, _folder.File("installation.json"), _time);

    static OverruleWish Wish(TrialRelease release, string lane = "viettel") => new(
        Key, lane, release == TrialRelease.WithoutReceipts, release == TrialRelease.WithoutFirstBatch);

    ControlFinding Find(string lane) => Assert.Single(Desk.Check(
        Officer, Wish(TrialRelease.WithoutReceipts, lane), HeldLanes.Read(_data).Lanes, "biên nhận hỏng"));

    Task<ControlResult> ResumeAsync(
        OverruleWish wish, TimeSpan? patience = null, IReadOnlyList<HeldLane>? seen = null) => Desk.ResumeAsync(
        Officer,
        wish,
        [],
        seen ?? HeldLanes.Read(_data).Lanes,
        "biên nhận hỏng",
        patience ?? TimeSpan.FromSeconds(3),
        CancellationToken.None);

    RunLedger OpenLedger() => RunLedger.Open(_folder.File("runs/some.db"), new ProcessClock(_time));

    async Task HoldAsync()
    {
        await using var ledger = OpenLedger();
        await ledger.Trials.JudgeAsync(
            await ledger.Trials.BeginAsync(SomeRun.LaneId, 50), TrialState.Held, Few);
    }

    LaneTrial ReadTrial() => Ledgers.RunAt(_registry.Find(Key)!.AddressIn(_data)).ReadTrials()["viettel"];

    void SetCanary(CanaryPolicy canary)
    {
        using var db = SqliteDb.Open(_folder.File("runs/some.db"));
        db.Execute("delete from run_info where name like 'canary%'");
        foreach (var (name, value) in (SomeRun.Description with { Canary = canary }).ToRows()
            .Where(row => row.Key.StartsWith("canary", StringComparison.Ordinal)))
            db.Run($"insert into run_info (name, value) values ({name}, {value})");
    }

    async Task<(int Code, string Output)> TypeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", _folder.Path],
            new Terminal(output, output, Language.Vietnamese, outputIsTerminal: false) { Time = _time },
            CancellationToken.None);
        return (code, Shown.Flat(output.ToString()));
    }
}
