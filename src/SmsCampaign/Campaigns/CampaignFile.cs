using System.Text.RegularExpressions;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Files.Yaml;
using SmsCampaign.Orthography;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Reads a campaign file: YAML in UTF-8, as an officer writes it.
/// </summary>
public static partial class CampaignFile
{
    /// <summary>
    /// Reads and checks the whole file, and that the files it names are there.
    /// </summary>
    /// <param name="path">As the person gave it; problems repeat it so.</param>
    /// <param name="laneNames">Lanes the installation file defines.</param>
    /// <param name="filesMayBeGone">Whether the files it names need not be there: a run that
    /// has begun needs none.</param>
    /// <param name="holders">Holders the installation file defines; null: none.</param>
    public static CampaignReading Read(
        string path,
        IReadOnlyCollection<string> laneNames,
        bool filesMayBeGone = false,
        IReadOnlyCollection<string>? holders = null) =>
        ReadWithin(path, () => new CampaignBounds(laneNames, null, holders ?? []), filesMayBeGone);

    /// <param name="bounds">Asked once the words of the file are read, so that the installation file
    /// can be read beside them.</param>
    internal static CampaignReading ReadWithin(string path, Func<CampaignBounds> bounds, bool filesMayBeGone)
    {
        var problems = new ProblemList(path);
        return ReadText(FileText.Read(path, problems), path, bounds, filesMayBeGone, problems);
    }

    /// <summary>The same of a text that is not in its file yet.</summary>
    /// <param name="path">Of the file that it is to be in; problems repeat it so.</param>
    internal static CampaignReading ReadUnsaved(string text, string path, Func<CampaignBounds> bounds) =>
        ReadText(text, path, bounds, filesMayBeGone: false, new ProblemList(path));

    /// <param name="written">Null where it could not be read, which has been reported.</param>
    static CampaignReading ReadText(
        string? written, string path, Func<CampaignBounds> bounds, bool filesMayBeGone, ProblemList problems)
    {
        var campaign = written is { } text
            && ReadTree(text, problems) is { } root
            && IsCampaign(root, problems)
            ? ReadRoot(
                new ShapeCheck(CampaignKeys.Root, new YamlForm(problems)).CheckRoot(
                    new OpenQuestions(problems, text).Refuse(CheckUnquoted(root, problems))),
                path,
                text,
                bounds,
                problems,
                filesMayBeGone)
            : null;

        return new CampaignReading(problems.HasErrors ? null : campaign, problems.InOrder());
    }

    /// <summary>The campaign from the text that a run keeps of its file, whatever files and lanes
    /// there are by now.</summary>
    /// <param name="path">Of the file it was read from.</param>
    /// <returns>Null where the text is not one that <see cref="Read"/> took.</returns>
    public static Campaign? ReadKept(string definition, string path)
    {
        var problems = new ProblemList(path);
        var campaign = ReadTree(definition, problems, asKept: true) is { } root
            ? ReadRoot(
                new ShapeCheck(CampaignKeys.Root, new YamlForm(problems)).CheckRoot(root),
                path,
                definition,
                bounds: null,
                problems)
            : null;
        return problems.HasErrors ? null : campaign;
    }

    /// <summary>When a campaign runs, from the text that a run keeps of its file: what was approved, whatever the file
    /// says by now.</summary>
    /// <exception cref="FormatException">The text is not one that <see cref="Read"/> took.</exception>
    public static Schedule ReadSchedule(string definition)
    {
        var problems = new ProblemList("");
        var root = ReadTree(definition, problems, asKept: true) is { } tree
            ? new ShapeCheck(CampaignKeys.Root, new YamlForm(problems)).CheckRoot(tree)
            : null;
        return root?.Map("schedule") is { } when
            && new ScheduleReader(problems, new ValueReader(problems)).Read(
                when, root.FindMember("schedule")!.Where) is { } schedule
            ? schedule
            : throw new FormatException("a run's definition has no schedule that can be read");
    }

