using System.Globalization;
using CsCheck;
using SmsCampaign.Reports;

namespace SmsCampaign.Tests.Reports;

public class LocalTimesTests
{
    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", 1_753_837_201_999_999, "2025-07-30 08:00:01 +07:00")] // cut, not rounded
    [InlineData("UTC", 0, "1970-01-01 00:00:00 +00:00")]
    [InlineData("UTC", -1, "1969-12-31 23:59:59 +00:00")]
    [InlineData("America/New_York", 1_762_061_400_000_000, "2025-11-02 01:30:00 -04:00")] // the hour that comes twice
    [InlineData("America/New_York", 1_762_065_000_000_000, "2025-11-02 01:30:00 -05:00")]
    public void A_moment_is_told_in_the_zone_with_its_offset(string zone, long micros, string expected) =>
        Assert.Equal(expected, new LocalTimes(TimeZoneInfo.FindSystemTimeZoneById(zone)).Text(micros));

    [Fact]
    public void Whatever_came_before_a_moment_is_told_the_same()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
        var times = new LocalTimes(zone);

        // Years 1970 to 2103, in seconds that often share a minute.
        Gen.Long[0, 70_000_000].SelectMany(minute => Gen.Long[0, 119].Select(second => minute * 60 + second)).Sample(
            seconds => Assert.Equal(
                TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
                times.Text(seconds * 1_000_000)),
            threads: 1);
    }
}
