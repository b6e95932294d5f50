using SmsCampaign.Campaigns;

namespace SmsCampaign.Audience;

/// <summary>
/// The rows of a sheet that Excel hides, by a filter or by hand: the officer sees a table without them and must
/// say whether they are of it.
/// </summary>
sealed class HiddenRowCount
{
    /// <summary>Most rows named to a person.</summary>
    const int MostNamed = 5;

    readonly List<int> _first = [];
    long _rows;

    public void Add(int row)
    {
        _rows++;
        if (_first.Count < MostNamed)
            _first.Add(row);
    }

    public void Report(HiddenRows? taken, FileProblems problems)
    {
        if (_rows == 0)
            return;

        var count = Figures.Counted(_rows, "row");
        var (rows, be) = (Figures.Verb(_rows, "row", "rows"), Figures.Verb(_rows, "is", "are"));
        var where = string.Join(", ", _first) + (_rows > _first.Count ? ", …" : "");
        switch (taken)
        {
            case null:
                problems.Error(null, "hiddenRows", new Wording(
                    $"{count} hàng đang ẩn trong Excel (hàng {where}), có thể do bộ lọc. Hãy bỏ lọc rồi lưu lại, "
                        + $"hoặc ghi vào nhóm nhận tin: hiddenRows: take (vẫn gửi) hay hiddenRows: leave (không gửi).",
                    $"{count} {be} hidden in Excel ({rows} {where}), perhaps by a filter. Clear the filter and save, "
                        + $"or write in the segment: hiddenRows: take (text them) or hiddenRows: leave (do not)."));
                break;
            case HiddenRows.Take:
                problems.Warn(null, "hiddenRows", new Wording(
                    $"{count} hàng ẩn trong Excel (hàng {where}) vẫn được đọc như các hàng "
                        + $"khác, theo hiddenRows: take.",
                    $"{count} hidden in Excel ({rows} {where}) {be} read like all others, by hiddenRows: take."));
                break;
            default:
                problems.Warn(null, "hiddenRows", new Wording(
                    $"{count} hàng ẩn trong Excel (hàng {where}) không được gửi, theo hiddenRows: leave.",
                    $"{count} hidden in Excel ({rows} {where}) {Figures.Verb(_rows, "gets", "get")} "
                        + $"nothing, by hiddenRows: leave."));
                break;
        }
    }
}
