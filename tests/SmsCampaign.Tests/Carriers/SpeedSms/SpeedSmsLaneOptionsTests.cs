using SmsCampaign.Carriers.SpeedSms;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.SpeedSms;

public class SpeedSmsLaneOptionsTests
{
    const string Own = """
        "token": "${env:TOKEN}", "callback": { "from": ["198.51.100.7"] }
        """;

    [Fact]
    public void A_lane_needs_no_more_than_its_token_and_a_guard_of_its_receipts()
    {
        var (options, problems) = LaneSection.Read("speedsms", Own);

        Assert.Empty(problems);
        var speedSms = Assert.IsType<SpeedSmsLaneOptions>(options);
        Assert.Equal(
            ("t0ken", 3, "https://api.speedsms.vn/index.php/"), (speedSms.Token, speedSms.SmsType, $"{speedSms.Url}"));
    }

    [Theory]
    [InlineData("", "60 requests/minute")]
    [InlineData("\"inquiry\": { }", "54 requests/minute")] // what is asked counts as well
    [InlineData("\"inquiry\": { \"perMinute\": 30 }", "30 requests/minute")]
    // the contract's own
    [InlineData("\"limits\": [{ \"most\": 120, \"of\": \"requests\", \"per\": \"minute\" }]", "120 requests/minute")]
    public void Sixty_requests_a_minute_are_kept_without_being_written(string changed, string expected)
    {
        var (options, problems) = LaneSection.Read("speedsms", Own, changed);

        Assert.Empty(problems);
        Assert.Equal(["10 parts/second", expected], options!.AllLimits.Select(limit => limit.ToText()));
    }

    [Fact]
    public void Inquiries_are_spread_over_the_minute() =>
        Assert.Equal(TimeSpan.FromSeconds(10), new SpeedSmsInquiryOptions { PerMinute = 6 }.Between);

    [Theory]
    [InlineData("\"token\": \"0123456789\"", "token", "may not stand in this file")]
    [InlineData("\"url\": \"http://api.speedsms.vn/index.php/\"", "url", "https")]
    [InlineData("\"url\": \"https://api.speedsms.vn/index.php\"", "url", "end in a slash")]
    [InlineData("\"mostPerCall\": 101", "mostPerCall", "100 numbers a call")]
    [InlineData("\"smsType\": 9", "smsType", "1 to 8")]
    [InlineData("\"failures\": { \"63\": \"network\" }", "failures", "from 64")]
    [InlineData("\"failures\": { \"x\": \"network\" }", "failures", "from 64")]
    [InlineData("\"inquiry\": { \"absentMeansNotTaken\": true }", "inquiry.absentMeansNotTaken", "only by its own id")]
    [InlineData("\"inquiry\": { \"perSecond\": 2 }", "inquiry.perSecond", "perMinute")]
    [InlineData("\"inquiry\": { \"perMinute\": 31 }", "inquiry.perMinute", "1 to 30")]
    [InlineData("\"inquiry\": { }, \"receiptTrust\": \"none\"", "inquiry", "receiptTrust")]
    public void A_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        var (at, what) = LaneSection.FaultOf("speedsms", Own, setting);

        Assert.Equal(key, at);
        Assert.Contains(expected, what, StringComparison.OrdinalIgnoreCase);
    }
}
