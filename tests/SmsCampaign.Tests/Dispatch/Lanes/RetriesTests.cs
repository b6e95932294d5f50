using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class RetriesTests
{
    const long Seq = 7;
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly ProcessClock _clock;

    public RetriesTests() => _clock = new ProcessClock(_time);

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 120)]
    [InlineData(5, 480)]
    [InlineData(6, 900)] // 16 minutes would be more than the longest
    [InlineData(40, 900)]
    public void Each_wait_may_be_twice_as_long_as_the_one_before_up_to_a_quarter_of_an_hour(int tries, int seconds)
    {
        var retries = Make(mostTries: 100, chance: 1);
        for (var tried = 0; tried < tries; tried++)
            retries.Judge(Seq, SendResult.Busy("busy"), _clock.Now());

        Assert.Equal(_clock.Now() + seconds * 1_000_000L, retries.DueAt(Seq));
    }

    [Fact]
    public void The_wait_is_by_chance_anything_up_to_that()
    {
        Assert.Equal(_clock.Now(), DueAfter(chance: 0));
        Assert.Equal(_clock.Now() + 7_500_000, DueAfter(chance: 0.25));

        long DueAfter(double chance)
        {
            var retries = Make(chance: chance);
            retries.Judge(Seq, SendResult.Busy("busy"), _clock.Now());
            return retries.DueAt(Seq);
        }
    }

    [Fact]
    public void A_gateway_that_names_a_time_is_given_it()
    {
        var retries = Make(chance: 0);

        retries.Judge(Seq, SendResult.Busy("busy", TimeSpan.FromMinutes(3)), _clock.Now());

        Assert.Equal(_clock.Now() + 180_000_000, retries.DueAt(Seq));
    }

    [Fact]
    public void Too_fast_and_closed_use_up_no_try_and_wait_only_for_the_lane()
    {
        var retries = Make(mostTries: 1);

        for (var tried = 0; tried < 50; tried++)
        {
            Assert.Equal(SendOutcome.Deferred, retries.Judge(Seq, SendResult.TooFast("429"), _clock.Now()).Outcome);
            Assert.Equal(SendOutcome.Deferred, retries.Judge(Seq, SendResult.Deferred("closed"), _clock.Now()).Outcome);
        }

        Assert.Equal(0, retries.DueAt(Seq));
    }

    [Fact]
    public void The_last_try_fails_the_message_with_the_last_answer()
    {
        var retries = Make(mostTries: 2);
        Assert.Equal(SendOutcome.Deferred, retries.Judge(Seq, SendResult.Busy("first"), _clock.Now()).Outcome);

        var end = retries.Judge(Seq, SendResult.Busy("system error"), _clock.Now());

        Assert.Equal(
            (SendOutcome.Rejected, FailureClass.Gateway, "system error"), (end.Outcome, end.Failure, end.Reason));
    }

    [Fact]
    public void While_nothing_left_the_validity_period_has_not_begun()
    {
        var retries = Make(validity: TimeSpan.FromHours(2));
        retries.Judge(Seq, SendResult.Deferred("breaker open"), handedAt: null);
        _time.Advance(TimeSpan.FromHours(3));

        Assert.Null(retries.EndOf(Seq, _clock.Now()));
    }

    [Fact]
    public void Tries_of_a_process_before_count()
    {
        var retries = Make(mostTries: 3, earlier: new EarlierTries(Seq, 2, _clock.Now(), MayBeSent: false));

        Assert.Equal(SendOutcome.Rejected, retries.Judge(Seq, SendResult.Busy("busy"), _clock.Now()).Outcome);
    }

    [Fact]
    public void A_message_that_may_have_been_sent_ends_uncertain_not_failed()
    {
        var retries = Make(mostTries: 2);
        retries.Judge(Seq, SendResult.Lost(Reason.ConnectionLost, "connection lost"), _clock.Now());

        Assert.Equal(SendOutcome.Uncertain, retries.Judge(Seq, SendResult.Busy("busy"), _clock.Now()).Outcome);
    }

    [Fact]
    public void After_the_validity_period_it_is_not_sent_any_more()
    {
        var retries = Make(validity: TimeSpan.FromHours(2));
        retries.Judge(Seq, SendResult.TooFast("429"), _clock.Now());
        _time.Advance(TimeSpan.FromMinutes(119));
        Assert.Null(retries.EndOf(Seq, _clock.Now()));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(FailureClass.Expired, retries.EndOf(Seq, _clock.Now())!.Failure);
        Assert.Null(retries.EndOf(Seq + 1, _clock.Now())); // never tried
    }

    [Theory]
    [InlineData("not handed over")]
    [InlineData("breaker open")]
    public void What_we_say_of_a_call_that_was_not_made_is_not_what_the_gateway_said(string own)
    {
        var retries = Make(validity: TimeSpan.FromHours(2));
        retries.Judge(Seq, SendResult.Busy("system error"), _clock.Now());
        retries.Judge(Seq, SendResult.Deferred(own), handedAt: null);
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal("system error", retries.EndOf(Seq, _clock.Now())!.Reason);
    }

    [Fact]
    public void What_the_gateway_said_to_a_process_before_is_the_last_answer_until_there_is_another()
    {
        var retries = Make(
            validity: TimeSpan.FromHours(2),
            earlier: new EarlierTries(Seq, 1, _clock.Now(), MayBeSent: false, Code: "system error"));
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal("system error", retries.EndOf(Seq, _clock.Now())!.Reason);
    }

    [Theory]
    [InlineData(FailureClass.Quota, SendOutcome.Uncertain)]
    [InlineData(FailureClass.Unknown, SendOutcome.Uncertain)] // such as HTTP 409
    [InlineData(FailureClass.Gateway, SendOutcome.Uncertain)]
    [InlineData(FailureClass.Network, SendOutcome.Uncertain)]
    [InlineData(FailureClass.Expired, SendOutcome.Uncertain)]
    [InlineData(FailureClass.Number, SendOutcome.Rejected)] // would have been refused the first time as well
    [InlineData(FailureClass.Content, SendOutcome.Rejected)]
    [InlineData(FailureClass.Sender, SendOutcome.Rejected)]
    public void A_refusal_of_a_repeat_seldom_says_that_the_first_try_was_not_taken(
        FailureClass failure, SendOutcome expected)
    {
        var retries = Make();
        retries.Judge(Seq, SendResult.Lost(Reason.ConnectionLost, "connection lost"), _clock.Now());

        var judged = retries.Judge(Seq, SendResult.Rejected(failure, "HTTP 402"), _clock.Now());

        Assert.Equal(
            (expected, expected == SendOutcome.Uncertain ? "repeat refused: HTTP 402" : "HTTP 402"),
            (judged.Outcome, judged.Reason));
        Assert.Equal(
            SendOutcome.Rejected,
            retries.Judge(Seq + 1, SendResult.Rejected(FailureClass.Quota, "HTTP 402"), _clock.Now()).Outcome);
    }

    [Fact]
    public void What_may_have_been_sent_ends_at_once_where_repeats_are_not_dropped()
    {
        var earlier = new EarlierTries(Seq, 1, _clock.Now(), MayBeSent: true, Reason.ConnectionLost);

        Assert.Equal(Reason.ConnectionLost, Make(dropsRepeats: false, earlier: earlier).EndOf(Seq, _clock.Now())!.Why);
        Assert.Null(Make(dropsRepeats: true, earlier: earlier).EndOf(Seq, _clock.Now()));
    }

    [Theory]
    [InlineData(false)] // told of as it happens
    [InlineData(true)] // by a process before
    public void Time_in_which_the_lane_stood_still_counts_against_no_message(bool readAgain)
    {
        var history = new List<LaneChange>();
        var stopped = new StoppedTime([]);
        var retries = Make(validity: TimeSpan.FromHours(2), stopped: stopped);
        var first = _clock.Now();
        retries.Judge(Seq, SendResult.Busy("busy"), first);

        Note(LaneChangeKind.Stopped, after: TimeSpan.FromHours(1));
        // by the next process, which tells once more that it stands
        Note(LaneChangeKind.Opened, after: TimeSpan.FromHours(5));
        Note(LaneChangeKind.Stopped, after: TimeSpan.Zero);
        Note(LaneChangeKind.Resumed, after: TimeSpan.FromHours(5));
        if (readAgain)
            retries = Make(
                validity: TimeSpan.FromHours(2),
                stopped: new StoppedTime(history),
                earlier: new EarlierTries(Seq, 1, first, MayBeSent: false, Code: "busy"));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Null(retries.EndOf(Seq, _clock.Now()));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(FailureClass.Expired, retries.EndOf(Seq, _clock.Now())?.Failure);

        void Note(LaneChangeKind kind, TimeSpan after)
        {
            _time.Advance(after);
            var change = new LaneChange(kind, _clock.Now(), null, 10);
            history.Add(change);
            stopped.Note(change);
        }
    }

    [Fact]
    public void A_message_that_may_have_been_sent_waits_no_longer_for_a_lane_that_stood_still()
    {
        var stopped = new StoppedTime([new LaneChange(LaneChangeKind.Stopped, _clock.Now(), null, 10)]);
        var retries = Make(validity: TimeSpan.FromHours(2), stopped: stopped);
        retries.Judge(Seq, SendResult.Lost(Reason.ConnectionLost, "no answer"), _clock.Now());

        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(SendOutcome.Uncertain, retries.EndOf(Seq, _clock.Now())?.Outcome);
    }

    Retries Make(
        int mostTries = 10,
        TimeSpan? validity = null,
        double chance = 0.5,
        bool dropsRepeats = true,
        StoppedTime? stopped = null,
        params EarlierTries[] earlier) =>
        new(
            new RetryPolicy(mostTries, validity ?? TimeSpan.FromHours(24)),
            earlier,
            dropsRepeats,
            stopped ?? new StoppedTime([]),
            _clock,
            () => chance);
}
