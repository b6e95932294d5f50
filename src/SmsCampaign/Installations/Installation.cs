using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using SmsCampaign.Alerts;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Files.Json;
using SmsCampaign.Letters;
using SmsCampaign.Orders;
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

    /// <summary>Who is told of what needs a person.</summary>
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>Who may approve.</summary>
    public ApprovalSettings Approval { get; init; } = new();

    /// <summary>How long numbers are kept.</summary>
    public PrivacySettings Privacy { get; init; } = new();

    /// <summary>How the worker is seen from outside.</summary>
    public ManagementSettings Management { get; init; } = new();

    /// <summary>The web pages.</summary>
    public ConsoleSettings Console { get; init; } = new();

    /// <summary>Carriers that text their own subscribers where they are asked to, by the names of
    /// <c>segments.heldBy</c>.</summary>
    public IReadOnlyDictionary<string, HolderSettings> Holders { get; init; } =
        new Dictionary<string, HolderSettings>();

    /// <summary>Head and foot of the department's letters.</summary>
    public LetterSettings Letters { get; init; } = new();

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

        // $schema is for editors.
        root.Members.RemoveAll(member => member.Name == "$schema");
        var whole = binder.Check(root, typeof(InstallationSettings));
        var lanes = whole.Map("lanes")?.Members ?? [];
        var settings = (InstallationSettings)binder.Fill(
            whole with { Members = whole.Members.FindAll(member => member.Name != "lanes") },
            typeof(InstallationSettings));
        settings.Numbers.Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);
        settings.Files.Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);
        settings.Console.Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);
        settings.Alerts.Command?.Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);

        foreach (var member in whole.Map("holders")?.Members ?? [])
            CheckHolderName(binder, member);

        // Each lane by itself: one with a fault is looked at as well.
        var read = ReadLanes(binder, lanes);
        return new InstallationReading(
            binder.Problems.Exists(problem => problem.Severity == Severity.Error)
                ? null
                : new Installation(path, settings.Receipts, settings.Numbers, read)
                {
                    Files = settings.Files,
                    Alerts = settings.Alerts,
                    Approval = settings.Approval,
                    Management = settings.Management,
                    Console = settings.Console,
                    Privacy = settings.Privacy,
                    Holders = settings.Holders,
                    Letters = settings.Letters,
                },
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

    /// <summary>Who is told of what needs a person, whatever else stands in the file or does not: another machine than
    /// the one that sends has no lanes.</summary>
    /// <returns>Null settings where a problem is an error.</returns>
    public static (AlertSettings? Settings, IReadOnlyList<Problem> Problems) ReadAlerts(string path)
    {
        var file = new JsonFile(path);
        if (file.Read() is not { } root)
            return (null, file.Problems);

        var environment = ReadEnvironment();
        SettingsEnvironment.Override(root, environment);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var binder = new SettingsBinder(new SettingsReferences(environment, folder));
        binder.Problems.AddRange(file.Problems);
        var settings = root.Find("alerts") is { } section ? binder.Bind<AlertSettings>(section) : new AlertSettings();
        settings.Command?.Resolve(folder);
        return (
            binder.Problems.Exists(problem => problem.Severity == Severity.Error) ? null : settings, binder.Problems);
    }

    /// <summary>Whether what is sent takes two persons (<see cref="ApprovalSettings.TwoPersons"/>), whatever else is
    /// wrong with the file.</summary>
    /// <returns>Null where the file cannot be read, or says something else than true or false.</returns>
    public static bool? ReadTwoPersons(string path)
    {
        if (new JsonFile(path).Read() is not { } root)
            return null;

        SettingsEnvironment.Override(root, ReadEnvironment());
        return root.Find("approval") switch
        {
            null => false,
            { Kind: NodeKind.Map } approval => approval.Find("twoPersons") switch
            {
                null or { Kind: NodeKind.False } => false,
                { Kind: NodeKind.True } => true,
                { Kind: NodeKind.Text, Text: var text } when bool.TryParse(text, out var set) => set,
                _ => null,
            },
            _ => null,
        };
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

    static List<Lane> ReadLanes(SettingsBinder binder, List<FileMember> section)
    {
        var lanes = new List<Lane>();
        var servedBy = new Dictionary<string, string>();
        foreach (var member in section)
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

    static void CheckHolderName(SettingsBinder binder, FileMember member)
    {
        if (!LaneName().IsMatch(member.Name))
        {
            binder.Problems.Add(new Problem(member.Where, new Wording(
                $"Tên nhà mạng '{member.Name}' chỉ được gồm chữ thường không dấu, chữ số và gạch dưới, tối đa 40 ký "
                    + $"tự.",
                $"The holder's name '{member.Name}' may have only lower-case letters, digits and underscores, at most "
                    + $"40.")));
        }
    }

    /// <param name="member">Held to the keys of its kind.</param>
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

        if (member.Value.Source is not { } written)
            return null;

        var options = (LaneOptions)binder.Fill(member.Value, typeof(LaneOptions));

        // Of a guard that cannot be read it is not known that there is none.
        var callback = written.Find("callback")?.Where.Key;
        if (callback is null
            || !binder.Problems.Exists(problem =>
                problem.MayPass && problem.Where?.Key?.StartsWith(callback, StringComparison.Ordinal) == true))
            binder.Problems.AddRange(OpenCallbacks.Check(options, member with { Value = written }));
        binder.Problems.AddRange(LiteralSecrets.Find(written));
        options.Secrets = binder.SecretsIn(written);
        options.Written = written;
        return new Lane(member.Name, options);
    }

    [GeneratedRegex(@"\A" + InstallationSettings.LaneNames + @"\z")]
    private static partial Regex LaneName();
}

/// <param name="Installation">Null where a problem is an error.</param>
/// <param name="Problems">All of them, warnings too.</param>
public sealed record InstallationReading(Installation? Installation, IReadOnlyList<Problem> Problems);

[Meaning(
    "Tệp cấu hình của nơi cài đặt này: nơi nhận biên nhận, các bảng số, các kênh gửi.",
    "This installation: where receipts arrive, the tables of numbers, and the lanes.")]
sealed class InstallationSettings
{
    /// <summary>All of a lane's name: it becomes part of an environment variable, and a dash cannot be exported from a
    /// shell.</summary>
    public const string LaneNames = "[a-z0-9_]{1,40}";

    [Meaning("Nơi cổng nhắn tin gửi biên nhận tới.", "Where gateways bring delivery receipts.")]
    public ReceiptSettings Receipts { get; set; } = new();

    [Meaning("Các bảng để tìm nhà mạng của một số.", "The tables by which a number's carrier is found.")]
    public NumberSettings Numbers { get; set; } = new();

    [Meaning("Nơi được đặt danh sách thuê bao.", "Where lists of subscribers may lie.")]
    public FileSettings Files { get; set; } = new();

    [Meaning(
        "Cách giữ hồ sơ phê duyệt, quyết định và sự kiện.",
        "How the records of approvals, decisions and events are kept.")]
    public AuditSettings Audit { get; set; } = new();

    [Meaning("Ai được phê duyệt.", "Who may approve.")]
    public ApprovalSettings Approval { get; set; } = new();

    [Meaning(
        "Ai được báo những việc cần người xử lý, và bằng cách nào.",
        "Who is told of what needs a person, and how.")]
    public AlertSettings Alerts { get; set; } = new();

    [Meaning(
        "Lưu số điện thoại của các lượt gửi đã kết thúc bao lâu.",
        "How long the numbers of runs that are over are kept.")]
    public PrivacySettings Privacy { get; set; } = new();

    [Meaning(
        "Cách nhìn dịch vụ gửi từ bên ngoài: số liệu, tình trạng, vết, nhật ký.",
        "How the worker is seen from outside: figures, health, traces, log.")]
    public ManagementSettings Management { get; set; } = new();

    [Meaning(
        "Trang web của chương trình: mở ở đâu, dưới tên nào.",
        "The program's web pages: where they are served, under which name.")]
    public ConsoleSettings Console { get; set; } = new();

    [Meaning(
        "Các nhà mạng tự nhắn tin tới thuê bao của mình theo công văn của Sở, theo tên dùng ở heldBy của tệp chiến "
            + "dịch. "
            + "Tên gồm chữ thường không dấu, chữ số và gạch dưới, tối đa 40 ký tự.",
        "Carriers that text their own subscribers as the department's letters ask them to, by the names that a "
            + "campaign "
            + "file gives in heldBy. Names are lower-case letters, digits and underscores, at most 40.")]
    [Names(LaneNames)]
    public Dictionary<string, HolderSettings> Holders { get; set; } = [];

    [Meaning(
        "Phần đầu và phần ký của công văn, báo cáo mà chương trình soạn.",
        "Head and foot of the letters and reports that the program writes.")]
    public LetterSettings Letters { get; set; } = new();

    [Meaning(
        "Các kênh gửi theo tên, mỗi kênh là một tài khoản tại một cổng nhắn tin. Tên gồm chữ thường không dấu, chữ số "
            + "và gạch dưới, tối đa 40 ký tự. Nhà mạng do hai kênh phục vụ thì dùng kênh mà tệp chiến dịch ghi trước.",
        "The lanes by name: an account at a gateway each. Names are lower-case letters, digits and underscores, at "
            + "most 40. A carrier that two lanes serve goes to the one that the campaign file lists first.")]
    [Required, MinLength(1), Names(LaneNames)]
    public Dictionary<string, LaneOptions> Lanes { get; set; } = [];
}

/// <summary>How the records of approvals, decisions and events are kept.</summary>
public sealed class AuditSettings
{
    [Meaning(
        "Tệp có khóa của chuỗi hồ sơ, ít nhất 32 ký tự, chỉ tài khoản chạy chương trình đọc được. Đường dẫn "
            + "tính từ tệp cấu hình. Không ghi: audit.key trong thư mục dữ liệu, tạo khi có hồ sơ đầu tiên.",
        "File with the key of the audit chain, 32 characters at least, which the account that sends can read "
            + "and nobody else. A path is relative to the installation file. Unset: audit.key in the data "
            + "folder, made at the first record.")]
    [MinLength(1)]
    public string? KeyFile { get; set; }
}

/// <summary>The tables by which a number's carrier is found. Paths are relative to the installation file.</summary>
public sealed class NumberSettings
{
    [Meaning(
        "Tệp CSV của các đầu số và nhà mạng được cấp. Đường dẫn ở đây và ở hai khóa dưới tính từ tệp cấu hình.",
        "CSV of number prefixes and the carriers they were given to. A path is relative to the installation "
            + "file, here and in the two keys below.")]
    [MinLength(1)]
    public string Prefixes { get; set; } = "prefixes.csv";

    [Meaning(
        "Tệp CSV của các nhà mạng và những cách viết tên của họ.",
        "CSV of carriers and the names people write for them.")]
    [MinLength(1)]
    public string Carriers { get; set; } = "carriers.csv";

    [Meaning("Các tệp CSV của số đã chuyển mạng giữ số.", "CSVs of numbers that took their number to another carrier.")]
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
    [Meaning(
        "Các thư mục được đọc danh sách, kể cả mọi thư mục con, ngoài thư mục của chính tệp chiến dịch. Không "
            + "ghi: thư mục của tệp cấu hình và thư mục samples bên cạnh. /proc, /dev và /sys không bao giờ được "
            + "đọc. Liên kết được tính là nơi nó dẫn tới. Đường dẫn tính từ tệp cấu hình.",
        "Folders from which lists are read, with all beneath them, beside each campaign file's own folder. "
            + "Unset: the installation file's folder and the folder samples beside it. /proc, /dev and /sys are "
            + "never read. A link counts as what it leads to. A path is relative to the installation file.")]
    public List<string> Roots { get; set; } = [];

    internal void Resolve(string folder) => Roots = [.. Roots.Select(path => Path.GetFullPath(path, folder))];
}
