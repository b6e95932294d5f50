using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A first batch of which messages are put off, lost, cut off or moved away: no more than it holds reaches the
/// gateway before the lane opens, and nothing keeps the lane waiting that need not.</summary>
[Trait("Category", "Slow")]
public sealed class CanaryTroubleTests : IDisposable
{
    const int Batch = CanaryCase.Batch;
    const int All = CanaryCase.Messages;

    static readonly TimeSpan Open = TimeSpan.FromHours(2);

    readonly CanaryCase _case = new();
    readonly HashSet<long> _reached = [];

    /// <summary>Messages that had reached the gateway when the lane was last seen not to be open.</summary>
    int _beforeOpen;

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task One_message_that_is_put_off_keeps_nobody_waiting()
    {
        var carrier = Answering(position => position == 3, SendResult.Busy("busy", TimeSpan.FromMinutes(30)));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal((Batch, "Begun Passed"), (_beforeOpen, _case.History()));
        Assert.InRange(_case.Trial!.Since - _case.Trial.BegunAt, 0, Micros(1));
        Assert.Equal(All, _case.Count()[MessageStatus.Accepted]);
    }

    /// <summary>It would open on the word of a few; and that they are tried again says more than another
    /// batch.</summary>
    [Fact]
    public async Task Where_most_are_put_off_they_are_waited_for()
    {
        var carrier = Answering(position => position <= 30, SendResult.Busy("busy", TimeSpan.FromMinutes(10)));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal((Batch, "Begun Passed"), (_beforeOpen, _case.History()));
        Assert.InRange(_case.Trial!.Since - _case.Trial.BegunAt, Micros(10), Micros(20));
    }

    /// <summary>Its place in the batch is not another's.</summary>
    [Fact]
    public async Task What_waits_to_be_repeated_and_is_settled_by_its_receipt_makes_room_for_no_other()
    {
        _case.BringsReceipts = true;
        var brought = 0;
        _case.Waiting = () =>
        {
            if (brought == 0 && _reached.Count >= Batch)
                Bring(IsLost);
            else if (brought == 1 && _case.Passed > TimeSpan.FromMinutes(2))
                Bring(position => !IsLost(position));
        };
        var carrier = Answering(IsLost, SendResult.Lost(Reason.ConnectionLost, "lost"), drops: true);

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal((Batch, All), (_beforeOpen, _reached.Count));
        Assert.InRange(_case.Trial!.Since - _case.Trial.BegunAt, Micros(2), Micros(3));

        void Bring(Func<long, bool> which)
        {
            brought++;
            _case.Receive(MessageStatus.Delivered, Enumerable.Range(1, Batch).Select(at => (long)at).Where(which));
        }

        static bool IsLost(long position) => position % 3 == 0;
    }

    [Theory]
    [InlineData(26)]
    [InlineData(Batch)]
    public async Task Where_too_few_are_known_after_a_kill_one_more_batch_is_sent(int onTheirWay)
    {
        await _case.KillAsync(1, onTheirWay);

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(ThatAccepts(), Open));

        Assert.Equal(Batch - onTheirWay + Batch, _beforeOpen);
        Assert.Equal("Begun Begun Passed", _case.History());
        Assert.InRange(_case.Passed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task Where_receipts_say_in_time_what_became_of_it_no_more_is_sent()
    {
        await _case.KillAsync(1, Batch);
        var isBrought = false;
        _case.Waiting = () =>
        {
            if (isBrought || _case.Passed < TimeSpan.FromMinutes(1))
                return;

            isBrought = true;
            _case.Receive(MessageStatus.Delivered, Enumerable.Range(1, Batch / 2).Select(position => (long)position));
        };

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(ThatAccepts(), Open));

        Assert.Equal((0, "Begun Passed"), (_beforeOpen, _case.History()));
        Assert.InRange(_case.Passed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Cut_off_a_second_time_it_is_held_and_no_third_batch_is_sent()
    {
        await _case.KillAsync(1, Batch);
        await _case.KillAsync(Batch + 1, Batch, again: true);
        LeaveOnceHeld();
        var carrier = ThatAccepts();

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open));

        Assert.Empty(carrier.Calls);
        Assert.Equal((true, TrialVerdict.Unknown), (_case.Trial!.IsHeld, _case.Trial.Finding.Verdict));
    }

