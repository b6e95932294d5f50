using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program on a machine that lacks what it needs.</summary>
[Trait("Category", "Slow")]
public sealed class MachineLacksTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("status")]
    [InlineData("check", "campaign.yaml")]
    [InlineData("worker")]
    public async Task Without_time_zones_it_says_to_install_them_and_does_nothing(params string[] verb)
    {
        var result = await RunAsync($"TZDIR={_folder.File("none")}", verb);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("sudo apt install tzdata", Shown.Flat(result.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("Có phải", result.Errors, StringComparison.Ordinal);
        EnglishWords.AssertNone(result.Errors.Replace("sudo apt install tzdata", "", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public async Task Without_the_rules_of_the_language_it_says_to_install_them()
    {
        var result = await RunAsync("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "status");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cài gói libicu", Shown.Flat(result.Errors), StringComparison.Ordinal);
    }

    async Task<ProgramResult> RunAsync(string variable, params string[] verb)
    {
        await using var program = ProgramUnderTest.StartThrough(["env", variable], _folder.Path, verb);
        return await program.WaitAsync();
    }
}
