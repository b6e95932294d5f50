using System.Text;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Installations;

/// <summary>Where the secrets of an installation come from.</summary>
public sealed class InstallationSecretsTests : InstallationCase
{
    [Fact]
    public void A_variable_that_is_set_to_nothing_is_no_secret()
    {
        var file = Path.Combine(_folder, "smscampaign.json");
        File.WriteAllText(
            file, $$$"""{ "lanes": { "a": { {{{Lane}}}, "headers": { "Key": "${env:EMPTY_KEY}" } } } }""");

        var reading = Installation.Read(file, new Dictionary<string, string> { ["EMPTY_KEY"] = "" });

        Assert.Null(reading.Installation);
        Assert.Contains("EMPTY_KEY is not set", Assert.Single(reading.Problems).What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_replaces_a_setting()
    {
        var installation = Good($$"""{ "lanes": { "viettel": { {{Lane}} } } }""", new()
        {
            ["SmsCampaign__lanes__viettel__rate"] = "77",
            ["SMSCAMPAIGN__LANES__VIETTEL__ANSWERTIMEOUT"] = "00:00:03", // as Windows and some shells write it
            ["SmsCampaign__lanes__viettel__headers__X-Key"] = "k3y-of-viettel",
            ["SmsCampaign__receipts__listen"] = "http://127.0.0.1:9999",
        });

        var options = Assert.IsType<HttpLaneOptions>(Assert.Single(installation.Lanes).Options);
        Assert.Equal(77, options.Rate);
        Assert.Equal(TimeSpan.FromSeconds(3), options.AnswerTimeout);
        Assert.Equal("k3y-of-viettel", options.Headers["X-Key"]);
        Assert.Equal(9999, installation.Receipts.Listen.Port);
        Assert.Contains("k3y-of-viettel", options.Secrets);
    }

    [Fact]
    public void A_secret_comes_from_the_environment_and_is_never_shown()
    {
        var lane = Lane.Replace(
            "\"rate\": 10",
            "\"rate\": 10, \"headers\": { \"Authorization\": \"Bearer ${env:VIETTEL_KEY}\" }",
            StringComparison.Ordinal);
        Dictionary<string, string> environment = new() { ["VIETTEL_KEY"] = "s3cret" };

        var options = (HttpLaneOptions)Good($$"""{ "lanes": { "a": { {{lane}} } } }""", environment).Lanes[0].Options;
        Assert.Equal("Bearer s3cret", options.Headers["Authorization"]);
        Assert.Equal(["s3cret"], options.Secrets);

        environment["SmsCampaign__lanes__a__rate"] = "s3cret";
        environment["SmsCampaign__lanes__a__receiptTrust"] = "s3cret";
        environment["SmsCampaign__lanes__a__url"] = "s3cret";
        environment["SmsCampaign__lanes__a__method"] = "s3cret";
        var problems = Read($$"""{ "lanes": { "a": { {{lane}} } } }""", environment).Problems;
        Assert.Equal(4, problems.Count);
        Assert.DoesNotContain(problems, problem => problem.ToString().Contains("s3cret", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Where!.File == "SmsCampaign__lanes__a__rate");
    }

    /// <summary>What is one lane's secret may be a code that another's gateway answers with.</summary>
    [Fact]
    public void Each_lane_keeps_its_own_secrets()
    {
        string With(string name) => Lane.Replace(
            "\"rate\": 10", $$"""
            "rate": 10, "headers": { "Authorization": "${env:{{name}}}" }
            """, StringComparison.Ordinal);

        var lanes = Read(
            $$"""{ "lanes": { "a": { {{With("OF_A")}} }, "b": { {{With("OF_B")}} } } }""",
            new() { ["OF_A"] = "s3cret", ["OF_B"] = "an0ther" })
            .Installation!.Lanes;

        Assert.Equal(["s3cret"], lanes[0].Options.Secrets);
        Assert.Equal(["an0ther"], lanes[1].Options.Secrets);
    }

    [Theory]
    [InlineData("${file:key}")]
    [InlineData("${file:${env:CREDENTIALS_DIRECTORY}/key}")] // as systemd says where they are
    public void A_secret_comes_from_a_file_without_its_line_end(string reference)
    {
        File.WriteAllText(Path.Combine(_folder, "key"), "s3cret\r\n");
        var lane = Lane.Replace("\"rate\": 10", $$"""
            "rate": 10, "headers": { "Authorization": "Bearer {{reference}}" }
            """, StringComparison.Ordinal);

        var options = (HttpLaneOptions)Good(
            $$"""{ "lanes": { "a": { {{lane}} } } }""", new() { ["CREDENTIALS_DIRECTORY"] = _folder }).Lanes[0].Options;

        Assert.Equal("Bearer s3cret", options.Headers["Authorization"]);
        Assert.Contains("s3cret", options.Secrets);
    }

    [Theory]
    [InlineData(null, "is not there")]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    [InlineData("binary", "is no UTF-8")]
    [InlineData("long", "is longer than 64 KiB")]
    public void A_secrets_file_without_a_secret_is_named(string? content, string expected)
    {
        if (content is not null)
            File.WriteAllBytes(Path.Combine(_folder, "key"), content == "binary"
                ? [0xFF, 0xFE, 0xFF]
                : Encoding.UTF8.GetBytes(content == "long" ? new string('k', 70_000) : content));
        var lane = Lane.Replace(
            "\"rate\": 10", "\"rate\": 10, \"headers\": { \"Key\": \"${file:key}\" }", StringComparison.Ordinal);

        var problem = Assert.Single(Read($$"""{ "lanes": { "a": { {{lane}} } } }""", NoEnvironment).Problems);

        Assert.Contains(expected, problem.What.En, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder, "key"), problem.What.Vi, StringComparison.Ordinal);
        Assert.Equal("lanes.a.headers.Key", problem.Where?.Key);
    }
}
