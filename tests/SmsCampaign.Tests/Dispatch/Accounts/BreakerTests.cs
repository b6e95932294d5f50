using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Dispatch.Accounts;

public sealed class BreakerTests
{
    static readonly SendResult[] NoAnswer = [SendResult.Uncertain("no answer within 15 s")];
    static readonly SendResult[] Taken = [SendResult.Accepted("id")];
    static readonly CallCost One = new(1, 1);

    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly ProcessClock _clock;
    readonly Pace _pace;
    readonly Breaker _breaker;
    readonly List<LaneChange> _told = [];
    readonly PaceTurn _turn;

    public BreakerTests()
    {
        _clock = new ProcessClock(_time);
        _pace = new Pace(1_000, _clock);
        _breaker = new Breaker(_pace);
        _turn = _pace.Join(onChange: _told.Add);
    }

    [Fact]
    public void It_opens_after_three_calls_in_a_row_without_an_answer_however_slow_the_lane()
    {
        Answer(NoAnswer, after: TimeSpan.FromMinutes(10));
        Answer(NoAnswer, after: TimeSpan.FromMinutes(10));
        Assert.False(_pace.IsOnTrial);

        Answer(NoAnswer, after: TimeSpan.FromMinutes(10));

        Assert.True(_pace.IsOnTrial);
        Assert.Equal(TimeSpan.FromSeconds(5), LastBreak());
    }

    [Fact]
    public void An_answer_in_between_begins_the_row_anew()
    {
        foreach (var answer in new[]
        {
            NoAnswer,
            NoAnswer,
            Taken,
            NoAnswer,
            NoAnswer,
            [SendResult.Busy("HTTP 503")],
            NoAnswer,
            NoAnswer,
        })
            Answer(answer, after: TimeSpan.FromMinutes(1));

        Assert.False(_pace.IsOnTrial);
    }

    [Fact]
    public void A_lane_with_many_calls_is_judged_by_the_share_that_goes_wrong()
    {
        for (var call = 1; call <= 300; call++)
            Answer(call % 20 < 12 ? Taken : NoAnswer, after: TimeSpan.FromMilliseconds(10)); // eight in a row of twenty

        Assert.False(_pace.IsOnTrial);

        for (var call = 1; call <= 1_000 && !_pace.IsOnTrial; call++)
            Answer(call % 10 < 1 ? Taken : NoAnswer, after: TimeSpan.FromMilliseconds(10));

        Assert.True(_pace.IsOnTrial);
    }

    [Fact]
    public void What_a_gateway_says_of_the_account_or_a_list_and_too_fast_are_answers()
    {
        foreach (var answer in new[]
        {
            SendResult.Misconfigured("code 6"),
            SendResult.Split("code 9"),
            SendResult.TooFast("HTTP 429"),
        })
        {
            for (var call = 0; call < 20; call++)
                Answer([answer], after: TimeSpan.FromMilliseconds(100));
        }

        Assert.False(_pace.IsOnTrial);
    }

    [Fact]
    public void It_tries_one_message_and_waits_for_what_becomes_of_it()
    {
        Open();

        Assert.False(_turn.TryTake(One, out var at));
        Assert.Equal(_clock.Now() + 5_000_000, at);
        Assert.Equal(1, _pace.MostMessages(partsEach: 1, most: 100));

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(_turn.TryTake(new CallCost(2, 2), out _)); // a list
        Assert.True(_turn.TryTake(One, out var tried));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_turn.TryTake(One, out _));

        _breaker.Note(tried, Taken);

        Assert.False(_pace.IsOnTrial);
        Assert.True(_turn.TryTake(new CallCost(100, 100), out _));
        Assert.Equal(
            [LaneChangeKind.Breaker, LaneChangeKind.Answered],
            _told.Where(change => change.Kind >= LaneChangeKind.Breaker).Select(change => change.Kind));
    }

    [Fact]
    public void Its_breaks_grow_to_five_minutes()
    {
        Open();
        List<double> breaks = [LastBreak().TotalSeconds];
        while (breaks.Count < 8)
        {
            _time.Advance(LastBreak());
            Assert.True(_turn.TryTake(One, out var tried));
            _time.Advance(TimeSpan.FromSeconds(15));
            _breaker.Note(tried, NoAnswer);
            breaks.Add(LastBreak().TotalSeconds);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300], breaks);
    }

    [Fact]
    public void Answers_to_calls_from_before_it_opened_say_nothing_new()
    {
        Assert.True(_turn.TryTake(One, out var early));
        _time.Advance(TimeSpan.FromSeconds(1));
        Open();
        _time.Advance(TimeSpan.FromSeconds(5));

        _breaker.Note(early, Taken);

        Assert.True(_pace.IsOnTrial);
    }

    void Open()
    {
        for (var call = 0; call < 3; call++)
            Answer(NoAnswer, after: TimeSpan.FromSeconds(15));
        Assert.True(_pace.IsOnTrial);
    }

    void Answer(SendResult[] results, TimeSpan after)
    {
        Assert.True(_turn.TryTake(One, out var granted));
        _time.Advance(after);
        _breaker.Note(granted, results);
    }

    TimeSpan LastBreak() => _told.Last(change => change.Kind == LaneChangeKind.Breaker) is var change
        ? TimeSpan.FromMicroseconds(change.Until!.Value - change.At)
        : default;
}
