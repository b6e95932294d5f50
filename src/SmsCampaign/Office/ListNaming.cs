using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Office;

/// <summary>Names of a list's sheets and columns by the places that somebody chose. What seems a number is no name, and
/// is not written into a campaign file.</summary>
sealed class ListNaming
{
    readonly ListUse _use;
    readonly Segment _segment;
    readonly ListSight _sight;
    readonly IReadOnlyList<string> _headings;
    readonly IReadOnlyList<string> _sheets;
    readonly List<Problem> _problems = [];

    /// <exception cref="IOException">The machine cannot read on.</exception>
    public ListNaming(ListUse use, string path, Segment segment)
    {
        (_use, _segment) = (use, segment);
        var headings = new List<IReadOnlyList<string>>();
        _sight = ListLook.AtSubscribers(path, use.File!, segment, headings);
        _headings = headings is [var first, ..] ? first : [];
        _sheets = ReadSheets(path);
    }

    /// <summary>Why something that was chosen cannot be named.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>A list is another than the one that was looked at.</summary>
    public static Problem Changed(ListUse use) => new(Masked(use), new Wording(
        "Danh sách hoặc cấu hình đã đổi từ khi mở trang này, hoặc trang mở từ hôm trước, nên cột và trang tính đã chọn "
            + "có thể là của bảng khác. Xem lại rồi chọn lại.",
        "A list or the settings have changed since this page was opened, or it was opened on another day: what was "
            + "chosen may be of another table. Look at it and choose again."));

    /// <returns>Null where it cannot be named, which the problems say.</returns>
    public string? ColumnAt(int at)
    {
        if (at < 0 || at >= _headings.Count || _headings[at].Length == 0)
        {
            Refuse(
                $"Bảng không có cột thứ {at + 1}, hoặc cột ấy không có tên. Xem lại rồi chọn lại.",
                $"The table has no column {at + 1}, or it has no name. Look at it and choose again.");
            return null;
        }

        if (NumberMask.In(_headings[at]) == _headings[at])
            return _headings[at];

        Refuse(
            $"Ô đầu của cột thứ {at + 1} trông như số điện thoại, không phải tên cột. Hãy thêm một dòng tên cột lên "
                + $"đầu danh sách rồi đưa lên lại.",
            $"The first cell of column {at + 1} looks like a number, and not like a name. Put a row with the names of "
                + $"the columns on top of the list and bring it again.");
        return null;
    }

    /// <summary>What the campaign file is to say of sheets: of those that are not shown it says what it said.</summary>
    /// <returns>Null where it says that already, or one cannot be named, which the problems say.</returns>
    public IReadOnlyList<string>? Choose(IReadOnlyList<int> positions)
    {
        var shown = _sheets.Take(_sight.Sheets.Count).ToList();
        var before = _segment.Sheets.Count == 0
            ? []
            : Enumerable.Range(0, shown.Count).Where(at => _sight.Sheets[at].IsRead).ToHashSet();
        if (before.SetEquals(positions))
            return null;

        foreach (var at in positions.Distinct().Where(at => at < 0 || at >= shown.Count))
        {
            Refuse(
                $"Tệp không có trang tính thứ {at + 1}. Xem lại rồi chọn lại.",
                $"The file has no sheet {at + 1}. Look at it and choose again.");
        }

        List<string> names = [.. positions.Distinct().Where(at => at >= 0 && at < shown.Count).Select(at => shown[at])];
        foreach (var name in names.Where(name => NumberMask.In(name) != name))
        {
            Refuse(
                $"Tên trang tính {NumberMask.In(name)} trông như số điện thoại, không ghi vào tệp chiến dịch được. Hãy "
                    + $"đổi tên trang rồi đưa danh sách lên lại.",
                $"The sheet's name {NumberMask.In(name)} looks like a number and is not written into the campaign "
                    + $"file. Rename the sheet and bring the list again.");
        }

        var kept = _segment.Sheets.Where(
            name => !shown.Exists(each => CellText.Canonical(each) == CellText.Canonical(name)));
        return _problems.Count > 0 ? null : [.. names, .. kept];
    }

    void Refuse(Vietnamese vi, English en) => _problems.Add(new Problem(Masked(_use), new Wording(vi, en)));

    static Place Masked(ListUse use) => new(ListDesk.Masked(use.File!));

    static IReadOnlyList<string> ReadSheets(string path)
    {
        try
        {
            using var book = TableFile.Open(path);
            return book.IsWorkbook ? [.. book.Sheets.Select(sheet => sheet.Name!)] : [];
        }
        catch (BrokenTableException)
        {
            return [];
        }
    }
}
