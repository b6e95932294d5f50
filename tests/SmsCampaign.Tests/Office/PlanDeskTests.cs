using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What whoever looks at a campaign, or has it planned, is answered, without a terminal.</summary>
public sealed class PlanDeskTests : IDisposable
{
    static readonly Who Officer = new("Nguyễn Văn A", "van.a", "cong-van");
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Looking_stores_nothing_and_makes_no_installation()
    {
        var seen = Check();

        Assert.Equal(3, seen.Preparation.Planned!.Audience.Recipients.Sum(count => count.Messages));
        Assert.Null(seen.Preparation.Run);
        Assert.Null(seen.Changes);
        Assert.False(Directory.Exists(_folder.Data.Root));
    }

    [Fact]
    public void What_is_other_than_approved_is_told_and_only_that()
    {
        Approve();
        Assert.Null(Check().Changes);
        _folder.Prepare(simulated: true);

        _folder.Edit("subscribers.csv", "0981234561", "0981234569");

        Assert.Contains("subscribers.csv", Check().Changes!.Value.Vi, StringComparison.Ordinal);
        Assert.Null(Check(simulated: true).Changes); // a rehearsal is nobody's approval
        Assert.Equal(RunState.Approved, Registry.Find(Key)!.State);
    }

    [Fact]
    public void A_campaign_with_errors_is_no_plan_whoever_asks()
    {
        _folder.Edit("campaign.yaml", "CHINH PHU", "CHÍNH PHỦ VIỆT NAM");

        var seen = Check();
        var planned = Desk.Plan(_folder.Request(), CancellationToken.None);

        Assert.Null(seen.Preparation.Planned);
        Assert.Null(seen.Changes);
        Assert.Null(planned.Run);
        Assert.Equal(
            seen.Preparation.Problems.Select(problem => problem.ToString()),
            planned.Problems.Select(problem => problem.ToString()));
        Assert.False(File.Exists(_folder.Ledger()));
    }

    [Fact]
    public void What_is_planned_is_kept_to_be_approved_and_planned_anew_where_its_files_are_others()
    {
        Assert.NotNull(Desk.Plan(_folder.Request(), CancellationToken.None).Run);
        var first = Registry.Find(Key)!;
        _folder.Edit("subscribers.csv", "0981234561\n", "");

        Assert.NotNull(Desk.Plan(_folder.Request(), CancellationToken.None).Run);

        var second = Registry.Find(Key)!;
        Assert.Equal((RunState.Planned, RunState.Planned), (first.State, second.State));
        Assert.NotEqual(first.AudienceHash, second.AudienceHash);
        Assert.True(File.Exists(_folder.Ledger()));
        Assert.True(Registry.Audit.Verify(ledgers: true).Holds);
    }

    [Fact]
    public void While_another_prepares_the_run_nothing_is_planned()
    {
        using var other = PreparingLock.TryTake(_folder.Data, Key);

        var busy = Desk.Plan(_folder.Request(), CancellationToken.None);

        Assert.True(busy.Busy);
        Assert.Null(busy.Run);
        Assert.False(File.Exists(_folder.Ledger()));
    }

    [Fact]
    public void What_is_cancelled_leaves_nothing_behind()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Desk.Plan(_folder.Request(), new CancellationToken(true)));

        Assert.False(File.Exists(_folder.Ledger()));
        Assert.True(!Ledgers.HasRegistry(_folder.Data) || Registry.Find(Key) is null);
    }

    PlanDesk Desk => new(_folder.Data, _folder.Time);

    IRegistry Registry => Ledgers.OpenRegistry(_folder.Data);

    CheckedCampaign Check(bool simulated = false) => Desk.Check(_folder.Request(simulated), CancellationToken.None);

    void Approve() => Assert.IsType<ApprovalResult.Given>(
        new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Officer, new ApprovalOrder(_folder.Request(), Seen: null), CancellationToken.None));
}
