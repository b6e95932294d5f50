using SmsCampaign.Audience;
using SmsCampaign.Messages;

namespace SmsCampaign.Orders;

/// <summary>A carrier's report as it was read.</summary>
/// <param name="FileHash">SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
/// <param name="Numbers">Its list of numbers; null where it brings none.</param>
/// <param name="HasTotals">Whether its sums are the carrier's own, and not those of the list.</param>
sealed record ReadResult(CarrierResult Result, string FileHash, ReadNumbers? Numbers, bool HasTotals)
{
    /// <summary>Of the table, where the file has other sheets.</summary>
    public string? Sheet { get; init; }
}

/// <summary>
/// Reads what a carrier sent back: our reply form, or a table of its own with an area a row, or a list with a number a
/// row, or table and list in one workbook. All that cannot be read is told, and what is left unread is said.
/// </summary>
/// <param name="openList">Opens what takes a list of numbers; null where it cannot be taken, and the problems say
/// why.</param>
sealed class ResultReader(HolderSettings holder, FileProblems problems, Func<NumberList?> openList)
{
    static readonly string[] OfForm = [ReplyForm.Results, ReplyForm.About, ReplyForm.ByHour, ReplyForm.Failures];

    /// <param name="path">Full path.</param>
    /// <returns>Null where it cannot be read; the problems say why.</returns>
    public ReadResult? Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var book = TableFile.Open(path);
            var read = !book.IsWorkbook ? ReadCsv(book, cancellationToken)
                : Find(book, ReplyForm.Results) is { } results ? ReadForm(book, results, cancellationToken)
                : ReadOwn(book, cancellationToken);
            return problems.HasErrors ? null : read;
        }
        catch (BrokenTableException broken)
        {
            problems.Add(broken);
            return null;
        }
    }

    /// <summary>Of those that have the name one that is seen, where there is one.</summary>
    static TableSheet? Find(TableBook book, string name) => book.Sheets
        .Where(sheet => sheet.Name is not null && CellText.Fold(sheet.Name) == CellText.Fold(name))
        .MinBy(sheet => sheet.IsHidden);

    /// <summary>A CSV can be read once: what it is is told by its headings as they come.</summary>
    ReadResult? ReadCsv(TableBook book, CancellationToken cancellationToken)
    {
        using var table = book.Open(book.Sheets[0]);
        if (ResultHeadings.Find(table, holder, out var titles) is not { } headings)
        {
            problems.Error(null, null, ResultHeadings.Missing(titles, holder));
            return null;
        }

        if (!IsOneKind(headings, table.Line, problems))
            return null;

        if (headings.IsList)
        {
            var list = openList();
            list?.Read(null, table, headings.Names, headings.Numbers, problems, cancellationToken);
            problems.Finish();
            return Whole(new CarrierResult { Rows = [] }, table.FinishHash(), list);
        }

        var totals = new TotalsTable(problems, holder.Columns).Read(table, headings, cancellationToken);
        problems.Finish();
        var result = new CarrierResult { Rows = totals.Rows, Total = totals.Total };
        return totals.Rows.Count == 0 ? null : new ReadResult(result, table.FinishHash(), null, HasTotals: true);
    }

    ReadResult? ReadForm(TableBook book, TableSheet results, CancellationToken cancellationToken)
    {
        var about = Find(book, ReplyForm.About) is { } sheet ? ReadAbout(book, sheet) : [];
        List<TableSheet> form = [.. OfForm.Select(name => Find(book, name)).OfType<TableSheet>()];
        foreach (var hidden in form.Where(sheet => sheet.IsHidden))
        {
            problems.OfSheet(book.NameToShow(hidden)).Error(null, null, new Wording(
                "Trang tính này đang ẩn trong Excel. Hãy bỏ ẩn (Unhide) và xem lại, hoặc xóa.",
                "This sheet is hidden in Excel. Unhide it and look at it, or delete it."));
        }

        var lists = book.Sheets
            .Except(form)
            .Where(other => !other.IsHidden && HeadingsOf(book, other) is { IsList: true, IsTotals: false })
            .ToList();
        var (totals, hash) = ReadTotals(book, results, cancellationToken);
        var hours = Find(book, ReplyForm.ByHour) is { } byHour ? ReadHours(book, byHour) : [];
        var failures = Find(book, ReplyForm.Failures) is { } failed ? ReadFailures(book, failed) : [];
        SayUnread(book, [.. form, .. lists]);
        var list = ReadLists(book, lists, cancellationToken);
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
            Rows = totals.Rows,
            Total = totals.Total,
            Hours = hours,
            Failures = failures,
        };
        return totals.Rows.Count == 0 || Whole(result, hash, list) is not { } own
            ? null
            : own with { Sheet = book.NameToShow(results) };

        string? Of(string name) =>
            about.TryGetValue(CellText.Fold(name), out var value) && value.Length > 0 ? value : null;

        string? Shown(string name) => Of(name) is { } value ? UnseenText.Show(NumberMask.In(value)) : null;
    }

    ReadResult? ReadOwn(TableBook book, CancellationToken cancellationToken)
    {
        var visible = book.Sheets.Where(sheet => !sheet.IsHidden).ToList();
        var titles = new List<IReadOnlyList<string>>();
        var found = new List<(TableSheet Sheet, ResultHeadings Headings)>();
        foreach (var sheet in visible)
        {
            using var table = book.Open(sheet);
            if (ResultHeadings.Find(table, holder, out var above) is not { } headings)
                titles.AddRange(above);
            else if (IsOneKind(headings, table.Line, problems.OfSheet(book.NameToShow(sheet))))
                found.Add((sheet, headings));
            else
                return null;
        }

        var tables = found.Where(each => !each.Headings.IsList).Select(each => each.Sheet).ToList();
        var lists = found.Where(each => each.Headings.IsList).Select(each => each.Sheet).ToList();
        if (tables.Count > 1 || found.Count == 0)
        {
            var names = string.Join(", ", tables.Select(sheet => Masking.Of(sheet.Name ?? "")));
            problems.Error(null, null, found.Count == 0
                ? ResultHeadings.Missing(titles, holder)
                : new Wording(
                    $"Có {tables.Count} trang tính có bảng kết quả: {names}. Hãy chỉ để lại trang cần nhập.",
                    $"Several sheets have results: {names}. Leave only the one to import."));
            return null;
        }

        SayUnread(book, [.. tables, .. lists]);
        if (tables.Count == 0)
        {
            var only = ReadLists(book, lists, cancellationToken);
            using var any = book.Open(lists[0]);
            return Whole(new CarrierResult { Rows = [] }, any.FinishHash(), only);
        }

        var (totals, hash) = ReadTotals(book, tables[0], cancellationToken);
        var list = ReadLists(book, lists, cancellationToken);
        return totals.Rows.Count == 0
            || Whole(new CarrierResult { Rows = totals.Rows, Total = totals.Total }, hash, list) is not { } own
            ? null
            : own with { Sheet = book.NameToShow(tables[0]) };
    }

    /// <summary>A row of headings that are both would be read by chance.</summary>
    static bool IsOneKind(ResultHeadings headings, int line, FileProblems found)
    {
        if (headings is not { IsList: true, IsTotals: true })
            return true;

        found.Error(line, null, new Wording(
            $"Hàng tên cột vừa có cột của bảng tổng ('{ResultColumns.NameOf(ResultColumn.Sent)}') vừa có cột của danh "
                + $"sách số ('{NumberColumns.NameOf(NumberColumn.Status)}'). Hãy ghi tên cột của nhà mạng vào "
                + $"holders.columns (bảng tổng) hoặc holders.numberColumns (mỗi số một hàng) của tệp cấu hình.",
            $"The headings are those of a table by area ('{ResultColumns.NameOf(ResultColumn.Sent)}') and of a list of "
                + $"numbers ('{NumberColumns.NameOf(NumberColumn.Status)}'). Name the carrier's columns in "
                + $"holders.columns (table) or holders.numberColumns (a number a row) of the installation file."));
        return false;
    }

    ReadResult? Whole(CarrierResult result, string hash, NumberList? list)
    {
        var hasTotals = result.Rows.Count > 0;
        if (list is null)
            return hasTotals ? new ReadResult(result, hash, null, hasTotals) : null;

        if (list.FindEmpty() is { } empty)
            problems.Error(null, null, empty);
        var numbers = list.Finish();
        return new ReadResult(
            result with { Rows = hasTotals ? result.Rows : numbers.Rows, Numbers = numbers.Numbers },
            hash,
            numbers,
            hasTotals);
    }

    ResultHeadings? HeadingsOf(TableBook book, TableSheet sheet)
    {
        using var table = book.Open(sheet);
        return ResultHeadings.Find(table, holder, out _);
    }

    /// <returns>Null where there are none, or they cannot be taken.</returns>
    NumberList? ReadLists(TableBook book, List<TableSheet> sheets, CancellationToken cancellationToken)
    {
        if (sheets.Count == 0 || openList() is not { } list)
            return null;

        foreach (var sheet in sheets)
        {
            var name = book.NameToShow(sheet);
            var found = problems.OfSheet(name);
            using var table = book.Open(sheet);
            if (ResultHeadings.Find(table, holder, out _) is { } headings)
                list.Read(name, table, headings.Names, headings.Numbers, found, cancellationToken);
            found.Finish();
        }

        return list;
    }

    /// <returns>The hash is of what was read, not of what lies there afterwards.</returns>
    (ReadTotals Totals, string Hash) ReadTotals(
        TableBook book, TableSheet sheet, CancellationToken cancellationToken)
    {
        var found = problems.OfSheet(book.NameToShow(sheet));
        using var table = book.Open(sheet);
        if (ResultHeadings.Find(table, holder, out var titles) is not { IsTotals: true } headings)
        {
            found.Error(null, null, ResultHeadings.Missing(titles, holder));
            return (new ReadTotals([], null), "");
        }

        var totals = new TotalsTable(found, holder.Columns).Read(table, headings, cancellationToken);
        found.Finish();
        return (totals, table.FinishHash());
    }

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
            if (TotalsTable.TextAt(table, 0) is { } name)
                failures.Add(new ResultFailure(table.Line, name, count));
            else
                found.Error(table.Line, null, new Wording(
                    "Hàng có số thuê bao mà không ghi lý do.", "The row has a figure and names no cause."));
        }

        found.Finish();
        return failures;
    }

    void SayUnread(TableBook book, IReadOnlyList<TableSheet> read)
    {
        var unread = book.Sheets
            .Except(read)
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
