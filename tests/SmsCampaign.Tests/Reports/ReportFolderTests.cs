using System.Runtime.Versioning;
using SmsCampaign.Reports;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports;

/// <summary>What lies around a report's folder, by accident or by malice.</summary>
public sealed class ReportFolderTests : IDisposable
{
    readonly TempFolder _folder = new();

    string Report => _folder.File("report");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".unfinished")]
    [InlineData(".unfinished-0123456789abcdef")] // as our own are called
    public void A_link_beside_the_folder_leads_to_nothing_of_ours(string suffix)
    {
        var others = _folder.Write("others/chi-tiet.csv", "somebody's own");
        Directory.CreateSymbolicLink(Report + suffix, Path.GetDirectoryName(others)!);

        Write();

        Assert.Equal("somebody's own", File.ReadAllText(others));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(others)!));
        Assert.True(File.Exists(_folder.File("report/chi-tiet.csv")));
    }

    [Fact]
    public void What_a_killed_process_left_is_taken_away_and_what_else_lies_there_is_not()
    {
        _folder.Write("report.unfinished-0123456789abcdef/chi-tiet.csv", "half");
        _folder.Write("report.unfinished-fedcba9876543210/chi-tiet.csv", "half");
        var own = _folder.Write("report.unfinished-fedcba9876543210/ghi-chu.txt", "an officer's own");
        var old = _folder.Write("report.unfinished/chi-tiet.csv", "an officer's own");

        Write();

        Assert.False(Directory.Exists(Report + ".unfinished-0123456789abcdef"));
        Assert.Equal(["an officer's own", "an officer's own"], new[] { own, old }.Select(File.ReadAllText));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(own)!, "chi-tiet.csv")));
    }

    [Fact]
    public void Locks_that_killed_processes_left_are_taken_away_with_their_folders_and_alone()
    {
        _folder.Write("report.unfinished-0123456789abcdef/chi-tiet.csv", "half");
        _folder.Write("report.unfinished-0123456789abcdef.lock", "");
        _folder.Write("report.unfinished-fedcba9876543210.lock", "");
        _folder.Write("report.lock", "");
        var own = _folder.Write("report.unfinished-00000000ffffffff.lock", "an officer's own");
        var other = _folder.Write("report.unfinished-cu.lock", "");

        Write();

        Assert.Equal(
            [own, other],
            Directory.GetFileSystemEntries(_folder.Path)
                .Where(path => path != Report)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_another_process_is_writing_to_is_left_to_it()
    {
        using var first = new ReportFolder(Report);
        first.Create("chi-tiet.csv").Dispose();
        File.Delete(Report + ".lock");

        using var second = new ReportFolder(Report);

        Assert.True(File.Exists(Assert.Single(first.Written)));
    }

    [Theory]
    [InlineData("report")]
    [InlineData("report.lock")]
    public void A_link_in_the_place_of_the_folder_or_its_lock_is_refused(string name)
    {
        var others = Directory.CreateDirectory(_folder.File("others")).FullName;
        Directory.CreateSymbolicLink(_folder.File(name), others);

        var refused = Assert.Throws<ReportFolderException>(Write);

        Assert.Contains(others, refused.Words.Vi, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(others));
    }

    [Fact]
    public void A_file_of_somebodys_that_is_called_as_the_lock_is_left_alone()
    {
        var others = _folder.Write("report.lock", "a package manager's own");

        var refused = Assert.Throws<ReportFolderException>(Write);

        Assert.Contains(others, refused.Words.Vi, StringComparison.Ordinal);
        Assert.Equal("a package manager's own", File.ReadAllText(others));
    }

    [Fact]
    public void A_lock_that_a_killed_process_left_keeps_nobody_out()
    {
        _folder.Write("report.lock", "");

        Write();

        Assert.True(File.Exists(_folder.File("report/chi-tiet.csv")));
    }

    [Fact]
    public void A_link_in_the_place_of_a_file_is_replaced_and_not_followed()
    {
        var others = _folder.Write("others.csv", "somebody's own");
        Directory.CreateDirectory(Report);
        File.CreateSymbolicLink(_folder.File("report/chi-tiet.csv"), others);

        Write();

        Assert.Equal("somebody's own", File.ReadAllText(others));
        Assert.Null(new FileInfo(_folder.File("report/chi-tiet.csv")).LinkTarget);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_folder_and_its_files_are_the_accounts_alone()
    {
        Machine.NeedsUnix("files have no modes");

        Write();

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Report));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("report/chi-tiet.csv")));
    }

    void Write()
    {
        using var report = new ReportFolder(Report);
        using (var file = report.Create("chi-tiet.csv"))
            file.Row("một", "hai");
        report.Publish();
    }
}
