using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

public class ThirdPartyNoticesTests
{
    const string Notices = "config/THIRD-PARTY-NOTICES.txt";

    /// <summary>To bring the file up to date, run the tests with UPDATE_NOTICES=1 and commit it.</summary>
    [Fact]
    public void The_notices_name_every_package_of_the_program_with_its_version_and_license() =>
        WrittenFile.Hold(Notices, PackageNotices.Write(), "UPDATE_NOTICES", nameof(ThirdPartyNoticesTests));

    [Fact]
    public void Of_every_license_the_text_is_there()
    {
        var packages = PackageNotices.Read();

        Assert.Contains(packages, package => package.Name == "YamlDotNet");
        Assert.DoesNotContain(packages, package => package.Name.Contains("Analyzers", StringComparison.Ordinal));
        Assert.All(packages, package => Assert.True(
            package.Text is not null || File.Exists(Repository.PathOf($"config/licenses/{package.License}.txt")),
            $"{package.Name}: {package.License}"));
    }
}
