using SmsCampaign.Audience;
using SmsCampaign.Messages;

namespace SmsCampaign.Orders;

/// <param name="Total">Its own sum; null where it has none.</param>
sealed record ReadTotals(IReadOnlyList<ResultRow> Rows, ResultRow? Total);

/// <summary>Reads a table with an area and class a row.</summary>
/// <param name="mapped">As <see cref="HolderSettings.Columns"/>.</param>
sealed class TotalsTable(FileProblems found, IReadOnlyDictionary<string, string> mapped)
{
    /// <summary>More than a country has communes: what is longer is no table by area.</summary>
    public const int MostRows = 50_000;

    /// <summary>How a row of sums is named, folded.</summary>
    static readonly HashSet<string> Totals =
        ["tong", "cong", "toantinh", "tongtoantinh", "congtoantinh", "total", "grandtotal", "sum"];

    /// <summary>With what such a name begins. No more than this: Tổng Cọt and Cộng Hòa are communes.</summary>
    static readonly string[] TotalBegins = ["tongcong", "tongso", "congcum", "subtotal"];

    /// <param name="table">At its headings.</param>
    public ReadTotals Read(TableReader table, ResultHeadings of, CancellationToken cancellationToken)
    {
        var (headings, columns) = (of.Names, of.Totals);
        var cells = new ResultCells(found);
        var rows = new List<ResultRow>();
        ResultRow? total = null;
        foreach (var (column, heading) in ResultColumns.Twice(headings, columns, mapped))
        {
            var (name, other) = (Masking.Of(headings[columns[column]]), Masking.Of(heading));
            found.Error(table.Line, null, new Wording(
                $"Hai cột '{name}' và '{other}' đều có thể là '{ResultColumns.NameOf(column)}'. Hãy ghi tên cột đúng "
                    + $"vào holders.columns.{ResultColumns.KeyOf(column)} của tệp cấu hình.",
                $"Both '{name}' and '{other}' may be '{ResultColumns.NameOf(column)}'. Name the right one in "
                    + $"holders.columns.{ResultColumns.KeyOf(column)} of the installation file."));
        }

        if (ResultColumns.Unread(headings, columns) is { Count: > 0 } unread)
        {
            var names = string.Join(", ", unread.Select(name => $"'{Masking.Of(name)}'"));
            found.Warn(table.Line, null, new Wording(
                $"Không đọc các cột: {names}.", $"These columns are not read: {names}."));
        }

        var open = new List<(int Line, string Area)>();
        int? At(ResultColumn column) => columns.TryGetValue(column, out var at) ? at : null;
        var areaAt = columns[ResultColumn.Area];
        table.SeeMerges(headings.Count);
        while (table.ReadNotBlank())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.IsHidden)
                found.Error(table.Line, null, new Wording(
                    "Hàng này đang ẩn trong Excel. Hãy bỏ ẩn (Unhide) hoặc xóa.",
                    "This row is hidden in Excel. Unhide or delete it."));
            if (table.FiguresInCell() is { } swallowed)
                found.Error(table.Line, null, swallowed);
            if (table.HasMoreThan(headings.Count))
                found.Error(table.Line, null, table.TooManyCells(headings.Count));
            var row = ReadRow(table, cells, At);
            if (row.Area.Length == 0 && !SaysNothing(row) && FindTotalWord(table, columns) is { } word)
                row = row with { Area = word };
            if (FindMerge(table, columns, row) is { } merged)
            {
                found.Error(table.Line, null, Unmerge(merged));
                continue;
            }

            if (row.Area.Length == 0)
            {
                if (!SaysNothing(row))
                    found.Error(table.Line, null, new Wording(
                        "Hàng có số liệu mà không ghi địa bàn.", "The row has figures and names no area."));
                continue; // the foot: who made and who signs it
            }

            if (HoldsNumber(table, areaAt))
            {
                found.Error(table.Line, null, new Wording(
                    "Cột địa bàn có số điện thoại: cần bảng tổng theo địa bàn, không phải danh sách thuê bao.",
                    "The column of areas has a telephone number: a table by area is needed, not a list of "
                        + "subscribers."));
                break;
            }

            if (SaysNothing(row))
            {
                if (total is null)
                    open.Add((row.Line, row.Area)); // the foot, or an area that was left open
                continue;
            }

