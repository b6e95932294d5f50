using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

/// <summary>One number: what the program says of itself, what it is built as, and the newest
/// part of the changes.</summary>
public sealed partial class VersionTests : IDisposable
{
    static readonly string Version =
        XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_program_says_its_version()
    {
        var said = await ProgramUnderTest.RunAsync(_folder.Path, "--version");

        Assert.True(said.ExitCode == 0, $"{said}");
        Assert.Matches($@"\A{Regex.Escape(Version)}(\+[0-9a-f]+)?\s*\z", said.Output);
    }

    [Fact]
    public void The_newest_part_of_the_changes_is_this_version() =>
        Assert.Equal(
            Version,
            Heading().Match(File.ReadAllText(Repository.PathOf("config/CHANGELOG.md"))).Groups["version"].Value);

    [GeneratedRegex(@"^## (?<version>[0-9.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();
}
