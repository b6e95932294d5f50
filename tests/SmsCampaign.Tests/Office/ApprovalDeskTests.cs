using SmsCampaign.Campaigns;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What whoever asks for an approval is answered, without a terminal.</summary>
public sealed class ApprovalDeskTests : IDisposable
{
    static readonly Who Officer = new("Nguyễn Văn A", "van.a", "cong-van");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    IRegistry Registry => Ledgers.OpenRegistry(_folder.Data);

    [Fact]
    public void What_is_approved_bears_the_name_and_the_account_of_who_asked_not_of_the_process()
    {
        var given = Assert.IsType<ApprovalResult.Given>(Approve(Officer));

        var kept = Assert.Single(Registry.ReadApprovals());
        Assert.Equal(("Nguyễn Văn A", "van.a@cong-van"), (kept.ApprovedBy, kept.ByOs));
        Assert.True(kept.Stands);
        Assert.Equal(kept.Hash, given.Approval.Hash);
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7)), given.Opens);
        Assert.Equal(RunState.Approved, Registry.Find(given.Plan.Planned.Key)!.State);
    }

    [Fact]
    public void The_code_of_what_was_looked_at_is_held_to_the_plan_as_it_is()
    {
        var seen = ApprovalHash.Brief(_folder.Prepare().Planned!.ApprovedHash);

        var other = Assert.IsType<ApprovalResult.Refused>(Approve(Officer, "0123456789ab"));
        var same = Approve(Officer, seen);

        var finding = Assert.IsType<ApprovalFinding.OtherCode>(other.Findings[0]);
        Assert.Equal(("0123456789ab", seen, (CodeOwner?)null), (finding.Given, finding.Code, finding.Owner));
        Assert.Null(other.Plan); // nobody reads another plan to find at its end that it is refused
        Assert.IsType<ApprovalResult.Given>(same);
    }

    [Fact]
    public void A_code_of_what_was_approved_before_is_known_as_that()
    {
        var before = Assert.IsType<ApprovalResult.Given>(Approve(Officer)).Approval;
        _folder.Edit("subscribers.csv", "0981234561\n", "");
        Assert.NotNull(_folder.Prepare(ChangedRun.PlanAgain).Run);

        var refused = Assert.IsType<ApprovalResult.Refused>(Approve(Officer, before.Hash[..12]));

        var owner = Assert.IsType<ApprovalFinding.OtherCode>(refused.Findings[0]).Owner;
        Assert.Equal(new CodeOwner.OfApproval(before.ApprovedAt), owner);
    }

    [Fact]
    public void Nobody_every_year_and_again_without_a_reason_are_each_refused_by_name()
    {
        var order = new ApprovalOrder(_folder.Request(), null, EveryYear: true, Again: true);

        var refused = Assert.IsType<ApprovalResult.Refused>(
            Desk.Approve(Officer with { Person = " " }, order, CancellationToken.None));

        Assert.Equal(
            [typeof(ApprovalFinding.NoName), typeof(ApprovalFinding.NotYearly), typeof(ApprovalFinding.NoReason)],
            refused.Findings.Where(finding => finding.IsError).Select(finding => finding.GetType()));
        Assert.Empty(Registry.ReadApprovals());
    }

    [Fact]
    public void Other_words_than_the_order_quotes_are_recorded_with_who_decided_and_why()
    {
        _folder.Edit("campaign.yaml", "text: Toàn dân", "text: Toàn dần"); // the first: the order's

        var order = new ApprovalOrder(_folder.Request(), null, Reason: "đã hỏi 0912345678: ghi nhầm");
        Assert.NotNull(_folder.Prepare(ChangedRun.PlanAgain).Run);
        Assert.IsType<ApprovalResult.Given>(Desk.Approve(Officer, order, CancellationToken.None));

        using var db = SqliteDb.Open(_folder.Data.Ledger, readOnly: true);
        var recorded = db.ReadText("select who || ': ' || detail from event where what = 'approve-other-words'")!;
        Assert.StartsWith("Nguyễn Văn A: thu-nghiem/2025-07-30, approval ", recorded, StringComparison.Ordinal);
        Assert.EndsWith(
            ": chung: order 'dần', message 'dân'. đã hỏi 0912***678: ghi nhầm", recorded, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_orders_own_words_nothing_is_recorded_beside_the_approval()
    {
        Assert.IsType<ApprovalResult.Given>(Approve(Officer));

        using var db = SqliteDb.Open(_folder.Data.Ledger, readOnly: true);
        Assert.Null(db.ReadText("select what from event where what = 'approve-other-words'"));
    }

    /// <summary>A reason would not have it approved.</summary>
    [Theory]
    [InlineData(RunState.Approved)] // the service has not taken it up yet
    [InlineData(RunState.Sending)] // it waits for receipts
    [InlineData(RunState.Cancelled)]
    public void Of_what_is_called_off_it_is_said_that_it_is_and_what_can_be_done_and_no_reason_is_asked_for(
        RunState state)
    {
        var key = Assert.IsType<ApprovalResult.Given>(Approve(Officer)).Plan.Planned.Key;
        Registry.Orders.Give(
            new NewOrder(OrderKind.Cancel, new OrderScope(key, null), Officer, "đã hoãn"),
            new Wording("Nguyễn Văn A: đã hoãn", "called off"),
            _folder.Time.GetUtcNow());
        Registry.SetState(key, state, _folder.Time.GetUtcNow());

        var refused = Assert.IsType<ApprovalResult.Refused>(Approve(Officer));

        var said = Assert.IsType<ApprovalFinding.IsEnded>(Assert.Single(
            refused.Findings, finding => finding.IsError));
        Assert.Contains(
            "sửa ngày trong tệp chiến dịch", ApprovalFindingWords.Of(said).What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void While_another_approves_nothing_is_looked_at()
    {
        using var other = PreparingLock.TakeForApproval(_folder.Data);

        Assert.IsType<ApprovalResult.IsBusy>(Approve(Officer));
        Assert.False(File.Exists(_folder.Data.Ledger));
    }

    [Fact]
    public void A_date_that_is_past_is_refused_by_name()
    {
        _folder.Prepare();
        _folder.Time.SetUtcNow(PreparationFolder.MorningBefore.AddDays(30));

        var refused = Assert.IsType<ApprovalResult.Refused>(
            Desk.Approve(
                Officer,
                new ApprovalOrder(_folder.Request(date: new DateOnly(2025, 7, 30)), null),
                CancellationToken.None));

        Assert.Contains(refused.Findings, finding => finding is ApprovalFinding.DateIsPast);
    }

    ApprovalDesk Desk => new(_folder.Data, _folder.Time);

    ApprovalResult Approve(Who who, string? seen = null) =>
        Desk.Approve(who, new ApprovalOrder(_folder.Request(), seen), CancellationToken.None);
}