            foreach (var (line, area) in open)
                found.Error(line, null, NoFigures(area));
            open.Clear();
            if (total is not null)
                found.Error(table.Line, null, new Wording(
                    $"Có hàng sau hàng Tổng (hàng {total.Line}). Hàng Tổng phải là hàng cuối.",
                    $"A row stands behind the total (row {total.Line}). The total must be the last."));
            else if (IsTotal(row))
                total = row;
            else if (rows.Count == MostRows)
            {
                found.Error(table.Line, null, new Wording(
                    $"Có hơn {Figures.Count(MostRows)} hàng: đây không phải bảng theo địa bàn.",
                    $"More than {Figures.Counted(MostRows, "row")}: this is no table by area."));
                break;
            }
            else
                rows.Add(row);
        }

        ListHeadings.FindHiddenColumns(table, headings, columns.Values, found);
        foreach (var (line, area) in open)
            found.Warn(line, null, NoFigures(area));
        if (rows.Count == 0)
            found.Error(null, null, new Wording(
                "Bảng kết quả không có hàng nào.", "The table of results has no rows."));
        return new ReadTotals(rows, total);
    }

    static bool IsTotal(ResultRow row) => IsTotal(row.Area);

    static bool IsTotal(string area) =>
        CellText.Fold(area) is var name
        && (Totals.Contains(name)
            || Array.Exists(TotalBegins, begin => name.StartsWith(begin, StringComparison.Ordinal)));

    /// <summary>A row of sums may be named before the column of areas: under STT, or merged with it.</summary>
    static string? FindTotalWord(TableReader table, IReadOnlyDictionary<ResultColumn, int> columns) =>
        Enumerable.Range(0, columns[ResultColumn.Area])
            .Select(at => TextAt(table, at))
            .FirstOrDefault(text => text is not null && IsTotal(text));

    /// <summary>The merged range that keeps the row from being read: it covers cells of which Excel keeps nothing, and
    /// whether its figure is of one row or of all nobody can tell.</summary>
    static CellMerge? FindMerge(TableReader table, IReadOnlyDictionary<ResultColumn, int> columns, ResultRow row)
    {
        foreach (var column in Figured)
        {
            if (columns.TryGetValue(column, out var at)
                && table.MergeOver(at) is { } merge
                && (row.Area.Length == 0 ? !SaysNothing(row) : !merge.IsInRow || !SaysNothing(row))
                && !(IsTotal(row) && column is ResultColumn.Area or ResultColumn.Subscribers))
                return merge;
        }

        return null;
    }

    /// <summary>Columns of which a merged cell leaves a row without what it says.</summary>
    static readonly ResultColumn[] Figured =
    [
        ResultColumn.Area, ResultColumn.Subscribers, ResultColumn.InScope, ResultColumn.Excluded, ResultColumn.NotSent,
        ResultColumn.Sent, ResultColumn.Succeeded, ResultColumn.Failed, ResultColumn.Unknown, ResultColumn.Parts,
    ];

    static Wording Unmerge(CellMerge merge) => new(
        $"Các ô {merge.Name} được gộp (Merge Cells), nên hàng này thiếu giá trị. Hãy bỏ gộp (Unmerge Cells), ghi đủ "
            + $"địa bàn và số liệu vào từng hàng rồi nhập lại.",
        $"The cells {merge.Name} are merged, so that the row lacks a value. Unmerge them, write area and figures into "
            + $"every row, and import again.");

    static bool HoldsNumber(TableReader table, int column) =>
        table.Cell(column).ToString() is var written && NumberMask.In(written) != written;

    static Wording NoFigures(string area) => new(
        $"Hàng '{area}' không có số liệu, nên không đọc. Địa bàn không gửi thì ghi 0 ở (4) Đã gửi.",
        $"The row '{area}' has no figures and is not read. Of an area without any write 0 at (4) Sent.");

    static bool SaysNothing(ResultRow row) =>
        row is { Sent: null, Succeeded: null, InScope: null, Failed: null, Unknown: null }
        && row is { Excluded: null, NotSent: null };

    static ResultRow ReadRow(TableReader table, ResultCells cells, Func<ResultColumn, int?> at) => new(
        table.Line, TextAt(table, at(ResultColumn.Area)) ?? "", TextAt(table, at(ResultColumn.Subscribers)))
    {
        InScope = cells.Whole(table, at(ResultColumn.InScope)),
        Excluded = cells.Whole(table, at(ResultColumn.Excluded)),
        NotSent = cells.Whole(table, at(ResultColumn.NotSent)),
        Sent = cells.Whole(table, at(ResultColumn.Sent)),
        Succeeded = cells.Whole(table, at(ResultColumn.Succeeded)),
        Failed = cells.Whole(table, at(ResultColumn.Failed)),
        Unknown = cells.Whole(table, at(ResultColumn.Unknown)),
        Parts = cells.Whole(table, at(ResultColumn.Parts)),
        Share = cells.Share(table, at(ResultColumn.Share)),
        Begin = cells.Moment(table, at(ResultColumn.Begin)),
        End = cells.Moment(table, at(ResultColumn.End)),
        Note = TextAt(table, at(ResultColumn.Note)),
    };

    public static string? TextAt(TableReader table, int? column) =>
        column is { } at && CellText.OnOneLine(table.Cell(at).ToString()) is { Length: > 0 } text
            ? UnseenText.Show(NumberMask.In(text))
            : null;
}
