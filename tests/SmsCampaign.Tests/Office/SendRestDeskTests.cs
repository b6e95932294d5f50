using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>What the run of 30/7/2025 left goes on another date. Of its three recipients the first was sent to, the
/// second is uncertain, and a third is left.</summary>
[Trait("Category", "Slow")]
public sealed class SendRestDeskTests : IDisposable
{
    static readonly DateOnly First = new(2025, 7, 30);
    static readonly DateOnly On = new(2025, 8, 2);

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static RunKey Key(DateOnly date) => new("thu-nghiem", date, Simulated: false);

    IRegistry Registry => Ledgers.OpenRegistry(_folder.Data);

    /// <summary>The run is over: of Viettel's messages one is taken and one uncertain, and VinaPhone's is
    /// left.</summary>
    async Task EndFirstAsync(RunState state = RunState.Finished)
    {
        Assert.NotNull(_folder.Prepare().Run);
        await _folder.SendAsync(
            Key(First), 1, SendResult.Accepted("a"), SendResult.Uncertain(Reason.ConnectionLost, "reset"));
        await using (var ledger = Ledgers.RunAt(_folder.Data.AddressOf(Key(First)))
            .Open(new ProcessClock(_folder.Time), Key(First), _folder.Data))
            await ledger.LeaveAsync(Reason.WindowClosed);
        Registry.SetState(Key(First), state, _folder.Time.GetUtcNow());
    }

    RestResult Plan(DateOnly? on = null, DateOnly? date = null) =>
        new SendRestDesk(_folder.Data, _folder.Time).Plan(
            new RestOrder("thu-nghiem", date, on ?? On, _folder.Installation), CancellationToken.None);

    Preparation Prepared(DateOnly? on = null, DateOnly? date = null) =>
        Assert.IsType<RestResult.Prepared>(Plan(on, date)).Preparation;

