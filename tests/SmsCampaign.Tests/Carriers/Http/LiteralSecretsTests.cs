using SmsCampaign.Installations;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Http;

public sealed class LiteralSecretsTests : IDisposable
{
    static readonly string[] Own = ["url", "body"];

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"headers\": { \"Authorization\": \"Bearer abc\" }", "headers.Authorization")]
    [InlineData("\"headers\": { \"authorization\": \"abc\" }", "headers.authorization")]
    [InlineData("\"headers\": { \"X-Gateway\": \"Basic dTpw\" }", "headers.X-Gateway")]
    [InlineData("\"headers\": { \"X-STRINGEE-AUTH\": \"abc\" }", "headers.X-STRINGEE-AUTH")]
    [InlineData("\"headers\": { \"X-Api-Key\": \"abc\" }", "headers.X-Api-Key")]
    [InlineData("\"headers\": { \"Cookie\": \"session=abc\" }", "headers.Cookie")]
    [InlineData("\"query\": { \"access_token\": \"abc\" }", "query.access_token")]
    [InlineData("\"form\": { \"Pass\": \"abc\" }", "form.Pass")]
    [InlineData(
        "\"body\": { \"to\": \"{to}\", \"text\": \"{text}\", \"login\": { \"mat_khau\": \"abc\" } }",
        "body.login.mat_khau")]
    [InlineData(
        "\"body\": { \"to\": \"{to}\", \"text\": \"{text}\", \"all\": [{ \"secretKey\": 1234 }] }",
        "body.all[0].secretKey")]
    [InlineData("\"url\": \"https://gateway.example/?a=1&token=abc\"", "url")]
    [InlineData(
        "\"inquiry\": { \"url\": \"https://gateway.example/{reference}?apikey=abc\", \"status\": "
            + "\"s\", \"statuses\": { \"1\": \"sent\" } }",
        "inquiry.url")]
    [InlineData(
        "\"inquiry\": { \"url\": \"https://gateway.example/{reference}\", \"headers\": { \"Authorization\": "
            + "\"abc\" }, \"status\": \"s\", \"statuses\": { \"1\": \"sent\" } }",
        "inquiry.headers.Authorization")]
    public void A_secret_that_is_written_out_is_refused_by_its_name_and_not_shown(string settings, string key)
    {
        var problem = Assert.Single(
            ProblemsOf(settings), problem => problem.What.En.Contains("is a secret", StringComparison.Ordinal));

        Assert.Equal((Severity.Error, "lanes.a." + key), (problem.Severity, problem.Where!.Key));
        Assert.NotNull(problem.Where.Line);
        Assert.DoesNotContain("abc", problem.What.En + problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("${env:NAME}", problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"headers\": { \"Authorization\": \"Bearer ${env:TOKEN}\" }")]
    [InlineData("\"headers\": { \"Accept\": \"application/json\", \"User-Agent\": \"sms\" }")]
    [InlineData("\"query\": { \"token\": \"{reference}\" }")]
    [InlineData("\"url\": \"https://gateway.example/?token=${env:TOKEN}&user=u\"")]
    [InlineData(
        "\"body\": { \"to\": \"{to}\", \"text\": \"{text}\", \"reference\": \"{reference}\", \"user\": "
        + "\"u\", \"brand\": \"b\" }")]
    public void What_is_kept_elsewhere_or_is_no_secret_is_taken(string settings) =>
        Assert.DoesNotContain(
            ProblemsOf(settings), problem => problem.What.En.Contains("secret", StringComparison.Ordinal));

    [Theory]
    [InlineData("\"query\": { \"key\": \"summer\" }", "query.key")]
    [InlineData("\"body\": { \"to\": \"{to}\", \"text\": \"{text}\", \"sign\": \"abc\" }", "body.sign")]
    public void What_may_be_one_is_asked_about(string settings, string key)
    {
        var problem = Assert.Single(
            ProblemsOf(settings), problem => problem.What.En.Contains("a secret?", StringComparison.Ordinal));

        Assert.Equal((Severity.Warning, "lanes.a." + key), (problem.Severity, problem.Where!.Key));
    }

    [Fact]
    public void The_environment_may_give_it()
    {
        var problems = ProblemsOf(
            "\"headers\": {}", new() { ["SmsCampaign__lanes__a__headers__Authorization"] = "Bearer abc" });

        Assert.DoesNotContain(problems, problem => problem.What.En.Contains("secret", StringComparison.Ordinal));
    }

    IReadOnlyList<Problem> ProblemsOf(string settings, Dictionary<string, string>? environment = null)
    {
        var own =
            Own.Where(key => !settings.StartsWith($"\"{key}\"", StringComparison.Ordinal)).Select(key => key == "url"
                ? "\"url\": \"https://gateway.example/\", "
                : "\"body\": { \"reference\": \"{reference}\", \"to\": \"{to}\", \"text\": \"{text}\" }, ");
        environment ??= [];
        environment["TOKEN"] = "s3cret";
        return Installation.Read(_folder.Write("smscampaign.json", $$"""
            { "lanes": { "a": {
              "type": "http", "standIn": true, "carriers": ["viettel"], "rate": 10, "receiptTrust": "network", "pricePerPart": 300,
              {{string.Concat(own)}}"answer": { "code": "code", "accepted": ["ok"] }, {{settings}}
            } } }
            """), environment).Problems;
    }
}
