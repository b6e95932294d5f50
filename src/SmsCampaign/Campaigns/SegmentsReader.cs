using SmsCampaign.Files;
using SmsCampaign.Orthography;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Reads <c>segments</c>, <c>suppression</c> and <c>lanes</c>: to whom, not to whom, and through what.
/// </summary>
/// <param name="folder">Full path of the campaign file's folder, which relative paths start from.</param>
/// <param name="asKept">Whether what a run keeps of its file is read: that the files and lanes it names are still there
/// is then not asked.</param>
/// <param name="roots">Where files may lie; null: anywhere.</param>
sealed class SegmentsReader(
    ProblemList problems, string folder, bool asKept = false, bool filesMayBeGone = false, FileRoots? roots = null)
{
    /// <param name="messageNames">Of every message in the file, also of one that could not be read whole.</param>
    /// <param name="heldReader">Reads those that a carrier holds.</param>
    public (IReadOnlyList<Segment> Own, IReadOnlyList<HeldSegment> Held) ReadSegments(
        FileNode root, IReadOnlyList<string> messageNames, HeldSegmentsReader heldReader)
    {
        var segments = new List<Segment>();
        var held = new List<HeldSegment>();
        var seen = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        foreach (var (item, index) in root.ItemsOf("segments").Select(
            (item, index) => (item.Kind == NodeKind.Map ? item : null, index)))
        {
            if (item is null)
                continue;

            var path = $"segments[{index + 1}]";
            if (item.Words("name") is { } name && !seen.TryAdd(name, item.Scalar("name")!.Where))
                problems.Error(item.Scalar("name")!.Where, path + ".name",
                    $"Đã có nhóm nhận tin tên '{name}' ở dòng {seen[name].Line}. Mỗi nhóm nhận tin phải có tên riêng.",
                    $"A segment named '{name}' already stands in line {seen[name].Line}. Give each its own name.");

            if (heldReader.FindKind(item, path))
            {
                if (heldReader.Read(item, path, ReadMessageName(item, path, messageNames)) is { } whole)
                    held.Add(whole);
                continue;
            }

            var file = item.Scalar("file") is { } written ? ReadPath(written, path + ".file") : null;
            var filter = item.Map("filter") is { } columns ? ReadFilter(columns, path + ".filter") : [];
            var message = ReadMessageName(item, path, messageNames);
            if (item.Words("name") is { } kept && file is not null && message is not null)
                segments.Add(ReadHow(item, new Segment(kept, file, filter, message, (int)(item.Number("priority") ?? 1))
                {
                    HiddenRows = item.Choice("hiddenRows") switch
                    {
                        "take" => HiddenRows.Take,
                        "leave" => HiddenRows.Leave,
                        _ => null,
                    },
                }));
        }

        return ([.. segments.OrderBy(segment => segment.Priority)], held);
    }

    /// <summary>A segment with a file, of a campaign file that need not be whole yet: as far as it says how its file is
    /// read. Its message and priority are nobody's.</summary>
    /// <param name="path">As problems name it: <c>segments[1]</c>.</param>
    /// <returns>Null where its file cannot be read, which has been reported.</returns>
    public Segment? ReadUnfinished(FileNode item, string path) =>
        item.Scalar("file") is { } written && ReadPath(written, path + ".file") is { } file
            ? ReadHow(item, new Segment(
                item.Words("name") ?? path,
                file,
                item.Map("filter") is { } columns ? ReadFilter(columns, path + ".filter") : [],
                item.Words("message") ?? "",
                Priority: 1))
            : null;

    /// <summary>The full path of a suppression list; null where it cannot be read, which has been reported.</summary>
    /// <param name="path">As problems name it: <c>suppression[1]</c>.</param>
    public string? ReadUnfinishedSuppression(FileNode item, string path) =>
        item.IsScalar ? ReadPath(item, path) : null;

    static Segment ReadHow(FileNode item, Segment segment) => segment with
    {
        Sheets = ReadSheets(item),
        Columns = ReadColumns(item),
    };

    public IReadOnlyList<string> ReadSuppression(FileNode root)
    {
        var files = new List<string>();
        foreach (var (item, index) in root.ItemsOf("suppression").Select(
            (item, index) => (item.IsScalar ? item : null, index)))
        {
            if (item is null || ReadPath(item, $"suppression[{index + 1}]") is not { } file)
                continue;

            if (files.Contains(file))
                problems.Warn(item.Where, $"suppression[{index + 1}]",
                    "Tệp này đã ghi ở trên: có thể xóa dòng này.",
                    "This file is listed above already: the line can go.");
            else
                files.Add(file);
        }

        return files;
    }

    /// <param name="laneNames">Lanes the installation file defines.</param>
    public IReadOnlyList<string> ReadLanes(FileNode root, IReadOnlyCollection<string> laneNames)
    {
        FindMissingLanes(root);
        var lanes = new Dictionary<string, Place>();
        foreach (var (item, index) in root.ItemsOf("lanes").Select(
            (item, index) => (item.IsScalar ? item : null, index)))
        {
            if (item is null)
                continue;

            var key = $"lanes[{index + 1}]";
            var name = item.Text.Trim();
            if (!asKept && !laneNames.Contains(name))
                ReportUnknownLane(item.Where, key, name, laneNames);
            else if (!lanes.TryAdd(name, item.Where))
                problems.Error(item.Where, key,
                    $"Kênh '{name}' đã ghi ở dòng {lanes[name].Line}. Mỗi kênh chỉ ghi một lần.",
                    $"Lane '{name}' already stands in line {lanes[name].Line}. Name each lane once.");
        }

        return [.. lanes.Keys];
    }

    /// <summary>Who has numbers to text needs a lane to do it through; who has none cannot use one.</summary>
    void FindMissingLanes(FileNode root)
    {
        var hasFile = root.MapsOf("segments").Any(segment => segment.FindMember("file") is not null);
        var hasHeld = root.MapsOf("segments").Any(segment => segment.FindMember("heldBy") is not null);
        if (root.FindMember("lanes") is null && !root.CutShort && (hasFile || !hasHeld))
        {
            problems.Error(root.Where, "lanes",
                "Thiếu 'lanes': các kênh gửi, theo tên trong tệp cấu hình, ví dụ 'lanes: [viettel]'.",
                "'lanes' is missing: the lanes by their names in the installation file, such as 'lanes: [viettel]'.");
        }
        else if (root.FindMember("lanes") is { } lanes && hasHeld && !hasFile)
        {
            problems.Warn(lanes.Where, "lanes",
                "Mọi nhóm nhận tin đều do nhà mạng giữ và tự nhắn ('heldBy'): các kênh này không được dùng. Có thể xóa "
                    + "dòng này.",
                "Carriers hold and text every segment ('heldBy'): these lanes are not used. The line can go.");
        }
    }

    void ReportUnknownLane(Place at, string key, string name, IReadOnlyCollection<string> laneNames)
    {
        var hint = Spelling.DidYouMean(Spelling.Nearest(name, laneNames));
        var known = laneNames.Count == 0
            ? new Wording(
                " Tệp cấu hình chưa khai báo kênh nào: hãy báo kỹ sư phụ trách.",
                " The installation file defines no lane yet: tell the engineer.")
            : new Wording(
                $" Các kênh đã khai báo: {string.Join(", ", laneNames)}.",
                $" Lanes defined: {string.Join(", ", laneNames)}.");
        problems.Error(at, key,
            $"Tệp cấu hình không khai báo kênh '{name}'.{hint}{known}",
            $"The installation file defines no lane '{name}'.{hint}{known}");
    }

    static List<string> ReadSheets(FileNode item) => item.Scalar("sheet") is { } one
        ? [one.Text.Trim().Composed()]
        : [.. item.ItemsOf("sheet")
            .Where(item => item.IsScalar)
            .Select(sheet => sheet.Text.Trim().Composed())
            .Distinct()];

    static Dictionary<string, string> ReadColumns(FileNode item) => item.Map("columns") is { } columns
        ? columns.Members
            .Where(entry => columns.Words(entry.Name) is not null)
            .ToDictionary(entry => entry.Name, entry => columns.Words(entry.Name)!)
        : [];

    string? ReadMessageName(FileNode item, string path, IReadOnlyList<string> messageNames)
    {
        if (item.Words("message") is not { } message || messageNames.Contains(message))
            return item.Words("message");

        // Where no message could be read at all, that has been said, and every segment would be wrong.
        if (messageNames.Count == 0)
            return null;

        var hint = Spelling.DidYouMean(Spelling.Nearest(message, messageNames));
        problems.Error(item.Scalar("message")!.Where, path + ".message",
            $"Không có tin nào tên '{message}' trong 'messages'.{hint} Các tin đã có: "
                + $"{string.Join(", ", messageNames)}.",
            $"No message in 'messages' is named '{message}'.{hint} There are: {string.Join(", ", messageNames)}.");
        return null;
    }

    List<ColumnFilter> ReadFilter(FileNode columns, string path)
    {
        var filters = new List<ColumnFilter>();
        foreach (var entry in columns.Members)
        {
            var key = $"{path}.{entry.Name}";
            var wanted = entry.Value is { Kind: NodeKind.List } list ? list.Items : [entry.Value];
            if (entry.Value is { IsRefused: true })
                continue;

            if (string.IsNullOrWhiteSpace(entry.Name))
                problems.Error(entry.Where, path, "Tên cột để trống.", "The column name is empty.");

            if (wanted.Count == 0)
                problems.Error(entry.Where, key,
                    "Danh sách giá trị trống: không dòng nào khớp. Hãy ghi ít nhất một giá trị hoặc xóa cột này.",
                    "The list of values is empty: no row would match. Write at least one value or delete the column.");

            foreach (var value in wanted.Where(value =>
                value is not ({ IsScalar: true, IsNothing: false } or { IsRefused: true })))
                problems.Error(value.Where, key,
                    "Mỗi giá trị lọc phải là chữ. Nếu cần chữ trống hoặc chữ 'null', hãy đặt trong ngoặc kép.",
                    "Each value to filter by must be text. Put an empty one or the word 'null' in quotes.");

            if (filters.Any(other =>
                string.Equals(other.Column, entry.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
                problems.Error(entry.Where, key,
                    "Cột này đã ghi ở trên (không phân biệt chữ hoa, chữ thường). "
                        + "Hãy gộp các giá trị vào một danh sách.",
                    "This column stands above already (case is ignored). Put the values in one list.");

            var written = wanted
                .Where(item => item.IsScalar)
                .Select(value => (Text: value.Text.Trim().Composed(), value.Where))
                .ToList();
            if (!asKept)
                FilterSpelling.Check([(entry.Name.Trim().Composed(), entry.Where), .. written], key, problems);

            filters.Add(new ColumnFilter(entry.Name.Trim(), [.. written.Select(value => value.Text)]));
        }

        return filters;
    }

    /// <returns>The full path; null where there is no such file, which has been reported.</returns>
    string? ReadPath(FileNode scalar, string key)
    {
        // Written on Windows, run on Linux: both slashes mean the same.
        var full = ComposedPath.Find(Path.GetFullPath(scalar.Text.Trim().Replace('\\', '/'), folder));
        if (asKept || filesMayBeGone)
            return full;

        if ((OrdinaryFile.Refuse(full) ?? roots?.Refuse(full)) is { } reason)
        {
            problems.Add(scalar.Where, key, reason, Severity.Error);
            return null;
        }

        if (File.Exists(full))
            return full;

        if (Directory.Exists(full))
            problems.Error(scalar.Where, key,
                $"{full} là một thư mục. Hãy ghi cả tên tệp.", $"{full} is a folder. Give the file's name as well.");
        else
        {
            var hint = SimilarFile.DidYouMean(full);
            problems.Unreadable(
                $"Không tìm thấy tệp. Đã tìm tại: {full}.{hint} Đường dẫn tính từ thư mục của tệp chiến dịch.",
                $"The file was not found. Looked at: {full}.{hint} Paths start from the campaign file's folder.",
                scalar.Where,
                key);
        }

        return null;
    }
}
