using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Files.Json;
using SmsCampaign.Storage;

namespace SmsCampaign.Installations;

/// <summary>
/// This installation: where receipts arrive, the tables of numbers, and the lanes. The engineer's file,
/// config/smscampaign.json.
/// </summary>
/// <param name="File">Path of the file it was read from, as the person gave it.</param>
/// <param name="Lanes">In the order of the file.</param>
public sealed partial record Installation(
    string File, ReceiptSettings Receipts, NumberSettings Numbers, IReadOnlyList<Lane> Lanes)
{
    /// <summary>Where lists of subscribers may lie.</summary>
    public FileSettings Files { get; init; } = new();

    /// <summary>Reads and checks an installation file, with this process's environment.</summary>
    public static InstallationReading Read(string path) => Read(path, ReadEnvironment());

    /// <param name="environment">Variables that replace a setting (<c>SmsCampaign__lanes__viettel__rate</c>) or that a
    /// value names as <c>${env:NAME}</c>. A value may name a file as well: <c>${file:PATH}</c>.</param>
    public static InstallationReading Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        var file = new JsonFile(path);
        if (file.Read() is not { } root)
            return new InstallationReading(null, file.Problems);

        SettingsEnvironment.Override(root, environment);
        var binder = new SettingsBinder(
            new SettingsReferences(environment, Path.GetDirectoryName(Path.GetFullPath(path))!));
        binder.Problems.AddRange(file.Problems);

        // The lanes are bound one by one below, each by its own type; $schema is for editors.
        var lanes = root.Find("lanes");
        root.Members.RemoveAll(member => member.Name is "lanes" or "$schema");
        var settings = binder.Bind<InstallationSettings>(root);
        settings.Numbers.Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);
        settings.Files.Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);

        var read = ReadLanes(binder, root, lanes);
        return new InstallationReading(
            binder.Problems.Exists(problem => problem.Severity == Severity.Error)
                ? null
                : new Installation(path, settings.Receipts, settings.Numbers, read) { Files = settings.Files },
            binder.Problems);
    }

    /// <summary>Where the key of the audit chain is (<see cref="AuditSettings.KeyFile"/>), whatever else is
    /// wrong with the file.</summary>
    /// <returns>A full path; null where the file does not say, or cannot be read.</returns>
    public static string? ReadAuditKeyFile(string path)
    {
        if (new JsonFile(path).Read() is not { } root)
            return null;

        SettingsEnvironment.Override(root, ReadEnvironment());
        return root.Find("audit")?.Find("keyFile") is { Kind: NodeKind.Text, Text.Length: > 0 } file
            ? Path.GetFullPath(file.Text, Path.GetDirectoryName(Path.GetFullPath(path))!)
            : null;
    }

    /// <summary>What must be free on the disk for receipts to be taken (<see cref="ReceiptSettings.DiskFloor"/>),
    /// whatever else is wrong with the file.</summary>
    /// <returns>Bytes.</returns>
    public static long ReadDiskFloor(string path)
    {
        var settings = new ReceiptSettings();
        if (new JsonFile(path).Read() is not { } root)
            return settings.FloorBytes;

        SettingsEnvironment.Override(root, ReadEnvironment());
        return root.Find("receipts")?.Find("diskFloor") is { } floor && int.TryParse(floor.Text, out var set)
            ? set * DiskRoom.Unit
            : settings.FloorBytes;
    }

    /// <summary>Why the file that stands there cannot be read as an installation file at all, as a folder or a pipe;
    /// empty where it can, and where there is none.</summary>
    public static IReadOnlyList<Wording> FindUnreadable(string path)
    {
        var file = new JsonFile(path);
        return !Path.Exists(path) || file.Read() is not null
            ? []
            : [.. file.Problems.Select(
                problem => new Wording(problem.In(Language.Vietnamese), problem.In(Language.English)))];
    }

    static Dictionary<string, string> ReadEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    public Lane? Find(string name) => Lanes.FirstOrDefault(lane => lane.Name == name);

    static List<Lane> ReadLanes(SettingsBinder binder, FileNode root, FileNode? section)
    {
        if (section is not { Kind: NodeKind.Map, Members.Count: > 0 })
        {
            binder.Problems.Add(section is null
                ? JsonForm.Missing(root, "lanes")
                : new Problem(section.Where, new Wording(
                    "Cần ít nhất một kênh gửi, dạng \"tên\": { … }.",
                    "Expected at least one lane, as \"name\": { … }.")));
            return [];
        }

        var lanes = new List<Lane>();
        var servedBy = new Dictionary<string, string>();
        foreach (var member in section.Members)
        {
            if (ReadLane(binder, member) is not { } lane)
                continue;

            lanes.Add(lane);
            foreach (var carrier in lane.Options.Carriers.Where(carrier => !servedBy.TryAdd(carrier, lane.Name)))
            {
                binder.Problems.Add(new Problem(
                    member.Where,
                    new Wording(
                        $"Nhà mạng '{carrier}' đã do kênh gửi '{servedBy[carrier]}' phục vụ; mỗi chiến dịch dùng kênh "
                            + $"mà tệp chiến dịch liệt kê trước (lanes).",
                        $"The carrier '{carrier}' is already served by the lane '{servedBy[carrier]}'; "
                            + $"each campaign uses the one that its file lists first (lanes)."),
                    Severity.Warning));
            }
        }

        return lanes;
    }

    static Lane? ReadLane(SettingsBinder binder, FileMember member)
    {
        if (!LaneName().IsMatch(member.Name))
        {
            binder.Problems.Add(new Problem(member.Where, new Wording(
                $"Tên kênh gửi '{member.Name}' chỉ được gồm chữ thường không dấu, chữ số và "
                    + $"gạch dưới, tối đa 40 ký tự.",
                $"The lane name '{member.Name}' may have only lower-case letters, digits and "
                    + $"underscores, at most 40.")));
        }

        if (member.Value.Find("type") is not { Kind: NodeKind.Text } type)
        {
            binder.Problems.Add(JsonForm.Missing(member.Value, "type"));
            return null;
        }

        if (CarrierTypes.Find(type.Text) is not { } known)
        {
            var expected = Expected.OneOf(CarrierTypes.All.Select(each => each.Name), type.Text);
            binder.Problems.Add(new Problem(type.Where, new Wording(
                $"Cần {expected}, nhưng đang là {type.Shown}.", $"Expected {expected}, found {type.Shown}.")));
            return null;
        }

        binder.Secrets.Clear();
        var before = binder.Problems.Count;
        var options = (LaneOptions)binder.Bind(member.Value, known.Options);

        // Of a guard that cannot be read it is not known that there is none.
        var callback = member.Value.Find("callback")?.Where.Key;
        if (callback is null
            || !binder.Problems.Skip(before).Any(problem =>
                problem.MayPass && problem.Where?.Key?.StartsWith(callback, StringComparison.Ordinal) == true))
            binder.Problems.AddRange(OpenCallbacks.Check(options, member));
        binder.Problems.AddRange(LiteralSecrets.Find(member.Value));
        options.Secrets = [.. binder.Secrets.Where(secret => secret.Length > 0).Distinct()];
        options.Written = member.Value;
        return new Lane(member.Name, options);
    }

    // A lane's name becomes part of an environment variable: a dash cannot be exported from a shell.
    [GeneratedRegex(@"^[a-z0-9_]{1,40}\z")]
    private static partial Regex LaneName();
}

