using SmsCampaign.Files;
using SmsCampaign.Storage.Postgres;

namespace SmsCampaign.Storage;

/// <summary>
/// Where everything lies under the data folder (<c>--data</c>).
/// </summary>
/// <param name="marks">As <see cref="Marks"/>; null for the default.</param>
public sealed class DataFolder(string root, string? marks = null)
{
    const string Unmasked = "so-day-du";

    readonly string? _auditKey;

    /// <summary>Environment variable that names another place for <see cref="Marks"/>.</summary>
    public const string MarksVariable = "SMS_CAMPAIGN_MARKS";

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Where it is kept, outside the data folder, how far each run had come: a restored copy of the whole
    /// folder is known to be old by it. Beside the data folder and called as that with ".marks" where
    /// <see cref="MarksVariable"/> says nothing.</summary>
    public string Marks { get; } = Path.GetFullPath(
        marks
        ?? (Environment.GetEnvironmentVariable(MarksVariable) is { Length: > 0 } set
            ? set
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + ".marks"));

    /// <summary>Whether a commit to a run's ledger or to the receipts is on the disk, and not only with the system,
    /// when it returns. Yes, but in a rehearsal's folder, which no power cut but its own has to do with.</summary>
    public bool Flushes { get; init; } = true;

    /// <summary>How long a commit to ledger.db or to a run's ledger waits for another program that holds the file,
    /// before it fails and is tried again later. 10 s, as for every other file.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the ledgers are kept instead of in files of this folder; null: in files. What each machine must
    /// know by itself (marks, keys, locks) lies in the folder all the same.</summary>
    public PostgresAddress? Postgres { get; init; }

