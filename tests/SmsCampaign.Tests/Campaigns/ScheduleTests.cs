using System.Globalization;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

public class ScheduleTests
{
    static readonly TimeZoneInfo Vietnam = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    static readonly SendWindow EightToEight = new(new(8, 0), new(20, 0), Vietnam);

    [Theory]
    [InlineData("2025-07-30", "2025-07-01", "2025-07-30")]
    [InlineData("2025-07-30", "2025-07-30", "2025-07-30")]
    [InlineData("2025-07-30", "2025-07-31", null)] // one date is past for good
    public void A_date_comes_once(string date, string from, string? expected) =>
        Assert.Equal(Day(expected), Once(date).OccurrenceOnOrAfter(Day(from)!.Value));

    [Theory]
    [InlineData(30, 7, "2025-01-01", "2025-07-30")]
    [InlineData(30, 7, "2025-07-30", "2025-07-30")]
    [InlineData(30, 7, "2025-07-31", "2026-07-30")]
    [InlineData(29, 2, "2025-01-01", "2028-02-29")]
    [InlineData(29, 2, "2028-02-29", "2028-02-29")]
    [InlineData(29, 2, "2096-03-01", "2104-02-29")] // 2100 is no leap year
    public void A_yearly_day_comes_every_year_it_exists(int day, int month, string from, string expected) =>
        Assert.Equal(Day(expected), Yearly(day, month).OccurrenceOnOrAfter(Day(from)!.Value));

    [Theory]
    [InlineData(LeftoverPolicy.NextDay, 7)]
    [InlineData(LeftoverPolicy.Hold, 1)]
    [InlineData(LeftoverPolicy.Drop, 1)]
    public void Only_going_on_the_next_day_makes_more_days_than_one(LeftoverPolicy leftovers, int expected)
    {
        var days = (Once("2025-07-30") with { Leftovers = leftovers }).SendDays(new(2025, 7, 30)).ToList();

        Assert.Equal(expected, days.Count);
        Assert.Equal(new DateOnly(2025, 7, 30), days[0]);
    }

    [Fact]
    public void The_window_opens_by_the_clock_of_its_zone_and_not_of_the_machine()
    {
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero), EightToEight.OpensOn(new(2025, 7, 30)));
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 13, 0, 0, TimeSpan.Zero), EightToEight.ClosesOn(new(2025, 7, 30)));
    }

    [Theory]
    [InlineData("2025-07-30T00:59:59.999Z", false)]
    [InlineData("2025-07-30T01:00:00Z", true)] // 08:00 in Hà Nội
    [InlineData("2025-07-30T08:00:00+07:00", true)]
    [InlineData("2025-07-29T21:00:00-04:00", true)] // the same moment in New York
    [InlineData("2025-07-30T12:59:59.999Z", true)]
    [InlineData("2025-07-30T13:00:00Z", false)] // 20:00: closed is closed
    [InlineData("2025-07-31T02:00:00Z", false)] // 09:00, but the day after
    [InlineData("2025-07-29T02:00:00Z", false)]
    public void The_window_is_open_in_its_hours_on_its_day(string moment, bool expected) =>
        Assert.Equal(expected, EightToEight.IsOpen(Moment(moment), new(2025, 7, 30)));

    [Theory]
    [InlineData("2025-07-29T16:59:59Z", "2025-07-29")]
    [InlineData("2025-07-29T17:00:00Z", "2025-07-30")] // midnight in Hà Nội
    [InlineData("2025-07-30T12:00:00-12:00", "2025-07-31")]
    public void The_day_is_that_of_the_zone(string moment, string expected) =>
        Assert.Equal(Day(expected), EightToEight.DayOf(Moment(moment)));

    [Fact]
    public void An_hour_the_clocks_skip_is_the_moment_they_jump()
    {
        // Europe/Berlin, 30/3/2025: 02:00 to 03:00 does not exist; the jump is at 01:00 UTC.
        var skipped = new SendWindow(new(2, 30), new(8, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var jump = new DateTimeOffset(2025, 3, 30, 1, 0, 0, TimeSpan.Zero);

        Assert.Equal(jump, skipped.OpensOn(new(2025, 3, 30)));
        Assert.Equal(jump, (skipped with { Opens = new(0, 0), Closes = new(2, 30) }).ClosesOn(new(2025, 3, 30)));
    }

    [Fact]
    public void A_window_wholly_inside_skipped_hours_never_opens()
    {
        var inside = new SendWindow(new(2, 10), new(2, 50), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.False(inside.IsOpen(inside.OpensOn(new(2025, 3, 30)), new(2025, 3, 30)));
    }

    [Fact]
    public void Of_an_hour_that_comes_twice_the_window_takes_the_narrower_meaning()
    {
        // Europe/Berlin, 26/10/2025: 02:00 to 03:00 comes at 00:00 UTC and again at 01:00 UTC.
        var twice = new SendWindow(new(2, 30), new(8, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(new DateTimeOffset(2025, 10, 26, 1, 30, 0, TimeSpan.Zero), twice.OpensOn(new(2025, 10, 26)));
        Assert.Equal(
            new DateTimeOffset(2025, 10, 26, 0, 30, 0, TimeSpan.Zero),
            (twice with { Opens = new(0, 0), Closes = new(2, 30) }).ClosesOn(new(2025, 10, 26)));
    }

    static Schedule Once(string date) =>
        new(Day(date), null, null, EightToEight, MissedPolicy.StartLate, LeftoverPolicy.NextDay);

    static Schedule Yearly(int day, int month) =>
        new(null, month, day, EightToEight, MissedPolicy.StartLate, LeftoverPolicy.NextDay);

    static DateOnly? Day(string? day) => day is null ? null : DateOnly.Parse(day, CultureInfo.InvariantCulture);

    static DateTimeOffset Moment(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