    /// <summary>Refused here, they are another lane's by now, and their places are taken.</summary>
    [Fact]
    public async Task What_moved_away_before_a_kill_makes_room_for_no_other()
    {
        using var both = new CanaryCase(onSecond: 1);
        await both.KillAsync(1, 9, answer: SendResult.WrongNetwork("code 5").GoingTo(
            new NewRoute(SomeRun.SecondLaneId, 1, RouteReason.WrongNetwork)));
        var (calls, beforeOpen) = (0, 0);
        var carrier = new ScriptedCarrier(_ =>
        {
            calls++;
            if (both.Trial is { State: TrialState.UnderWay })
                beforeOpen = calls;
            return SendResult.Accepted("id");
        });

        Assert.Equal(LaneEnd.Done, await both.RunAsync(carrier, Open));

        Assert.Equal((Batch - 9, All - 9), (beforeOpen, calls));
        Assert.Equal((Batch, 9), (both.Trial!.Finding.Judged, both.Trial.Finding.Found));
    }

    [Fact]
    public async Task Where_too_many_are_on_another_network_it_is_held()
    {
        using var both = new CanaryCase(onSecond: 1);
        await both.KillAsync(1, 10, answer: SendResult.WrongNetwork("code 5").GoingTo(
            new NewRoute(SomeRun.SecondLaneId, 1, RouteReason.WrongNetwork)));
        both.Waiting = () => both.Time.Advance(both.Trial is { IsHeld: true } ? Open : TimeSpan.Zero);
        var carrier = ThatAccepts();

        Assert.Equal(LaneEnd.Closed, await both.RunAsync(carrier, Open));

        Assert.Empty(carrier.Calls);
        Assert.Equal(
            new TrialFinding(TrialVerdict.Failed, 10, 10, 20, FailureClass.Number, Reason.None, "code 5"),
            both.Trial!.Finding);
    }

    /// <summary>What stands by when it is found that too much fails goes back.</summary>
    [Fact]
    public async Task Once_a_lane_is_held_nothing_of_it_leaves()
    {
        _case.Set(CanaryPolicy.None, new GuardPolicy(20, TimeSpan.FromMinutes(5), 10));
        var late = 0;
        var carrier = new ScriptedCarrier(_ =>
        {
            late += _case.Trial is { IsHeld: true } ? 1 : 0;
            return SendResult.Rejected(FailureClass.Content, "code 31");
        });
        LeaveOnceHeld();

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open, maxInFlight: 64, rate: 4));

        Assert.Equal((true, 0), (_case.Trial!.IsHeld, late));
    }

    /// <summary>A lane turns at every answer.</summary>
    [Fact]
    public async Task The_batch_is_read_only_when_there_is_something_to_be_found()
    {
        Assert.Equal(LaneEnd.Done, await _case.RunAsync(ThatAccepts(), Open));

        Assert.InRange(_case.Readings, 1, (int)(_case.Passed / LaneTrials.LookEvery) + 2);
    }

    ScriptedCarrier ThatAccepts() => Answering(_ => false, SendResult.Accepted("id"));

    /// <param name="isFirst">Of which positions the first try is answered otherwise.</param>
    ScriptedCarrier Answering(Func<long, bool> isFirst, SendResult first, bool drops = false) => new(message =>
    {
        lock (_reached)
        {
            var isNew = _reached.Add(message.To.Msisdn);
            if (_case.Trial is not { State: TrialState.Passed })
                _beforeOpen = _reached.Count;
            return isNew && isFirst(message.To.Msisdn - SomeRun.Number(0)) ? first : SendResult.Accepted("id");
        }
    })
    { DropsRepeats = drops };

    void LeaveOnceHeld() => _case.Waiting = () =>
    {
        if (_case.Trial is { IsHeld: true })
            _case.Time.Advance(Open);
    };

    static long Micros(double minutes) => (long)TimeSpan.FromMinutes(minutes).TotalMicroseconds;
}
