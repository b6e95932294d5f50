using System.Text.RegularExpressions;
using SmsCampaign.Files;

namespace SmsCampaign.Office;

/// <summary>
/// The campaigns that are written on the pages: each a folder with its file beneath one folder, by a name that is no
/// path. Nothing else is reachable by it, and no link is followed.
/// </summary>
/// <param name="root">Full path of that folder.</param>
public sealed partial class CampaignFolders(string root)
{
    /// <summary>Names that lead to other pages.</summary>
    static readonly string[] Taken = ["moi"];

    public string Root => root;

    /// <summary>Their names, in order.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public IReadOnlyList<string> Read() => Directory.Exists(root)
        ? [.. Directory.EnumerateDirectories(root)
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(name => Find(name) is not null)
            .Order(StringComparer.Ordinal)]
        : [];

    /// <returns>Full path of the campaign's file; null where there is no such campaign, or it lies elsewhere.</returns>
    public string? Find(string campaign)
    {
        if (!IsName(campaign))
            return null;

        var folder = Path.Combine(root, campaign);
        var file = Path.Combine(folder, NewDesk.CampaignName);
        return File.Exists(file) && RealPath.ReadLink(folder) is null && RealPath.ReadLink(file) is null ? file : null;
    }

    /// <summary>Why a new campaign cannot be called so; null where it can.</summary>
    public Wording? Refuse(string name)
    {
        if (!IsName(name) || Taken.Contains(name))
        {
            return new Wording(
                $"Tên '{FileNode.Shortened(name)}' không dùng được: chỉ gồm chữ thường không dấu, chữ số và dấu '-', "
                    + $"tối đa {Campaigns.CampaignKeys.LongestId} ký tự, ví dụ dak-lak-2026.",
                $"The name '{FileNode.Shortened(name)}' cannot be used: small letters without diacritics, digits and "
                    + $"'-' alone, at most {Campaigns.CampaignKeys.LongestId}, such as dak-lak-2026.");
        }

        return Path.Exists(Path.Combine(root, name))
            ? new Wording(
                $"Đã có chiến dịch '{name}'. Hãy chọn tên khác.",
                $"There is a campaign '{name}' already. Choose another name.")
            : null;
    }

    static bool IsName(string name) =>
        name.Length <= Campaigns.CampaignKeys.LongestId && Name().IsMatch(name) && !FileNames.IsOfDevice(name);

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\z")]
    private static partial Regex Name();
}
