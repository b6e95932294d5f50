using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Files.Yaml;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Changes campaign files before they are planned: values where they stand, or the whole text. The file stays the
/// truth; whoever saves has seen it as it is, and every version is kept.
/// </summary>
public sealed class EditDesk(CampaignFolders folders, string installationFile, DataFolder data, TimeProvider time)
{
    const string LockName = ".ban.lock";

    /// <summary>What the system says of a file that another process has: EWOULDBLOCK of Linux, and
    /// ERROR_SHARING_VIOLATION.</summary>
    const int WouldBlock = 11;
    const int WindowsHeld = 32;

    static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Of a file's bytes.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <returns>Null where there is no such campaign.</returns>
    public EditedFile? Find(string campaign) =>
        folders.Find(campaign) is { } file ? Read(campaign, file).Edited : null;

    /// <summary>Of the file as it is now, without reading what it says; null where it is not there.</summary>
    public string? FindHash(string campaign) =>
        folders.Find(campaign) is { } file && FileText.ReadBytes(file, new ProblemList(file)) is { } bytes
            ? HashOf(bytes)
            : null;

    /// <summary>A text as it would be checked if it were saved.</summary>
    public IReadOnlyList<Problem> Check(EditedFile edited, string text)
    {
        var installation = Installation.Read(installationFile).Installation;
        var reading = CampaignFile.ReadUnsaved(text, edited.File, () => new CampaignBounds(
            [.. (installation?.Lanes ?? []).Select(lane => lane.Name)],
            FileRoots.Of(edited.File, installationFile, installation?.Files.Roots ?? [], folders.Root),
            [.. installation?.Holders.Keys ?? []]));
        return installation is null
            ? [.. reading.Problems.Where(
                problem => problem.Where?.Key?.StartsWith("lanes", StringComparison.Ordinal) != true)]
            : reading.Problems;
    }

    /// <summary>The text that the file has once its fields say what was typed; nothing is saved.</summary>
    /// <param name="typed">By the path of the field; what is no field is passed over.</param>
    /// <returns>Its text is null where one cannot be replaced where it stands.</returns>
    public static (string? Text, string? Path, int? Line) Fill(
        EditedFile edited, IReadOnlyDictionary<string, string> typed)
    {
        var changes = edited.Fields
            .Select(field => typed.TryGetValue(field.Path, out var value) ? field.ChangeTo(value) : null)
            .OfType<YamlChange>()
            .ToList();
        var edit = changes.Count == 0
            ? new YamlEdit(edited.Text)
            : YamlEditor.Apply(edited.Text!, changes, CampaignKeys.Root, OpenQuestions.Mark);
        return (edit.Text, edit.Path, edit.Line);
    }

    /// <param name="seen">Hash of the file that was worked on.</param>
    /// <param name="typed">As of <see cref="Fill"/>.</param>
    public EditResult Save(Who who, string campaign, string seen, IReadOnlyDictionary<string, string> typed) =>
        Save(who, campaign, seen, VersionCause.Fields, edited =>
            edited.Fields.Count == 0
                ? new Written.Not(new EditResult.OutOfPlace("", null))
                : Fill(edited, typed) is var (text, path, line) && text is null
                    ? new Written.Not(new EditResult.OutOfPlace(path!, line))
                    : new Written.Whole(text!));

    /// <summary>As the other, of values that need have no field.</summary>
    /// <param name="seenApproved">Whether it was said that a change makes the approval void.</param>
    internal EditResult SaveChanges(
        Who who,
        string campaign,
        string seen,
        bool seenApproved,
        VersionCause cause,
        IReadOnlyList<YamlChange> changes) =>
        Save(who, campaign, seen, cause, edited =>
            YamlEditor.Apply(edited.Text ?? "", changes, CampaignKeys.Root, OpenQuestions.Mark) is var edit
                && edit.Text is null ? new Written.Not(new EditResult.OutOfPlace(edit.Path!, edit.Line))
                : edit.Text != edited.Text && edited.IsApproved && !seenApproved
                    ? new Written.Not(new EditResult.ApprovedSince())
                    : new Written.Whole(edit.Text!));

