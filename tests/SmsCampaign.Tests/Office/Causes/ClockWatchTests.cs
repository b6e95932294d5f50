using SmsCampaign.Office.Causes;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Causes;

/// <summary>The clock on the wall against one that goes on evenly.</summary>
public sealed class ClockWatchTests
{
    readonly SetTime _time = new();

    [Theory]
    [InlineData(-60, "đồng hồ máy lùi lại 1 giờ", AlertSeverity.Warning, false)]
    [InlineData(1440, "đồng hồ máy nhảy tới 24 giờ", AlertSeverity.Urgent, true)]
    public void A_step_is_told_once_with_how_far(int minutes, string what, AlertSeverity severity, bool isSoon)
    {
        var watch = new ClockWatch(new ProcessClock(_time));
        _time.Pass(TimeSpan.FromHours(3));
        Assert.Null(watch.Look(isSoon));

        _time.Set(TimeSpan.FromMinutes(minutes));
        var alert = watch.Look(isSoon)!.Alert;

        Assert.Equal((AlertKind.ClockStep, severity, what), (alert.Kind, alert.Severity, alert.What.Vi));
        Assert.Contains("thì lúc đó là 30/07/2026 11:00.", alert.Detail.Vi, StringComparison.Ordinal);
        _time.Pass(TimeSpan.FromHours(3));
        Assert.Null(watch.Look(isSoon));
    }

    [Fact]
    public void What_a_clock_is_set_by_to_keep_time_is_no_news()
    {
        var watch = new ClockWatch(new ProcessClock(_time));
        _time.Set(TimeSpan.FromMinutes(2));

        Assert.Null(watch.Look(isSoon: false));
    }

    [Fact]
    public void Small_steps_that_add_up_are_told()
    {
        var watch = new ClockWatch(new ProcessClock(_time));
        _time.Set(TimeSpan.FromSeconds(90));
        Assert.Null(watch.Look(isSoon: false));
        _time.Set(TimeSpan.FromSeconds(90));

        Assert.NotNull(watch.Look(isSoon: false));
    }

    /// <summary>Passes evenly, and is set. From 08:00 in Vietnam.</summary>
    sealed class SetTime : TimeProvider
    {
        TimeSpan _passed;
        TimeSpan _set;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan by) => _passed += by;

        public void Set(TimeSpan by) => _set += by;

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() =>
            new DateTimeOffset(2026, 7, 30, 1, 0, 0, TimeSpan.Zero) + _passed + _set;
    }
}