/// <param name="Installation">Null where a problem is an error.</param>
/// <param name="Problems">All of them, warnings too.</param>
public sealed record InstallationReading(Installation? Installation, IReadOnlyList<Problem> Problems);

/// <summary>The installation file as a whole; lanes are read by their types.</summary>
sealed class InstallationSettings
{
    /// <summary>Where gateways bring delivery receipts.</summary>
    public ReceiptSettings Receipts { get; set; } = new();

    /// <summary>The tables by which a number's carrier is found.</summary>
    public NumberSettings Numbers { get; set; } = new();

    /// <summary>Where lists of subscribers may lie.</summary>
    public FileSettings Files { get; set; } = new();

    /// <summary>How the records of approvals, decisions and events are kept.</summary>
    public AuditSettings Audit { get; set; } = new();
}

/// <summary>How the records of approvals, decisions and events are kept.</summary>
public sealed class AuditSettings
{
    /// <summary>File with the key of the audit chain, 32 characters at least, which the account that sends can read and
    /// nobody else. A path is relative to the installation file. audit.key in the data folder, made at the first
    /// record, unless set.</summary>
    [MinLength(1)]
    public string? KeyFile { get; set; }
}

/// <summary>The tables by which a number's carrier is found. Paths are relative to the installation file.</summary>
public sealed class NumberSettings
{
    /// <summary>CSV of number prefixes and the carriers they were given to. prefixes.csv unless set. A path is relative
    /// to the installation file, here and in the two keys below.</summary>
    [MinLength(1)]
    public string Prefixes { get; set; } = "prefixes.csv";

    /// <summary>CSV of carriers and the names people write for them. carriers.csv unless set.</summary>
    [MinLength(1)]
    public string Carriers { get; set; } = "carriers.csv";

    /// <summary>CSVs of numbers that took their number to another carrier. None unless set.</summary>
    public List<string> Ported { get; set; } = [];

    internal void Resolve(string folder)
    {
        Prefixes = Path.GetFullPath(Prefixes, folder);
        Carriers = Path.GetFullPath(Carriers, folder);
        Ported = [.. Ported.Select(path => Path.GetFullPath(path, folder))];
    }
}

/// <summary>Where the lists that campaign files name may lie. Paths are relative to the installation file.</summary>
public sealed class FileSettings
{
    /// <summary>Folders from which lists are read, with all beneath them, beside each campaign file's own folder. The
    /// installation file's folder and the folder samples beside it unless set. /proc, /dev and /sys are never read. A
    /// link counts as what it leads to. A path is relative to the installation file.</summary>
    public List<string> Roots { get; set; } = [];

    internal void Resolve(string folder) => Roots = [.. Roots.Select(path => Path.GetFullPath(path, folder))];
}
