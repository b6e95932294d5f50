using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>Whether a run can be sent now, without a terminal.</summary>
public sealed class SendDeskTests : IDisposable
{
    static readonly Who Officer = new("Nguyễn Văn A", "van.a", "cong-van");
    static readonly DateOnly Day = new(2025, 7, 30);

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_approval_and_not_its_day_are_each_said_by_name()
    {
        var refused = Assert.IsType<SendStart.NotNow>(Start());

        Assert.Equal(
            [new SendObstacle.NotApproved(Day), new SendObstacle.NotYet(Day, Day.AddDays(-1))], refused.Obstacles);
    }

    [Fact]
    public void What_is_approved_can_be_sent_on_its_day_by_one_process()
    {
        Approve();
        _folder.Time.SetUtcNow(At(9));

        Assert.IsType<SendStart.Ready>(Start());
        using var other = SendingLock.TryTake(_folder.Data, _folder.Time);
        Assert.IsType<SendStart.IsBusy>(Start());
    }

    [Fact]
    public void That_a_run_is_held_whose_rows_were_changed_is_recorded_only_with_its_state()
    {
        Approve();
        _folder.Time.SetUtcNow(At(9));
        using (var rows = SqliteDb.Open(_folder.Ledger()))
            rows.Execute("update message set number = number + 50 where seq = (select min(seq) from message)");
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("create trigger killed before update of state on run begin select raise(abort, 'killed'); end");

        Assert.Throws<LedgerException>(Start);
        Assert.DoesNotContain(Decisions, each => each.What == DecisionKind.Held);

        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("drop trigger killed");
        Assert.IsType<SendStart.Forged>(Start());
        Assert.Equal(DecisionKind.Held, Decisions[^1].What);
    }

    IReadOnlyList<Decision> Decisions => Ledgers.OpenRegistry(_folder.Data).ReadDecisions("thu-nghiem");

    [Fact]
    public void Once_its_window_is_closed_it_waits_for_the_next()
    {
        Approve();
        _folder.Time.SetUtcNow(At(20.5));

        var refused = Assert.IsType<SendStart.NotNow>(Start());

        Assert.Equal([new SendObstacle.WindowIsClosed(Day, new TimeOnly(20, 0), At(24 + 8))], refused.Obstacles);
    }

    [Fact]
    public void What_one_person_alone_approved_is_not_sent_where_it_takes_two()
    {
        Approve();
        _folder.Edit("smscampaign.json", "{", "{ \"approval\": { \"twoPersons\": true },");
        _folder.Time.SetUtcNow(At(9));

        var obstacle = Assert.Single(Assert.IsType<SendStart.NotNow>(Start()).Obstacles);

        Assert.Equal("Nguyễn Văn A", Assert.IsType<SendObstacle.ByOneAlone>(obstacle).Approval.ApprovedBy);
    }

    [Fact]
    public void Files_with_errors_are_refused_with_all_of_them()
    {
        _folder.Edit("campaign.yaml", "CHINH PHU", "CHÍNH PHỦ VIỆT NAM");

        Assert.Contains(Assert.IsType<SendStart.Refused>(Start()).Problems, problem => problem.Where?.Key == "sender");
    }

    void Approve() => Assert.IsType<ApprovalResult.Given>(
        new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Officer, new ApprovalOrder(_folder.Request(), Seen: null), CancellationToken.None));

    SendStart Start()
    {
        using var turn = new SendingTurn(_folder.Data, simulated: false);
        return new SendDesk(_folder.Data, _folder.Time).Start(
            _folder.Request(), turn, _ => { }, CancellationToken.None);
    }

    /// <param name="hour">Of the day of the run, in Vietnam.</param>
    static DateTimeOffset At(double hour) =>
        new DateTimeOffset(2025, 7, 30, 0, 0, 0, TimeSpan.FromHours(7)).AddHours(hour);
}
