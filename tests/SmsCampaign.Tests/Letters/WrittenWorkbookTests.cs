using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using MiniExcelLibs;
using SmsCampaign.Letters;

namespace SmsCampaign.Tests.Letters;

/// <summary>Workbooks that the program writes.</summary>
public sealed class WrittenWorkbookTests
{
    [Fact]
    public void A_workbook_is_sound_and_has_numbers_as_numbers()
    {
        var bytes = Write();

        using var document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator()
            .Validate(document)
            .Select(error => $"{error.Path?.XPath}: {error.Description}"));
        using var read = new MemoryStream(bytes);
        var rows = read.Query(sheetName: "Kết quả").Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal("Địa bàn", rows[0]["A"]);
        Assert.Equal(1_450_000d, Assert.IsType<double>(rows[1]["B"]));
        Assert.Equal("x", rows[1]["AB"]);
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes() => Assert.Equal(Write(), Write());

    static byte[] Write()
    {
        using var workbook = new WrittenWorkbook();
        workbook.Sheet("Kết quả", [new(20), new(12)], frozen: 1, rows =>
        {
            rows.Row(CellLook.Head, "Địa bàn", "Số");
            rows.Begin();
            rows.Text("Đắk Lắk", CellLook.Framed);
            rows.Number(1_450_000, CellLook.Whole);
            for (var open = 0; open < 25; open++)
                rows.Open(CellLook.Moment);
            rows.Text("x");
            rows.End();
        });
        workbook.Sheet("Trống", [new(20)], frozen: 0, _ => { });
        return workbook.ToBytes();
    }
}
