using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports;

public sealed class RunStatusTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_lane_is_counted_by_status()
    {
        var status = RunStatus.Read(RunAddress.OfFile(SmallLedger.Make(_folder.Path)));

        Assert.Equal(["viettel-cskh", "vnpt", "mobifone", "gmobile"], status.Lanes.Select(lane => lane.Name));
        Assert.Equal([4, 3, 2, 2], status.Lanes.Select(lane => lane.Messages));
        Assert.Equal([12, 8, 4, 4], status.Lanes.Select(lane => lane.PartsHandedOver));
        Assert.Equal([1, 0, 0, 0], status.Lanes.Select(lane => lane.Count(MessageStatus.Delivered)));
        Assert.Equal([0, 2, 0, 0], status.Lanes.Select(lane => lane.Count(MessageStatus.Sent)));
        Assert.Equal([0, 0, 1, 0], status.Lanes.Select(lane => lane.Count(MessageStatus.Submitting)));
        Assert.Equal([1, 0, 0, 1], status.Lanes.Select(lane => lane.Count(MessageStatus.Planned)));
    }

    [Fact]
    public void The_whole_is_the_sum_of_its_lanes()
    {
        var status = RunStatus.Read(RunAddress.OfFile(SmallLedger.Make(_folder.Path)));

        Assert.True(status.Balances);
        Assert.Equal(
            (15, 4, 11, 28, 1),
            (status.Audience, status.Excluded, status.Messages, status.PartsHandedOver, status.Uncertain));
        Assert.Equal(SmallLedger.Opens + 1_000_000, status.FirstHandedMicros);
        Assert.Equal(SmallLedger.Opens + 3_600_000_000, status.LastHandedMicros);
    }

    [Fact]
    public void A_message_that_no_lane_sends_is_counted_apart()
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(run, "delete from batch where lane = 4");

        var last = RunStatus.Read(RunAddress.OfFile(run)).Lanes[^1];

        Assert.Equal(("", 2), (last.Name, last.Messages));
    }
}
