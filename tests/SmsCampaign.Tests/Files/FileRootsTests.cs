using SmsCampaign.Files;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files;

public sealed class FileRootsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("program/config/campaigns/a.csv", true)] // beside the campaign file
    [InlineData("program/config/campaigns/lists/a.csv", true)]
    [InlineData("program/config/a.csv", true)] // beside the installation file
    [InlineData("program/samples/dak-lak-2025/a.csv", true)]
    [InlineData("program/a.csv", false)]
    [InlineData("program/samples-of-others/a.csv", false)]
    [InlineData("home/a.csv", false)]
    public void Lists_lie_beside_the_campaign_the_installation_or_in_samples_unless_it_is_set(
        string file,
        bool expected) =>
        Assert.Equal(expected, Roots().Refuse(_folder.File(file)) is null);

    [Fact]
    public void Folders_that_are_set_stand_in_the_place_of_those_but_the_campaigns_own()
    {
        var roots = Roots(_folder.File("home"));

        Assert.Null(roots.Refuse(_folder.File("home/a.csv")));
        Assert.Null(roots.Refuse(_folder.File("program/config/campaigns/a.csv")));
        Assert.NotNull(roots.Refuse(_folder.File("program/config/a.csv")));
    }

    [Fact]
    public void A_link_counts_as_what_it_leads_to_and_the_refusal_says_where_and_what_to_do()
    {
        var secret = _folder.Write("home/token", "s3cret");
        Directory.CreateDirectory(_folder.File("program/config/campaigns"));
        File.CreateSymbolicLink(_folder.File("program/config/campaigns/a.csv"), secret);

        var refused = Roots().Refuse(_folder.File("program/config/campaigns/a.csv"))!.Value;

        Assert.Contains(secret, refused.Vi, StringComparison.Ordinal);
        Assert.Contains(_folder.File("program/samples"), refused.Vi, StringComparison.Ordinal);
        Assert.Contains("files.roots", refused.Vi, StringComparison.Ordinal);
    }

    FileRoots Roots(params string[] named) =>
        FileRoots.Of(
            _folder.File("program/config/campaigns/campaign.yaml"),
            _folder.File("program/config/smscampaign.json"),
            named);
}
