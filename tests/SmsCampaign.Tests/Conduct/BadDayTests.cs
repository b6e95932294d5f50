using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Conduct;

/// <summary>Days on which the machine is not on when it should be, with the engine's own run, ledgers and lanes
/// on a clock of the test. Each name says what the officer reads afterwards.</summary>
[Trait("Category", "Slow")]
public sealed class BadDayTests
{
    const int Each = 6;

    static DayCase Approved(string now, string leftovers = "next-day", string to = "20:00", int each = Each)
    {
        var day = new DayCase(now, each, "08:00", to, leftovers, leaps: true);
        day.Approve();
        return day;
    }

    static Decision Last(DayCase day) => day.Registry.ReadDecisions(DayCase.Key.Campaign)[^1];

    static int Count(DayCase day, MessageStatus status) =>
        day.ReadMessages().Count(message => message.Status == status);

    static void AssertEachOnce(DayCase day)
    {
        Assert.Equal(Each * 2, day.Received.Count);
        Assert.All(day.Received.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Off_all_day_and_on_at_14_00_starts_late_and_status_says_so()
    {
        using var day = Approved("30 14:00:00");

        Assert.Null(await day.ConductAsync());

        Assert.Equal("late finished", day.Decided);
        Assert.StartsWith(
            "Lỡ giờ mở, đến 30/07/2025 14:00 mới bắt đầu được; khung giờ còn mở đến 20:00",
            day.Registry.ReadDecisions(DayCase.Key.Campaign)[0].Reason.Vi,
            StringComparison.Ordinal);
        AssertEachOnce(day);
    }

    [Fact]
    public async Task Off_all_day_and_on_at_22_30_sends_nothing_that_night_and_status_says_when_it_goes_on()
    {
        using var day = Approved("30 22:30:00");

        Assert.Equal(
            DayCase.Local("31 08:00:00"), await day.WorkAsync(DayCase.Key, DayCase.Local("30 23:30:00")));
        Assert.Equal("closed", day.Decided);
        Assert.Contains("gửi tiếp lúc 31/07/2025 08:00", Last(day).Reason.Vi, StringComparison.Ordinal);
        Assert.Empty(day.Received);

        day.AdvanceTo("31 08:00:00");
        Assert.Null(await day.ConductAsync());
        Assert.Equal("closed late finished", day.Decided);
        AssertEachOnce(day);
    }

    [Fact]
    public async Task Off_all_day_and_on_at_22_30_under_drop_leaves_all_and_status_says_that_it_is_not_sent()
    {
        using var day = Approved("30 22:30:00", leftovers: "drop");

        Assert.Null(await day.ConductAsync());

        Assert.Equal("leftover finished", day.Decided);
        Assert.Empty(day.Received);
        Assert.Equal(Each * 2, Count(day, MessageStatus.Leftover));
    }

    [Fact]
    public async Task Off_until_31_7_at_10_00_starts_late_on_the_second_day_and_status_says_so()
    {
        using var day = Approved("31 10:00:00");

        Assert.Null(await day.ConductAsync());

        Assert.Equal("late finished", day.Decided);
        Assert.Contains(
            "đến 31/07/2025 10:00 mới bắt đầu được",
            day.Registry.ReadDecisions(DayCase.Key.Campaign)[0].Reason.Vi,
            StringComparison.Ordinal);
        AssertEachOnce(day);
    }
}
