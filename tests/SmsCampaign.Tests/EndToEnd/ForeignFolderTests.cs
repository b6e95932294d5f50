using System.Diagnostics;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program as root on a data folder of another account, such as the service's.</summary>
[Trait("Category", "Slow")]
public sealed class ForeignFolderTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public ForeignFolderTests()
    {
        Assert.NotNull(_folder.Prepare().Planned);
        Directory.CreateDirectory(_folder.Data.Marks);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plan", "CAMPAIGN")]
    [InlineData("worker")]
    [InlineData("pause", "--lane", "viettel", "--by", "B", "--reason", "R")]
    [InlineData("resume", "viettel", "--by", "B", "--reason", "R")]
    [InlineData("report", "thu-nghiem")]
    public async Task What_would_make_files_there_that_their_owner_cannot_use_does_nothing(params string[] verb)
    {
        GiveAway();
        var before = Files();

        var result = await RunAsync(verb);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            $"Thư mục dữ liệu {_folder.Data.Root} là của tài khoản ",
            Shown.Flat(result.Errors),
            StringComparison.Ordinal);
        Assert.Contains("'sudo sms-campaign-live'", Shown.Flat(result.Errors), StringComparison.Ordinal);
        Assert.Equal(before, Files());
        EnglishWords.AssertNone(result.Errors);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("resume")]
    [InlineData("audit", "verify")]
    public async Task What_only_looks_does(params string[] verb)
    {
        GiveAway();

        var result = await RunAsync(verb);

        Assert.True(result.ExitCode == 0, $"{result}");
    }

    [Fact]
    public void Only_root_is_kept_from_it()
    {
        GiveAway();

        Assert.Null(_folder.Data.FindForeign(isRoot: false));
        Assert.NotNull(_folder.Data.FindForeign(isRoot: true));
        Assert.Null(new DataFolder("/usr").FindForeign(isRoot: true));
    }

    /// <summary>To the account of number 1, which is on every Linux.</summary>
    void GiveAway()
    {
        Machine.NeedsLinux("accounts by their numbers");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "not root: nothing can be given to another account");
        using var process = Process.Start("chown", ["-R", "1", _folder.Data.Root]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    string[] Files() =>
        [.. Directory.GetFileSystemEntries(_folder.Data.Root, "*", SearchOption.AllDirectories).Order()];

    async Task<ProgramResult> RunAsync(string[] verb)
    {
        await using var program = ProgramUnderTest.Start(Path.GetDirectoryName(_folder.CampaignFile)!,
        [
            .. verb.Select(each => each == "CAMPAIGN" ? _folder.CampaignFile : each),
            "--data", _folder.Data.Root, "--installation", _folder.Installation,
        ]);
        return await program.WaitAsync();
    }
}
