using System.IO.Compression;
using MiniExcelLibs;

namespace SmsCampaign.Tests.Audience;

public sealed class SpreadsheetFileTests : IDisposable
{
    const string Namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    readonly ImportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_number_cell_keeps_its_digits_and_only_text_can_have_lost_them()
    {
        MiniExcel.SaveAs(_bench.Folder.File("a.xlsx"), new[]
        {
            Row(912345678, "Xã Ea Bung"), // the zero eaten
            Row(84912345679, "Xã Ea Bung"),
            Row(912345670.0, "xã ea bung"),
            Row("0912 345 671", "Phường Tân An"),
            Row("9.12E+08", "Phường Tân An"),
            Row(null, null),
            Row(null, "Phường Tân An"),
            Row(9123456.5, null),
        });

        var (reading, rows) = _bench.Segment("a.xlsx").Import();

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:84912345678", "3:84912345679", "4:84912345670", "5:84912345671"], rows.Numbers);
        Assert.Equal(["6:Scientific", "8:Empty", "9:WrongLength"], rows.Reasons); // row 7 is blank: no row
        Assert.Equal(["Xã Ea Bung", "Phường Tân An", ""], reading.Audience!.Areas);
    }

    [Fact]
    public void Rows_are_numbered_as_in_the_sheet_where_some_are_left_out()
    {
        WriteBook(
            """<row r="2"><c r="B2" t="inlineStr"><is><t>SĐT</t></is></c></row><row r="5"><c r="B5"><v>9.12345678E8</v></c></row>""");

        var (reading, rows) = _bench.Segment("a.xlsx").Import();

        Assert.Empty(reading.Problems);
        Assert.Equal(["5:84912345678"], rows.Numbers);
    }

    [Fact]
    public void The_kind_of_file_is_told_by_content_not_by_name()
    {
        MiniExcel.SaveAs(_bench.Folder.File("a.xlsx"), new[] { Row(912345678, "Xã Ea Bung") });
        File.Move(_bench.Folder.File("a.xlsx"), _bench.Folder.File("a.csv"));

        Assert.Single(_bench.Segment("a.csv").Import().Rows.Messages);
    }

    [Theory]
    [InlineData(
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0 }, "This is an old Excel workbook (.xls)")]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D }, "This is a PDF")]
    // an "Excel export" of many systems
    [InlineData(new byte[] { 0x3C, 0x68, 0x74, 0x6D, 0x6C, 0x3E }, "This is a web page")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0, 0 }, "The workbook is damaged")]
    [InlineData(new byte[] { 0x52, 0x61, 0x72, 0x21, 0x1A, 7 }, "This is a packed file (rar, 7z or gz)")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0 }, "This is a picture, not a table")] // a photograph of the list
    [InlineData(new byte[] { 0x7B, 0x5C, 0x72, 0x74, 0x66 }, "This is an RTF document")]
    public void What_is_no_workbook_is_refused_by_name(byte[] content, string expected)
    {
        File.WriteAllBytes(_bench.Folder.File("a.xlsx"), content);

        var problem = Assert.Single(_bench.Segment("a.xlsx").Import().Reading.Problems).ToString();

        Assert.StartsWith($"a.xlsx: error: {expected}", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "subscribers.csv",
        "SĐT",
        "This is a zip file, not an Excel workbook (.xlsx). Unpack it and use what is inside: subscribers.csv.")]
    [InlineData("photo.heic", "x", "This is a zip file, with neither a CSV nor an .xlsx inside")]
    [InlineData(
        "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "This is an OpenDocument spreadsheet (.ods)")]
    [InlineData(
        "mimetype", "application/vnd.oasis.opendocument.text", "This is an OpenDocument document (such as .odt")]
    [InlineData("Index/Document.iwa", "x", "This is an Apple Numbers file")]
    [InlineData("word/document.xml", "<document/>", "This is a Word document (.docx)")]
    [InlineData("ppt/presentation.xml", "<presentation/>", "This is a PowerPoint presentation (.pptx)")]
    [InlineData(
        "_rels/.rels",
        """<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>""",
        "This is a binary Excel workbook (.xlsb)")]
    [InlineData(
        "_rels\\.rels",
        """<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="word\\document.xml"/></Relationships>""",
        "This is a Word document (.docx)")]
    public void A_zip_of_something_else_is_named_for_what_it_is(string entry, string content, string expected)
    {
        WriteZip((entry, content));

        Assert.StartsWith($"a.xlsx: error: {expected}", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_that_unfolds_beyond_reason_is_not_unfolded()
    {
        WriteZip(("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", new string(' ', 40_000_000)));

        Assert.StartsWith(
            "a.xlsx: error: This workbook unfolds to an abnormal size", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_cut_off_in_the_middle_is_told_by_its_row()
    {
        WriteBook(
            """<row r="1"><c r="A1" t="inlineStr"><is><t>SĐT</t></is></c></row><row r="2"><c r="A2"><v>912345678</v></c></row><row r="3"><c""",
            end: "");

        Assert.StartsWith("a.xlsx", Problem(), StringComparison.Ordinal);
        Assert.Contains("error: The workbook is damaged here", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_beyond_the_end_of_a_sheet_is_damage_and_what_lies_before_it_is_not_waited_for()
    {
        WriteBook(
            """<row r="1"><c r="A1" t="inlineStr"><is><t>SĐT</t></is></c></row><row r="912345604"><c r="A2"><v>912345678</v></c></row>""");

        Assert.StartsWith("a.xlsx:2: error: The workbook is damaged here", Problem(), StringComparison.Ordinal);
    }

    static Dictionary<string, object?> Row(object? phone, object? commune) =>
        new() { ["Số điện thoại"] = phone, ["Xã"] = commune };

    string Problem() => Assert.Single(_bench.Segment("a.xlsx").Import().Reading.Problems).ToString();

    /// <summary>A workbook with what its sheet holds written by hand.</summary>
    void WriteBook(string rows, string end = "</sheetData></worksheet>") => WriteZip(
        (
            "[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""),
        (
            "_rels/.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        (
            "xl/workbook.xml",
            $"""<workbook xmlns="{Namespace}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"""),
        (
            "xl/_rels/workbook.xml.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""),
        ("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Namespace}"><sheetData>{rows}{end}"""));

    void WriteZip(params (string Name, string Content)[] entries)
    {
        using var zip = ZipFile.Open(_bench.Folder.File("a.xlsx"), ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }
    }
}
