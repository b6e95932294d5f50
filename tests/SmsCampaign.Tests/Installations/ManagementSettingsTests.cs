using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Installations;

public sealed class ManagementSettingsTests : InstallationCase
{
    [Fact]
    public void Unless_it_is_set_it_is_an_address_of_this_machine()
    {
        var management = Good($$"""{ "lanes": { "a": { {{Lane}} } } }""").Management;

        Assert.Equal(new Uri("http://127.0.0.1:9464"), management.Address);
        Assert.Null(management.Otlp);
        Assert.Equal(LogForm.Auto, management.Logs);
    }

    [Fact]
    public void Empty_it_is_switched_off() => Assert.Null(
        Good($$"""{ "management": { "listen": "" }, "lanes": { "a": { {{Lane}} } } }""").Management.Address);

    /// <summary>It may be, and those who look whether all is ready are told.</summary>
    [Fact]
    public void It_may_be_open_beyond_this_machine() => Assert.False(
        Good($$"""{ "management": { "listen": "http://10.0.0.5:9464" }, "lanes": { "a": { {{Lane}} } } }""")
            .Management.Address!.IsLoopback);

    [Theory]
    [InlineData("https://127.0.0.1:9464")] // no certificate is kept for it
    [InlineData("http://may-chu:9464")] // every address would be opened
    [InlineData("http://127.0.0.1:9464/metrics")]
    [InlineData("9464")]
    public void An_address_that_cannot_be_listened_at_is_a_problem_of_its_key(string listen)
    {
        var problem = Assert.Single(
            Read($$"""{ "management": { "listen": "{{listen}}" }, "lanes": { "a": { {{Lane}} } } }""").Problems);

        Assert.Equal("management.listen", problem.Where!.Key);
        Assert.Contains(listen, problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc://127.0.0.1:4317")]
    [InlineData("https://name:secret@collector.example")]
    public void A_collector_is_an_address_without_a_secret(string otlp) => Assert.Equal(
        "management.otlp",
        Assert.Single(
            Read($$"""{ "management": { "otlp": "{{otlp}}" }, "lanes": { "a": { {{Lane}} } } }""").Problems)
            .Where!.Key);
}
