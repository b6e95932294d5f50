using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

/// <summary>Files that are none, or are somebody else's, in the places where a campaign's files stand.</summary>
public sealed class OddFilesTests : IDisposable
{
    readonly PreparationFolder _folder = new();
    readonly TempFolder _elsewhere = new();
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData("subscribers.csv", "một ống dẫn (FIFO)")]
    [InlineData("campaign.yaml", "một ống dẫn (FIFO)")]
    [InlineData("smscampaign.json", "một ống dẫn (FIFO)")]
    public async Task A_pipe_is_refused_and_nothing_waits_for_it(string name, string expected)
    {
        Machine.NeedsLinux("pipes are its");
        var path = Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, name);
        path = name == "smscampaign.json" ? _folder.Installation : path;
        File.Delete(path);
        PipeFile.Make(path);

        Assert.Equal(ExitCode.InputHasProblems, await CheckAsync());

        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a pipe", "một ống dẫn (FIFO)")]
    [InlineData("a folder", "là một thư mục")]
    [InlineData("/dev/zero", "Tệp nằm trong /dev")]
    public async Task Status_names_an_installation_file_that_is_none_and_shows_the_runs(string kind, string expected)
    {
        Machine.NeedsLinux("pipes are its");
        _folder.Prepare();
        File.Delete(_folder.Installation);
        if (kind == "a pipe")
            PipeFile.Make(_folder.Installation);
        else if (kind == "a folder")
            Directory.CreateDirectory(_folder.Installation);
        else
            File.CreateSymbolicLink(_folder.Installation, kind);

        Assert.Equal(ExitCode.CouldNot, await RunAsync("status"));

        Assert.Contains(_folder.Installation, _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, Shown.Flat(_errors.ToString()), StringComparison.Ordinal);
        Assert.Contains("thu-nghiem, ngày 30/07/2025", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/self/environ", "Tệp nằm trong /proc")]
    [InlineData("/dev/zero", "Tệp nằm trong /dev")]
    public async Task What_the_system_shows_of_itself_is_no_list(string target, string expected)
    {
        Machine.NeedsLinux("/dev is its");
        Put("subscribers.csv", target);

        Assert.Equal(ExitCode.InputHasProblems, await CheckAsync());

        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PATH", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_list_elsewhere_is_refused_with_the_folders_that_are_read()
    {
        Put("subscribers.csv", _elsewhere.Write("token", "s3cret\n"));

        Assert.Equal(ExitCode.InputHasProblems, await CheckAsync());

        Assert.Contains("nằm ngoài các thư mục được đọc", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("[segments[1].file]", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_installation_file_is_said_to_be_one()
    {
        File.Delete(_folder.Installation);
        Directory.CreateDirectory(_folder.Installation);

        Assert.Equal(ExitCode.InputHasProblems, await CheckAsync());

        Assert.Contains(
            $"{_folder.Installation} là một thư mục. Hãy ghi cả tên tệp cấu hình",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("numbers")]
    public async Task Words_are_read_from_ordinary_files_only_and_never_without_end(string verb)
    {
        Assert.Equal(
            ExitCode.InputHasProblems, await RunAsync(verb, _elsewhere.Write("a.txt", new string('a', 1_000_001))));
        Assert.Contains("dài hơn", _errors.ToString(), StringComparison.Ordinal);

        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(ExitCode.InputHasProblems, await RunAsync(verb, "/dev/zero"));
            Assert.Contains("Tệp nằm trong /dev", _errors.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_a_suppression_list_without_a_heading_nothing_but_a_spoilt_number_is_repeated()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, "tu-choi.csv"),
            "0912345678\nTOKEN-s3cret-1234567\n09123456789012\n");

        Assert.Equal(ExitCode.InputHasProblems, await CheckAsync());

        Assert.Contains(
            "Không đọc được dòng này của danh sách từ chối nhận tin", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("“09123***012”", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", _errors.ToString(), StringComparison.Ordinal);
    }

    void Put(string name, string target)
    {
        var path = Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, name);
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }

    Task<int> CheckAsync() => RunAsync("check", _folder.CampaignFile, "--simulate");

    Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        [.. args, "--installation", _folder.Installation, "--data", _folder.Data.Root],
        new Terminal(_output, _errors, Language.Vietnamese, outputIsTerminal: false),
        CancellationToken.None);
}
