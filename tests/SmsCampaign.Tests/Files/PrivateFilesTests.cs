using System.Runtime.Versioning;
using SmsCampaign.Files;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_made_by_hand_is_closed_to_others_with_the_files_in_it()
    {
        Machine.NeedsUnix("files have no modes");

        var file = _folder.Write("data/runs/a.db", "");
        File.SetUnixFileMode(file, Mode("rw-r--r--"));
        File.SetUnixFileMode(_folder.File("data"), Mode("rwxr-xr-x"));

        PrivateFiles.KeepFolder(_folder.File("data"));

        Assert.Equal(Mode("rwx------"), File.GetUnixFileMode(_folder.File("data")));
        Assert.Equal(Mode("rw-------"), File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_program_that_lies_in_it_still_runs()
    {
        Machine.NeedsUnix("files have no modes");

        var program = _folder.Write("data/sms-campaign", "");
        File.SetUnixFileMode(program, Mode("rwxr-xr-x"));
        File.SetUnixFileMode(_folder.File("data"), Mode("rwxr-xr-x"));

        PrivateFiles.KeepFolder(_folder.File("data"));

        Assert.Equal(Mode("rwx------"), File.GetUnixFileMode(program));
    }

    [Fact]
    public void What_a_group_was_given_on_purpose_it_keeps()
    {
        Machine.NeedsUnix("files have no modes");

        Directory.CreateDirectory(_folder.File("data"));
        File.SetUnixFileMode(_folder.File("data"), Mode("rwxr-x---"));

        PrivateFiles.KeepFolder(_folder.File("data"));

        Assert.Equal(Mode("rwxr-x---"), File.GetUnixFileMode(_folder.File("data")));
    }

    [Fact]
    public void A_link_to_somebody_elses_file_in_it_leaves_that_as_it_is()
    {
        Machine.NeedsUnix("files have no modes");

        var others = _folder.Write("others.csv", "");
        File.SetUnixFileMode(others, Mode("rw-r--r--"));
        Directory.CreateDirectory(_folder.File("data"));
        File.SetUnixFileMode(_folder.File("data"), Mode("rwxr-xr-x"));
        File.CreateSymbolicLink(_folder.File("data/a.csv"), others);

        PrivateFiles.KeepFolder(_folder.File("data"));

        Assert.Equal(Mode("rw-r--r--"), File.GetUnixFileMode(others));
    }

    static UnixFileMode Mode(string written) =>
        (UnixFileMode)written.Aggregate(0, (mode, letter) => (mode << 1) | (letter == '-' ? 0 : 1));
}
