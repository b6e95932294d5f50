using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Accounts;

/// <summary>An account that a person slows down.</summary>
public sealed class PaceCapTests
{
    const long Second = 1_000_000;
    static readonly CallCost One = new(1, 1);
    static readonly DateTimeOffset Start = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly JumpingTime _time = new(Start);
    readonly List<LaneChange> _told = [];

    [Fact]
    public async Task From_the_moment_it_is_slowed_no_second_holds_more_and_it_is_told()
    {
        var pace = new Pace(100, new ProcessClock(_time));
        using var turn = pace.Join(onChange: _told.Add);
        await TakeAsync(turn, 150);

        pace.Cap(10, "Trần Thị B: nhà mạng yêu cầu");
        var slowed = await TakeAsync(turn, 40);

        Assert.True(MostInASecond(slowed) <= 10);
        Assert.InRange((slowed[^1] - slowed[0]) / (double)Second, 3.5, 4.2); // and uses it
        Assert.Equal(10, pace.RateInForce);
        pace.Cap(10, "again");
        pace.Cap(int.MaxValue, "");
        Assert.Equal(100, pace.RateInForce);
        Assert.Equal(
            [(LaneChangeKind.Opened, 100), (LaneChangeKind.Slowed, 10), (LaneChangeKind.AtContract, 100)],
            _told.Select(change => (change.Kind, change.Rate)));
        Assert.Equal("Trần Thị B: nhà mạng yêu cầu", _told[1].Reason);
    }

    [Theory]
    [InlineData(500, 100)]
    [InlineData(0, 1)]
    public void It_is_never_above_the_contract_and_never_nothing(int cap, int rate)
    {
        var pace = new Pace(100, new ProcessClock(_time));

        pace.Cap(cap, "");

        Assert.Equal(rate, pace.RateInForce);
    }

    [Fact]
    public async Task After_a_throttle_answer_it_climbs_back_to_it_and_no_further()
    {
        var pace = new Pace(100, new ProcessClock(_time));
        using var turn = pace.Join(onChange: _told.Add);
        pace.Cap(30, "");
        await TakeAsync(turn, 5);
        pace.Throttle(long.MaxValue, TimeSpan.FromSeconds(1));

        var handed = await TakeAsync(turn, 30 * 30);

        Assert.True(MostInASecond(handed) <= 30);
        Assert.Equal(30, pace.RateInForce);
        Assert.DoesNotContain(_told, change => change.Kind == LaneChangeKind.AtContract || change.Rate > 30
            && change.Kind != LaneChangeKind.Opened);
    }

    [Fact]
    public void Lists_are_cut_to_what_fits_and_one_from_before_is_cut_anew()
    {
        var pace = new Pace(100, new ProcessClock(_time));
        using var turn = pace.Join();
        var list = new CallCost(40, 40);
        Assert.False(turn.IsTooDear(list));

        pace.Cap(10, "");

        Assert.Equal(10, pace.MostMessages(1, 50));
        Assert.True(turn.IsTooDear(list));
        Assert.False(turn.IsTooDear(new CallCost(12, 1))); // cannot be cut
    }

    static async Task<List<long>> TakeAsync(PaceTurn turn, int calls)
    {
        var handed = new List<long>();
        for (var call = 0; call < calls; call++)
            handed.Add(await turn.TakeAsync(One, CancellationToken.None));
        return handed;
    }

    static int MostInASecond(List<long> handed)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < handed.Count; last++)
        {
            while (handed[first] + Second <= handed[last])
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