    /// <summary>Why this account cannot look into the folder; null where it can, or nothing is there yet. What may not
    /// be read is not nothing.</summary>
    public Wording? FindClosed()
    {
        if (File.Exists(Root))
        {
            return new Wording(
                $"{Root} là một tệp, không phải thư mục dữ liệu. Hãy kiểm tra --data.",
                $"{Root} is a file and no data folder. Check --data.");
        }

        try
        {
            _ = File.GetAttributes(Ledger);
            using var read = new FileStream(
                Ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return IsClosed(Marks) ? Closed(Marks) : null;
        }
        catch (UnauthorizedAccessException) when (!Directory.Exists(Ledger))
        {
            return Closed(Root);
        }
        catch (Exception elsewhere) when (elsewhere is IOException or UnauthorizedAccessException)
        {
            return null; // not there, or something else in its place: said by whatever needs it
        }
    }

    /// <summary>Why this account must not write into the folder: it is root, and the folder is another's, who could
    /// then not use what root has made there; null where it may.</summary>
    /// <param name="isRoot">Unset: as it is of this process.</param>
    public Wording? FindForeign(bool? isRoot = null)
    {
        if (!(isRoot ?? (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess))
            || (UnixFile.OwnerOf(Ledger) ?? UnixFile.OwnerOf(Root)) is not (> 0 and var owner))
            return null;

        var account = OsUser.NameOf(owner);
        return new Wording(
            $"Thư mục dữ liệu {Root} là của tài khoản {account}, còn lệnh này đang chạy bằng root: tệp nào lệnh tạo ra "
                + $"ở đó thì dịch vụ gửi không dùng được. CHƯA làm gì. Trên máy chủ có cài dịch vụ, hãy chạy lệnh này "
                + $"bằng 'sudo sms-campaign-live' thay cho 'sms-campaign'; nơi khác: 'sudo -u {account} sms-campaign'.",
            $"The data folder {Root} belongs to the account {account}, and this runs as root: the service could not "
                + $"use what it would make there. NOTHING was done. On a server with the service run this by 'sudo "
                + $"sms-campaign-live' instead of 'sms-campaign'; elsewhere by 'sudo -u {account} sms-campaign'.");
    }

    /// <summary>Why there is nothing to look at: neither folder is there, as where <c>--data</c> is mistyped; null
    /// where there may be.</summary>
    public Wording? FindMissing() => Directory.Exists(Root) || Directory.Exists(Marks) ? null : new Wording(
        $"Không có thư mục dữ liệu {Root}. Hãy kiểm tra --data; chiến dịch mới thì lập kế hoạch trước bằng 'plan'.",
        $"There is no data folder {Root}. Check --data; a new campaign is planned first, with 'plan'.");

    static bool IsClosed(string folder)
    {
        try
        {
            _ = Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    static Wording Closed(string folder) => new(
        $"Tài khoản {Environment.UserName} không được đọc thư mục dữ liệu {folder}. Trên máy chủ có cài dịch vụ, "
            + $"hãy chạy lệnh này bằng 'sudo sms-campaign-live' thay cho 'sms-campaign'. Nếu không phải thư mục này, "
            + $"chọn thư mục khác bằng --data; nếu đúng, báo kỹ sư phụ trách cấp quyền đọc.",
        $"The account {Environment.UserName} may not read the data folder {folder}. On a server with the service run "
            + $"this by 'sudo sms-campaign-live' instead of 'sms-campaign'. If it is another folder, choose it with "
            + $"--data; if not, have your engineer let the account read it.");

    /// <summary>Runs, approvals, decisions, events.</summary>
    public string Ledger => Path.Combine(Root, "ledger.db");

    /// <summary>Key of the audit chain in <see cref="Ledger"/>. audit.key in this folder unless the installation
    /// file says otherwise.</summary>
    public string AuditKey { get => _auditKey ?? Path.Combine(Root, "audit.key"); init => _auditKey = value; }

    /// <summary>Key of the hashes that stand in the place of numbers that were erased, and of those that carriers
    /// list (<see cref="Privacy.NumberKeyFile"/>).</summary>
    public string NumberKey => Path.Combine(Root, "numbers.key");

    /// <summary>Held while numbers are erased (<see cref="Storage.PurgeLock"/>).</summary>
    public string PurgeLock => Path.Combine(Root, "purge.lock");

    /// <summary>Quartz's own store.</summary>
    public string Scheduler => Path.Combine(Root, "scheduler.db");

    /// <summary>Raw receipts of every lane, of before they lay in a file a month
    /// (<see cref="Sqlite.Receipts.ReceiptFiles"/>): those of stand-ins lie apart, so that a rehearsal never settles,
    /// or spoils, what a real gateway sent.</summary>
    public string ReceiptsOf(bool simulated) => Path.Combine(Root, $"receipts{Simulated(simulated)}.db");

    /// <summary>Who may sign in to the web pages, and as what.</summary>
    public string People => Path.Combine(Root, "console.db");

    /// <summary>Folder of the keys by which cookies and forms of the web pages are sealed.</summary>
    public string ConsoleKeys => Path.Combine(Root, "console-keys");

    /// <summary>Where who may sign in is kept instead, with those keys: all nodes seal by the same. Null: in the
    /// folder.</summary>
    public PackageSchema? PeopleSchema => Package("console");

    /// <summary>By what a fault of who may sign in is told.</summary>
    public string PeopleName => PeopleSchema?.Place ?? People;

    /// <summary>Where Quartz keeps its triggers instead, one store for all nodes. Null: in the folder.</summary>
    public PackageSchema? SchedulerSchema => Package("scheduler");

    /// <summary>By what a fault of Quartz's store is told.</summary>
    public string SchedulerName => SchedulerSchema?.Place ?? Scheduler;

    /// <summary>Held by the one process that may send; for a rehearsal another, so that it does not keep the worker
    /// from starting.</summary>
    public string LockOf(bool simulated) => Path.Combine(Root, $"sending{Simulated(simulated)}.lock");

    /// <summary>Which process holds it: a file that is locked cannot be read by others.</summary>
    public string LockHolderOf(bool simulated) => Path.Combine(Root, $"sending{Simulated(simulated)}.holder");

    /// <summary>When the process that sends last said that it goes on.</summary>
    public string LifeSign => Path.Combine(Root, "sending.sign");

    /// <summary>When it was last backed up (<see cref="Backups.BackupSign"/>).</summary>
    public string BackupSign => Path.Combine(Root, "backup.sign");

    /// <summary>Where the ledgers of all runs lie.</summary>
    internal string RunsFolder => Path.Combine(Root, "runs");

    /// <summary>Held while a run of the same campaign is imported and planned; another while tests of it are.</summary>
    public string PreparingLockOf(RunKey key) => Path.Combine(
        RunsFolder, $"{key.Tested}{(key.IsTest ? ".thu" : Simulated(key.Simulated))}.lock");

    /// <summary>Where the program itself keeps the ledger of a run.</summary>
    public RunAddress AddressOf(RunKey key) => Postgres is { } postgres
        ? new RunAddress(PostgresPlace.Of(postgres).Run(key.FileName))
        : RunAddress.OfFile(FileOf(key));

    /// <summary>Where a row of ledger.db says that the ledger of a run lies: the one way from such
    /// a row to a file.</summary>
    /// <param name="key">Of the run, as the row says.</param>
    /// <param name="file">Relative to the data folder, as the row says.</param>
    /// <exception cref="LedgerRowException">It lies elsewhere than the ledgers of runs do: no program has written that,
    /// and no file there is touched.</exception>
    public RunAddress AddressOf(string key, string file)
    {
        const string folder = "runs/";
        var name = file.StartsWith(folder, StringComparison.Ordinal) ? file[folder.Length..] : "";
        if (name is "" or "." or ".." || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            throw Elsewhere(file);
        if (Postgres is { } postgres)
            return new RunAddress(PostgresPlace.Of(postgres).Run(Path.GetFileNameWithoutExtension(name)));

        var path = Path.Combine(RunsFolder, name);
        if (RealPath.ReadLink(path) is not null
            && RealPath.Of(path) is var real
            && !RealPath.IsWithin(real, RealPath.Of(RunsFolder)))
            throw Elsewhere($"{file} → {real}");
        return RunAddress.OfFile(path);

        LedgerRowException Elsewhere(string said) => LedgerRowException.Of("run", key, said, new Wording(
            "tệp trong thư mục runs của thư mục dữ liệu (dạng đúng: runs/ma-chien-dich-2025-07-30.db)",
            "file in the folder runs of the data folder (expected one as runs/campaign-id-2025-07-30.db)"));
    }

    /// <summary>
    /// Folder of a run's reports: reports/CAMPAIGN for a campaign of one date; a folder a date beneath it for a yearly
    /// one, and for each further run of one date's; and for the rehearsal of a live campaign the folder "mo-phong"
    /// beneath that, so that it never lies where the real report does.
    /// </summary>
    public string Reports(RunKey key, bool yearly, bool live) => ReportsIn("reports", key, yearly, live);

    /// <summary>As <see cref="Reports"/>, of the files with numbers in full: so-day-du/CAMPAIGN, beside the reports and
    /// not in them, so that whoever passes a report on does not pass these on by mistake. Whose a folder is its mark
    /// says (<see cref="UnmaskedMark"/>).</summary>
    public string UnmaskedReports(RunKey key, bool yearly, bool live) => ReportsIn(Unmasked, key, yearly, live);

    /// <summary>All that was written with numbers in full.</summary>
    public string UnmaskedFolder => Path.Combine(Root, Unmasked);

    /// <summary>What was written for subscribers who asked what is kept of them, a folder a time.</summary>
    public string SubjectAnswers => Path.Combine(UnmaskedFolder, "cong-dan");

    /// <summary>Folder of the letters to carriers of a run: orders/CAMPAIGN, a folder a date beneath it for a yearly
    /// campaign.</summary>
    public string Orders(RunKey key, bool yearly) => ReportsIn("orders", key, yearly, live: false);

    PackageSchema? Package(string what) =>
        Postgres is { } postgres ? PostgresPlace.Of(postgres).Package(what) : null;

    string FileOf(RunKey key) => Path.Combine(RunsFolder, key.FileName + ".db");

    string ReportsIn(string kind, RunKey key, bool yearly, bool live)
    {
        var folder = Path.Combine(Root, kind, key.Campaign);
        if (yearly)
            folder = Path.Combine(folder, key.DateText);

        return key.Simulated && live ? Path.Combine(folder, "mo-phong") : folder;
    }

    static string Simulated(bool simulated) => simulated ? ".simulated" : "";
}
