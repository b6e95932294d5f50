using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>How a ledger keeps what its lanes are tried by, whatever it is kept in: whoever opens it next finds every
/// trial as it stood.</summary>
public abstract class LaneTrialContract : IDisposable
{
    const int FirstLane = RunStorage.FirstLane;

    static readonly TrialFinding Refused =
        new(TrialVerdict.Failed, 12, 11, 20, FailureClass.Content, Reason.None, "code 31");

    readonly RunStorage _run;

    private protected LaneTrialContract(RunStorage run)
    {
        _run = run;
        _run.Create();
    }

    public void Dispose()
    {
        _run.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_lane_that_was_never_tried_has_no_trial()
    {
        await using var ledger = _run.Open(_run.Clock);

        Assert.Null(ledger.Trials.Find(FirstLane));
        Assert.Empty(_run.Kept.ReadTrials());
    }

    [Fact]
    public async Task The_next_process_finds_a_trial_as_it_stood_and_each_lane_its_own()
    {
        LaneTrial begun;
        await using (var ledger = _run.Open(_run.Clock))
        {
            await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
            begun = await ledger.Trials.BeginAsync(FirstLane, 50);
            await ledger.Trials.BeginAsync(RunStorage.SecondLane, 7);
            Assert.Equal(begun, ledger.Trials.Find(FirstLane));
        }

        Assert.Equal(
            (TrialKind.Canary, TrialState.UnderWay, 50, TrialFinding.Nothing),
            (begun.Kind, begun.State, begun.Messages, begun.Finding));
        Assert.Equal((begun.Since, begun.BegunAt), (_run.Clock.Now(), _run.Clock.Now()));
        await using var next = _run.Open(_run.Clock);
        Assert.Equal(begun, next.Trials.Find(FirstLane));
        Assert.Equal(7, next.Trials.Find(RunStorage.SecondLane)!.Messages);
        Assert.Equal(begun, _run.Kept.ReadTrials()["viettel"]);
    }

    [Fact]
    public async Task Its_messages_are_those_under_an_intent_of_the_lane_since_it_began()
    {
        await using var ledger = _run.Open(_run.Clock);
        await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));
        var trial = await ledger.Trials.BeginAsync(FirstLane, 50);
        await _run.SendAsync(ledger, 1, SendResult.Accepted("b"), RunStorage.SecondLane);
        await _run.SendAsync(ledger, 2, SendResult.Rejected(FailureClass.Content, "code 31"));
        await RunStorage.BeginAsync(ledger, RunStorage.Call(3));

        var messages = ledger.Trials.ReadMessages(trial);

