using System.Globalization;
using SmsCampaign.Letters;

namespace SmsCampaign.Orders;

/// <summary>A draft of the letter that asks a carrier about its report. Vietnamese whatever language the program
/// speaks.</summary>
static class QuestionLetter
{
    /// <returns>A Word document.</returns>
    public static byte[] Write(
        WorkOrder order, HolderSettings holder, LetterSettings letters, IReadOnlyList<Wording> questions)
    {
        var year = order.Window.Start.Year;
        using var letter = new OfficialLetter(letters);
        letter.Head(
            letters.Symbol,
            $"làm rõ số liệu nhắn tin ngày {order.Window.Start.ToString("d/M/yyyy", CultureInfo.InvariantCulture)}",
            year);
        letter.AddressedTo(holder.Branch is { } branch ? $"{holder.Name}, {branch}" : holder.Name);
        letter.Paragraph(
            $"{letters.Issuer} đã nhận báo cáo kết quả nhắn tin theo mã lệnh {order.OrderId} của {holder.Name}. Để "
                + $"số liệu "
            + $"đủ căn cứ tổng hợp, {letters.Issuer} đề nghị doanh nghiệp làm rõ:");
        foreach (var (question, at) in questions.Select((question, at) => (question, at + 1)))
            letter.Paragraph($"{at.ToString(CultureInfo.InvariantCulture)}. {question.In(Language.Vietnamese)}");
        letter.Paragraph(
            "Đề nghị trả lời bằng văn bản và biểu báo cáo đã sửa (nếu có).", isLast: true);
        letter.Sign();
        return letter.ToBytes();
    }
}
