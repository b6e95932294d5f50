using System.Globalization;
using SmsCampaign.Letters;

namespace SmsCampaign.Orders;

/// <summary>The form that a carrier fills in and sends back: what it sent, by area, hour and failure. Figures are
/// subscribers but where a column says otherwise. It has no formulas: sums that are written by a person can be held to
/// what they sum.</summary>
static class ReplyForm
{
    public const string About = "Thông tin";
    public const string Results = "Kết quả";
    public const string ByHour = "Theo giờ";
    public const string Failures = "Lỗi";

    /// <summary>Of the last row of <see cref="Results"/>.</summary>
    public const string Total = "Tổng";

    /// <summary>Headings of <see cref="Results"/>, in order.</summary>
    public static readonly IReadOnlyList<string> ResultHeadings =
    [
        "STT", "Mã, địa bàn", "Loại thuê bao", "(1) Thuộc phạm vi", "(2) Loại trừ", "(3) Chưa gửi", "(4) Đã gửi",
        "(5) Thành công", "(6) Không thành công", "(7) Chưa rõ", "(8) Bản tin quy đổi", "(9) Tỷ lệ %", "(10) Bắt đầu",
        "(11) Kết thúc", "Ghi chú",
    ];

    /// <summary>Rows of <see cref="Failures"/>, whose sum is (6).</summary>
    public static readonly IReadOnlyList<string> FailureNames =
    [
        "Tắt máy, ngoài vùng", "Bị khóa", "Không tồn tại", "Từ chối nhận", "Nội dung", "Hệ thống", "Khác",
    ];

    static readonly double[] ResultWidths = [6, 24, 14, 12, 12, 12, 12, 12, 12, 12, 12, 10, 17, 17, 20];

    /// <returns>An Excel workbook.</returns>
    public static byte[] Write(WorkOrder order, HolderSettings holder)
    {
        using var workbook = new WrittenWorkbook();
        workbook.Sheet(About, [new(32), new(70), new(44)], 0, rows => WriteAbout(rows, order, holder));
        workbook.Sheet(
            Results, [.. ResultWidths.Select(width => new SheetColumn(width))], 2, rows => WriteResults(rows, order));
        workbook.Sheet(ByHour, [new(14), new(10), new(14), new(14)], 1, rows => WriteHours(rows, order));
        workbook.Sheet(Failures, [new(28), new(16)], 1, WriteFailures);
        return workbook.ToBytes();
    }

    static void WriteAbout(SheetRows rows, WorkOrder order, HolderSettings holder)
    {
        rows.Row(CellLook.Strong, "BIỂU BÁO CÁO KẾT QUẢ NHẮN TIN");
        rows.Row(CellLook.Plain);
        Line("Mã lệnh", order.OrderId, "Không sửa dòng này");
        Line("Lần", order.Revision.ToString(CultureInfo.InvariantCulture), "Không sửa dòng này");
        Line("Số công văn", "", "Của công văn đề nghị");
        Line("Doanh nghiệp", holder.Name, "");
        Line("Tên định danh", "", "Tên đã hiện trên máy người nhận");
        Line("Nội dung đã gửi", "", "Chép đúng từng chữ nội dung đã gửi, hoặc ghi SHA-256 ở dòng dưới");
        Line("SHA-256", "", "Của nội dung đã gửi, UTF-8, NFC");
        Line("Mức xác nhận", "", "hệ thống nhận | đã đưa lên mạng | máy báo nhận");
        Line("Tốc độ (tin/giây)", "", "Lớn nhất trong một giây");
        Line("Số liệu", "", "hệ thống | ước tính");
        rows.Row(CellLook.Plain);
        rows.Row(CellLook.Strong, "NGƯỜI LẬP BIỂU", "ĐẠI DIỆN DOANH NGHIỆP (ký, đóng dấu hoặc ký số)");

        void Line(string name, string value, string note)
        {
            rows.Begin();
            rows.Text(name, CellLook.Head);
            rows.Text(value, CellLook.Framed);
            rows.Text(note);
            rows.End();
        }
    }

    static void WriteResults(SheetRows rows, WorkOrder order)
    {
        rows.Row(CellLook.Strong,
            $"(1) = (2) + (3) + (4); (4) = (5) + (6) + (7); (8) = (4) × {order.Message.Parts}; (9) = (5) / (4). Giờ "
                + $"ghi "
            + "ngày/tháng/năm giờ:phút. Mỗi địa bàn và loại thuê bao một hàng, hàng cuối là Tổng.");
        rows.Row(CellLook.Head, ResultHeadings);
        var number = 0;
        foreach (var area in order.Audience.Areas)
        {
            foreach (var which in order.Audience.Classes)
            {
                number++;
                WriteRow(
                    number.ToString(CultureInfo.InvariantCulture), area, which == "prepaid" ? "Trả trước" : "Trả sau");
            }
        }

        WriteRow("", Total, "");

        void WriteRow(string at, string area, string which)
        {
            rows.Begin();
            rows.Text(at, CellLook.Framed);
            rows.Text(area, CellLook.Framed);
            rows.Text(which, CellLook.Framed);
            for (var figure = 1; figure <= 8; figure++)
                rows.Open(CellLook.Whole);
            rows.Open(CellLook.Percent);
            rows.Open(CellLook.Moment);
            rows.Open(CellLook.Moment);
            rows.Open(CellLook.Framed);
            rows.End();
        }
    }

    static void WriteHours(SheetRows rows, WorkOrder order)
    {
        rows.Row(CellLook.Head, "Ngày", "Giờ", "Đã gửi", "Thành công");
        for (var hour = order.Window.Start; hour < order.Window.End; hour = hour.AddHours(1))
        {
            rows.Begin();
            rows.Text(hour.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), CellLook.Framed);
            rows.Number(hour.Hour, CellLook.Whole);
            rows.Open(CellLook.Whole);
            rows.Open(CellLook.Whole);
            rows.End();
        }
    }

    static void WriteFailures(SheetRows rows)
    {
        rows.Row(CellLook.Head, "Nguyên nhân", "Số thuê bao");
        foreach (var name in FailureNames)
        {
            rows.Begin();
            rows.Text(name, CellLook.Framed);
            rows.Open(CellLook.Whole);
            rows.End();
        }
    }
}
