using SmsCampaign.Carriers;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>What becomes of a run whose approval a person withdraws, without a terminal.</summary>
public sealed class RevocationDeskTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly Who Leader = new("Nguyễn Văn A", "an", "may-chu");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Before_it_begins_it_is_only_planned_again_and_nothing_lets_it_go()
    {
        Approve();

        var revoked = Assert.IsType<RevocationResult.Revoked>(await RevokeAsync());

        Assert.Equal((RunState.Planned, true, null), (revoked.State, revoked.IsStopped, revoked.Left));
        Assert.Null(Registry.FindApproval(Key.Campaign, Key.Date));
        Assert.Equal("Nguyễn Văn A thu hồi: tỉnh yêu cầu dừng", Registry.ReadApprovals()[0].VoidReasonVi);
        Assert.Empty(Registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public async Task Of_this_date_and_of_every_year_both_are_withdrawn()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        Approve(everyYear: true);
        Approve();

        var revoked = Assert.IsType<RevocationResult.Revoked>(await RevokeAsync());

        Assert.Equal([Key.DateText, null], revoked.Approvals.Select(approval => approval.Date));
        Assert.DoesNotContain(Registry.ReadApprovals(), approval => approval.VoidedAt is null);
    }

    [Fact]
    public async Task Half_sent_with_nobody_sending_it_is_held_with_who_and_why()
    {
        Approve();
        await _folder.SendAsync(Key, carrier: 1, SendResult.Accepted("id-1"));
        Registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());

        var revoked = Assert.IsType<RevocationResult.Revoked>(await RevokeAsync());

        Assert.Equal((RunState.Held, true), (revoked.State, revoked.IsStopped));
        Assert.Equal(2, revoked.Left?.Planned);
        var held = Registry.ReadDecisions(Key.Campaign)[^1];
        Assert.Equal(DecisionKind.Held, held.What);
        Assert.Contains("Nguyễn Văn A thu hồi: tỉnh yêu cầu dừng", held.Reason.Vi, StringComparison.Ordinal);
        Assert.Contains("sms-campaign approve", held.Reason.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_it_is_held_is_recorded_only_with_its_state()
    {
        Approve();
        Registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("create trigger killed before update of state on run begin select raise(abort, 'killed'); end");

        await Assert.ThrowsAsync<LedgerException>(() => RevokeAsync());

        Assert.DoesNotContain(Registry.ReadDecisions(Key.Campaign), each => each.What == DecisionKind.Held);
    }

    [Fact]
    public async Task Of_a_ledger_that_cannot_be_read_it_is_withdrawn_and_what_is_left_is_not_known()
    {
        Approve();
        Registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        File.WriteAllText(_folder.Ledger(), "no ledger");

        var revoked = Assert.IsType<RevocationResult.Revoked>(await RevokeAsync());

        Assert.Equal(
            (RunState.Held, true, false, null),
            (revoked.State, revoked.IsStopped, revoked.IsLeftKnown, revoked.Left));
        Assert.Null(Registry.FindApproval(Key.Campaign, Key.Date));
    }

    [Fact]
    public async Task While_a_process_holds_the_folder_and_does_not_answer_it_is_not_said_to_have_stopped()
    {
        Approve();
        await _folder.SendAsync(Key, carrier: 1, SendResult.Accepted("id-1"));
        Registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        using var other = SendingLock.TryTake(_folder.Data, _folder.Time);

        var revoked = Assert.IsType<RevocationResult.Revoked>(await RevokeAsync());

        Assert.Equal((RunState.Sending, false), (revoked.State, revoked.IsStopped));
        Assert.Null(Registry.FindApproval(Key.Campaign, Key.Date));
    }

    [Fact]
    public async Task Nobody_no_reason_and_nothing_to_withdraw_are_each_said()
    {
        Approve();
        await RevokeAsync();

        Assert.Equal(
            [
                typeof(RevocationFinding.NoName),
                typeof(RevocationFinding.NoReason),
                typeof(RevocationFinding.NothingStands),
            ],
            Found(await RevokeAsync(Leader with { Person = "" }, reason: " ")));
        Registry.SetState(Key, RunState.Finished, _folder.Time.GetUtcNow());
        Assert.Equal([typeof(RevocationFinding.IsOver)], Found(await RevokeAsync()));
    }

    [Fact]
    public async Task All_of_it_handed_over_there_is_nothing_to_stop()
    {
        Approve();
        await _folder.SendAsync(Key, carrier: 1, SendResult.Accepted("id-1"), SendResult.Accepted("id-2"));
        await _folder.SendAsync(Key, carrier: 2, SendResult.Accepted("id-3"));
        Registry.SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());

        Assert.Equal([typeof(RevocationFinding.NothingLeft)], Found(await RevokeAsync()));
        Assert.NotNull(Registry.FindApproval(Key.Campaign, Key.Date));
    }

    IRegistry Registry => Ledgers.OpenRegistry(_folder.Data);

    void Approve(bool everyYear = false) => Assert.IsType<ApprovalResult.Given>(
        new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Leader,
            new ApprovalOrder(_folder.Request(), null, EveryYear: everyYear),
            CancellationToken.None));

    Task<RevocationResult> RevokeAsync(Who? who = null, string reason = "tỉnh yêu cầu dừng") =>
        new RevocationDesk(_folder.Data, _folder.Installation, _folder.Time).RevokeAsync(
            who ?? Leader, Key, reason, TimeSpan.Zero, CancellationToken.None);

    static IEnumerable<Type> Found(RevocationResult result) =>
        Assert.IsType<RevocationResult.Refused>(result).Findings.Select(finding => finding.GetType());
}
