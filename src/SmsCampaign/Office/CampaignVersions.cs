using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmsCampaign.Files;

namespace SmsCampaign.Office;

/// <summary>How a version of a campaign file came to be.</summary>
public enum VersionCause
{
    /// <summary>By the fields of the page.</summary>
    Fields,

    /// <summary>By its whole text on the page.</summary>
    Text,

    /// <summary>By the page of its lists.</summary>
    Lists,

    /// <summary>Not on the page: found there when somebody saved.</summary>
    Outside,
}

/// <summary>A campaign file as it was once.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Person">Empty where nobody is known, as of <see cref="VersionCause.Outside"/>.</param>
/// <param name="Hash">As of <see cref="EditDesk.HashOf"/>.</param>
public sealed record CampaignVersion(
    int Number, string File, DateTimeOffset At, string Person, string Account, VersionCause Cause, string Hash);

/// <summary>
/// The versions of a campaign file, in a folder beside it: a file each, and a line each in an index. None is ever
/// deleted or changed.
/// </summary>
/// <param name="campaignFile">Full path.</param>
sealed partial class CampaignVersions(string campaignFile)
{
    const string FolderName = "ban";

    const string IndexName = "danh-sach.jsonl";

    static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    string Folder => Path.Combine(Path.GetDirectoryName(campaignFile)!, FolderName);

    /// <summary>The oldest first. A line that cannot be read, as the last one after a power cut, is passed
    /// over.</summary>
    public IReadOnlyList<CampaignVersion> Read()
    {
        var index = Path.Combine(Folder, IndexName);
        if (!File.Exists(index) || RealPath.ReadLink(Folder) is not null || RealPath.ReadLink(index) is not null)
            return [];

        return [.. File.ReadLines(index).Select(Parse).OfType<CampaignVersion>().OrderBy(version => version.Number)];
    }

    /// <returns>Its bytes; null where it is not there.</returns>
    public byte[]? Read(CampaignVersion version)
    {
        var path = Path.Combine(Folder, version.File);
        return FileName().IsMatch(version.File)
            && File.Exists(path)
            && RealPath.ReadLink(Folder) is null
            && RealPath.ReadLink(path) is null
            ? File.ReadAllBytes(path)
            : null;
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public CampaignVersion Add(byte[] content, Who? who, VersionCause cause, DateTimeOffset at)
    {
        if (RealPath.ReadLink(Folder) is { } target)
            throw new IOException($"{Folder} is a link to {target}");

        PrivateFiles.MakeFolder(Folder);
        var number = Read().Select(version => version.Number)
            .Concat(Directory.EnumerateFiles(Folder).Select(NumberOf))
            .DefaultIfEmpty()
            .Max() + 1;
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{number:0000}-{TimeZoneInfo.ConvertTime(at, VietnamTime.Zone):yyyyMMdd-HHmmss}.yaml");
        using (var file = PrivateFiles.Create(Path.Combine(Folder, name), FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        var version = new CampaignVersion(
            number, name, at, who?.Person ?? "", who?.ByOs ?? "", cause, EditDesk.HashOf(content));
        var index = Path.Combine(Folder, IndexName);
        if (!File.Exists(index))
            PrivateFiles.Create(index).Dispose();
        using var lines = new FileStream(index, FileMode.Append, FileAccess.Write, FileShare.Read);
        lines.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(version, Form) + "\n"));
        lines.Flush(flushToDisk: true);
        return version;
    }

    static CampaignVersion? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CampaignVersion>(line, Form) is { Number: > 0, File: not null } version
                ? version
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static int NumberOf(string path) =>
        FileName().Match(Path.GetFileName(path)) is { Success: true } match
            ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(@"\A(?<number>[0-9]{4,8})-[0-9]{8}-[0-9]{6}\.yaml\z")]
    private static partial Regex FileName();
}
