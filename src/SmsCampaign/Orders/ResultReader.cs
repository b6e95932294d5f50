using SmsCampaign.Audience;
using SmsCampaign.Messages;

namespace SmsCampaign.Orders;

/// <summary>A carrier's report as it was read.</summary>
/// <param name="FileHash">SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
sealed record ReadResult(CarrierResult Result, string FileHash);

/// <summary>
/// Reads what a carrier sent back: our reply form, or a table of its own with an area a row. All that cannot be read is
/// told, and what is left unread is said.
/// </summary>
sealed class ResultReader(HolderSettings holder, FileProblems problems)
{
    /// <summary>Rows among which the headings are looked for: titles stand above them.</summary>
    const int MostTitles = 30;

    /// <summary>More than a country has communes: what is longer is a list of subscribers.</summary>
    const int MostRows = 50_000;

    /// <summary>How a row of sums is named, folded.</summary>
    static readonly HashSet<string> Totals =
        ["tong", "cong", "toantinh", "tongtoantinh", "congtoantinh", "total", "grandtotal", "sum"];

    /// <summary>With what such a name begins. No more than this: Tổng Cọt and Cộng Hòa are communes.</summary>
    static readonly string[] TotalBegins = ["tongcong", "tongso", "congcum", "subtotal"];

    /// <param name="path">Full path.</param>
    /// <returns>Null where it cannot be read; the problems say why.</returns>
    public ReadResult? Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var book = TableFile.Open(path);
            var read = Find(book, ReplyForm.Results) is { } results
                ? ReadForm(book, results, cancellationToken)
                : ReadOwn(book, cancellationToken);
            return problems.HasErrors ? null : read;
        }
        catch (BrokenTableException broken)
        {
            problems.Add(broken);
            return null;
        }
    }

    static TableSheet? Find(TableBook book, string name) => book.Sheets.FirstOrDefault(
        sheet => sheet.Name is not null && CellText.Fold(sheet.Name) == CellText.Fold(name));

    ReadResult? ReadForm(TableBook book, TableSheet results, CancellationToken cancellationToken)
    {
        var about = Find(book, ReplyForm.About) is { } sheet ? ReadAbout(book, sheet) : [];
        var (rows, total, hash) = ReadRows(book, results, cancellationToken);
        var hours = Find(book, ReplyForm.ByHour) is { } byHour ? ReadHours(book, byHour) : [];
        var failures = Find(book, ReplyForm.Failures) is { } failed ? ReadFailures(book, failed) : [];
        SayUnread(book, [results, Find(book, ReplyForm.About), Find(book, ReplyForm.ByHour),
            Find(book, ReplyForm.Failures)]);
        var result = new CarrierResult
        {
            OrderId = Of("Mã lệnh"),
            Revision = int.TryParse(Of("Lần"), out var revision) ? revision : null,
            Text = Of("Nội dung đã gửi"),
            TextSha256 = Of("SHA-256")?.ToLowerInvariant(),
            Sender = Of("Tên định danh"),
            Trust = Shown("Mức xác nhận"),
            Rate = Shown("Tốc độ (tin/giây)"),
            Counting = Shown("Số liệu"),
            Rows = rows,
            Total = total,
            Hours = hours,
            Failures = failures,
        };
        return rows.Count == 0 ? null : new ReadResult(result, hash);

        string? Of(string name) =>
            about.TryGetValue(CellText.Fold(name), out var value) && value.Length > 0 ? value : null;

        string? Shown(string name) => Of(name) is { } value ? NumberMask.In(value) : null;
    }

    ReadResult? ReadOwn(TableBook book, CancellationToken cancellationToken)
    {
        var visible = book.Sheets.Where(sheet => !sheet.IsHidden).ToList();
        var withRows = visible.Where(sheet => FindHeadings(book, sheet) is not null).ToList();
        if (withRows.Count != 1)
        {
            var names = string.Join(", ", withRows.Select(sheet => Masking.Of(sheet.Name ?? "")));
            problems.Error(null, null, withRows.Count == 0
                ? new Wording(
                    $"Không thấy bảng kết quả: cần một hàng tên cột có '{ResultColumns.NameOf(ResultColumn.Area)}' và "
                        + $"'{ResultColumns.NameOf(ResultColumn.Sent)}'.{Nearest(book, visible)} Hãy dùng biểu báo cáo "
                        + $"đã gửi kèm công văn, hoặc ghi tên cột của nhà mạng vào holders trong tệp cấu hình.",
                    $"No table of results was found: a row of headings with "
                        + $"'{ResultColumns.NameOf(ResultColumn.Area)}' and "
                        + $"'{ResultColumns.NameOf(ResultColumn.Sent)}' "
                        + $"is needed.{Nearest(book, visible)} Use the reply form that went with the letter, or map "
                        + $"the carrier's columns in holders of the installation file.")
                : new Wording(
                    $"Có {withRows.Count} trang tính có bảng kết quả: {names}. Hãy chỉ để lại trang cần nhập.",
                    $"Several sheets have results: {names}. Leave only the one to import."));
            return null;
        }

        var (rows, total, hash) = ReadRows(book, withRows[0], cancellationToken);
        SayUnread(book, [withRows[0]]);
        return rows.Count == 0 ? null : new ReadResult(new CarrierResult { Rows = rows, Total = total }, hash);
    }

    /// <summary>The heading that is nearest to one that is missing, on any sheet.</summary>
    Wording Nearest(TableBook book, IReadOnlyList<TableSheet> sheets)
    {
        if (!book.IsWorkbook) // is read once only
            return new Wording("", "");

        foreach (var sheet in sheets)
        {
            using var table = book.Open(sheet);
            for (var row = 0; row < MostTitles && table.ReadNotBlank(); row++)
            {
                var headings = HeadingsOf(table);
                var found = ResultColumns.Find(headings, holder.Columns);
                foreach (var missing in ResultColumns.Required.Where(column => !found.ContainsKey(column)))
                {
                    if (ResultColumns.Near(missing, headings) is { } near)
                    {
                        return new Wording(
                            $" Có cột '{Masking.Of(near)}': có phải là '{ResultColumns.NameOf(missing)}' không?",
                            $" There is a column '{Masking.Of(near)}': is it '{ResultColumns.NameOf(missing)}'?");
                    }
                }
            }
        }

        return new Wording("", "");
    }

    Dictionary<ResultColumn, int>? FindHeadings(TableBook book, TableSheet sheet)
    {
        // A CSV can be opened once: its headings are looked for as it is read.
        if (!book.IsWorkbook)
            return [];

        using var table = book.Open(sheet);
        return FindHeadings(table, out _);
    }

    /// <summary>Reads on to the row of headings.</summary>
    Dictionary<ResultColumn, int>? FindHeadings(TableReader table, out IReadOnlyList<string> headings)
    {
        for (var row = 0; row < MostTitles && table.ReadNotBlank(); row++)
        {
            headings = HeadingsOf(table);
            var found = ResultColumns.Find(headings, holder.Columns);
            if (ResultColumns.Required.All(found.ContainsKey))
                return found;
        }

        headings = [];
        return null;
    }

    static List<string> HeadingsOf(TableReader table) =>
        [.. Enumerable.Range(0, table.CellCount).Select(at => CellText.OnOneLine(table.Cell(at).ToString()))];

    /// <returns>The hash is of what was read, not of what lies there afterwards.</returns>
    (List<ResultRow> Rows, ResultRow? Total, string Hash) ReadRows(
        TableBook book, TableSheet sheet, CancellationToken cancellationToken)
    {
        var found = problems.OfSheet(book.NameToShow(sheet));
        var cells = new ResultCells(found);
        var rows = new List<ResultRow>();
        ResultRow? total = null;
        using var table = book.Open(sheet);
        if (FindHeadings(table, out var headings) is not { } columns)
        {
            found.Error(null, null, new Wording(
                $"Không thấy hàng tên cột có '{ResultColumns.NameOf(ResultColumn.Area)}' và "
                    + $"'{ResultColumns.NameOf(ResultColumn.Sent)}'.",
                $"No row of headings has '{ResultColumns.NameOf(ResultColumn.Area)}' and "
                    + $"'{ResultColumns.NameOf(ResultColumn.Sent)}'."));
            return (rows, null, "");
        }

        if (ResultColumns.Unread(headings, columns) is { Count: > 0 } unread)
        {
            var names = string.Join(", ", unread.Select(name => $"'{Masking.Of(name)}'"));
            found.Warn(table.Line, null, new Wording(
                $"Không đọc các cột: {names}.", $"These columns are not read: {names}."));
        }

        var open = new List<(int Line, string Area)>();
        int? At(ResultColumn column) => columns.TryGetValue(column, out var at) ? at : null;
        while (table.ReadNotBlank())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.IsHidden)
                found.Error(table.Line, null, new Wording(
                    "Hàng này đang ẩn trong Excel. Hãy bỏ ẩn (Unhide) hoặc xóa.",
                    "This row is hidden in Excel. Unhide or delete it."));
            var row = ReadRow(table, cells, At);
            if (row.Area.Length == 0)
            {
                if (!SaysNothing(row))
                    found.Error(table.Line, null, new Wording(
                        "Hàng có số liệu mà không ghi địa bàn.", "The row has figures and names no area."));
                continue; // the foot: who made and who signs it
            }

            if (HoldsNumber(table, columns[ResultColumn.Area]))
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

        foreach (var (line, area) in open)
            found.Warn(line, null, NoFigures(area));
        if (rows.Count == 0)
            found.Error(null, null, new Wording(
                "Bảng kết quả không có hàng nào.", "The table of results has no rows."));
        found.Finish();
        return (rows, total, table.FinishHash());
    }

    static bool IsTotal(ResultRow row) =>
        CellText.Fold(row.Area) is var name
        && (Totals.Contains(name)
            || Array.Exists(TotalBegins, begin => name.StartsWith(begin, StringComparison.Ordinal)));

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

    static string? TextAt(TableReader table, int? column) =>
        column is { } at && CellText.OnOneLine(table.Cell(at).ToString()) is { Length: > 0 } text
            ? NumberMask.In(text)
            : null;

    /// <summary>Names and values, a row each.</summary>
    static Dictionary<string, string> ReadAbout(TableBook book, TableSheet sheet)
    {
        var about = new Dictionary<string, string>();
        using var table = book.Open(sheet);
        while (table.ReadNotBlank())
        {
            if (table.CellCount >= 2)
                about.TryAdd(
                    CellText.Fold(table.Cell(0).ToString()),
                    table.Cell(1).ToString().Composed().Trim());
        }

        return about;
    }

    List<ResultHour> ReadHours(TableBook book, TableSheet sheet)
    {
        var found = problems.OfSheet(book.NameToShow(sheet));
        var cells = new ResultCells(found);
        var hours = new List<ResultHour>();
        using var table = book.Open(sheet);
        table.ReadNotBlank(); // its headings
        while (table.ReadNotBlank())
        {
            if (cells.Whole(table, 2) is not { } sent)
            {
                if (cells.Whole(table, 3) is not null)
                    found.Error(table.Line, null, new Wording(
                        "Giờ này ghi (5) Thành công mà không ghi (4) Đã gửi.",
                        "This hour says (5) Succeeded and not (4) Sent."));
                continue; // of an hour that is left open nothing is said
            }

            if (cells.Day(table, 0) is { } day && cells.Hour(table, 1) is { } hour)
                hours.Add(new ResultHour(table.Line, day, hour, sent, cells.Whole(table, 3)));
        }

        found.Finish();
        return hours;
    }

    List<ResultFailure> ReadFailures(TableBook book, TableSheet sheet)
    {
        var found = problems.OfSheet(book.NameToShow(sheet));
        var cells = new ResultCells(found);
        var failures = new List<ResultFailure>();
        using var table = book.Open(sheet);
        table.ReadNotBlank(); // its headings
        while (table.ReadNotBlank())
        {
            if (cells.Whole(table, 1) is not { } count)
                continue; // a cause that is left open
            if (TextAt(table, 0) is { } name)
                failures.Add(new ResultFailure(table.Line, name, count));
            else
                found.Error(table.Line, null, new Wording(
                    "Hàng có số thuê bao mà không ghi lý do.", "The row has a figure and names no cause."));
        }

        found.Finish();
        return failures;
    }

    void SayUnread(TableBook book, IReadOnlyList<TableSheet?> read)
    {
        var unread = book.Sheets
            .Except(read.OfType<TableSheet>())
            .Select(sheet => Masking.Of(sheet.Name ?? ""))
            .ToList();
        if (unread.Count > 0)
        {
            var names = string.Join(", ", unread.Select(name => $"'{name}'"));
            problems.Warn(null, null, new Wording(
                $"Không đọc các trang tính: {names}.", $"These sheets are not read: {names}."));
        }
    }
}
