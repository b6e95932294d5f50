using System.Text;
using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Carriers;

public sealed class GatewaySpeechTests
{
    [Theory]
    [InlineData("""{"status":"error","code":101,"message":"Invalid access token"}""", "Invalid access token")]
    [InlineData("""{"CodeResult":"104","ErrorMessage":"Brandname code is not exist"}""", "Brandname code is not exist")]
    [InlineData("""{"RPLY":{"ERROR":"14","ERROR_DESC":"label invalid for agent"}}""", "label invalid for agent")]
    [InlineData("""{"errors":[{"detail":"sender not registered"}]}""", "sender not registered")]
    [InlineData("<a><message>Authenticate: wrong\r\n password</message></a>", "Authenticate: wrong password")]
    [InlineData("{\"message\":\"sender \\u001b[2J\\u202ewrong\"}", "sender [2J wrong")]
    [InlineData("Tai khoan bi khoa", "Tai khoan bi khoa")]
    [InlineData("""{"code":6}""", null)]
    [InlineData("""{"message":"IP_INVALID"}""", null)] // the code says it
    [InlineData("", null)]
    [InlineData("{", null)]
    public void What_a_gateway_says_to_a_person_is_found_in_whatever_form(string body, string? said) =>
        Assert.Equal(said, GatewaySpeech.In(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void However_long_a_line_of_it_is_kept() => Assert.InRange(
        GatewaySpeech.In(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("từ dài ", 10_000))))!.Length, 1, 101);
}
