using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>What can be asked of the place where a run's ledger lies, whatever it is kept in: whether one is there, how
/// far it has come, and that it may be opened only where it is all that is known of the run.</summary>
public abstract class KeptRunContract : IDisposable
{
    const int FirstLane = RunStorage.FirstLane;
    const int SecondLane = RunStorage.SecondLane;

    static readonly RunKey Key = SomeRun.Description.Key;

    readonly RunStorage _run;

    private protected KeptRunContract(RunStorage run) => _run = run;

    public void Dispose()
    {
        _run.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_ledger_is_there_from_its_making_until_it_is_set_aside_and_is_kept_then_under_another_name()
    {
        Assert.False(_run.Kept.Exists);
        _run.Create();
        Assert.True(_run.Kept.Exists);

        _run.Kept.SetAside(_run.Time);

        Assert.False(_run.Kept.Exists);
        Assert.True(_run.IsAnythingThere);
        _run.Create();
        Assert.True(_run.Kept.Exists);
        _run.Time.Advance(TimeSpan.FromSeconds(1));
        _run.Kept.SetAside(_run.Time);
        _run.Kept.SetAside(_run.Time); // of what is not there nothing is to be kept
        Assert.False(_run.Kept.Exists);
    }

    [Fact]
    public void Of_a_ledger_that_is_not_there_nothing_is_told()
    {
        Action[] asked =
        [
            () => _run.Kept.Open(_run.Clock, Key, _run.Data),
            () => _run.Kept.ReadForReport(),
            () => _run.Kept.ReadPlan(),
            () => _run.Kept.ReadPlanUpToDate(),
            () => _run.Kept.ReadHandOvers(),
            () => _run.Kept.ReadSeal(CancellationToken.None),
            () => _run.Kept.ReadSealReferences(),
            () => _run.Kept.ReadLastMoment(),
            () => _run.Kept.ReadReach(),
            () => _run.Kept.ReadFrontier(),
            () => _run.Kept.ReadLastReceipt(),
            () => _run.Kept.CountPlanned(),
            () => _run.Kept.CountDeclared(),
            () => _run.Kept.Resolve(),
            () => _run.Kept.ListUncertain(),
            () => _run.Kept.ReadPersons(),
            () => _run.Kept.ReadLatestChanges(1),
            () => _run.Kept.ReadOutages(),
        ];

        Assert.All(asked, ask => Assert.ThrowsAny<LedgerException>(ask));
        Assert.False(_run.Kept.Exists);
    }

    [Fact]
    public async Task How_far_a_run_has_come_is_told_without_opening_it_to_be_sent()
    {
        _run.Create();
        Assert.Equal((SomeRun.Code, 0), _run.Kept.ReadReach());
        Assert.All(_run.Kept.ReadFrontier(), seq => Assert.Equal(0, seq));
        Assert.Null(_run.Kept.ReadStretch());
        Assert.Equal((0, 0, RunStorage.All), Told());
        var began = _run.Clock.Now();

        await using var ledger = _run.Open();
        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        _run.Time.Advance(TimeSpan.FromMinutes(1));
        var call = RunStorage.Call(2);
        var attempt = await RunStorage.BeginAsync(ledger, call);
        Assert.Equal((began, long.MaxValue), _run.Kept.ReadStretch()); // nobody knows yet when it left
        _run.Time.Advance(TimeSpan.FromMinutes(1));
        var handed = _run.Clock.Now();
        await ledger.FinishAsync([new CallResult(call, attempt, 0, handed, [SendResult.Accepted("b")])]);
        await ledger.ApplyAsync([RunStorage.Receipt(1, MessageStatus.Delivered, id: 5)], new ReceiptMark(5, null));

        Assert.Equal((SomeRun.Code, attempt), _run.Kept.ReadReach());
        Assert.Equal([(1, RunStorage.Seq(2))], _run.Kept.ReadFrontier().Index().Where(each => each.Item > 0));
        Assert.Equal((began, handed), _run.Kept.ReadStretch());
        Assert.Equal((handed, 5, RunStorage.All - 2), Told());

        (long Moment, long Receipt, long Planned) Told() =>
            (_run.Kept.ReadLastMoment(), _run.Kept.ReadLastReceipt(), _run.Kept.CountPlanned());
    }

    [Fact]
    public async Task A_request_without_a_message_counts_as_handed_over()
    {
        _run.Create();
        await using var ledger = _run.Open();

        await ledger.HoldAsync(FirstLane, new LaneChange(LaneChangeKind.Prepared, 7_000, null, 50));

        Assert.Equal((7_000, 7_000), _run.Kept.ReadStretch());
    }

    [Fact]
    public async Task Rule_1_a_ledger_that_lacks_what_is_known_of_its_run_is_not_opened()
    {
        _run.Create();
        await using (var ledger = _run.Kept.Open(_run.Clock, Key, _run.Data))
            await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        await using (_run.Kept.Open(_run.Clock, Key, _run.Data))
        {
        }

        _run.Create(replace: true); // as it was before anything was sent

        Assert.Throws<RunFileException>(() => _run.Kept.Open(_run.Clock, Key, _run.Data));
        Assert.Equal(RunStorage.All, _run.Kept.CountPlanned());
    }

    [Fact]
    public async Task Rule_1_what_it_may_have_handed_over_and_does_not_know_of_is_declared_uncertain_once()
    {
        _run.Create();
        await using (var ledger = _run.Open())
            await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        var reach = new long[MessageSeq.MostCarriers + 1];
        (reach[1], reach[2]) = (RunStorage.Seq(3), RunStorage.OnSecond(1));
        var reached = new RunMark(Key.ToString(), SomeRun.Code) { Confirmed = 7, Reserved = 9, Reach = reach };

        Assert.Equal(3, _run.Kept.DeclareGap(reached, _run.Clock));
        Assert.Equal(0, _run.Kept.DeclareGap(reached, _run.Clock));

        Assert.Equal(3, _run.Kept.CountDeclared());
        Assert.Equal((SomeRun.Code, 9), _run.Kept.ReadReach());
        await using var next = _run.Open();
        Assert.Equal(
            (1, 3, RunStorage.All - 4),
            (
                next.Counters.Of(MessageStatus.Accepted),
                next.Counters.Of(MessageStatus.Uncertain),
                next.Counters.Of(MessageStatus.Planned)));
        await next.CheckBalanceAsync();
    }

    [Fact]
    public void Rule_8_a_ledger_says_what_was_planned_and_another_recipient_is_another_seal()
    {
        _run.Create();
        var other = _run.Beside();
        using (var builder = other.Kept.Build())
        {
            RunStorage.AddRows(builder, first: SomeRun.Number(77));
            builder.Complete(RunStorage.Audience, RunStorage.Plan, SomeRun.Description);
        }

        var planned = Ledgers.SealOf(RunStorage.Audience, RunStorage.Plan, SomeRun.Description).References;
        var seal = _run.Kept.ReadSeal(CancellationToken.None);
        var another = other.Kept.ReadSeal(CancellationToken.None);

        Assert.Equal(planned.Parts, _run.Kept.ReadSealReferences().Parts);
        Assert.Equal(planned.Parts, seal.References.Parts);
        Assert.Equal(planned.Parts, other.Kept.ReadSealReferences().Parts);
        Assert.Equal(
            ["messages:1"], seal.Parts.Where(part => another.Parts[part.Key] != part.Value).Select(part => part.Key));
        Assert.Equal(seal.Hash, _run.Kept.ReadSeal(CancellationToken.None, atOnce: 1).Hash);
        Assert.ThrowsAny<OperationCanceledException>(
            () => _run.Kept.ReadSeal(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task The_latest_changes_of_each_lane_are_told_the_latest_first_and_requests_are_none()
    {
        _run.Create();
        await using var ledger = _run.Open();
        Assert.Empty(_run.Kept.ReadLatestChanges(2));
        for (var at = 1; at <= 3; at++)
            await ledger.HoldAsync(FirstLane, new LaneChange(LaneChangeKind.Throttled, at, at + 9, 50, "HTTP 429"));
        await ledger.HoldAsync(FirstLane, new LaneChange(LaneChangeKind.Prepared, 4, null, 50));

        var latest = Assert.Single(_run.Kept.ReadLatestChanges(2));

        Assert.Equal("viettel", latest.Key);
        Assert.Equal([3, 2], latest.Value.Select(change => change.At));
    }

    [Fact]
    public async Task A_gateway_that_takes_nothing_is_told_since_when_until_it_answers()
    {
        _run.Create();
        await using var ledger = _run.Open();
        await ledger.HoldAsync(FirstLane, new LaneChange(LaneChangeKind.Throttled, 1, 9, 50, "HTTP 429"));
        await ledger.HoldAsync(SecondLane, Away(LaneChangeKind.NotTaken, 2, HoldCause.NoConnection));
        await ledger.HoldAsync(SecondLane, Away(LaneChangeKind.Breaker, 3, HoldCause.AsSaid));

        Assert.Equal(
            [new LaneOutage("vinaphone", 2, 3, LaneChangeKind.Breaker, "HTTP 503", HoldCause.AsSaid)],
            _run.Kept.ReadOutages());
        await ledger.HoldAsync(SecondLane, new LaneChange(LaneChangeKind.Answered, 4, null, 50));
        Assert.Empty(_run.Kept.ReadOutages());
        await ledger.HoldAsync(SecondLane, Away(LaneChangeKind.NotTaken, 5, HoldCause.NoConnection));
        Assert.Equal(5, Assert.Single(_run.Kept.ReadOutages()).Since);

        static LaneChange Away(LaneChangeKind kind, long at, HoldCause cause) =>
            new(kind, at, at + 9, 50, "HTTP 503", cause);
    }
}