    /// <param name="seen">Hash of the file that was worked on.</param>
    /// <param name="text">All of the file.</param>
    public EditResult SaveText(Who who, string campaign, string seen, string text) =>
        Save(who, campaign, seen, VersionCause.Text, edited =>
        {
            // A browser ends lines as Windows does, whatever they ended in.
            var end = edited.Text is null ? "\n" : new YamlText(edited.Text).LineEnd;
            return new Written.Whole(text.ReplaceLineEndings(end));
        });

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<CampaignVersion> ReadVersions(string campaign) =>
        folders.Find(campaign) is { } file ? new CampaignVersions(file).Read() : [];

    /// <returns>Null where it is not there.</returns>
    public string? ReadVersion(string campaign, CampaignVersion version) =>
        folders.Find(campaign) is { } file && new CampaignVersions(file).Read(version) is { } bytes
            ? FileText.Decode(bytes, new ProblemList(file))
            : null;

    /// <summary>Names of the lists in the campaign's folder.</summary>
    public IReadOnlyList<string> ReadLists(string campaign) => folders.Find(campaign) is { } file
        ? [.. Directory.EnumerateFiles(Path.GetDirectoryName(file)!)
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(name => Path.GetExtension(name).ToUpperInvariant() is ".CSV" or ".XLSX")
            .Order(StringComparer.Ordinal)]
        : [];

    (EditedFile Edited, byte[] Bytes) Read(string campaign, string file)
    {
        var problems = new ProblemList(file);
        var bytes = FileText.ReadBytes(file, problems) ?? [];
        var text = problems.HasErrors ? null : FileText.Decode(bytes, problems);
        var isSound = text is not null && !problems.HasErrors;
        var root = isSound ? YamlEditor.Read(text!) : null;
        var edited = new EditedFile(
            campaign,
            root?.Words("id"),
            file,
            text,
            HashOf(bytes),
            root is null ? [] : EditField.Of(root),
            problems.InOrder(),
            new CampaignVersions(file).Read() is [.., var last] ? last : null)
        {
            Messages = [.. (root?.ItemsOf("messages") ?? []).Select(message => message.Words("name") ?? "")],
        };
        edited = edited with { Problems = isSound ? Check(edited, text!) : edited.Problems };
        return (Judge(edited), bytes);
    }

    /// <summary>What has been made of the file by now.</summary>
    EditedFile Judge(EditedFile edited)
    {
        if (edited.Id is not { } id || edited.Text is null)
            return edited;

        List<RunRecord> runs;
        try
        {
            runs = [.. KnownRuns.Read(data, id)
                .Where(run => !run.Simulated && !run.IsTest && run.Campaign == id)];
        }
        catch (Exception broken) when (broken is LedgerException || StorageFaults.Describe(broken, data) is not null)
        {
            // Whether it is being sent is not known.
            return edited with { Stop = StorageFaults.Describe(broken, data) ?? FaultWords.Of(broken) };
        }

        if (runs.Find(run => run.State == RunState.Sending) is { } sending)
        {
            return edited with
            {
                Stop = new Wording(
                    $"Lượt gửi {sending.DateWords} của chiến dịch này đang gửi: tệp không sửa được cho tới khi xong.",
                    $"The run of {sending.DateWords} is being sent: the file cannot be changed until it is done."),
            };
        }

        if (runs.Find(run => run.State is RunState.Finished or RunState.Ended
            && run.Date == DayOf(edited.Text)) is not null)
        {
            return edited with
            {
                Stop = new Wording(
                    "Đã gửi, không sửa được. Muốn gửi lại vào ngày khác: lập chiến dịch mới từ chiến dịch này.",
                    "It has been sent and cannot be changed. To send it on another day: make a new one from this."),
            };
        }

        var approved = runs.FindAll(run => run.State == RunState.Approved);
        return approved.Count == 0 ? edited
            : approved.Exists(run => IsAsKept(edited, run))
                ? edited with
                {
                    IsApproved = true,
                    Note = new Wording(
                        "Đã phê duyệt. Lưu thay đổi sẽ làm phê duyệt hết hiệu lực: phải lập kế hoạch, trình và duyệt "
                            + "lại.",
                        "It is approved. Saving a change makes the approval void: it is planned, submitted and "
                            + "approved again."),
                }
                : edited with
                {
                    Note = new Wording(
                        "Tệp này KHÔNG còn khớp với bản đã phê duyệt: phải lập kế hoạch, trình và duyệt lại.",
                        "It is NOT any more as it was approved: it is to be planned, submitted and approved again."),
                };
    }