        Assert.Equal([RunStorage.Seq(2), RunStorage.Seq(3)], messages.Order());
        Assert.Equal(
            [new TrialMessage(RunStorage.Seq(2), MessageStatus.Failed, FailureClass.Content, Reason.None, "code 31")],
            ledger.Trials.ReadStates(FirstLane, messages));
    }

    [Fact]
    public async Task What_moved_to_another_lane_was_refused_where_its_number_is_on_another_network()
    {
        await using var ledger = _run.Open(_run.Clock);
        var trial = await ledger.Trials.BeginAsync(FirstLane, 50);
        await _run.SendAsync(ledger, 1, SendResult.WrongNetwork("code 5").GoingTo(
            new NewRoute(RunStorage.SecondLane, 1, RouteReason.WrongNetwork)));
        await _run.SendAsync(ledger, 2, SendResult.Accepted("b"));

        var refused = new TrialMessage(
            RunStorage.Seq(1), MessageStatus.Failed, FailureClass.Number, Reason.None, "code 5");
        var messages = ledger.Trials.ReadMessages(trial);
        Assert.Equal(refused, ledger.Trials.ReadStates(FirstLane, messages).Single(each => each.Seq == refused.Seq));
        Assert.DoesNotContain(ledger.Trials.ReadStates(RunStorage.SecondLane, messages), each => each == refused);
    }

    [Fact]
    public async Task One_that_takes_the_place_of_another_says_so_as_long_as_it_is_under_way()
    {
        await using var ledger = _run.Open(_run.Clock);
        var first = await ledger.Trials.BeginAsync(FirstLane, 50);
        var second = await ledger.Trials.BeginAsync(FirstLane, 50, again: true);

        Assert.Equal((false, true), (first.IsAgain, ledger.Trials.Find(FirstLane)!.IsAgain));
        Assert.False((await ledger.Trials.JudgeAsync(second, TrialState.Passed, TrialFinding.Nothing)).IsAgain);
    }

    [Fact]
    public async Task What_it_has_come_to_is_kept_with_when_and_once_it_is_said_it_stays()
    {
        await using (var ledger = _run.Open(_run.Clock))
        {
            var trial = await ledger.Trials.BeginAsync(FirstLane, 50);
            _run.Time.Advance(TimeSpan.FromMinutes(1));
            var held = await ledger.Trials.JudgeAsync(trial, TrialState.Held, Refused);
            Assert.Equal(
                (TrialState.Held, Refused, trial.BegunAt, _run.Clock.Now()),
                (held.State, held.Finding, held.BegunAt, held.Since));

            _run.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(held, await ledger.Trials.JudgeAsync(trial, TrialState.Passed, TrialFinding.Nothing));
        }

        Assert.Equal(Refused, _run.Kept.ReadTrials()["viettel"].Finding);
    }

    [Fact]
    public async Task A_guards_hold_takes_the_place_of_what_passed_before()
    {
        await using var ledger = _run.Open(_run.Clock);
        var canary = await ledger.Trials.BeginAsync(FirstLane, 50);
        await ledger.Trials.JudgeAsync(canary, TrialState.Passed, TrialFinding.Nothing);

        var held = await ledger.Trials.HoldAsync(FirstLane, Refused);

        Assert.Equal((TrialKind.Guard, true, Refused), (held.Kind, held.IsHeld, held.Finding));
        Assert.Equal(held, ledger.Trials.Find(FirstLane));
    }

    /// <summary>By a person, beside the process that sends.</summary>
    [Fact]
    public async Task Only_the_hold_that_was_looked_at_is_released_and_once()
    {
        await using var ledger = _run.Open(_run.Clock);
        var first = await ledger.Trials.HoldAsync(FirstLane, Refused);
        Assert.True(_run.Kept.Release(first, _run.Clock));
        Assert.Equal(TrialState.Released, ledger.Trials.Find(FirstLane)!.State);
        Assert.False(_run.Kept.Release(first, _run.Clock));

        var second = await ledger.Trials.HoldAsync(FirstLane, Refused);

        Assert.False(_run.Kept.Release(first, _run.Clock));
        Assert.True(ledger.Trials.Find(FirstLane)!.IsHeld);
        Assert.True(_run.Kept.Release(second, _run.Clock));
    }

    [Theory]
    [InlineData(TrialRelease.Anew)]
    [InlineData(TrialRelease.WithoutReceipts)]
    [InlineData(TrialRelease.WithoutFirstBatch)]
    public async Task How_a_person_let_it_go_on_is_kept_with_it(TrialRelease release)
    {
        await using (var ledger = _run.Open(_run.Clock))
            Assert.True(_run.Kept.Release(
                await ledger.Trials.HoldAsync(FirstLane, Refused), _run.Clock, release));

        await using var next = _run.Open(_run.Clock);
        var released = next.Trials.Find(FirstLane)!;
        Assert.Equal(
            (TrialState.Released, release, release != TrialRelease.Anew),
            (released.State, released.Release, released.IsOverruled));
        Assert.Equal(released, _run.Kept.ReadTrials()["viettel"]);
    }

    [Fact]
    public async Task That_a_batch_is_judged_by_answers_alone_is_kept_with_it()
    {
        await using (var ledger = _run.Open(_run.Clock))
        {
            await ledger.Trials.BeginAsync(FirstLane, 50, byAnswersAlone: true);
            await ledger.Trials.BeginAsync(RunStorage.SecondLane, 50);
        }

        await using var next = _run.Open(_run.Clock);
        Assert.Equal(
            (true, false),
            (next.Trials.Find(FirstLane)!.ByAnswersAlone, next.Trials.Find(RunStorage.SecondLane)!.ByAnswersAlone));
    }

    [Fact]
    public async Task One_that_passed_is_not_released()
    {
        await using var ledger = _run.Open(_run.Clock);
        var trial = await ledger.Trials.BeginAsync(FirstLane, 50);
        await ledger.Trials.JudgeAsync(trial, TrialState.Passed, TrialFinding.Nothing);

        Assert.False(_run.Kept.Release(trial, _run.Clock));
        Assert.Equal(TrialState.Passed, ledger.Trials.Find(FirstLane)!.State);
    }

    /// <summary>Whoever has lost a lane decides nothing of it any more.</summary>
    [Fact]
    public async Task A_lane_that_is_somebody_elses_by_now_is_neither_tried_nor_held()
    {
        await using var before = _run.Open(_run.Clock);
        var trial = await before.Trials.BeginAsync(FirstLane, 50);
        await using var after = _run.Open(_run.Clock);

        await Assert.ThrowsAsync<LaneTakenException>(() => before.Trials.HoldAsync(FirstLane, Refused));
        await Assert.ThrowsAsync<LaneTakenException>(
            () => before.Trials.JudgeAsync(trial, TrialState.Passed, TrialFinding.Nothing));
        Assert.Equal(TrialState.UnderWay, after.Trials.Find(FirstLane)!.State);
    }

    [Fact]
    public async Task A_change_of_the_pace_that_a_trial_made_is_read_with_it()
    {
        await using var ledger = _run.Open(_run.Clock);
        var held = await ledger.Trials.HoldAsync(FirstLane, Refused);
        var change = new LaneChange(LaneChangeKind.TrialHeld, 5, null, 50, Trial: held);
        await ledger.HoldAsync(FirstLane, change);
        await ledger.HoldAsync(FirstLane, new LaneChange(LaneChangeKind.Opened, 6, null, 50));

        Assert.Equal(
            [change, new LaneChange(LaneChangeKind.Opened, 6, null, 50)], ledger.ReadHistory(FirstLane));
    }

    /// <summary>What the guard counts: the last receipt of each message, by what it says.</summary>
    [Fact]
    public async Task Last_receipts_are_counted_by_lane_and_class()
    {
        await using var ledger = _run.Open(_run.Clock);
        for (var position = 1; position <= 3; position++)
            await _run.SendAsync(ledger, position, SendResult.Accepted($"{position}"));
        var receipts = new long[RunCounters.ReceiptKinds];

        await ledger.ApplyAsync(
            [
                RunStorage.Receipt(1, MessageStatus.Sent),
                RunStorage.Receipt(1, MessageStatus.Delivered, 2),
                RunStorage.Receipt(2, MessageStatus.Failed, 3),
                RunStorage.Receipt(2, MessageStatus.Failed, 4),
            ],
            null);

        ledger.Counters.ReadReceipts(FirstLane, receipts);
        Assert.Equal((1, 1, 2), (receipts[0], receipts[(int)FailureClass.Unknown], receipts.Sum()));
        ledger.Counters.ReadReceipts(RunStorage.SecondLane, receipts);
        Assert.Equal(0, receipts.Sum());
    }

    /// <summary>Of a phone that was off, or of messages that somebody has judged: they say nothing of what is sent
    /// now.</summary>
    [Theory]
    [InlineData(5, 0, 2)]
    [InlineData(6, 0, 1)]
    [InlineData(3, 1, 1)]
    public async Task Failures_count_only_of_what_was_handed_over_lately(int minutes, int from, int expected)
    {
        await using var ledger = _run.Open(_run.Clock);
        await _run.SendAsync(ledger, 1, SendResult.Accepted("1"));
        var start = _run.Clock.Now();
        _run.Time.Advance(TimeSpan.FromMinutes(minutes));
        await _run.SendAsync(ledger, 2, SendResult.Accepted("2"));
        if (from > 0)
            ledger.Counters.CountFailuresFrom(FirstLane, start + (from * 60_000_000L));

        await ledger.ApplyAsync(
            [
                RunStorage.Receipt(1, MessageStatus.Failed),
                RunStorage.Receipt(2, MessageStatus.Failed, 2),
            ],
            null);

        var receipts = new long[RunCounters.ReceiptKinds];
        ledger.Counters.ReadReceipts(FirstLane, receipts);
        Assert.Equal(expected, receipts.Sum());
    }
}
