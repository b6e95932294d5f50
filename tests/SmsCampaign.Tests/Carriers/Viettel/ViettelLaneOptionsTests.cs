using SmsCampaign.Carriers.Viettel;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Viettel;

public class ViettelLaneOptionsTests
{
    const string Own = """
        "url": "https://gateway.example/bulkapi", "user": "u", "password": "${env:TOKEN}", "cpCode": "C"
        """;

    [Fact]
    public void A_lane_needs_no_more_than_its_account()
    {
        var (options, problems) = LaneSection.Read("viettel", Own);

        Assert.Empty(problems);
        var viettel = Assert.IsType<ViettelLaneOptions>(options);
        Assert.Equal(("t0ken", "bulksms", "0", "1", "&", 480), (
            viettel.Password,
            viettel.CommandCode,
            viettel.PlainType,
            viettel.AccentedType,
            viettel.ForbiddenCharacters,
            viettel.LongestPlain));
    }

    [Theory]
    [InlineData("\"mostPerCall\": 100")]
    [InlineData("\"forbiddenCharacters\": \"\"")]
    [InlineData(
        "\"allowPlainHttp\": \"a leased line to the carrier\", \"url\": \"http://gateway.example:8009/bulkapi\"")]
    [InlineData("\"inquiry\": { \"method\": \"failSub\", \"alias\": \"CHINH PHU\", \"beforeTimeout\": \"12:00:00\" }")]
    [InlineData(
        "\"registersReceipts\": true, \"messageIdIn\": \"message\", \"inquiry\": { \"method\": \"dlrStatus\", "
        + "\"statuses\": { \"-1\": \"failed\" }, \"failures\": { \"-1\": \"network\" } }")]
    public void What_a_contract_may_say_can_be_set(string setting) =>
        Assert.Empty(LaneSection.Read("viettel", Own, setting).Problems);

    [Theory]
    [InlineData("\"password\": \"0123456789\"", "password", "may not stand in this file")]
    [InlineData("\"url\": \"http://gateway.example/bulkapi\"", "url", "https")]
    [InlineData("\"url\": \"https://gateway.example/bulkapi?wsdl\"", "url", "without ?wsdl")]
    [InlineData("\"longestPlain\": 0", "longestPlain", "1 to 2000")]
    [InlineData("\"plainType\": \"<\"", "plainType", "A-Za-z0-9")]
    [InlineData("\"mostPerCall\": 2, \"accentedType\": \"F\"", "accentedType", "a number")]
    [InlineData("\"mostPerCall\": 2, \"registersReceipts\": true", "mostPerCall", "no lists")]
    [InlineData("\"messageIdIn\": \"result\"", "messageIdIn", "registersReceipts")]
    [InlineData("\"inquiry\": { }", "inquiry.method", "missing")]
    [InlineData(
        "\"inquiry\": { \"method\": \"dlrStatus\", \"statuses\": { \"1\": \"sent\" } }",
        "inquiry.method",
        "asks by the gateway's id")]
    [InlineData(
        "\"registersReceipts\": true, \"messageIdIn\": \"result\", \"inquiry\": { \"method\": \"dlrStatus\" }",
        "inquiry.statuses",
        "at least one")]
    [InlineData(
        "\"registersReceipts\": true, \"messageIdIn\": \"result\", \"inquiry\": { \"method\": \"dlrStatus\", "
            + "\"statuses\": { \"one\": \"sent\" } }",
        "inquiry.statuses",
        "no whole number")]
    [InlineData("\"inquiry\": { \"method\": \"failSub\" }", "inquiry.alias", "declared sender")]
    [InlineData(
        "\"inquiry\": { \"method\": \"failSub\", \"alias\": \"A\", \"dateFormat\": \"dd/MM\" }",
        "inquiry.dateFormat",
        "day, month and year")]
    [InlineData(
        "\"inquiry\": { \"method\": \"failSub\", \"alias\": \"A\", \"dateFormat\": \"HH\" }",
        "inquiry.dateFormat",
        "day, month and year")]
    [InlineData(
        "\"inquiry\": { \"method\": \"failSub\", \"alias\": \"A\", \"absentMeansNotTaken\": true }",
        "inquiry.absentMeansNotTaken",
        "no document")]
    [InlineData(
        "\"inquiry\": { \"method\": \"failSub\", \"alias\": \"A\" }, \"receiptTrust\": \"none\"",
        "inquiry",
        "receiptTrust")]
    public void A_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        var (at, what) = LaneSection.FaultOf("viettel", Own, setting);

        Assert.Equal(key, at);
        Assert.Contains(expected, what, StringComparison.OrdinalIgnoreCase);
    }
}