    /// <summary>Whether it means what a run was planned as.</summary>
    static bool IsAsKept(EditedFile edited, RunRecord run) =>
        edited.Text == run.Definition
        || (CampaignFile.ReadKept(edited.Text!, edited.File) is { } now
            && CampaignFile.ReadKept(run.Definition, run.CampaignFile) is { } then
            && CampaignHash.Of(now) == CampaignHash.Of(then));

    /// <returns>As a run's row has it; null where it is sent every year, or it cannot be told.</returns>
    static string? DayOf(string text)
    {
        try
        {
            return CampaignFile.ReadSchedule(text).Date?.ToSql();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    EditResult Save(
        Who who, string campaign, string seen, VersionCause cause, Func<EditedFile, Written> write)
    {
        if (folders.Find(campaign) is not { } file)
            return new EditResult.Gone();

        try
        {
            using var held = TakeLock(file);
            if (held is null)
                return new EditResult.Busy();

            var (edited, bytes) = Read(campaign, file);
            if (edited.Hash != seen) // sent twice it is there already
                return write(edited) is Written.Whole(var again) && again == edited.Text
                    ? new EditResult.Unchanged()
                    : new EditResult.Stale(edited);
            if (edited.Stop is { } stop)
                return new EditResult.Stopped(stop);

            return write(edited) switch
            {
                Written.Whole(var text) when text == edited.Text => new EditResult.Unchanged(),
                Written.Whole(var text) => Refuse(edited, text) is { } refused
                    ? refused
                    : Put(who, file, edited, bytes, text, cause),
                Written.Not(var result) => result,
                var unknown => throw new InvalidOperationException($"not what is to be written: {unknown}"),
            };
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return new EditResult.Unwritable(cannot);
        }
    }

    /// <summary>A text that YAML cannot read, or of another campaign, would be lost to who works on this one.</summary>
    EditResult.Refused? Refuse(EditedFile edited, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > FileText.MostBytes || YamlEditor.Read(text) is not { } root)
            return new EditResult.Refused(Check(edited, text));

        var id = edited.Id ?? edited.Campaign;
        return root.Words("id") == id
            ? null
            : new EditResult.Refused([new Problem(
                (root.FindMember("id")?.Value.Where ?? new Place("", 1, 1)) with { File = edited.File, Key = "id" },
                new Wording(
                    $"Mã chiến dịch (id) phải giữ nguyên là {id}. Muốn mã khác: lập chiến dịch mới.",
                    $"The id must stay {id}. For another, make a new campaign."))]);
    }

    EditResult.Saved Put(Who who, string file, EditedFile edited, byte[] before, string text, VersionCause cause)
    {
        byte[] content =
        [
            .. before.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark : [],
            .. Encoding.UTF8.GetBytes(text),
        ];
        var voids = edited.IsApproved && !Judge(edited with { Text = text, IsApproved = false }).IsApproved;
        var versions = new CampaignVersions(file);
        if (edited.Last?.Hash != edited.Hash)
            versions.Add(before, null, VersionCause.Outside, File.GetLastWriteTimeUtc(file));
        var version = versions.Add(content, who, cause, time.GetUtcNow());
        Replace(file, content);
        return new EditResult.Saved(version) { VoidsApproval = voids };
    }

    /// <summary>Whole or not at all; whoever could read the file still can.</summary>
    static void Replace(string file, byte[] content)
    {
        var name = Path.GetFileName(file);
        using var fresh = FreshFolder.Beside(file, own => own == name);
        var written = Path.Combine(fresh.Path, name);
        using (var stream = PrivateFiles.Create(written, FileShare.None))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(written, File.GetUnixFileMode(file));
        File.Move(written, file, overwrite: true);
    }

    /// <returns>Null where another has it.</returns>
    static FileStream? TakeLock(string file)
    {
        try
        {
            return new FileStream(
                Path.Combine(Path.GetDirectoryName(file)!, LockName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None);
        }
        catch (IOException held) when ((held.HResult & 0xFFFF) is WouldBlock or WindowsHeld)
        {
            return null;
        }
    }

    abstract record Written
    {
        public sealed record Whole(string Text) : Written;

        public sealed record Not(EditResult Result) : Written;
    }
}
