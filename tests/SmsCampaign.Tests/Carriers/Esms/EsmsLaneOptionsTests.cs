using SmsCampaign.Carriers.Esms;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Esms;

public class EsmsLaneOptionsTests : EsmsCase
{
    const string Own = "\"apiKey\": \"${env:TOKEN}\", \"secretKey\": \"${env:TOKEN}\"";

    [Fact]
    public void A_text_that_the_gateway_would_count_otherwise_is_named()
    {
        var options = Options();
        Assert.Empty(options.FaultsOf(SmsText.Compose("café")));

        options.LengthTable = LengthTable.Standard;

        Assert.Single(options.FaultsOf(SmsText.Compose("café")));
        Assert.Empty(options.FaultsOf(SmsText.Compose("cafe")));
        Assert.Empty(options.FaultsOf(SmsText.Compose(Text)));
    }

    [Fact]
    public void A_lane_needs_no_more_than_its_account()
    {
        var (options, problems) = LaneSection.Read("esms", Own);

        Assert.Empty(problems);
        var esms = Assert.IsType<EsmsLaneOptions>(options);
        Assert.Equal(
            ("t0ken", "t0ken", "https://rest.esms.vn/MainService.svc/json/", false),
            (esms.ApiKey, esms.SecretKey, esms.Url.AbsoluteUri, esms.RepeatsDropped));
    }

    [Theory]
    [InlineData("\"standIn\": true, \"sandbox\": true, \"url\": \"https://esms.example/\"")]
    [InlineData("\"standIn\": true, \"url\": \"http://127.0.0.1:8080/\"")]
    [InlineData(
        "\"callback\": { \"from\": [\"198.51.100.7\"] }, \"callbackUrl\": \"https://sms.example/receipts/a\", "
        + "\"inquiry\": { \"method\": \"receiverStatus\", \"beforeTimeout\": \"12:00:00\" }")]
    public void What_may_be_set_can_be(string setting) => Assert.Empty(LaneSection.Read("esms", Own, setting).Problems);

    [Theory]
    [InlineData("\"apiKey\": \"0123456789\"", "apiKey", "may not stand in this file")]
    [InlineData("\"secretKey\": \"0123456789\"", "secretKey", "may not stand in this file")]
    [InlineData("\"url\": \"http://rest.esms.vn/MainService.svc/json/\"", "url", "https")]
    [InlineData("\"url\": \"https://rest.esms.vn/MainService.svc/json\"", "url", "slash")]
    [InlineData("\"mostPerCall\": 2", "mostPerCall", "one care message a call")]
    [InlineData("\"sandbox\": true", "sandbox", "standIn is true")]
    [InlineData("\"standIn\": true", "standIn", "real phones")]
    // a sandbox is at the gateway's mercy
    [InlineData("\"standIn\": true, \"sandbox\": true", "standIn", "real phones")]
    [InlineData(
        "\"callback\": { \"from\": [\"198.51.100.7\"] }, \"callbackUrl\": \"http://sms.example/receipts/a\"",
        "callbackUrl",
        "https")]
    [InlineData("\"inquiry\": { \"absentMeansNotTaken\": true }", "inquiry.absentMeansNotTaken", "only by its own id")]
    [InlineData("\"inquiry\": { }, \"receiptTrust\": \"none\"", "inquiry", "receiptTrust")]
    public void A_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        var (at, what) = LaneSection.FaultOf("esms", Own, setting);

        Assert.Equal(key, at);
        Assert.Contains(expected, what, StringComparison.OrdinalIgnoreCase);
    }
}
