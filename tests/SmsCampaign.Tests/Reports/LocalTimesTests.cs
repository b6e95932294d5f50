using System.Globalization;
using CsCheck;
using SmsCampaign.Reports;

namespace SmsCampaign.Tests.Reports;

public class LocalTimesTests
{
    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", 1_753_837_201_999_999, "30/07/2025 08:00:01")] // cut, not rounded
    [InlineData("UTC", 0, "01/01/1970 00:00:00")]
    [InlineData("UTC", -1, "31/12/1969 23:59:59")]
    [InlineData("America/New_York", 1_762_061_400_000_000, "02/11/2025 01:30:00")] // the hour that comes twice
    [InlineData("America/New_York", 1_762_065_000_000_000, "02/11/2025 01:30:00")]
    public void A_moment_is_told_in_the_zone(string zone, long micros, string expected) =>
        Assert.Equal(expected, new LocalTimes(TimeZoneInfo.FindSystemTimeZoneById(zone)).Text(micros));

    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", 1_753_837_201_999_999, "giờ Việt Nam (UTC+07:00)")]
    [InlineData("America/New_York", 1_762_061_400_000_000, "múi giờ America/New_York (UTC-04:00)")]
    [InlineData("America/New_York", 1_762_065_000_000_000, "múi giờ America/New_York (UTC-05:00)")]
    public void The_zone_is_named_with_its_offset_then(string zone, long micros, string expected) =>
        Assert.Equal(expected, new LocalTimes(TimeZoneInfo.FindSystemTimeZoneById(zone)).Name(micros).Vi);

    [Fact]
    public void Whatever_came_before_a_moment_is_told_the_same()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
        var times = new LocalTimes(zone);

        // Years 1970 to 2103, in seconds that often share a minute.
        Gen.Long[0, 70_000_000].SelectMany(minute => Gen.Long[0, 119].Select(second => minute * 60 + second)).Sample(
            seconds => Assert.Equal(
                TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone).ToString(
                    "dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture),
                times.Text(seconds * 1_000_000)),
            threads: 1);
    }
}
