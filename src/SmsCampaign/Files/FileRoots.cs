namespace SmsCampaign.Files;

/// <summary>
/// The folders in which a campaign's lists may lie: a campaign file that somebody else wrote, or a link in its folder,
/// must not make the program read files that only its account may read.
/// </summary>
public sealed class FileRoots
{
    const string Samples = "samples";

    readonly IReadOnlyList<string> _folders;
    readonly string _own;
    readonly string? _campaigns;

    FileRoots(string own, IEnumerable<string> others, string? campaigns)
    {
        (_own, _campaigns) = (own, campaigns);
        _folders = [.. others.Prepend(own).Select(Path.TrimEndingDirectorySeparator).Distinct()];
    }

    /// <summary>The campaign file's own folder, and those that the installation file names in <c>files.roots</c>; where
    /// it names none, its own folder and the folder samples beside that.</summary>
    /// <param name="named">Full paths; empty where the installation file names none.</param>
    /// <param name="campaigns">Full path of the folder of campaigns that different people write: what lies in it
    /// outside the campaign file's own folder is others'. Null: none is.</param>
    public static FileRoots Of(
        string campaignFile, string installationFile, IReadOnlyList<string> named, string? campaigns = null)
    {
        var settings = Path.GetDirectoryName(Path.GetFullPath(installationFile))!;
        return new FileRoots(
            Path.GetDirectoryName(Path.GetFullPath(campaignFile))!,
            named.Count > 0 ? named : [settings, Path.Combine(Path.GetDirectoryName(settings) ?? settings, Samples)],
            campaigns);
    }

    /// <summary>Why a file is not read; null where it lies in one of the folders, once links are followed.</summary>
    public Wording? Refuse(string path)
    {
        var real = RealPath.Of(path);
        var link = real == Path.GetFullPath(path)
            ? new Wording("", "")
            : new Wording($" (qua liên kết, tới {real})", $" (through a link, to {real})");
        if (IsOthers(real))
        {
            return new Wording(
                $"Tệp {path}{link} nằm ngoài thư mục của chiến dịch này, trong thư mục chung của các chiến dịch. Mỗi "
                    + $"chiến dịch chỉ đọc danh sách của mình: hãy đưa danh sách lên ở trang Danh sách của chiến dịch "
                    + $"này.",
                $"The file {path}{link} lies outside this campaign's folder, in that of all campaigns. A campaign "
                    + $"reads no lists but its own: bring the list on the page of this campaign's lists.");
        }

        if (_folders.Any(folder => RealPath.IsWithin(real, RealPath.Of(folder))))
            return null;

        var folders = string.Join(", ", _folders);
        return new Wording(
            $"Tệp {path}{link} nằm ngoài các thư mục được đọc: {folders}. Hãy chép tệp vào một trong các thư mục này, "
                + $"hoặc đề nghị kỹ sư phụ trách ghi thêm thư mục vào files.roots trong tệp cấu hình.",
            $"The file {path}{link} lies outside the folders that are read: {folders}. Copy it into one of them, "
                + $"or let the engineer add its folder to files.roots in the installation file.");
    }

    bool IsOthers(string real) => _campaigns is not null
        && RealPath.Of(_campaigns) is var all
        && RealPath.Of(_own) is var own
        && own != all
        && RealPath.IsWithin(own, all)
        && RealPath.IsWithin(real, all)
        && !RealPath.IsWithin(real, own);
}