    [Theory]
    [InlineData(RunState.Finished)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Ended)]
    public async Task What_was_left_and_nothing_that_may_have_been_sent_is_planned_for_the_other_date(RunState state)
    {
        await EndFirstAsync(state);
        File.Delete(_folder.Subscribers); // the ledger is the source, not the files

        var preparation = Prepared();

        Assert.DoesNotContain(preparation.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal([84911234563], Numbers(On));
        var run = Registry.Find(Key(On))!;
        Assert.Equal(("2025-07-30", RunState.Planned), (run.RestOf, run.State));
        Assert.Equal(First, StoredRun.Read(run.AddressIn(_folder.Data)).Description.RestOf);
        Assert.Equal(
            [new AudienceSource("subscribers.csv", Sha(First), 1)], preparation.Planned!.Audience.Sources);
        Assert.Empty(RunVerification.Find(_folder.Data, run, null, CancellationToken.None));
    }

    [Fact]
    public async Task Who_has_refused_meanwhile_is_left_out()
    {
        await EndFirstAsync();
        File.AppendAllText(Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, "tu-choi.csv"), "0911234563\n");

        var preparation = Prepared();

        Assert.Null(preparation.Run);
        Assert.Equal(1, preparation.Planned!.Audience.Excluded[ExclusionReason.Suppressed]);
        Assert.Contains(preparation.Problems, problem =>
            problem.What.Vi.StartsWith("Không còn thuê bao nào để gửi", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_plan_for_the_same_rest_leaves_out_what_the_first_holds_and_says_so()
    {
        await EndFirstAsync();
        Assert.NotNull(Prepared().Run);

        var second = Prepared(On.AddDays(3), First);

        Assert.Null(second.Run);
        Assert.Equal(1, second.Planned!.Audience.Excluded[ExclusionReason.HeldByOther]);
        Assert.Contains(second.Problems, problem => problem.What.Vi.StartsWith(
            "Lượt gửi ngày 02/08/2025 của chiến dịch này đang giữ 1 thuê bao chờ gửi", StringComparison.Ordinal));
        Assert.Null(Registry.Find(Key(On.AddDays(3))));

        // The same date once more is the same plan.
        Assert.True(Prepared().Run!.Reused);
    }

    [Theory]
    [InlineData(RunState.Finished)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Ended)]
    public async Task It_is_approved_as_any_other_and_the_first_runs_approval_stays_to_be_read(RunState state)
    {
        await EndFirstAsync(RunState.Held);
        Approve(First);
        Registry.SetState(Key(First), state, _folder.Time.GetUtcNow());
        var planned = Prepared().Planned!;

        var given = new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Who.Here("Nguyễn Văn A"),
            new ApprovalOrder(_folder.Request(date: On), ApprovalHash(planned), null, false, false, null),
            CancellationToken.None);

        Assert.IsType<ApprovalResult.Given>(given);
        Assert.Equal(planned.ApprovedHash, Registry.FindApproval("thu-nghiem", On)!.Hash);
        Assert.NotNull(Registry.FindApproval("thu-nghiem", First));
        Assert.Equal(RunState.Approved, Registry.Find(Key(On))!.State);
    }

    [Fact]
    public async Task An_approval_of_every_year_is_none_of_the_rest()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        await EndFirstAsync();
        Assert.NotNull(Prepared().Run);

        Registry.Approve(Approval(Registry.Find(Key(First))!.ApprovedHash) with { Date = null });

        Assert.NotNull(Registry.FindApproval("thu-nghiem", First));
        Assert.Null(Registry.FindApproval("thu-nghiem", On));
    }

    [Fact]
    public async Task The_rest_is_neither_submitted_nor_approved_for_every_year()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        await EndFirstAsync();
        Assert.NotNull(Prepared().Run);
        var (who, request) = (Who.Here("Nguyễn Văn A"), _folder.Request(date: On));

        var approved = new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            who, new ApprovalOrder(request, null, EveryYear: true), CancellationToken.None);
        var submitted = new SubmissionDesk(_folder.Data, _folder.Time).Submit(
            who, new SubmissionOrder(request, null, null, EveryYear: true), CancellationToken.None);

        Assert.Equal(
            new ApprovalFinding.EveryYearOfRest(On, Figures.Date(First)),
            Assert.Single(Assert.IsType<ApprovalResult.Refused>(approved).Findings, finding => finding.IsError));
        Assert.IsType<ApprovalFinding.EveryYearOfRest>(
            Assert.Single(Assert.IsType<SubmissionResult.Refused>(submitted).Findings, finding => finding.IsError));
        Assert.Empty(Registry.ReadApprovals());
    }

    [Fact]
    public async Task Withdrawing_the_rests_approval_leaves_that_of_every_year()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        await EndFirstAsync();
        Assert.NotNull(Prepared().Run);
        Registry.Approve(Approval(Registry.Find(Key(First))!.ApprovedHash) with { Date = null });
        Approve(On);
        Registry.SetState(Key(On), RunState.Sending, _folder.Time.GetUtcNow());

        var revoked = Assert.IsType<RevocationResult.Revoked>(await RevokeAsync());

        Assert.Equal(Key(On).DateText, Assert.Single(revoked.Approvals).Date);
        Assert.Equal(RunState.Held, revoked.State);
        Assert.True(Assert.Single(Registry.ReadApprovals(), approval => approval.Date is null).Stands);
    }

    [Fact]
    public async Task A_rest_that_is_held_says_its_date_in_the_way_on_and_is_what_is_approved_next()
    {
        await EndFirstAsync();
        Assert.NotNull(Prepared().Run);
        Approve(On);
        Registry.SetState(Key(On), RunState.Sending, _folder.Time.GetUtcNow());

        await RevokeAsync();
        var given = new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Who.Here("Nguyễn Văn A"), new ApprovalOrder(_folder.Request(), null), CancellationToken.None);

        Assert.Contains(
            "campaign.yaml --date 2025-08-02 --by",
            Registry.ReadDecisions("thu-nghiem")[^1].Reason.Vi,
            StringComparison.Ordinal);
        Assert.Equal(On, Assert.IsType<ApprovalResult.Given>(given).Plan.Planned.Date);
        Assert.NotNull(Registry.FindApproval("thu-nghiem", On));
    }

    [Theory]
    [InlineData(RunState.Sending)]
    [InlineData(RunState.Held)]
    [InlineData(RunState.Approved)]
    public async Task Of_a_run_that_is_not_over_nothing_is_planned_elsewhere(RunState state)
    {
        await EndFirstAsync(state);

        var preparation = Prepared();

        Assert.Null(preparation.Run);
        Assert.Contains(preparation.Problems, problem => problem.What.Vi.StartsWith(
            "Lượt gửi ngày 30/07/2025 chưa kết thúc", StringComparison.Ordinal));
        Assert.Null(Registry.Find(Key(On)));
    }

    [Theory]
    [InlineData(OrderKind.End, true, "đã được kết thúc sớm: không gửi thêm và phần chưa gửi đã ghi vào sổ")]
    [InlineData(OrderKind.Cancel, true, "đã được hủy: không gửi thêm và phần chưa gửi đã ghi vào sổ")]
    [InlineData(OrderKind.End, false, "đã được kết thúc sớm, nhưng dịch vụ gửi chưa ghi lại 3 tin chưa gửi")]
    public async Task Of_a_run_that_a_person_has_just_ended_it_is_said_what_is_waited_for(
        OrderKind kind, bool isNoted, string said)
    {
        if (isNoted)
            await EndFirstAsync(RunState.Sending);
        else
            Assert.NotNull(_folder.Prepare().Run);
        Registry.SetState(Key(First), RunState.Sending, _folder.Time.GetUtcNow());
        Registry.Orders.Give(
            new NewOrder(kind, new OrderScope(Key(First), null), Who.Here("Nguyễn Văn A"), "đủ rồi"),
            new Wording("đủ rồi", "enough"),
            _folder.Time.GetUtcNow());

        var finding = Assert.IsType<RestFinding.IsEnding>(
            Assert.Single(Assert.IsType<RestResult.Refused>(Plan()).Findings));

        Assert.Contains(said, finding.ToWords().Vi, StringComparison.Ordinal);
        Assert.DoesNotContain("'end'", finding.ToWords().Vi, StringComparison.Ordinal);
        Assert.Null(Registry.Find(Key(On)));
    }

    [Fact]
    public async Task Of_a_ledger_that_was_written_past_the_program_nothing_is_taken()
    {
        await EndFirstAsync();
        using (var db = SqliteDb.Open(_folder.Ledger()))
            db.Execute("update message set number = 84911234569 where number = 84911234563");

        var preparation = Prepared();

        Assert.Null(preparation.Run);
        Assert.Contains(preparation.Problems, problem => problem.What.Vi.StartsWith(
            "Sổ gửi tin khác với bản đã phê duyệt: danh sách thuê bao nhận tin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_text_is_that_of_the_campaign_that_was_sent()
    {
        await EndFirstAsync();
        _folder.Edit("campaign.yaml", "title: Thử nghiệm", "title: Thử nghiệm khác");

        var preparation = Prepared();

        Assert.Null(preparation.Run);
        Assert.Contains(preparation.Problems, problem => problem.What.Vi.StartsWith(
            "So với lượt gửi ngày 30/07/2025, nội dung tệp chiến dịch đã khác", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2025-07-30", typeof(RestFinding.NotLater))]
    [InlineData("2025-07-01", typeof(RestFinding.NotLater))]
    public async Task The_date_must_be_after_the_run_that_left_it(string on, Type expected)
    {
        await EndFirstAsync();

        var refused = Assert.IsType<RestResult.Refused>(Plan(DateOnly.ParseExact(on, "yyyy-MM-dd")));

        Assert.Equal(expected, Assert.Single(refused.Findings).GetType());
    }

    [Theory]
    [InlineData("2026-07-30", typeof(RestFinding.IsOwnDate))]
    [InlineData("2026-01-05", typeof(RestFinding.OtherYear))]
    public async Task Of_a_yearly_campaign_it_is_another_day_of_the_same_year(string on, Type expected)
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        await EndFirstAsync();

        var refused = Assert.IsType<RestResult.Refused>(Plan(DateOnly.ParseExact(on, "yyyy-MM-dd")));

        Assert.Equal(expected, Assert.Single(refused.Findings).GetType());
    }

    [Fact]
    public async Task Of_a_run_that_left_nothing_nothing_is_planned()
    {
        Assert.NotNull(_folder.Prepare().Run);
        Registry.SetState(Key(First), RunState.Finished, _folder.Time.GetUtcNow());
        await Task.CompletedTask;

        Assert.IsType<RestFinding.NothingLeft>(
            Assert.Single(Assert.IsType<RestResult.Refused>(Plan()).Findings));
    }

    [Fact]
    public void Of_a_campaign_without_runs_nothing_is_planned() => Assert.IsType<RestFinding.NoRun>(
        Assert.Single(Assert.IsType<RestResult.Refused>(Plan()).Findings));

    [Fact]
    public async Task Its_ledger_that_was_lost_is_made_anew_from_what_the_first_left()
    {
        await EndFirstAsync();
        Assert.NotNull(Prepared().Run);
        var before = Registry.Find(Key(On))!;
        Registry.SetState(Key(On), RunState.Sending, _folder.Time.GetUtcNow());
        await _folder.SendAsync(Key(On), CarrierOf(On), new SendResult?[] { null });
        foreach (var file in Directory.GetFiles(_folder.Data.RunsFolder, "thu-nghiem_2025-08-02*"))
            File.Delete(file);
        File.Delete(_folder.Data.Run(Key(On)));

        var losses = new LossDesk(_folder.Data, _folder.Installation, _folder.Time);
        var lost = Assert.Single(losses.Look("thu-nghiem", On).Runs);
        var declared = Assert.IsType<LossResult.Declared>(
            losses.Declare(Who.Here("Nguyễn Văn A"), "mất tệp", lost, CancellationToken.None));

        Assert.Equal(1, declared.Messages);
        Assert.Equal([84911234563], Numbers(On));
        Assert.Equal(before.ApprovedHash, Registry.Find(Key(On))!.ApprovedHash);
    }

    static string ApprovalHash(PlannedCampaign planned) =>
        SmsCampaign.Campaigns.ApprovalHash.Brief(planned.ApprovedHash);

    int CarrierOf(DateOnly date)
    {
        using var db = SqliteDb.Open(_folder.Data.Run(Key(date)), readOnly: true);
        return MessageSeq.CarrierOf(db.ReadNumber("select seq from message limit 1")!.Value);
    }

    string Sha(DateOnly date)
    {
        using var db = SqliteDb.Open(_folder.Data.Run(Key(date)), readOnly: true);
        return db.ReadText("select sha256 from source")!;
    }

    List<long> Numbers(DateOnly date)
    {
        using var ledger = Ledgers.RunAt(_folder.Data.AddressOf(Key(date))).ReadPlan();
        return [.. ledger.ReadNumbers().Select(each => each.Number)];
    }

    Task<RevocationResult> RevokeAsync() =>
        new RevocationDesk(_folder.Data, _folder.Installation, _folder.Time).RevokeAsync(
            Who.Here("Nguyễn Văn A"), Key(On), "tỉnh yêu cầu dừng", TimeSpan.Zero, CancellationToken.None);

    void Approve(DateOnly date) =>
        Registry.Approve(Approval(Registry.Find(Key(date))!.ApprovedHash) with { Date = Key(date).DateText });

    Approval Approval(string hash) => new()
    {
        Campaign = "thu-nghiem",
        Hash = hash,
        ApprovedBy = "Nguyễn Văn A",
        At = _folder.Time.GetUtcNow().ToSql(),
    };
}
