using System.Text;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using static SmsCampaign.Tests.Audience.WorkbookFile;

namespace SmsCampaign.Tests.Audience;

/// <summary>A workbook is read as Excel shows it, or refused by what it has.</summary>
public sealed class WorkbookTests : IDisposable
{
    static readonly string[] Headings = ["SĐT", "Xã"];
    static readonly string List = Rows(Headings, ["0912345678", "Ea Bung"]);
    static readonly string NextList = Rows(Headings, ["0912345679", "Ea Bung"]);
    static readonly string LastYears = Rows(Headings, ["0912345670", "Ea Bung"]);

    readonly ImportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Of_a_workbook_the_visible_sheet_with_the_columns_is_read()
    {
        var (reading, rows) = Import(new WorkbookFile()
            .Sheet("foxz", "", "veryHidden")
            .Sheet("Bìa", "")
            .Sheet("2024", LastYears, "hidden")
            .Sheet("Danh sách", List)
            .Sheet("Ghi chú", Rows(["Người lập: A"])));

        Assert.Equal(["2:84912345678"], rows.Numbers);
        Assert.Equal(["a.xlsx [Danh sách]"], reading.Audience!.Sources.Select(source => source.File));
        Assert.Equal(
            [
                "a.xlsx [sheet]: warning: Only the sheet 'Danh sách' is read; 'Ghi chú' not, for want of a phone "
                    + "number column. If there are subscribers, too, name the columns in the first row.",
                "a.xlsx [sheet]: warning: Only the visible sheet 'Danh sách' is read; the hidden '2024' not. "
                    + "If it should be texted, too, name the sheets under sheet.",
            ],
            reading.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Of_several_sheets_with_the_columns_the_officer_says_which()
    {
        var (reading, _) = Import(new WorkbookFile().Sheet("Đợt 1", List).Sheet("Đợt 2", NextList));

        Assert.Null(reading.Audience);
        Assert.Equal(
            "a.xlsx [sheet]: error: The workbook has 2 sheets with a phone number column: "
                + "'Đợt 1', 'Đợt 2'. Write the one to text in the segment, such as sheet: \"Đợt 1\"; "
                + "for all of them sheet: [\"Đợt 1\", \"Đợt 2\"].",
            Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void Sheets_named_are_read_each_with_its_own_lines_hidden_or_not()
    {
        var (reading, rows) = Import(
            new WorkbookFile().Sheet("Đợt 1", List).Sheet("Đợt 2", NextList, "hidden").Sheet("2024", LastYears),
            segment => segment with { Sheets = ["đợt 1", "Đợt 2", "Đợt 1"] });

        Assert.Equal(["2:84912345678", "2:84912345679"], rows.Numbers);
        Assert.Equal([1, 2], rows.Messages.Select(message => message.Row.Source));
        Assert.Equal(
            [("a.xlsx [Đợt 1]", 1L), ("a.xlsx [Đợt 2]", 1L)],
            reading.Audience!.Sources.Select(source => (source.File, source.Rows)));
        Assert.Equal((2, 2), (reading.Audience.Total, reading.Audience.Segments[0].Matched));
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void A_sheet_that_is_not_there_is_an_error_with_those_that_are()
    {
        var (reading, _) = Import(
            new WorkbookFile().Sheet("Đợt 1", List).Sheet("Ghi chú", ""),
            segment => segment with { Sheets = ["Đợt 3"] });

        Assert.Equal(
            "a.xlsx [sheet]: error: The workbook has no sheet 'Đợt 3'. Did you mean 'Đợt 1'? "
                + "Its sheets: 'Đợt 1', 'Ghi chú'.",
            Assert.Single(reading.Problems).ToString());
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("veryHidden")] // by a macro: Excel does not offer to unhide it
    public void A_list_on_a_hidden_sheet_alone_is_asked_about(string state)
    {
        var (reading, _) = Import(new WorkbookFile().Sheet("Trang1", "").Sheet("Danh sách", List, state));

        Assert.StartsWith(
            "a.xlsx [sheet]: error: No visible sheet has a phone number column; the hidden 'Danh sách' has.",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_csv_has_no_sheets()
    {
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");

        Assert.Equal(
            "a.csv [sheet]: error: This file is a CSV and has no sheets. Delete the segment's 'sheet'.",
            Assert.Single(_bench
                .Segment("a.csv")
                .With(segment => segment with { Sheets = ["Đợt 1"] })
                .Import().Reading.Problems).ToString());
    }

    [Fact]
    public void Of_a_suppression_list_every_sheet_is_read()
    {
        new WorkbookFile()
            .Sheet("Đợt 1", Rows(["SĐT"], ["0912345678"]))
            .Sheet("Trống", "")
            .Sheet("Đợt 2", Rows(["Họ tên", "Số ĐT"], ["An", "0912345679"]))
            .Write(_bench.Folder.File("no.xlsx"));

        var (reading, rows) = Suppressed("no.xlsx");

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:Suppressed", "3:Suppressed"], rows.Reasons);
    }

    [Theory]
    [InlineData("", "no.xlsx [Đợt 2]:1: error: It is not clear which column holds the number")]
    [InlineData(
        "hidden", "no.xlsx [Đợt 2]: error: This sheet of the suppression list is hidden and has something on it")]
    public void A_sheet_of_a_suppression_list_that_is_not_read_is_an_error(string state, string expected)
    {
        new WorkbookFile()
            .Sheet("Đợt 1", Rows(["SĐT"], ["0912345678"]))
            .Sheet("Đợt 2", Rows(["An", "0912345679"]), state)
            .Write(_bench.Folder.File("no.xlsx"));

        var (reading, _) = Suppressed("no.xlsx");

        Assert.StartsWith(expected, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_merged_cell_stands_in_every_row_it_covers()
    {
        var (reading, rows) = Import(
            new WorkbookFile().Sheet(
                "S",
                Rows(
                    Headings,
                    ["0912345671", "Ea Bung"],
                    ["0912345672"],
                    ["0912345673"],
                    [""],
                    ["0912345674", "Tân An"]),
                behind: "<mergeCells><mergeCell ref=\"B2:B5\"/></mergeCells>"),
            segment => segment with { Filter = [new ColumnFilter("Xã", ["Ea Bung"])] });

        Assert.Equal(["2:84912345671", "3:84912345672", "4:84912345673"], rows.Numbers);
        Assert.Equal(["6:OutsideSegments"], rows.Reasons); // row 5 has nothing of its own: no row
        Assert.Equal(["Ea Bung"], reading.Audience!.Areas);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_merged_cell_stands_in_every_column_it_covers_whatever_the_encoding(string encoding)
    {
        var (reading, rows) = Import(
            new WorkbookFile { Encoding = Encoding.GetEncoding(encoding) }.Sheet(
                "S",
                Rows(["Nhóm", "Xã", "SĐT"], ["Ea Bung", "", "0912345671"], ["", "", "0912345672"]),
                behind: "<mergeCells><mergeCell ref=\"A2:B3\"/></mergeCells>"),
            segment => segment with { Filter = [new ColumnFilter("Nhóm", ["Ea Bung"])] });

        Assert.Equal(["2:84912345671", "3:84912345672"], rows.Numbers);
        Assert.Equal(["Ea Bung"], reading.Audience!.Areas);
    }

    [Theory]
    [InlineData(null, 0, "error: 2 rows are hidden in Excel (rows 3, 4), perhaps by a filter. "
        + "Clear the filter and save, or write in the segment: hiddenRows: take")]
    [InlineData(HiddenRows.Take, 3, "warning: 2 rows hidden in Excel (rows 3, 4) are read like all others")]
    [InlineData(HiddenRows.Leave, 1, "warning: 2 rows hidden in Excel (rows 3, 4) get nothing")]
    public void Hidden_rows_are_asked_about_and_counted(HiddenRows? said, int recipients, string expected)
    {
        var (reading, rows) = Import(
            new WorkbookFile().Sheet(
                "S", Row(1, Headings)
                    + Row(2, "0912345671", "Ea Bung")
                    + Row(3, "hidden=\"1\"", ["0912345672", "Ea Bung"])
                    + Row(4, "ht=\"0\" customHeight=\"1\"", ["0912345673", "Ea Bung"])),
            segment => segment with { HiddenRows = said });

        Assert.StartsWith(
            $"a.xlsx [hiddenRows]: {expected}", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(recipients, (int)(reading.Audience?.RecipientTotal ?? 0));
        Assert.Equal(said is null ? null : 3L, reading.Audience?.Total);
        if (said == HiddenRows.Leave)
            Assert.Equal(
                [("3:HiddenRow", 84912345672L), ("4:HiddenRow", 84912345673L)],
                rows.Reasons.Zip(rows.Exclusions.Select(row => row.Number!.Value)));
    }

    [Fact]
    public void A_formula_that_was_never_computed_is_an_error_by_its_cell()
    {
        var (reading, _) = Import(new WorkbookFile().Sheet(
            "S", Row(1, Headings) + "<row r=\"2\"><c r=\"A2\"><f>\"0\"&amp;912345678</f></c>" + Text(
                "B2",
                "Ea Bung") + "</row><row r=\"3\"><c r=\"A3\" t=\"str\"><f>B1</f><v>0912345678</v></c></row>"));

        Assert.Equal(
            "a.xlsx:2 [SĐT]: error: Cell A2 is a formula without a stored result. Open the file in Excel and save it.",
            Assert.Single(reading.Problems).ToString());
    }

    [Theory]
    [InlineData("<f>B1</f><v/>", "", false)] // as openpyxl writes
    [InlineData("<f>B1</f><v></v>", "", true)]
    [InlineData("<f>B1</f>", "str", false)]
    [InlineData("<f>B1</f><v>0</v>", "", true)] // as XlsxWriter writes
    public void What_programs_write_that_cannot_compute_is_no_result(string content, string type, bool uncomputed)
    {
        var (reading, _) = Import(new WorkbookFile { Uncomputed = uncomputed }.Sheet(
            "S", Row(1, Headings)
                + $"<row r=\"2\">{Text("A2", "0912345678")}<c r=\"B2\" "
                + $"t=\"{(type.Length == 0 ? "n" : type)}\">{content}</c></row>"));

        Assert.Equal(
            "a.xlsx:2 [Xã]: error: Cell B2 is a formula without a stored result. Open the file in Excel and save it.",
            Assert.Single(reading.Problems).ToString());
    }

    [Theory]
    [InlineData("<f>B1</f><v></v>", "str", true)]
    [InlineData("<f>B1</f><v>0</v>", "", false)]
    [InlineData("<f>B1</f><v>7</v>", "", true)]
    [InlineData("<f>B1</f><v>0</v>", "str", true)]
    [InlineData("<v>0</v>", "", true)]
    public void A_result_that_is_nothing_or_naught_is_one(string content, string type, bool uncomputed)
    {
        var (reading, _) = Import(new WorkbookFile { Uncomputed = uncomputed }.Sheet(
            "S", Row(1, Headings)
                + $"<row r=\"2\">{Text("A2", "0912345678")}<c r=\"B2\" "
                + $"t=\"{(type.Length == 0 ? "n" : type)}\">{content}</c></row>"));

        Assert.Empty(reading.Problems);
    }

    [Theory]
    [InlineData(
        "<cols><col min=\"1\" max=\"1\" width=\"9\"/><col min=\"2\" max=\"4\" width=\"9\" hidden=\"1\"/></cols>", "Xã")]
    [InlineData("<cols><col min=\"1\" max=\"1\" width=\"0\" customWidth=\"1\"/></cols>", "SĐT")]
    [InlineData("<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols>", null)]
    public void A_column_that_is_used_though_hidden_is_told_of(string columns, string? named)
    {
        var (reading, rows) = Import(new WorkbookFile { Before = columns }.Sheet(
            "S", Rows(["SĐT", "Xã", "Ghi chú"], ["0912345678", "Ea Bung", "x"])));

        Assert.Equal(["2:84912345678"], rows.Numbers);
        if (named is null)
            Assert.Empty(reading.Problems);
        else
            Assert.StartsWith(
                $"a.xlsx:1: warning: Columns hidden in Excel are read all the same: {named}.",
                Assert.Single(reading.Problems).ToString(),
                StringComparison.Ordinal);
    }

    [Fact]
    public void Column_names_in_a_hidden_row_are_asked_about()
    {
        var (reading, _) = Import(new WorkbookFile().Sheet(
            "S", Row(1, "hidden=\"1\"", Headings) + Row(2, "SĐT cũ", "0912345678") + Row(3, "0912345679", "Ea Bung")));

        Assert.StartsWith(
            "a.xlsx:1: error: The row of the column names is hidden in Excel",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_that_hides_what_it_has_not_hides_no_row_that_is_written()
    {
        var (reading, rows) = Import(
            new WorkbookFile { Before = "<sheetFormatPr defaultRowHeight=\"15\" zeroHeight=\"1\"/>" }.Sheet("S", List));

        Assert.Empty(reading.Problems);
        Assert.Single(rows.Messages);
    }

    [Theory]
    [InlineData("14", "45000", "15/03/2023", false)]
    [InlineData("dd/mm/yyyy", "45000", "15/03/2023", false)]
    [InlineData("d-m-yy", "45000", "15-3-23", false)]
    [InlineData("DD/MM/YYYY", "45000", "15/03/2023", false)] // as LibreOffice writes
    [InlineData("[$-42A]dd/mm/yyyy;@", "45000", "15/03/2023", false)]
    [InlineData("14", "43538", "15/03/2023", true)] // days counted from 1904
    [InlineData("00;-00", "1", "01", false)]
    [InlineData("0", "1", "1", false)]
    [InlineData("0", "1.5", "1,5", false)] // built-in 0 is General
    [InlineData("2", "1.5", "1,50", false)]
    [InlineData("3", "1500", "1.500", false)]
    [InlineData("9", "0.15", "15%", false)]
    public void Dates_and_numbers_are_compared_as_excel_shows_them(
        string format, string stored, string shown, bool from1904)
    {
        var book = new WorkbookFile { Formats = [format], From1904 = from1904 }
            .Sheet("S", Row(1, "SĐT", "Ngày")
                + "<row r=\"2\"><c r=\"A2\" s=\"0\"><v>912345678</v></c><c r=\"B2\" s=\"0\"><v>"
                + stored
                + "</v></c></row>");

        var (_, rows) = Import(book, segment => segment with { Filter = [new ColumnFilter("Ngày", [shown])] });

        Assert.Equal(["2:84912345678"], rows.Numbers); // the number's own cell keeps all digits in any format
    }

    [Theory]
    [InlineData("2023-03-15", false)]
    [InlineData("2023-03-15T00:00:00Z", true)]
    public void A_day_written_out_is_shown_like_any(string written, bool from1904)
    {
        var book = new WorkbookFile { Formats = ["14"], From1904 = from1904 }
            .Sheet("S", Row(1, "SĐT", "Ngày")
                + $"<row r=\"2\">{Text("A2", "0912345678")}<c r=\"B2\" s=\"0\" t=\"d\"><v>{written}</v></c></row>");

        var (_, rows) = Import(book, segment => segment with { Filter = [new ColumnFilter("Ngày", ["15/03/2023"])] });

        Assert.Single(rows.Messages);
    }

    [Fact]
    public void Shared_texts_are_read_whole_without_their_pronunciation()
    {
        var book = new WorkbookFile
        {
            Shared =
            [
                "<t>SĐT</t>",
                "<r><t xml:space=\"preserve\">Ea </t></r><r><rPr><b/></rPr><t>Bung</t></r><rPh "
                    + "sb=\"0\" eb=\"1\"><t>x</t></rPh>",
                "<t>Xã</t>",
                "<t>0912_x000D_345678</t>",
            ],
        }
            .Sheet("S", "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>2</v></c></row><row><c t=\"s\"><v>3</v></c><c "
                + "t=\"s\"><v>1</v></c></row>");

        var (reading, rows) = Import(book);

        Assert.Equal(["2:84912345678"], rows.Numbers);
        Assert.Equal(["Ea Bung"], reading.Audience!.Areas);
    }

    [Fact]
    public void Many_and_long_shared_texts_are_found_in_any_order()
    {
        // Long ones over more than one block, and some that are empty.
        var texts = Enumerable.Range(0, 1_000)
            .Select(at => at % 50 == 0 ? "" : new string((char)('a' + at % 26), at * 3) + at)
            .ToList();
        new WorkbookFile { Shared = [.. texts.Select(text => $"<t>{text}</t>")] }
            .Sheet("S", List)
            .Write(_bench.Folder.File("a.xlsx"));
        using var file = File.OpenRead(_bench.Folder.File("a.xlsx"));
        using var parts = new WorkbookParts(file);
        using var strings = new SharedStrings(parts, "xl/sharedStrings.xml");

        Assert.All(texts.Index().Reverse(), text =>
        {
            var read = new CharBuffer();
            strings.Append(text.Index, read);
            Assert.Equal(text.Item, read.Span(0, read.Length).ToString());
        });
    }

    [Theory]
    [InlineData("<row r=\"2\"><c t=\"s\"><v>99</v></c></row>")]
    [InlineData("<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>")]
    [InlineData("<row r=\"2\"/><row r=\"2\"/>")]
    [InlineData("<row r=\"-2\"/>")]
    [InlineData("<row r=\"2\"><c s=\"x\"><v>1</v></c></row>")]
    public void What_no_sheet_can_hold_is_damage(string rows)
    {
        var (reading, _) = Import(new WorkbookFile().Sheet("S", Row(1, Headings) + rows));

        Assert.Contains(
            "error: The workbook is damaged here",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xl/workbook.xml", '/')]
    [InlineData("xl/workbook22.xml", '/')]
    [InlineData("office/book/main.xml", '/')]
    [InlineData("xl/workbook.xml", '\\')]
    public void A_workbook_is_found_by_its_relationships(string workbook, char slash)
    {
        var (reading, rows) = Import(new WorkbookFile { Workbook = workbook, Slash = slash }.Sheet("S", List));

        Assert.Empty(reading.Problems);
        Assert.Single(rows.Messages);
    }

    [Fact]
    public void A_cell_beside_the_table_costs_no_more_than_itself_and_is_no_column()
    {
        var wide = string.Concat(Enumerable.Range(2, 2_000).Select(row =>
            $"<row r=\"{row}\"><c r=\"A{row}\"><v>{912_000_000 + row}</v></c><c r=\"XFD{row}\"><v>1</v></c></row>"));
        new WorkbookFile().Sheet("S", Row(1, Headings) + wide).Write(_bench.Folder.File("a.xlsx"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (reading, rows) = _bench.Segment("a.xlsx").Import();

        Assert.Equal(2_000, rows.Messages.Count);
        Assert.Empty(reading.Problems);
        // 16,384 cells a row would be 32,768,000 of them
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Fact]
    public void Numbers_in_columns_under_no_name_beside_the_table_are_told_of_once_a_column()
    {
        new WorkbookFile().Sheet("S", Rows(
                Headings,
                ["0912345678", "Xã Ea Bung", "", "đã gọi", "0983111222"],
                ["0912345679", "Xã Ea Bung", "", "", "0983111223", "nhà 0983111224, 0983111225"],
                ["", "", "", "", "0983111226"])) // of a second list, which is longer
            .Write(_bench.Folder.File("a.xlsx"));

        var (reading, rows) = _bench.Segment("a.xlsx").Import();

        Assert.Equal(["2:84912345678", "3:84912345679"], rows.Numbers);
        Assert.Empty(rows.Exclusions); // what stands beside the table alone is no row of it
        Assert.Equal(
            ["a.xlsx:2: warning: Column E has no name and holds phone numbers from here on",
             "a.xlsx:3: warning: Column F has no name and holds phone numbers from here on"],
            reading.Problems.Select(problem => problem.ToString().Split(',')[0]));
    }

    [Fact]
    public void A_second_column_that_is_named_as_one_of_numbers_is_told_of_unless_the_first_is_chosen()
    {
        new WorkbookFile()
            .Sheet("S", Rows(["SĐT", "SĐT 2", "Xã", "Nhà mạng"], ["0912345678", "0983111222", "Xã Ea Bung", "Viettel"]))
            .Write(_bench.Folder.File("a.xlsx"));

        var (reading, rows) = _bench.Segment("a.xlsx").Import();
        var chosen = _bench
            .With(segment => segment with { Columns = new Dictionary<string, string> { ["phone"] = "SĐT" } })
            .Import().Reading;

        Assert.Equal(["2:84912345678"], rows.Numbers);
        Assert.StartsWith(
            "a.xlsx:1: warning: Only the phone number column 'SĐT' is read; not those named as one: SĐT 2.",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
        Assert.Empty(chosen.Problems);
    }

    [Fact]
    public void Any_heading_can_be_mapped_and_what_is_not_found_is_said_once()
    {
        new WorkbookFile()
            .Sheet("S", Rows(["STT", "Máy 1", "Máy 2", "Nơi ở"], ["1", "0912345678", "0912345679", "Ea Bung"]))
            .Write(_bench.Folder.File("a.xlsx"));
        _bench
            .Segment("a.xlsx", "a", 1, new ColumnFilter("Nơi ở", ["Ea Bung"]))
            .With(Mapped)
            .Segment("a.xlsx", "b", 2)
            .With(Mapped);

        var (reading, rows) = _bench.Import();

        Assert.Equal(["2:84912345679"], rows.Numbers);
        Assert.Equal(["Ea Bung"], reading.Audience!.Areas);
        Assert.Equal(
            ["a.xlsx:1: warning: No column for carrier was found; columns not used: Máy 1. If it is one of these, "
                + "name it in the segment: columns: { carrier: … }.",
             "a.xlsx: warning: Nobody is in segment 'b': no row of 1 matches the filter, or a segment of "
                 + "higher priority has them."],
            reading.Problems.Select(problem => problem.ToString()));

        static Segment Mapped(Segment segment) =>
            segment with { Columns = new Dictionary<string, string> { ["phone"] = "máy 2", ["commune"] = "Nơi ở" } };
    }

    [Fact]
    public void A_mapped_heading_that_is_not_there_is_an_error_and_segments_over_one_file_map_alike()
    {
        new WorkbookFile().Sheet("S", List).Write(_bench.Folder.File("a.xlsx"));

        var (reading, _) = _bench
            .Segment("a.xlsx", "a")
            .With(segment => segment with { Columns = new Dictionary<string, string> { ["commune"] = "Xa7" } })
            .Segment("a.xlsx", "b")
            .Import();

        Assert.Equal(
            [
                "a.xlsx:1 [Xa7]: error: There is no column 'Xa7', which columns.commune names. "
                    + "Did you mean 'Xã'? The file has: SĐT, Xã.",
                "a.xlsx: error: The segments 'a', 'b' read this file and differ in hiddenRows or "
                    + "columns. Write the same in each.",
            ],
            reading.Problems.Select(problem => problem.ToString()));
    }

    (AudienceReading Reading, Rows Rows) Import(WorkbookFile book, Func<Segment, Segment>? change = null)
    {
        book.Write(_bench.Folder.File("a.xlsx"));
        return _bench.Segment("a.xlsx").With(change ?? (segment => segment)).Import();
    }

    (AudienceReading Reading, Rows Rows) Suppressed(string list)
    {
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n0912345679\n0912345670\n");
        return _bench.Segment("a.csv").Suppress(list).Import();
    }
}
