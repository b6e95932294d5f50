using SmsCampaign.Office;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Office;

/// <summary>Whether an open window needs a worker.</summary>
public sealed class MissingWorkerTests
{
    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "khac", true)] // of whatever campaign one asks: nobody sends
    [InlineData(false, null, false)] // carriers text alone: nothing of ours is missed
    [InlineData(false, "khac", false)]
    public void The_window_of_an_approved_run_is_open_and_no_worker_runs(bool hasOwn, string? asked, bool misses)
    {
        using var held = new HeldFolder(withOwn: hasOwn);
        held.Approve();
        held.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 9, 0, 0, TimeSpan.FromHours(7)));

        var view = StatusView.Read(held.Data, held.Files.Installation, asked, held.Time);

        Assert.True(Assert.Single(view.Openings).IsOpen);
        Assert.Equal(misses, view.MissesWorker);
    }
}
