using SmsCampaign.Office;
using SmsCampaign.Tests.Orders;
using SmsCampaign.Tests.Reports.Documents;

namespace SmsCampaign.Tests.Reports;

/// <summary>What carriers report, beside what we sent.</summary>
public sealed class HolderFilesTests : IDisposable
{
    readonly HeldFolder _held = new();

    public void Dispose() => _held.Dispose();

    [Fact]
    public void A_report_says_what_carriers_were_asked_and_what_they_report_and_sums_it_with_nothing_of_ours()
    {
        _held.Agree(rate: 300);
        _held.PassTheDay();
        Assert.IsType<ResultImport.Taken>(
            _held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,601,550\nLâm Đồng,300,299\n"));

        var files = Write();

        var orders = LinesOf(files, "nha-mang-tu-nhan.csv");
        Assert.Equal(5, orders.Length); // headings, two letters, the sum of what is reported, what is not
        Assert.All(orders, line => Assert.Equal(CellsOf(orders[0]), CellsOf(line)));
        Assert.Contains("12/SKHCN-BCVT", orders[1]);
        Assert.Contains(",1000,,,,901,849,,,,99,52,theo báo cáo của nhà mạng,bao-cao.csv,", orders[1]);
        Assert.Contains("chưa có báo cáo", orders[2]);
        Assert.Contains(",1000,,,,901,849,,,,99,52,", orders[3]);
        Assert.StartsWith("Chưa có báo cáo,1,", orders[4]);
        var areas = LinesOf(files, "nha-mang-theo-dia-ban.csv");
        Assert.Equal(3, areas.Length);
        Assert.Contains("Lâm Đồng,,,,,300,299,", areas[2]);
        Assert.DoesNotContain("901", string.Join('\n', LinesOf(files, "tong-hop.csv")));
    }

    [Fact]
    public void The_documents_have_what_carriers_report_apart_from_what_we_sent()
    {
        _held.Agree(rate: 300);
        _held.PassTheDay();
        Assert.IsType<ResultImport.Taken>(
            _held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,601,550\nLâm Đồng,300,299\n"));

        var files = Write();

        var sheet = WrittenDocuments.ReadWorkbook(FileOf(files, "bao-cao.xlsx"))
            .Single(each => each.Name == "Nhà mạng tự nhắn").Rows;
        Assert.Equal(["901", "849"], sheet[1].Skip(12).Take(2));
        var table = WrittenDocuments.ReadPage(FileOf(files, "bao-cao.html"))
            .Single(each => each.Caption == "Theo báo cáo của nhà mạng").Rows;
        Assert.Equal(sheet.Select(row => row[..20]), table.Select(row => row[..20]));
        var letter = WrittenDocuments.ReadLetter(FileOf(files, "bao-cao.docx"))
            .Single(rows => rows[0].Contains("Ước tính"));
        Assert.Equal(["1.000", "901", "849"], letter[1].Skip(3).Take(3));
        Assert.Contains(
            "không cộng với số tin đơn vị trực tiếp gửi",
            WrittenDocuments.ReadLetterText(FileOf(files, "bao-cao.docx")));
    }

    [Fact]
    public void A_segment_without_a_letter_is_not_left_out()
    {
        _held.Approve();

        var orders = LinesOf(Write(), "nha-mang-tu-nhan.csv");

        Assert.Equal(2, orders.Count(line => line.Contains("chưa soạn công văn", StringComparison.Ordinal)));
        Assert.All(orders, line => Assert.Equal(CellsOf(orders[0]), CellsOf(line)));
    }

    static string FileOf(IEnumerable<string> files, string name) =>
        files.Single(file => file.EndsWith("/" + name, StringComparison.Ordinal));

    static string[] LinesOf(IEnumerable<string> files, string name) => File.ReadAllLines(FileOf(files, name));

    static int CellsOf(string line)
    {
        var isQuoted = false;
        return 1 + line.Count(sign => (isQuoted ^= sign == '"', sign) is (false, ','));
    }

    IReadOnlyList<string> Write()
    {
        var desk = new ReportDesk(_held.Data, _held.Time);
        return Assert.IsType<ReportOutcome.Written>(desk.Write(
            HeldFolder.Officer, HeldFolder.Key, Language.Vietnamese, desk.PlacesOf(HeldFolder.Key), null)).Report.Files;
    }
}
