using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Tests.Audience;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Office;

/// <summary>What carriers do to the sheets of a workbook.</summary>
public sealed class ResultSheetTests : IDisposable
{
    static readonly string[] Headings = ["STT", "Địa bàn", "Loại thuê bao", "Đã gửi", "Thành công"];
    static readonly string[] First = ["1", "Đắk Lắk", "Trả trước", "600", "550"];
    static readonly string[] Second = ["2", "Lâm Đồng", "Trả trước", "301", "300"];

    readonly HeldFolder _held = new();

    public ResultSheetTests()
    {
        _held.Agree();
        _held.PassTheDay();
    }

    public void Dispose() => _held.Dispose();

    [Theory]
    [InlineData("B2:B3", "", "301")] // one area over two rows
    [InlineData("D2:D3", "Lâm Đồng", "")] // one figure for two areas: it is no row's
    [InlineData("C2:C3", "Lâm Đồng", "301")]
    public void Merged_cells_are_named_and_nothing_is_asked_about_what_they_leave_open(
        string merged, string area, string sent)
    {
        var second = new[] { "2", area, merged[0] == 'C' ? "" : "Trả trước", sent, "300" };

        var refused = Assert.IsType<ResultImport.Refused>(Import(new WorkbookFile().Sheet(
            "Bảng",
            WorkbookFile.Rows(Headings, First, second, ["", "Tổng", "", "901", "850"]),
            behind: $"<mergeCells><mergeCell ref=\"{merged}\"/></mergeCells>")));

        var problem = Assert.Single(refused.Problems, each => each.Severity == Severity.Error);
        Assert.Contains($"Các ô {merged} được gộp (Merge Cells)", problem.What.Vi, StringComparison.Ordinal);
        Assert.Equal(3, problem.Where!.Line);
        Assert.Empty(refused.Questions);
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_asked_nothing_about_their_sums()
    {
        var refused = Assert.IsType<ResultImport.Refused>(Import(new WorkbookFile().Sheet("Bảng", WorkbookFile.Rows(
            Headings, ["1", "Đắk Lắk", "Trả trước", "sáu trăm", "550"], Second, ["", "Tổng", "", "901", "850"]))));

        Assert.Single(refused.Problems, problem => problem.Severity == Severity.Error);
        Assert.Empty(refused.Questions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<mergeCells><mergeCell ref=\"A4:C4\"/><mergeCell ref=\"A6:E6\"/></mergeCells>")]
    public void A_row_of_sums_that_is_named_under_its_running_number_is_one(string merges)
    {
        var taken = Assert.IsType<ResultImport.Taken>(Import(new WorkbookFile().Sheet(
            "Bảng",
            WorkbookFile.Rows(Headings, First, Second, ["Tổng cộng", "", "", "901", "850"], [], ["NGƯỜI LẬP BIỂU"]),
            behind: merges)));

        Assert.Equal(901, taken.Order.Result!.Total!.Sent);
        Assert.Equal(901, taken.Order.Balance!.Sent);
    }

    [Theory]
    [InlineData(ReplyForm.Results)]
    [InlineData(ReplyForm.Failures)]
    public void A_hidden_sheet_of_the_form_is_named_and_not_taken(string hidden)
    {
        var refused = Assert.IsType<ResultImport.Refused>(Import(new WorkbookFile()
            .Sheet(
                ReplyForm.Results,
                WorkbookFile.Rows(Headings, First, Second),
                state: hidden == ReplyForm.Results ? "hidden" : "")
            .Sheet(
                ReplyForm.Failures,
                WorkbookFile.Rows(["Nguyên nhân", "Số thuê bao"], ["Khác", "1"]),
                state: hidden == ReplyForm.Failures ? "veryHidden" : "")));

        var said = refused.Problems.Where(each => each.Severity == Severity.Error).ToList();
        Assert.Contains(said, each => each.What.Vi.Contains("đang ẩn trong Excel", StringComparison.Ordinal)
            && each.Where!.File.EndsWith($"[{hidden}]", StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_come_out_is_said_with_its_sheet_where_there_are_several()
    {
        var refused = Assert.IsType<ResultImport.Refused>(Import(new WorkbookFile()
            .Sheet("Ghi chú", WorkbookFile.Rows(["x"]))
            .Sheet("Bảng", WorkbookFile.Rows(Headings, ["1", "Đắk Lắk", "Trả trước", "600", "601"]))));

        Assert.EndsWith(
            "[Bảng]",
            Assert.Single(refused.Problems, each => each.Severity == Severity.Error).Where!.File,
            StringComparison.Ordinal);
    }

    ResultImport Import(WorkbookFile book)
    {
        var file = Path.Combine(Path.GetDirectoryName(_held.Files.CampaignFile)!, "bao-cao.xlsx");
        book.Write(file);
        return _held.ImportFile(file);
    }
}
