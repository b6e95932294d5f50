using System.Globalization;
using SmsCampaign.Letters;

namespace SmsCampaign.Reports.Documents;

/// <summary>The sheets of bao-cao.xlsx that are worked out: the cover with the charts, and one a table.</summary>
sealed class WorkbookSheets(WrittenWorkbook book, ReportModel model)
{
    const int NarrowestColumn = 8;
    const int WidestColumn = 60;

    /// <summary>Of three lines, in points.</summary>
    const int HeadingHeight = 50;

    /// <summary>Colours that stand apart in print and for who sees few of them, RRGGBB.</summary>
    static readonly string[] Colours = ["1F77B4", "D62728", "FF9F1C", "9AA5B1", "4D4D4D"];

    /// <summary>Above every page: what has to be seen before any figure; null where there is nothing.</summary>
    string? Header => model.Marks.Count == 0 ? null : string.Join(
        " | ", model.Marks.Select(mark => mark.In(model.Language).Split(':')[0]));

    /// <param name="tables">Those of very many rows, which are listed behind.</param>
    public void Write(IReadOnlyList<LongTable> tables)
    {
        WriteCover(tables);
        foreach (var sheet in model.Sheets)
            WriteTable(sheet);
    }

    void WriteCover(IReadOnlyList<LongTable> tables)
    {
        var run = model.Tables.Run;
        List<(string Text, CellLook Look)> lines = [(run.Title.Length > 0 ? run.Title : run.Campaign, CellLook.Strong)];
        lines.AddRange(model.Marks.Select(mark => (mark.In(model.Language), CellLook.Strong)));
        lines.Add((In(new(
            $"Báo cáo kết quả nhắn tin: {run.Campaign}, ngày {Figures.Date(run.Date)}",
            $"Report on the texting: {run.Campaign}, {Figures.Date(run.Date)}")), CellLook.Plain));
        lines.Add((In(new(
            "Số liệu như các tệp CSV, bao-cao.html và bao-cao.docx; số thuê bao được che. Mọi giờ theo múi giờ ghi ở "
                + "trang Tổng hợp.",
            "Figures as in the CSV files, bao-cao.html and bao-cao.docx; numbers are masked. All times are of the zone "
                + "that the summary names.")), CellLook.Plain));
        if (model.Unproved is { } why)
        {
            lines.Add((In(new(
                $"Không kiểm chứng được tốc độ: {why}", $"The rates could not be proved: {why}")), CellLook.Plain));
        }

        foreach (var table in tables)
        {
            var (rows, sheets) = (Figures.Count(table.Rows), Figures.Counted(table.Sheets, "sheet"));
            lines.Add((In(table.Sheets == 1
                ? new($"{table.Name}: {rows} dòng", $"{table.Name}: rows {rows}")
                : new(
                    $"{table.Name}: {rows} dòng, chia thành {sheets} trang tính vì một trang tính không chứa hết",
                    $"{table.Name}: rows {rows}, on {sheets}, as one cannot hold them")), CellLook.Plain));
        }

        book.Sheet(
            In(new("Biểu đồ", "Charts")),
            [.. Enumerable.Repeat(new SheetColumn(12), 12)],
            SettingOf(null) with { Charts = [.. Charts(lines.Count + 1)] },
            rows =>
            {
                foreach (var (text, look) in lines)
                    rows.Row(look, DocumentText.Of(text));
            });
    }

    IEnumerable<SheetChart> Charts(int top)
    {
        const int width = 12;
        const int gap = 1;
        if (RowsOf(model.Carriers) is { Count: > 0 } carriers)
        {
            var height = 8 + 2 * carriers.Count;
            yield return new SheetChart(
                In(new("Kết quả theo nhà mạng (thuê bao)", "Results by carrier (subscribers)")),
                In(model.Carriers.Name),
                CellsOf(0, carriers.Count),
                [.. carriers.Select(row => row[0].In(model.Language))],
                [.. Enumerable.Range(3, Colours.Length).Select(column =>
                    SeriesOf(model.Carriers, column, carriers, Colours[column - 3]))],
                IsLying: true,
                IsStacked: true,
                0,
                top,
                width,
                height);
            top += height + gap;
        }

        if (RowsOf(model.Hours) is { Count: > 0 } hours)
        {
            yield return new SheetChart(
                In(new("Tin đã chuyển theo giờ", "Messages handed over by hour")),
                In(model.Hours.Name),
                CellsOf(1, hours.Count),
                [.. hours.Select(row => row[1].In(model.Language))],
                [SeriesOf(model.Hours, 2, hours, Colours[0])],
                IsLying: false,
                IsStacked: false,
                0,
                top,
                width,
                16);
            top += 16 + gap;
        }

        if (RowsOf(model.Areas) is { Count: > 0 } areas)
        {
            yield return new SheetChart(
                In(new("Thuê bao nhận tin theo địa bàn", "Recipients by area")),
                In(model.Areas.Name),
                CellsOf(1, areas.Count),
                [.. areas.Select(row => row[1].In(model.Language))],
                [SeriesOf(model.Areas, 2, areas, Colours[0])],
                IsLying: true,
                IsStacked: false,
                0,
                top,
                width,
                8 + areas.Count);
        }
    }

