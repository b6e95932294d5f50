using SmsCampaign.Dispatch.Lanes;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public class LaneStateTests
{
    const long Now = 1_000_000_000;

    static readonly LaneState Open = default(LaneState).At(Now, isStopped: false);
    static readonly LaneState Held = Open.Hold(Now + 5_000_000, HeldFor.Pace);
    static readonly LaneState Stopped = Open.At(Now, isStopped: true);
    static readonly LaneState Closing = Open.Close(LaneEnd.Closed);

    [Fact]
    public void It_begins_open() => Assert.Equal(LanePhase.Open, Open.Phase);

    /// <summary>Intents are written a quarter of a second ahead.</summary>
    [Theory]
    [InlineData(4_749_999, LanePhase.Held)]
    [InlineData(4_750_000, LanePhase.Open)]
    public void A_hold_ends_when_intents_are_written_for_the_first_call_after_it(long later, object phase)
    {
        var state = Held.At(Now + later, isStopped: false);

        Assert.Equal(phase, state.Phase);
        Assert.Equal(phase is LanePhase.Held ? HeldFor.Pace : null, state.HeldFor);
    }

    [Fact]
    public void A_stop_comes_before_a_hold_which_goes_on_after_it_where_it_is_not_over()
    {
        var stopped = Held.At(Now + 1, isStopped: true);

        Assert.Equal(LanePhase.Stopped, stopped.Phase);
        Assert.Equal(
            (LanePhase.Held, HeldFor.Pace),
            stopped.At(Now + 2, isStopped: false) is var held ? (held.Phase, held.HeldFor) : default);
        Assert.Equal(LanePhase.Open, stopped.At(Now + 5_000_000, isStopped: false).Phase);
    }

    [Fact]
    public void What_is_planned_is_moved_once_a_stop()
    {
        var moved = Stopped.Move();

        Assert.True(moved.At(Now + 1, isStopped: true).HasMoved);
        Assert.False(moved.At(Now + 1, isStopped: false).HasMoved);
        Assert.False(moved.At(Now + 1, isStopped: false).At(Now + 2, isStopped: true).HasMoved);
        Assert.False(Open.Move().HasMoved);
    }

    [Fact]
    public void Only_a_stop_ends_a_stop() => Assert.Equal(Stopped, Stopped.Hold(Now + 5_000_000, HeldFor.Pace));

    [Fact]
    public void No_way_leads_back_from_closing()
    {
        Assert.Equal((LanePhase.Closing, LaneEnd.Closed), (Closing.Phase, Closing.End));

        Assert.Equal(Closing, Closing.At(Now, isStopped: false));
        Assert.Equal(Closing, Closing.At(Now, isStopped: true));
        Assert.Equal(Closing, Closing.Hold(Now + 5_000_000, HeldFor.Pace));
        Assert.Equal(Closing, Closing.Move());
        Assert.Equal(Closing, Closing.Close(LaneEnd.Done));
    }

    [Theory]
    [InlineData(Now + 2_000_000, false)]
    [InlineData(Now + 2_000_001, true)]
    [InlineData(long.MaxValue, false)] // for an answer, say: that is no matter of time
    public void What_stands_by_is_put_back_for_more_than_two_seconds(long next, bool isLong) =>
        Assert.Equal(isLong, LaneState.IsLongWait(next, Now));
}
