using System.Globalization;
using SmsCampaign.Letters;

namespace SmsCampaign.Orders;

/// <summary>The letter (công văn) that asks a carrier to text its own subscribers. Its words are Vietnamese whatever
/// language the program speaks: a carrier gets it.</summary>
static class OrderLetter
{
    /// <summary>Stands where nothing is known, for a person to fill in.</summary>
    const string Open = "…………";

    static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <returns>A Word document.</returns>
    public static byte[] Write(WorkOrder order, HolderSettings holder, LetterSettings letters)
    {
        var year = order.Window.Start.Year;
        using var letter = new OfficialLetter(letters);
        letter.Head(
            letters.Symbol,
            char.ToLower(order.Subject[0], Vietnamese) + order.Subject[1..],
            year);
        letter.AddressedTo(holder.Branch is { } branch ? $"{holder.Name}, {branch}" : holder.Name);
        letter.Paragraph(Basis(order, holder, letters));
        letter.Paragraph("1. Nội dung (gửi nguyên văn):");
        letter.Framed(order.Message.Text);
        letter.Paragraph(
            $"Dài {Count(order.Message.Chars)} ký tự, {Count(order.Message.Parts)} bản tin quy đổi mỗi thuê bao. "
            + $"SHA-256 (UTF-8, NFC): {order.Message.Sha256}.");
        letter.Paragraph($"2. Tên định danh: {order.Sender.Name}; văn bản cho phép: {Open}.");
        letter.Paragraph(
            $"3. Thời gian: ngày {Day(order.Window.Start)}, từ {Hour(order.Window.Start)} đến "
                + $"{Hour(order.Window.End)}; "
            + "mỗi thuê bao nhận một lần.");
        letter.Paragraph($"4. Phạm vi: {Scope(order.Audience)}.");
        letter.Paragraph(
            $"5. Xác nhận trước {Moment(order.AcknowledgeBy)}: đồng ý hoặc lý do từ chối, tốc độ, đầu mối, mức xác "
            + "nhận.");
        letter.Paragraph(
            $"6. Báo cáo theo biểu kèm theo (bản ký, tệp XLSX) trước {Moment(order.ReportBy)}; mã lệnh "
            + $"{order.OrderId}, lần {Count(order.Revision)}.");
        if (order.Replaces is not null)
        {
            letter.Paragraph(
                $"Công văn này thay công văn trước về cùng mã lệnh (lần {Count(order.Revision - 1)}): nếu chưa nhắn "
                + "tin, đề nghị nhắn theo công văn này.");
        }

        letter.Paragraph($"Đầu mối: {ContactOf(order.Contact)}.", isLast: true);
        letter.Sign();
        return letter.ToBytes();
    }

    static string Basis(WorkOrder order, HolderSettings holder, LetterSettings letters)
    {
        var directive = order.Directive;
        var legal = directive.LegalBasis is { } basis ? $"Căn cứ {basis}; thực" : "Thực";
        var date = directive.Date is { } day
            ? day.ToString("d/M/yyyy", CultureInfo.InvariantCulture)
            : Open;
        var item = directive.Item is { } number ? $" (mục {number})" : "";
        return $"{legal} hiện văn bản số {directive.Number ?? Open} ngày {date} của {directive.Issuer}{item}, "
            + $"{letters.Issuer} đề nghị {holder.Name} nhắn tin tới thuê bao di động của doanh nghiệp như sau:";
    }

    static string Scope(OrderAudience audience)
    {
        var classes = string.Join(", ", audience.Classes.Select(which => which == "prepaid" ? "trả trước" : "trả sau"));
        var criterion = audience.Criterion == "serving" ? "trạm phục vụ" : "nơi đăng ký";
        var without = audience.Exclude.Count == 0 ? "" : $"; không gửi tới {string.Join(", ", audience.Exclude)}";
        return $"thuê bao {classes} hoạt động hai chiều tại {string.Join(", ", audience.Areas)}, theo {criterion}; ước "
            + $"{Count(audience.Estimate)} thuê bao{without}";
    }

    static string ContactOf(OrderContact contact) => string.Join(
        ", ", new[] { contact.Name ?? Open, contact.Title, contact.Phone, contact.Email }.OfType<string>());

    static string Count(long number) => number.ToString("N0", Vietnamese);

    static string Day(DateTimeOffset moment) => moment.ToString("d/M/yyyy", CultureInfo.InvariantCulture);

    static string Hour(DateTimeOffset moment) => moment.ToString("HH:mm", CultureInfo.InvariantCulture);

    static string Moment(DateTimeOffset moment) => $"{Hour(moment)} ngày {Day(moment)}";
}