    ChartSeries SeriesOf(
        ReportSheet sheet, int column, List<IReadOnlyList<ReportCell>> rows, string colour) => new(
        sheet.Headings[column].In(model.Language),
        CellsOf(column, rows.Count),
        [.. rows.Select(row => row[column].Number ?? 0)],
        colour);

    /// <summary>The cells of a column in the rows below the headings.</summary>
    static string CellsOf(int column, int rows)
    {
        var name = SheetRows.NameOf((uint)column + 1);
        return $"{name}2:{name}{(rows + 1).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>All rows but the totals.</summary>
    static List<IReadOnlyList<ReportCell>> RowsOf(ReportSheet sheet) =>
        [.. sheet.Rows.Where((_, at) => !sheet.IsTotal(at))];

    void WriteTable(ReportSheet sheet)
    {
        // A filter leaves totals out: they stand below what it sorts.
        var filtered = sheet.Rows.TakeWhile((_, at) => !sheet.IsTotal(at)).Count();
        var last = SheetRows.NameOf((uint)sheet.Headings.Count);
        book.Sheet(
            In(sheet.Name),
            [.. sheet.Headings.Select((_, column) => new SheetColumn(WidthOf(sheet, column)))],
            SettingOf($"A1:{last}{(filtered + 1).ToString(CultureInfo.InvariantCulture)}") with { Frozen = 1 },
            rows =>
            {
                rows.Begin(HeadingHeight);
                foreach (var heading in sheet.Headings)
                    rows.Text(heading.In(model.Language), CellLook.Head);
                rows.End();
                foreach (var (row, at) in sheet.Rows.Select((row, at) => (row, at)))
                {
                    rows.Begin();
                    foreach (var cell in row)
                        WriteCell(rows, cell, sheet.IsTotal(at));
                    rows.End();
                }
            });
    }

    void WriteCell(SheetRows rows, ReportCell cell, bool isTotal)
    {
        if (cell.Number is { } number)
            rows.Number(number, isTotal ? CellLook.WholeTotal : CellLook.Whole);
        else if (cell.At is { } moment)
            rows.Number(SerialOf(moment), LookOf(cell, isTotal));
        else
            rows.Text(cell.In(model.Language), isTotal ? CellLook.FramedTotal : CellLook.Framed);
    }

    static CellLook LookOf(ReportCell cell, bool isTotal) =>
        cell.IsDate ? CellLook.Day : isTotal ? CellLook.SecondTotal : CellLook.Second;

    /// <summary>Days since 30/12/1899, to the second.</summary>
    static decimal SerialOf(DateTime moment) =>
        25_569 + decimal.Round((moment - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerDay, 10);

    /// <summary>As its widest cell takes, within bounds.</summary>
    double WidthOf(ReportSheet sheet, int column)
    {
        var longest = sheet.Rows
            .Where(row => column < row.Count)
            .Select(row => row[column].In(model.Language).Split('\n').Max(line => line.Length))
            .DefaultIfEmpty(0)
            .Max();
        var heading = sheet.Headings[column].In(model.Language).Length;
        return Math.Clamp(Math.Max(longest + 2, heading / 3 + 4), NarrowestColumn, WidestColumn);
    }

    SheetSetting SettingOf(string? filter) => new()
    {
        Filter = filter,
        Header = Header,
        HasPageNumbers = true,
    };

    string In(Wording words) => words.In(model.Language);
}
