using SmsCampaign.Carriers.MobiFone;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.MobiFone;

public class MobiFoneLaneOptionsTests
{
    const string Own = """
        "user": "u", "password": "${env:TOKEN}", "receiptTrust": "none"
        """;

    [Fact]
    public void A_lane_needs_no_more_than_its_account()
    {
        var (options, problems) = LaneSection.Read("mobifone", Own);

        Assert.Empty(problems);
        var mobifone = Assert.IsType<MobiFoneLaneOptions>(options);
        Assert.Equal(
            ("t0ken", "T", "GET", "https://smsbrandname.mobifone.vn/smsg/"),
            (mobifone.Password, mobifone.BindMode, mobifone.LoginMethod, $"{mobifone.Url}"));
    }

    [Theory]
    [InlineData("\"password\": \"0123456789\"", "password", "may not stand in this file")]
    [InlineData("\"url\": \"http://gateway.example/smsg/\"", "url", "https")]
    [InlineData("\"url\": \"https://gateway.example/smsg\"", "url", "end in a slash")]
    [InlineData("\"url\": \"https://gateway.example/smsg/?x=/\"", "url", "end in a slash")]
    [InlineData("\"loginMethod\": \"PUT\"", "loginMethod", "GET|POST")]
    [InlineData("\"bindMode\": \"&\"", "bindMode", "A-Za-z0-9")]
    [InlineData("\"mostPerCall\": 2", "mostPerCall", "one message a call")]
    [InlineData("\"receiptTrust\": \"network\"", "receiptTrust", "only none")]
    [InlineData("\"codes\": { \"200\": \"busy\" }", "codes", "means taken")]
    [InlineData("\"codes\": { \"5\": \"delivered\" }", "codes.5", "tooFast")]
    public void A_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        var (at, what) = LaneSection.FaultOf("mobifone", Own, setting);

        Assert.Equal(key, at);
        Assert.Contains(expected, what, StringComparison.OrdinalIgnoreCase);
    }
}
