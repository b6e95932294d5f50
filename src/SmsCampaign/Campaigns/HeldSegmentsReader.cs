using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;
using SmsCampaign.Orthography;

namespace SmsCampaign.Campaigns;

/// <summary>Reads a segment with <c>heldBy</c>.</summary>
/// <param name="holders">Those that the installation file defines; null: it is not asked, as of what a run
/// keeps.</param>
/// <param name="schedule">Null where it could not be read.</param>
sealed class HeldSegmentsReader(
    ProblemList problems, IReadOnlyCollection<string>? holders, Schedule? schedule, bool yearly)
{
    static readonly IReadOnlySet<string> OfHeld = HeldKeys.All.Select(key => key.Name).ToHashSet();

    static readonly string[] Needed = ["areas", "estimate", "acknowledgeBy", "reportBy"];

    readonly ValueReader _values = new(problems);
    readonly Dictionary<string, string> _slugs = [];

    /// <summary>Says which keys stand at a segment that are another kind's, and that it is of one kind.</summary>
    /// <returns>Whether a carrier holds it.</returns>
    public bool FindKind(FileNode item, string path)
    {
        var (file, held) = (item.FindMember("file"), item.FindMember("heldBy"));
        if (file is not null && held is not null)
        {
            problems.Error(held.Value.Where, path + ".heldBy",
                "Chỉ ghi một trong hai: 'file' (Sở có danh sách số) hoặc 'heldBy' (nhà mạng giữ danh sách và tự nhắn). "
                    + "Hãy xóa một dòng, hoặc tách thành hai nhóm nhận tin.",
                "Only one of 'file' (the numbers are here) and 'heldBy' (a carrier has them and texts them itself) can "
                    + "stand here. Delete one line, or make two segments of it.");
        }
        else if (file is null && held is null && !item.CutShort)
        {
            problems.Error(item.Where, path + ".file",
                "Thiếu nguồn thuê bao. Ghi 'file: …' (tệp danh sách số) hoặc 'heldBy: …' (nhà mạng giữ danh sách và tự "
                    + "nhắn).",
                "Where the subscribers come from is missing. Write 'file: …' (a list of numbers) or 'heldBy: …' (the "
                    + "carrier that holds and texts them).");
        }

        var isHeld = file is null && held is not null;
        var (foreign, of) = isHeld ? (SegmentKeys.OfOwnFile, "file") : (OfHeld, "heldBy");
        foreach (var entry in item.Members.Where(entry => entry.Name != "heldBy" && foreign.Contains(entry.Name)))
        {
            problems.Error(entry.Where, $"{path}.{entry.Name}",
                $"'{entry.Name}' chỉ dùng cho nhóm nhận tin có '{of}'. Hãy xóa dòng này.",
                $"'{entry.Name}' goes only with '{of}'. Delete this line.");
        }

        return isHeld;
    }

    /// <param name="message">Null where it could not be read.</param>
    /// <returns>Null where anything in it is wrong; that has been reported.</returns>
    public HeldSegment? Read(FileNode item, string path, string? message)
    {
        var owner = item.FindMember("heldBy")!.Value.Where;
        var holder = ReadHolder(item, path);
        CheckName(item, path);
        foreach (var missing in Needed
            .Where(key => !item.CutShort && item.FindMember(key) is null))
        {
            problems.Error(owner, $"{path}.{missing}",
                $"Thiếu '{missing}': nhóm nhận tin có 'heldBy' phải ghi.",
                $"'{missing}' is missing: a segment with 'heldBy' needs it.");
        }

        var classes = ReadClasses(item, path);
        var acknowledge = ReadDay(item, path, "acknowledgeBy");
        var report = ReadDay(item, path, "reportBy");
        CompareDays(item, path, acknowledge, report);
        var areas = ReadTexts(item, path, "areas");
        var contact = ReadContact(item);
        return item.Words("name") is { } name && holder is not null && message is not null && areas.Count > 0
            && item.Number("estimate") is { } estimate && acknowledge is not null && report is not null
            ? new HeldSegment(name, holder, message)
            {
                Areas = areas,
                Classes = classes,
                Criterion = item.Choice("located") == "serving" ? AreaCriterion.Serving : AreaCriterion.Registered,
                Estimate = estimate,
                Exclude = ReadTexts(item, path, "exclude"),
                AcknowledgeBy = acknowledge,
                ReportBy = report,
                ResultNumbers = item.Choice("resultNumbers") == "full" ? ListedNumbers.Full : ListedNumbers.Hashed,
                Contact = contact,
            }
            : null;
    }

    /// <summary>Letters and orders are called by it.</summary>
    void CheckName(FileNode item, string path)
    {
        if (item.Words("name") is not { } name)
            return;

        var slug = Slug.Of(name);
        if (slug.Length == 0)
        {
            problems.Error(item.Scalar("name")!.Where, path + ".name",
                $"Tên '{FileNode.Shortened(name)}' không có chữ hay số nào, nên không đặt tên tệp công văn được.",
                $"The name '{FileNode.Shortened(name)}' has neither letter nor digit, and no letter can be called by "
                    + $"it.");
        }
        else if (!_slugs.TryAdd(slug, name) && _slugs[slug] != name)
        {
            problems.Error(item.Scalar("name")!.Where, path + ".name",
                $"Tên '{FileNode.Shortened(name)}' chỉ khác '{_slugs[slug]}' ở dấu: tệp công văn sẽ trùng tên "
                    + $"({slug}). Hãy đổi một trong hai.",
                $"The name '{FileNode.Shortened(name)}' differs from '{_slugs[slug]}' by signs alone: their letters "
                    + $"would be called the same ({slug}). Change one of them.");
        }
    }

    string? ReadHolder(FileNode item, string path)
    {
        if (item.Words("heldBy") is not { } name || holders is null || holders.Contains(name))
            return item.Words("heldBy");

        var known = holders.Count == 0
            ? new Wording(
                " Tệp cấu hình chưa khai báo nhà mạng nào trong 'holders': hãy báo kỹ sư phụ trách.",
                " The installation file defines none in 'holders' yet: tell the engineer.")
            : new Wording(
                $" Các tên đã khai báo: {string.Join(", ", holders)}.", $" There are: {string.Join(", ", holders)}.");
        var hint = Spelling.DidYouMean(Spelling.Nearest(name, holders));
        problems.Error(item.Scalar("heldBy")!.Where, path + ".heldBy",
            $"Tệp cấu hình không khai báo '{name}' trong 'holders'.{hint}{known}",
            $"The installation file defines no '{name}' in 'holders'.{hint}{known}");
        return null;
    }

    List<SubscriberClass> ReadClasses(FileNode item, string path)
    {
        var read = new List<SubscriberClass>();
        foreach (var written in item.ItemsOf("subscribers").Where(written => written.IsScalar))
        {
            var word = written.Text.Trim();
            var found = Enum.GetValues<SubscriberClass>().Where(which => HeldKeys.WordOf(which) == word).ToList();
            if (found.Count == 0)
            {
                problems.Error(written.Where, path + ".subscribers",
                    $"'{FileNode.Shortened(word)}' không phải loại thuê bao. Ghi prepaid (trả trước), postpaid (trả "
                        + $"sau), hoặc cả hai.",
                    $"'{FileNode.Shortened(word)}' is no class of subscribers. Write prepaid, postpaid, or both.");
            }
            else if (!read.Contains(found[0]))
            {
                read.Add(found[0]);
            }
        }

        read.Sort();
        return read.Count == 0 ? [SubscriberClass.Prepaid, SubscriberClass.Postpaid] : read;
    }

    /// <summary>What goes into a letter: nothing in it that cannot be read there.</summary>
    List<string> ReadTexts(FileNode item, string path, string key)
    {
        var texts = new List<string>();
        foreach (var written in item.ItemsOf(key).Where(written => written.IsScalar))
        {
            foreach (var problem in TextCheck.Check(written.Text)
                .Where(problem => holders is not null && problem.Severity == Severity.Error))
                problems.Add(written.PlaceOf(problem.Index), $"{path}.{key}", problem.What, problem.Severity);
            texts.Add(written.Text.Trim().Composed());
        }

        return texts;
    }

    HeldDay? ReadDay(FileNode item, string path, string key)
    {
        if (item.Scalar(key) is not { } written)
            return null;

        var everyYear = yearly && written.Text.Count(letter => letter == '/') == 1;
        return _values.Day(written, $"{path}.{key}", everyYear) is { } day
            ? new HeldDay(
                day.Year is { } year ? new DateOnly(year, day.Month, day.Day) : null, day.Month, day.Day)
            : null;
    }

    /// <summary>A yes that may come after the day of sending, or a report that is due before it, is a slip.</summary>
    void CompareDays(FileNode item, string path, HeldDay? acknowledge, HeldDay? report)
    {
        if (schedule?.Date is not { } date)
            return;

        if (acknowledge?.Date is { } yes && yes >= date)
        {
            problems.Error(item.Scalar("acknowledgeBy")!.Where, path + ".acknowledgeBy",
                $"Hạn trả lời {yes:d/M/yyyy} không trước ngày gửi {date:d/M/yyyy}. Hãy ghi một ngày trước ngày gửi.",
                $"The answer is due on {yes:d/M/yyyy}, which is not before the day of sending, {date:d/M/yyyy}. "
                    + $"Write an "
                    + $"earlier day.");
        }

        if (report?.Date is { } due && due < date)
        {
            problems.Error(item.Scalar("reportBy")!.Where, path + ".reportBy",
                $"Hạn báo cáo {due:d/M/yyyy} trước ngày gửi {date:d/M/yyyy}. Hãy ghi một ngày sau ngày gửi.",
                $"The report is due on {due:d/M/yyyy}, before the day of sending, {date:d/M/yyyy}. Write a later day.");
        }
    }

    static HolderContact? ReadContact(FileNode item) =>
        item.Map("contact") is { } contact && contact.Words("name") is { } name
            ? new HolderContact(name, contact.Words("title"), contact.Words("phone"), contact.Words("email"))
            : null;
}
