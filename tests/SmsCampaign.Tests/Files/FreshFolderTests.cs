using SmsCampaign.Files;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files;

public sealed class FreshFolderTests : IDisposable
{
    readonly TempFolder _folder = new();

    string Place => _folder.File("sao-luu");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Until_it_has_its_name_nobody_takes_it_for_one_that_a_killed_process_left()
    {
        using var first = Begin();
        Directory.CreateDirectory(Place); // so that it cannot be given: as in the very moment before it is

        Assert.Throws<IOException>(() => first.MoveTo(Place));
        using var second = Begin();

        Assert.True(File.Exists(Path.Combine(first.Path, "ledger.db")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_left_beside_the_place(bool isMoved)
    {
        using (var fresh = Begin())
        {
            if (isMoved)
                fresh.MoveTo(Place);
        }

        Assert.Equal(isMoved ? [Place] : [], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(isMoved, File.Exists(Path.Combine(Place, "ledger.db")));
    }

    FreshFolder Begin()
    {
        var fresh = FreshFolder.Beside(Place, name => name == "ledger.db");
        using (PrivateFiles.Create(Path.Combine(fresh.Path, "ledger.db")))
        {
        }

        return fresh;
    }
}
