namespace SmsCampaign.Tests.Audience;

public sealed class SuppressionListTests : IDisposable
{
    readonly ImportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("0912345678\n")] // one a line
    [InlineData("\n+84 912.345.678\n\n")]
    [InlineData("SĐT\n84912345678\n")]
    [InlineData("SĐT\n\nSĐT\n84912345678\n")] // two lists pasted together
    [InlineData("Lý do;Số điện thoại\nxin thôi;912345678\n")]
    [InlineData(";SĐT;CMND\n1.;0912345678;331234567\n")] // an old identity card is no number, nor is the row's
    // nor a date or an identity card
    [InlineData("SĐT;Ghi chú\n0912345678;ngày 03.05.2025 12:30, CCCD 066089 123456\n")]
    [InlineData("SĐT;Mã\n0912345678;1681234567\n")] // like a number of before 2018 without its zero
    // papers, a customer's code, an account
    [InlineData("SĐT;CCCD;Mã KH;Số TK\n0912345678;079203012345;912345678;19031234567\n")]
    [InlineData("SĐT;Quyết định\n0912345678;QĐ 0912/2027, 345 678 đồng ngày 30/07/2027 09:12:34\n")]
    [InlineData("Danh bạ\n0912345678\n")]
    [InlineData("SĐT\nPhone\n0912345678\n")]
    public void A_number_on_it_gets_nothing_however_the_list_is_written(string list)
    {
        var (reading, rows) = Import(list);

        Assert.Empty(reading.Problems);
        // each row says so, rather than the second "duplicate"
        Assert.Equal(["2:Suppressed", "3:Suppressed"], rows.Reasons);
        Assert.Equal(["4:84912345679"], rows.Numbers);
    }

    [Theory]
    [InlineData(
        "SĐT\n09123456789123\n0912345678\n",
        "no.csv:2: error: '09123***123' on the suppression list cannot be read: too few or too many digits")]
    [InlineData("SĐT\n0912345678; 0983111222\n", "no.csv:2: error: '09123***222' on the suppression list cannot be "
        + "read: too few or too many digits, or several numbers")]
    [InlineData("0912345678 ext 0983111222\n", "no.csv:1: error: '09123***222' on the suppression list cannot be read: "
        + "too few or too many digits, or several numbers")]
    [InlineData(
        "0912345678 ext 12\n",
        "no.csv:1: error: '09123***8 ext 12' on the suppression list cannot be read: another number follows")]
    [InlineData("09123456\n", "no.csv:1: error: '091***456' on the suppression list cannot be read")] // no heading
    [InlineData(
        "SĐT\nmất số điện thoại\n0912345678\n",
        "no.csv:2: error: 'mất số điện thoại' on the suppression list cannot be read")]
    [InlineData(
        "Danh sách\nbà Năm chợ\n0912345678\n", "no.csv:2: error: This line of the suppression list has no number")]
    [InlineData("Danh sách\nbà Năm chợ\n", "no.csv:2: error: This line of the suppression list has no number")]
    [InlineData(
        "SĐT;\n0912345670;0912345678\n",
        "no.csv:2: error: Cell 2 of the suppression list has something in it and its column has no name")]
    [InlineData(
        "Ghi chú;SĐT\nvà 0912345678;0912345670\n",
        "no.csv:2: error: This cell of the column 'Ghi chú' has the telephone number 'và ")]
    [InlineData(
        "SĐT;Ghi chú\n0912345670;cả 0912345678 và 0983111222\n",
        "no.csv:2: error: This cell of the column 'Ghi chú' has the telephone number 'cả 09123***222'")]
    [InlineData(
        "SĐT;Ghi chú\n0912345670;0912345678/0983111222\n",
        "no.csv:2: error: This cell of the column 'Ghi chú' has the telephone number")]
    [InlineData(
        "SĐT;Ghi chú\n0912345670;0912 345 678 0983 111 222\n",
        "no.csv:2: error: This cell of the column 'Ghi chú' has the telephone number")]
    [InlineData(
        "SĐT;Ghi chú\n0912345670;ngày 30/07/2027: +84 912-345-678 (vợ)\n",
        "no.csv:2: error: This cell of the column 'Ghi chú' has the telephone number")]
    [InlineData(
        "SĐT;Liên hệ\n0912345670;912345678\n",
        "no.csv:2: error: This cell of the column 'Liên hệ' has the telephone number")] // the zero eaten
    [InlineData(
        "SĐT;Máy phụ\n0912345670;số 912345678\n",
        "no.csv:2: error: This cell of the column 'Máy phụ' has the telephone number")]
    [InlineData(
        "0912345678;SĐT\nLê An;0912345670\n",
        "no.csv:1: error: The row of column names has the telephone number '0912***678'")]
    [InlineData(
        "SĐT;Họ tên\n0912345670;\"Lê An\n0912345678;Lê Ba\"\n",
        "no.csv:2: error: Cell 2 goes on to line 3 and has telephone numbers in it: a quotation mark")]
    // a comment to the reader of CSV
    [InlineData("SĐT\n\uFFFF0912345678\n0912345670\n", "no.csv:2: error: byte 5 of the file")]
    [InlineData("SĐT\n0912345\u0000678\n", "no.csv:2: error: '0912***678' on the suppression list cannot be read: "
        + "it has a control character that is not seen, <U+0000>")]
    [InlineData("SĐT\n0912345678\u0000\n", "no.csv:2: error: '0912***678\uFFFD' on the suppression list cannot be "
        + "read: it has a control character that is not seen, <U+0000>")]
    [InlineData("SĐT\n\u0000\n0912345678\n", "no.csv:2: error: '\uFFFD' on the suppression list cannot be read: "
        + "it has a control character that is not seen, <U+0000>")]
    [InlineData("SĐT\n0912\u001B345678\n", "no.csv:2: error: '0912***678' on the suppression list cannot be read: "
        + "it has a control character that is not seen, <U+001B>")]
    [InlineData("Họ tên;SĐT\nLê An;\n", "no.csv:2: error: This line of the suppression list has no number")]
    [InlineData("Họ tên;SĐT\nLê An;0912345678;0983111222\n", "no.csv:2: error: 3 cells, but the table has 2 columns")]
    public void Whatever_is_not_read_as_it_stands_is_an_error(string list, string expected)
    {
        var (reading, _) = Import(list);

        Assert.Null(reading.Audience);
        Assert.StartsWith(expected, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_never_texted_is_a_warning()
    {
        var (reading, _) = Import("SĐT\n0262 3812345\n0912345678\n");

        Assert.NotNull(reading.Audience);
        Assert.StartsWith(
            "no.csv:2: warning: '0262 3***345' on the suppression list is a fixed line",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SĐT\n")]
    [InlineData("Danh sách\n\n")]
    public void A_list_without_a_number_is_a_warning(string list)
    {
        var (reading, _) = Import(list);

        Assert.NotNull(reading.Audience);
        Assert.StartsWith(
            "no.csv: warning: The suppression list has no number",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SĐT 1;SĐT 2\n0983111222;0912345678\n")]
    [InlineData("Số ĐT;Điện thoại vợ/chồng\n;0912345678\n")]
    public void All_columns_of_numbers_are_read(string list)
    {
        var (reading, rows) = Import(list);

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:Suppressed", "3:Suppressed"], rows.Reasons);
    }

    [Theory]
    [InlineData(
        "<row r=\"2\"><c r=\"A2\"><v>912345670</v></c><c r=\"C2\"><v>912345678</v></c></row>",
        "no.xlsx:2: error: Cell C2 of the suppression list has something in it")]
    [InlineData(
        "<row r=\"2\"><c r=\"C2\"><v>912345678</v></c></row>",
        "no.xlsx:2: error: Cell C2 of the suppression list has something in it")] // the table has nothing there
    [InlineData(
        "<row r=\"2\"><c r=\"A2\" t=\"n\"><f>B1</f><v/></c></row>",
        "no.xlsx:2: error: Cell A2 is a formula without a stored result")]
    public void What_stands_beside_the_table_of_a_sheet_is_not_passed_over(string row, string expected)
    {
        new WorkbookFile().Sheet("S", WorkbookFile.Row(1, "SĐT") + row).Write(_bench.Folder.File("no.xlsx"));
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");

        var (reading, _) = _bench.Segment("a.csv").Suppress("no.xlsx").Import();

        Assert.StartsWith(expected, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_under_no_name_may_be_a_number()
    {
        new WorkbookFile()
            .Sheet("S", WorkbookFile.Row(1, "SĐT", "", "Ghi chú")
                + "<row r=\"2\"><c r=\"A2\"><v>912345670</v></c><c r=\"B2\"><f>X1</f></c></row>")
            .Write(_bench.Folder.File("no.xlsx"));
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");

        var (reading, _) = _bench.Segment("a.csv").Suppress("no.xlsx").Import();

        Assert.StartsWith(
            "no.xlsx:2: error: Cell B2 is a formula without a stored result",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_Excel_hides_are_read_and_told_of()
    {
        new WorkbookFile()
            .Sheet("S", WorkbookFile.Row(1, "SĐT") + WorkbookFile.Row(2, "hidden=\"1\"", ["0912345678"]))
            .Write(_bench.Folder.File("no.xlsx"));
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");

        var (reading, rows) = _bench.Segment("a.csv").Suppress("no.xlsx").Import();

        Assert.StartsWith(
            "no.xlsx: warning: 1 row of the suppression list that is hidden in Excel is read",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
        Assert.Equal(["2:Suppressed"], rows.Reasons);
    }

    [Fact]
    public void A_title_above_the_headings_is_no_heading()
    {
        new WorkbookFile()
            .Sheet("S", WorkbookFile.Rows(["DANH SÁCH TỪ CHỐI NHẬN TIN"], [""], ["STT", "SĐT"], ["1", "0912345678"]))
            .Write(_bench.Folder.File("no.xlsx"));
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");

        var (reading, rows) = _bench.Segment("a.csv").Suppress("no.xlsx").Import();

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:Suppressed"], rows.Reasons);
    }

    [Fact]
    public void A_cell_beside_the_table_with_nothing_to_be_seen_in_it_is_nothing()
    {
        new WorkbookFile { Shared = ["<t/>", "<t xml:space=\"preserve\"> </t>"] }
            .Sheet("S", WorkbookFile.Row(1, "SĐT")
                + "<row r=\"2\"><c r=\"A2\"><v>912345678</v></c><c r=\"C2\" t=\"s\"><v>0</v></c><c r=\"D2\" "
                + "t=\"s\"><v>1</v></c><c r=\"E2\" s=\"1\"/></row>")
            .Write(_bench.Folder.File("no.xlsx"));
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");

        var (reading, rows) = _bench.Segment("a.csv").Suppress("no.xlsx").Import();

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:Suppressed"], rows.Reasons);
    }

    [Fact]
    public void A_list_of_several_columns_must_name_the_one_with_the_numbers()
    {
        var (reading, _) = Import("a;b\n1;0912345678\n");

        Assert.Null(reading.Audience);
        Assert.StartsWith(
            "no.csv:1: error: It is not clear which column holds the number",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    (SmsCampaign.Audience.AudienceReading Reading, Rows Rows) Import(string list)
    {
        _bench.Folder.Write("no.csv", list);
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n0912 345 678\n0912345679\n");
        return _bench.Segment("a.csv").Suppress("no.csv").Import();
    }
}
