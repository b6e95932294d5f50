using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Dispatch.Accounts;

/// <summary>How long a lane stands still whose gateway cannot be reached or is closed.</summary>
public sealed class LaneHoldsTests
{
    static readonly SendResult NoConnection = SendResult.Deferred(
        Reason.NoConnection, "no connection: ConnectionError");
    static readonly SendResult Closed = SendResult.Deferred("code closed");

    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly ProcessClock _clock;
    readonly Pace _pace;
    readonly LaneHolds _holds;

    public LaneHoldsTests()
    {
        _clock = new ProcessClock(_time);
        _pace = new Pace(1_000, _clock);
        _holds = new LaneHolds(_pace);
    }

    [Fact]
    public void A_gateway_that_cannot_be_reached_is_tried_every_five_seconds_at_least() =>
        Assert.Equal(
            [1, 2, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5], Enumerable.Range(0, 12).Select(_ => PauseAfter(NoConnection)));

    [Fact]
    public void One_that_is_closed_is_tried_ever_less_often() =>
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(_ => PauseAfter(Closed)));

    [Fact]
    public void A_time_that_the_gateway_names_is_kept()
    {
        Assert.Equal(90, PauseAfter(SendResult.Deferred("HTTP 503", TimeSpan.FromSeconds(90))));
        Assert.Equal(2, PauseAfter(NoConnection));
    }

    /// <summary>Seconds until a call may leave again after one that was answered so.</summary>
    long PauseAfter(SendResult answer)
    {
        var exchange = new Exchange([answer]);
        using var turn = _pace.Join();
        Assert.True(turn.TryTake(new CallCost(1, 1), out var left));
        _time.Advance(TimeSpan.FromMicroseconds(1));
        _holds.React(exchange, left, new StopSwitch("viettel", _pace));

        Assert.False(turn.TryTake(new CallCost(1, 1), out var until));
        var pause = TimeSpan.FromMicroseconds(until - _clock.Now());
        _time.Advance(pause - TimeSpan.FromMicroseconds(1));
        Assert.False(turn.TryTake(new CallCost(1, 1), out _));
        _time.Advance(TimeSpan.FromMicroseconds(1));
        return (long)pause.TotalSeconds;
    }
}
