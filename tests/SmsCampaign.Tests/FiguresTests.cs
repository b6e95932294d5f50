namespace SmsCampaign.Tests;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0 giây", "0 s")]
    [InlineData(59.2, "1 phút", "1 min")] // rounded up
    [InlineData(61, "1 phút 1 giây", "1 min 1 s")]
    [InlineData(3_600, "1 giờ", "1 h")]
    [InlineData(60_000, "16 giờ 40 phút", "16 h 40 min")]
    [InlineData(60_001, "16 giờ 41 phút", "16 h 41 min")] // above an hour to the minute, up
    public void A_duration_is_rounded_up_to_what_a_person_reads(double seconds, string vi, string en) =>
        Assert.Equal(new Wording(vi, en), Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Numbers_have_the_separators_of_the_language()
    {
        Assert.Equal(new Wording("1.234.567", "1,234,567"), Figures.Count(1_234_567));
        Assert.Equal(new Wording("1.234.568 đồng", "1,234,568 VND"), Figures.Money(1_234_567.1m));
    }

    [Theory]
    [InlineData(0, "0", "0 rows are")]
    [InlineData(1, "1", "1 row is")]
    [InlineData(1_234, "1.234", "1,234 rows are")]
    public void What_is_counted_is_one_or_many_in_English(long number, string vi, string en)
    {
        Assert.Equal((vi, en), (
            Figures.Counted(number, "row").Vi,
            $"{Figures.Counted(number, "row").En} {Figures.Verb(number, "is", "are")}"));
        Assert.Equal(
            "1 person, 2 people",
            $"{Figures.Counted(1, "person", "people").En}, {Figures.Counted(2, "person", "people").En}");
    }

    [Theory]
    [InlineData("2025-07-30T08:00:00+07:00", "30/07/2025 08:00")]
    [InlineData("2025-07-30T08:00:20+07:00", "30/07/2025 08:01")] // not done before it is
    [InlineData("2025-07-30T23:59:01+07:00", "31/07/2025 00:00")]
    public void A_moment_to_come_is_rounded_up_to_the_minute(string moment, string expected) =>
        Assert.Equal(expected, Figures.Expected(Parse(moment)).Vi);

    [Theory]
    [InlineData("2025-07-30T08:00:00+07:00", "30/07/2025 08:00", "2025-07-30 08:00")]
    // never later than it was
    [InlineData("2025-07-30T22:07:25.999+07:00", "30/07/2025 22:07:25", "2025-07-30 22:07:25")]
    [InlineData("2025-07-30T23:59:30+07:00", "30/07/2025 23:59:30", "2025-07-30 23:59:30")]
    [InlineData("2025-07-30T23:59:59.9999999+07:00", "30/07/2025 23:59:59", "2025-07-30 23:59:59")]
    public void A_moment_of_the_past_shows_its_seconds_and_is_never_later_than_it_was(
        string moment, string vi, string en) =>
        Assert.Equal(new Wording(vi, en), Figures.Moment(Parse(moment)));

    static DateTimeOffset Parse(string moment) =>
        DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
}
