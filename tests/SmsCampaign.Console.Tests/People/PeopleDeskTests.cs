using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.People;

/// <summary>Persons in a file, and what has to do with no place.</summary>
public sealed class PeopleDeskTests() : PeopleDeskContract(new ConsoleCase())
{
    /// <summary>By RFC 6238, appendix B, of which six digits are the last of its eight.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void A_code_is_of_its_step(long seconds, string code)
    {
        const string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // 12345678901234567890
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(seconds / 30, Authenticator.FindStep(secret, code, at));
        Assert.Equal(seconds / 30, Authenticator.FindStep(secret, $"{code[..3]} {code[3..]}", at.AddSeconds(60)));
        Assert.Null(Authenticator.FindStep(secret, code, at.AddSeconds(120)));
        Assert.Null(Authenticator.FindStep(secret, code[1..], at));
        Assert.Null(Authenticator.FindStep("", code, at));
    }
}
