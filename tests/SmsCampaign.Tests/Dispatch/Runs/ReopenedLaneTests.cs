using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>The wall clock is wrong for a moment while one lane sends and another waits for a person.</summary>
public sealed class ReopenedLaneTests : RoutingCase
{
    [Fact]
    public async Task A_lane_that_closed_by_a_wrong_reading_sends_the_rest_though_another_stands_still_for_hours()
    {
        Create();
        await HoldAsync(1);
        _closes = new TimeOnly(8, 5);
        var arrived = 0;
        _carriers["vnpt"] = new ScriptedCarrier(message =>
        {
            if (++arrived == 5)
                _astrayUntil = _time.GetUtcNow() + TimeSpan.FromMilliseconds(300); // before the other looks again
            return SendResult.Accepted("id-" + message.Reference);
        });

        Assert.Equal(SendEnd.Closed, await SendAsync(inFlight: 1));

        Assert.Equal(["vnpt"], _reopened);
        Assert.Equal(Each, _carriers["vnpt"].Numbers.Distinct().Count());
        Assert.Equal((Each, 0), (Calls("vnpt"), Calls("viettel")));
        Assert.Equal(Each, SomeRun.Count(_path)[MessageStatus.Planned]); // of the lane that waits for a person
    }

    [Fact]
    public async Task Where_every_lane_closed_by_it_the_days_sending_ends_and_who_conducts_decides()
    {
        Create();
        _carriers["viettel"] = _carriers["vnpt"] = new ScriptedCarrier(message =>
        {
            _astrayUntil = _time.GetUtcNow() + TimeSpan.FromHours(1);
            return SendResult.Accepted("id-" + message.Reference);
        });

        Assert.Equal(SendEnd.Closed, await SendAsync(inFlight: 1));

        Assert.Empty(_reopened);
        Assert.True(_time.GetUtcNow() - Start < TimeSpan.FromMinutes(1), $"{_time.GetUtcNow():HH:mm:ss}");
    }
}