    static FileNode? ReadTree(string text, ProblemList problems, bool asKept = false)
    {
        switch (YamlTree.Read(new YamlSource(text, problems, asKept), problems))
        {
            case { Kind: NodeKind.Map } map:
                return map;
            case null when !problems.HasErrors:
                problems.Error(null, null,
                    "Tệp trống. Hãy chép tệp mẫu rồi sửa lại.", "The file is empty. Copy a sample and edit it.");
                return null;
            case { IsRefused: false } other:
                problems.Error(other.Where, null,
                    "Tệp phải gồm các dòng 'khóa: giá trị', bắt đầu bằng id, title, mode… Hãy "
                        + "chép tệp mẫu rồi sửa lại.",
                    "The file must consist of 'key: value' lines, starting with id, title, "
                        + "mode… Copy a sample and edit it.");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Whether anything in it is a campaign's: of another file, which may hold secrets,
    /// nothing is repeated.</summary>
    static bool IsCampaign(FileNode root, ProblemList problems)
    {
        var names = CampaignKeys.Root.Keys.Select(key => key.Name).ToList();
        if (root.Members.Count == 0 || root.Members.Any(entry => Spelling.Nearest(entry.Name, names) is not null))
            return true;

        problems.Error(null, null,
            "Tệp không có khóa nào của tệp chiến dịch (id, title, mode…). Hãy kiểm tra có chỉ nhầm tệp không, "
                + "hoặc chép tệp mẫu rồi sửa lại.",
            "The file has none of a campaign file's keys (id, title, mode…). Is it the right file? "
                + "Otherwise copy a sample and edit it.");
        return false;
    }

    static FileNode CheckUnquoted(FileNode root, ProblemList problems)
    {
        new UnquotedText(problems).Check(root);
        new SeenText(problems).Check(root);
        return root;
    }

    /// <param name="bounds">Null: neither lanes nor files are looked for.</param>
    static Campaign? ReadRoot(
        FileNode root,
        string path,
        string text,
        Func<CampaignBounds>? bounds,
        ProblemList problems,
        bool filesMayBeGone = false)
    {
        var full = Path.GetFullPath(path);
        var values = new ValueReader(problems);
        var words = new MessagesReader(problems, values, asKept: bounds is null);

        CheckId(root, problems);
        CheckSender(root, problems);
        words.CheckReported(root);
        var yearly = root.Map("schedule")?.Find("yearly") is not null;
        var schedule = root.Map("schedule") is { } when
            ? new ScheduleReader(problems, values).Read(when, root.FindMember("schedule")!.Where)
            : null;
        var directive = root.Map("directive") is { } order ? words.ReadDirective(root, order, schedule, yearly) : null;
        var messages = words.ReadMessages(root);
        var (laneNames, roots, holders) = bounds?.Invoke() ?? new CampaignBounds([], null, null);
        var reach = new SegmentsReader(
            problems, Path.GetDirectoryName(full)!, asKept: bounds is null, filesMayBeGone, roots);
        var names = root.MapsOf("messages").Select(message => message.Words("name")).OfType<string>().ToList();
        var (segments, held) = reach.ReadSegments(
            root, names, new HeldSegmentsReader(problems, bounds is null ? null : holders, schedule, yearly));
        var suppression = reach.ReadSuppression(root);
        var lanes = reach.ReadLanes(root, laneNames);
        var limits = ReadLimits(root, problems);
        WarnOfUnused(root, problems);

        if (problems.HasErrors || directive is null || schedule is null)
            return null;

        return new Campaign
        {
            Id = root.Words("id")!,
            Title = root.Words("title")!,
            Mode = root.Choice("mode") == "live" ? CampaignMode.Live : CampaignMode.Exercise,
            Directive = directive,
            Sender = root.Scalar("sender")!.Text,
            Messages = messages,
            Schedule = schedule,
            Segments = segments,
            HeldSegments = held,
            SuppressionFiles = suppression,
            Lanes = lanes,
            Limits = limits,
            Retry = ReadRetry(root.Map("retry")),
            Canary = ReadCanary(root.Map("canary")),
            Guard = ReadGuard(root.Map("guard")),
            UsesFallback = root.Choice("laneStopped") == "fallback",
            Priority = (int)(root.Number("priority") ?? CampaignPriority.Standard),
            File = full,
            Source = text,
        };
    }

    static void CheckId(FileNode root, ProblemList problems)
    {
        if (root.Scalar("id") is not { } id)
            return;

        if (IdPattern().IsMatch(id.Text) && id.Text.Length <= CampaignKeys.LongestId)
        {
            if (FileNames.IsOfDevice(id.Text))
                problems.Error(id.Where, "id",
                    $"Windows không cho đặt tên thư mục hay tệp là '{id.Text}' (tên thiết bị), nên không dùng làm mã "
                        + $"chiến dịch được. Có thể viết: {id.Text}-2025",
                    $"Windows allows no folder or file named '{id.Text}' (a device), so it cannot be an id. "
                        + $"It can be written: {id.Text}-2025");
            return;
        }

        var slug = Slug.Of(id.Text);
        slug = slug[..Math.Min(slug.Length, CampaignKeys.LongestId)].Trim('-');
        var instead = slug.Length == 0 ? "dak-lak-2025" : slug;
        problems.Error(id.Where, "id",
            $"Mã chiến dịch chỉ gồm chữ thường không dấu, chữ số và dấu '-', từ 1 đến {CampaignKeys.LongestId} "
                + $"ký tự. Có thể viết: {instead}",
            $"An id has only lower-case letters without diacritics, digits and '-', 1 to {CampaignKeys.LongestId} "
                + $"characters. It can be written: {instead}");
    }

    static void CheckSender(FileNode root, ProblemList problems)
    {
        if (root.Scalar("sender") is not { } sender)
            return;

        foreach (var broken in SenderRule.Broken(sender.Text))
            problems.Add(sender.Where, "sender", broken, Severity.Error);
    }

    static Limits ReadLimits(FileNode root, ProblemList problems)
    {
        var entry = root.FindMember("limits");
        var map = root.Map("limits");
        if (!root.MapsOf("segments").Any(segment => segment.FindMember("file") is not null)
            && root.MapsOf("segments").Any(segment => segment.FindMember("heldBy") is not null))
            return new Limits(map?.Number("messages"), map?.Number("costVnd")); // nothing is sent from here

        if (entry is null && !root.CutShort)
            problems.Warn(null, "limits",
                "Chưa đặt giới hạn (limits): số tin và chi phí không bị chặn. Nên ghi 'limits: "
                    + "{ messages: …, costVnd: … }'.",
                "No limits are set: neither messages nor cost are capped. Better write 'limits: "
                    + "{ messages: …, costVnd: … }'.");

        return new Limits(ReadLimit("messages"), ReadLimit("costVnd"));

        long? ReadLimit(string key)
        {
            if (map is { CutShort: false } && map.FindMember(key) is null)
                problems.Warn(entry!.Where, "limits." + key,
                    key == "messages"
                        ? "Chưa đặt giới hạn số tin (messages)."
                        : "Chưa đặt giới hạn chi phí (costVnd, đồng).",
                    key == "messages"
                        ? "No limit on messages is set (messages)."
                        : "No limit on cost is set (costVnd, VND).");
            return map?.Number(key);
        }
    }

    static RetryPolicy ReadRetry(FileNode? map) => new(
        (int)(map?.Number("tries") ?? RetryPolicy.Default.MostTries),
        map?.Number("validHours") is { } hours ? TimeSpan.FromHours(hours) : RetryPolicy.Default.Validity);

    static CanaryPolicy ReadCanary(FileNode? map) => new(
        (int)(map?.Number("messages") ?? CanaryPolicy.Default.Messages),
        (int)(map?.Number("receiptsPercent") ?? CanaryPolicy.Default.ReceiptsPercent),
        ReadMinutes(map, "receiptsMinutes") ?? CanaryPolicy.Default.Within,
        (int)(map?.Number("failuresPercent") ?? CanaryPolicy.Default.FailuresPercent));

    static GuardPolicy ReadGuard(FileNode? map) => new(
        (int)(map?.Number("failuresPercent") ?? GuardPolicy.Default.FailuresPercent),
        ReadMinutes(map, "minutes") ?? GuardPolicy.Default.Over,
        (int)(map?.Number("messages") ?? GuardPolicy.Default.Messages));

    static TimeSpan? ReadMinutes(FileNode? map, string key) =>
        map?.Number(key) is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    static void WarnOfUnused(FileNode root, ProblemList problems)
    {
        var used = root.MapsOf("segments").Select(segment => segment.Words("message")).ToHashSet();
        foreach (var name in root.MapsOf("messages").Select(message => message.Scalar("name")).OfType<FileNode>())
        {
            if (!used.Contains(name.Text.Trim().Composed()))
                problems.Warn(name.Where, "messages",
                    $"Không nhóm nhận tin nào dùng tin '{name.Text}': tin này sẽ không được gửi.",
                    $"No segment uses the message '{name.Text}': it will not be sent.");
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\z")]
    private static partial Regex IdPattern();
}
