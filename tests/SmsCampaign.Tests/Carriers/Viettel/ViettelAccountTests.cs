using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Carriers.Viettel;

/// <summary>What <c>doctor</c> finds out about the account.</summary>
public class ViettelAccountTests : ViettelCase
{
    [Theory]
    [InlineData(
        200,
        "<balance>1234567.89</balance><errCode>0</errCode><errDesc>check balance success</errDesc>",
        true,
        "1,234,567")]
    [InlineData(200, "<balance>5E3</balance><errDesc>check balance success</errDesc>", true, "5,000")]
    [InlineData(200, "<balance>0</balance><errDesc>check balance success</errDesc>", null, "prepaid")]
    [InlineData(200, "<errDesc>check balance success</errDesc>", null, "no balance")]
    [InlineData(200, "<balance>1e99</balance><errDesc>check balance success</errDesc>", null, "no balance")]
    [InlineData(
        200,
        "<balance>0</balance><errCode>1</errCode><errDesc>Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)</errDesc>",
        false,
        "(IP_INVALID)")]
    [InlineData(
        200,
        "<balance>0</balance><errCode>1</errCode><errDesc>Check information error</errDesc>",
        null,
        "Check information error")]
    [InlineData(401, "", false, "HTTP 401")]
    [InlineData(500, "", null, "HTTP 500")]
    [InlineData(200, "", null, "says nothing")]
    public async Task The_balance_shows_whether_the_account_is_let_in(
        int status, string fields, bool? isGood, string words)
    {
        Answer(status, Envelope("checkBalanceResponse", fields));

        var finding = Assert.Single(
            await ((IAccountCheck)Carrier(Options())).CheckAccountAsync(CancellationToken.None));

        Assert.Equal(isGood, finding.IsGood);
        Assert.Contains(words, finding.Words.En, StringComparison.Ordinal);
        Assert.Equal([("User", "u"), ("Password", Password), ("CPCode", "CP")], Fields(Asked("checkBalance")));
    }

    [Fact]
    public async Task An_account_that_cannot_be_asked_about_is_no_exception()
    {
        var finding = Assert.Single(await ((IAccountCheck)Carrier(Options(new Uri("https://gateway.invalid/"))))
            .CheckAccountAsync(CancellationToken.None));

        Assert.Null(finding.IsGood);
    }
}
