using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Carriers.Esms;

/// <summary>What <c>doctor</c> finds out about the account.</summary>
public class EsmsAccountTests : EsmsCase
{
    [Theory]
    [InlineData(200, """{"Balance": 36693, "CodeResponse": "100", "UserID": 9999}""", true, "36,693 VND")]
    [InlineData(200, """{"Balance": 36693.50, "CodeResponse": "100"}""", true, "36,693 VND")]
    [InlineData(200, """{"Balance": "7527430", "CodeResponse": "100"}""", true, "7,527,430 VND")]
    [InlineData(200, """{"Balance": 0, "CodeResponse": "100"}""", false, "Add to it")]
    [InlineData(
        200, """{"Balance": 0, "CodeResponse": "101", "ErrorMessage": "Authorize Failed"}""", false, "code 101")]
    [InlineData(200, """{"CodeResponse": "140"}""", false, "code 140")]
    [InlineData(401, "", false, "HTTP 401")]
    [InlineData(200, """{"CodeResponse": "100"}""", null, "no balance")]
    [InlineData(200, """{"Balance": 1e30, "CodeResponse": "100"}""", null, "no balance")]
    [InlineData(200, """{"CodeResponse": "998"}""", null, "code 998")]
    [InlineData(200, "", null, "without a code")]
    [InlineData(500, "", null, "HTTP 500")]
    public async Task The_balance_is_asked_for(int status, string body, bool? isGood, string expected)
    {
        Answer(status, body);

        var finding = Assert.Single(
            await ((IAccountCheck)Carrier(Options())).CheckAccountAsync(CancellationToken.None));

        Assert.Equal(isGood, finding.IsGood);
        Assert.Contains(expected, finding.Words.En, StringComparison.Ordinal);
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("POST", "/GetBalance_json"), (request.Method, request.Path));
        Assert.Equal([("ApiKey", "key-" + Secret), ("SecretKey", Secret)], Fields(request.Body!));
    }
}
