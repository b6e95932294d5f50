using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A lane sends a first batch, and the rest only where that fares well.</summary>
[Trait("Category", "Slow")]
public sealed class CanaryTests : IDisposable
{
    const int Batch = CanaryCase.Batch;
    const int All = CanaryCase.Messages;

    static readonly TimeSpan Open = TimeSpan.FromHours(2);
    static readonly SendResult Barred = SendResult.Rejected(FailureClass.Content, "code 31");

    readonly CanaryCase _case = new();

    /// <summary>Messages that had reached the gateway when the lane was last seen not to be open.</summary>
    int _beforeOpen;

    public void Dispose() => _case.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 1)]
    [InlineData(64, 20)] // lists: the last of the batch is cut to what is left of it
    public async Task Where_the_first_batch_is_taken_the_lane_opens_and_not_before(int maxInFlight, int mostPerCall)
    {
        var carrier = Answering(_ => SendResult.Accepted("id"), mostPerCall);

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, maxInFlight: maxInFlight));

        Assert.Equal(Batch, _beforeOpen);
        Assert.Equal(All, carrier.Numbers.Distinct().Count());
        Assert.Equal((TrialState.Passed, "Begun Passed"), (_case.Trial!.State, _case.History()));
    }

    [Fact]
    public async Task A_lane_with_fewer_messages_sends_them_all_and_waits_for_nothing()
    {
        using var small = new CanaryCase(30) { BringsReceipts = true };
        var carrier = ScriptedCarrier.ThatAccepts();

        Assert.Equal(LaneEnd.Done, await small.RunAsync(carrier));

        Assert.Equal((30, true), (carrier.Calls.Count, small.Passed < TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Switched_off_there_is_none()
    {
        _case.Set(CanaryPolicy.None, GuardPolicy.None);

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(new ScriptedCarrier(_ => Barred)));

        Assert.Equal(All, _case.Count()[MessageStatus.Failed]);
        Assert.Null(_case.Trial);
    }

    /// <summary>What is refused is lost for good: no more of the batch is than it takes to see that.</summary>
    [Fact]
    public async Task Where_all_is_refused_the_lane_is_held_with_what_the_gateway_said()
    {
        LeaveOnceHeld();

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(new ScriptedCarrier(_ => Barred), Open));

        Assert.Equal((10, All - 10), (_case.Count()[MessageStatus.Failed], _case.Count()[MessageStatus.Planned]));
        Assert.Equal(
            new TrialFinding(TrialVerdict.Failed, 10, 10, 20, FailureClass.Content, Reason.None, "code 31"),
            _case.Trial!.Finding);
        Assert.Equal("Begun Held", _case.History());
    }

    [Fact]
    public async Task What_is_held_stays_so_for_the_next_process()
    {
        LeaveOnceHeld();
        await _case.RunAsync(new ScriptedCarrier(_ => Barred), Open);
        var held = _case.Trial;
        var carrier = ScriptedCarrier.ThatAccepts();

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open));

        Assert.Empty(carrier.Calls);
        Assert.Equal(held, _case.Trial);
    }

    [Fact]
    public async Task A_gateway_that_never_answers_has_the_lane_held()
    {
        LeaveOnceHeld();
        var carrier = new ScriptedCarrier(_ => SendResult.Uncertain(Reason.NoAnswer, "no answer"));

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open));

        Assert.Equal(10, carrier.Calls.Count);
        Assert.Equal((TrialVerdict.Unanswered, true), (_case.Trial!.Finding.Verdict, _case.Trial.IsHeld));
    }

    [Fact]
    public async Task Where_receipts_come_the_lane_opens_with_enough_of_them()
    {
        _case.BringsReceipts = true;
        var isBrought = false;
        _case.Waiting = () =>
        {
            if (isBrought || _case.Passed < TimeSpan.FromMinutes(4))
                return;

            isBrought = true;
            _case.Receive(MessageStatus.Delivered, Positions(1, 30));
        };
        var carrier = Answering(_ => SendResult.Accepted("id"));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal((Batch, All), (_beforeOpen, carrier.Calls.Count));
        Assert.InRange(_case.Passed.TotalMinutes, 4, 5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(29)]
    public async Task Without_enough_receipts_in_time_it_is_held(int receipts)
    {
        _case.BringsReceipts = true;
        var isBrought = false;
        _case.Waiting = () =>
        {
            if (!isBrought && _case.Passed > TimeSpan.FromMinutes(1))
            {
                isBrought = true;
                _case.Receive(MessageStatus.Delivered, Positions(1, receipts));
            }

            LeaveIfHeld();
        };
        var carrier = ScriptedCarrier.ThatAccepts();

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open));

        Assert.Equal(Batch, carrier.Calls.Count);
        Assert.Equal(
            new TrialFinding(TrialVerdict.FewReceipts, Batch, receipts, 60, null, Reason.None, null),
            _case.Trial!.Finding);
        Assert.InRange(_case.Trial.Since - _case.Trial.BegunAt, Micros(5), Micros(6));
    }

    [Fact]
    public async Task Receipts_that_say_too_many_failed_hold_it_before_the_time_is_over()
    {
        _case.BringsReceipts = true;
        var isBrought = false;
        _case.Waiting = () =>
        {
            if (!isBrought && _case.Passed > TimeSpan.FromMinutes(1))
            {
                isBrought = true;
                _case.Receive(MessageStatus.Failed, Positions(1, 10));
            }

            LeaveIfHeld();
        };

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open));

        Assert.Equal((TrialVerdict.Failed, 10), (_case.Trial!.Finding.Verdict, _case.Trial.Finding.Found));
        Assert.InRange(_case.Trial.Since - _case.Trial.BegunAt, Micros(1), Micros(2));
    }

    [Fact]
    public async Task A_process_that_is_stopped_in_the_middle_leaves_the_rest_of_the_batch_to_the_next()
    {
        using var stop = new CancellationTokenSource();
        var calls = 0;
        var first = new ScriptedCarrier(_ =>
        {
            if (++calls == 20)
                stop.Cancel();
            return SendResult.Accepted("id");
        });
        Assert.Equal(LaneEnd.Stopped, await _case.RunAsync(first, stopping: stop.Token));
        var begun = _case.Trial!;
        Assert.Equal((20, TrialState.UnderWay), (calls, begun.State));
        var second = Answering(_ => SendResult.Accepted("id"));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(second));

        Assert.Equal((Batch - 20, All - 20), (_beforeOpen, second.Calls.Count));
        Assert.Equal(begun.Id, _case.Trial!.Id);
    }

    /// <summary>What was on its way may have arrived: it counts to the batch, whatever became of it.</summary>
    [Fact]
    public async Task Killed_in_the_middle_no_more_than_the_batch_reaches_the_gateway()
    {
        await _case.KillAsync(1, 20);
        var carrier = Answering(_ => SendResult.Accepted("id"));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal(Batch - 20, _beforeOpen);
        Assert.Equal((TrialState.Passed, "Begun Passed"), (_case.Trial!.State, _case.History()));
    }

    /// <summary>No receipt can come while nobody runs, and nobody waits through a night for five minutes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Closed_in_the_middle_it_goes_on_at_the_next_opening(bool receiptsCome)
    {
        _case.BringsReceipts = true;
        _case.Waiting = () =>
        {
            if (_case.Passed > TimeSpan.FromMinutes(2))
                _case.Time.Advance(TimeSpan.FromHours(3));
        };
        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open));
        Assert.Equal(TrialState.UnderWay, _case.Trial!.State);

        _case.Time.Advance(TimeSpan.FromHours(12));
        var morning = _case.Time.GetUtcNow();
        var isBrought = !receiptsCome;
        _case.Waiting = () =>
        {
            if (!isBrought && _case.Time.GetUtcNow() - morning > TimeSpan.FromMinutes(4))
            {
                isBrought = true;
                _case.Receive(MessageStatus.Delivered, Positions(1, Batch));
            }

            LeaveIfHeld();
        };

        var end = await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open);

        Assert.Equal(
            receiptsCome ? (LaneEnd.Done, TrialState.Passed) : (LaneEnd.Closed, TrialState.Held),
            (end, _case.Trial!.State));
    }

    [Fact]
    public async Task Let_go_on_by_a_person_it_begins_with_a_first_batch_again()
    {
        var refuses = true;
        _case.Waiting = () =>
        {
            if (_case.Trial is { IsHeld: true } && _case.Passed > TimeSpan.FromMinutes(1))
            {
                refuses = false;
                Assert.True(_case.Release());
            }
        };
        var carrier = Answering(_ => refuses ? Barred : SendResult.Accepted("id"));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal("Begun Held Released Begun Passed", _case.History());
        Assert.Equal(10 + Batch, _beforeOpen);
        Assert.Equal(
            (10, All - 10), (_case.Count()[MessageStatus.Failed], _case.Count()[MessageStatus.Accepted]));
    }

    [Fact]
    public async Task Held_again_it_stays_held()
    {
        var isReleased = false;
        _case.Waiting = () =>
        {
            if (!isReleased && _case.Trial is { IsHeld: true })
                isReleased = _case.Release();
            else
                LeaveIfHeld();
        };

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(new ScriptedCarrier(_ => Barred), Open));

        Assert.Equal("Begun Held Released Begun Held", _case.History());
        Assert.Equal(20, _case.Count()[MessageStatus.Failed]);
    }

    /// <summary>Nothing else takes its place.</summary>
    [Fact]
    public async Task What_the_gateway_puts_off_stays_in_the_batch()
    {
        var tried = new HashSet<long>();
        var carrier = Answering(message => tried.Add(message.To.Msisdn) && tried.Count <= 20
            ? SendResult.Busy("busy", TimeSpan.FromSeconds(10))
            : SendResult.Accepted("id"));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier));

        Assert.Equal(Batch, _beforeOpen);
        Assert.Equal(All, _case.Count()[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task A_lane_that_sent_before_there_was_a_first_batch_goes_on_without()
    {
        _case.Set(CanaryPolicy.None, GuardPolicy.None);
        using var stop = new CancellationTokenSource();
        await _case.RunAsync(
            new ScriptedCarrier(_ =>
            {
                stop.Cancel();
                return SendResult.Accepted("id");
            }),
            stopping: stop.Token);
        _case.Set(CanaryPolicy.Default, GuardPolicy.None);

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(ScriptedCarrier.ThatAccepts()));

        Assert.Null(_case.Trial);
    }

    [Fact]
    public async Task A_lane_that_sends_is_held_where_too_much_fails_and_stays_so_for_the_next_process()
    {
        _case.Set(CanaryPolicy.None, new GuardPolicy(20, TimeSpan.FromMinutes(5), 30));
        var calls = 0;
        var failing = new ScriptedCarrier(_ =>
        {
            _case.Time.Advance(TimeSpan.FromSeconds(1));
            return ++calls > 60 ? Barred : SendResult.Accepted("id");
        });
        LeaveOnceHeld();

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(failing, Open));

        // 16 of 76 are 21 %; the lane looks once a second, which each call here takes.
        Assert.InRange(calls, 76, 79);
        Assert.Equal(
            (TrialKind.Guard, TrialVerdict.Failed, FailureClass.Content, "code 31"),
            (_case.Trial!.Kind, _case.Trial.Finding.Verdict, _case.Trial.Finding.Failure, _case.Trial.Finding.Code));
        var carrier = ScriptedCarrier.ThatAccepts();
        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open));
        Assert.Empty(carrier.Calls);
    }

    /// <summary>It would never have sent 200 within the time looked back upon.</summary>
    [Fact]
    public async Task A_slow_lane_is_held_by_half_of_what_it_can_send_in_that_time()
    {
        _case.Set(CanaryPolicy.None, new GuardPolicy(20, TimeSpan.FromMinutes(1), 200));
        LeaveOnceHeld();

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(new ScriptedCarrier(_ => Barred), Open, rate: 1));

        Assert.InRange(_case.Count()[MessageStatus.Failed], 30, 34);
        Assert.Equal((TrialKind.Guard, true), (_case.Trial!.Kind, _case.Trial.IsHeld));
    }

    [Fact]
    public async Task Ordinary_dead_numbers_hold_neither_the_first_batch_nor_the_lane()
    {
        _case.Set(CanaryPolicy.Default, new GuardPolicy(20, TimeSpan.FromMinutes(5), 30));
        var calls = 0;
        var carrier = new ScriptedCarrier(_ =>
        {
            _case.Time.Advance(TimeSpan.FromSeconds(1));
            return ++calls % 6 == 0 ? SendResult.Rejected(FailureClass.Number, "4") : SendResult.Accepted("id");
        });

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal((20, 100), (_case.Count()[MessageStatus.Failed], _case.Count()[MessageStatus.Accepted]));
        Assert.Equal("Begun Passed", _case.History());
    }

    ScriptedCarrier Answering(Func<OutboundSms, SendResult> answer, int mostPerCall = 1)
    {
        var seen = new HashSet<long>();
        return new ScriptedCarrier(
            message =>
            {
                lock (seen)
                {
                    seen.Add(message.To.Msisdn);
                    if (_case.Trial is not { State: TrialState.Passed })
                        _beforeOpen = seen.Count;
                }

                return answer(message);
            },
            mostPerCall);
    }

    void LeaveOnceHeld() => _case.Waiting = LeaveIfHeld;

    /// <summary>The window closes: a lane that is held waits for that, or for a person.</summary>
    void LeaveIfHeld()
    {
        if (_case.Trial is { IsHeld: true })
            _case.Time.Advance(Open);
    }

    static IEnumerable<long> Positions(int first, int count) =>
        Enumerable.Range(first, count).Select(position => (long)position);

    static long Micros(double minutes) => (long)TimeSpan.FromMinutes(minutes).TotalMicroseconds;
}
