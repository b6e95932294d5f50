using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;

namespace SmsCampaign.Reports.Words;

/// <summary>
/// What reports call the things of a ledger.
/// </summary>
static class ReportWords
{
    public static readonly Wording Excluded = new("loại trừ", "excluded");

    /// <summary>Statuses in the order of the balance.</summary>
    public static readonly IReadOnlyList<MessageStatus> Order =
    [
        MessageStatus.Leftover, MessageStatus.Planned, MessageStatus.Submitting, MessageStatus.Uncertain,
        MessageStatus.Accepted, MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Failed,
    ];

    public static Wording Of(MessageStatus status) => Enum.IsDefined(status)
        ? MessageStatusWords.Of(status)
        : new($"trạng thái lạ {(int)status}", $"unknown status {(int)status}");

    /// <summary>What a person can do about a failure.</summary>
    /// <param name="failure">Null: it may have been sent.</param>
    public static Wording Advice(FailureClass? failure) => failure switch
    {
        null => new(
            "Chưa rõ nhà mạng có nhận hay không. Đối soát với nhà mạng rồi ghi kết quả bằng 'resolve'; "
                + "mã chưa biết thì hỏi nhà mạng nghĩa là gì.",
            "It may or may not have been sent. Check with the carrier and settle it by 'resolve'; "
                + "of an unknown code ask what it means."),
        FailureClass.Number => new(
            "Số không tồn tại, bị chặn hoặc không thuộc mạng này. Rà lại nguồn số; không cần gửi lại.",
            "The number does not exist, is barred or is not of this carrier. Check where the numbers came "
                + "from; do not send again."),
        FailureClass.Content => new(
            "Nhà mạng từ chối nội dung. Đối chiếu mẫu đã đăng ký và từ khóa bị chặn với nhà mạng.",
            "The carrier refused the text. Compare it with the registered template and the barred words."),
        FailureClass.Sender => new(
            "Tên định danh chưa được khai báo với nhà mạng này. Đề nghị nhà mạng khai báo trước lượt gửi sau.",
            "The sender name is not registered with this carrier. Have it registered before the next sending."),
        FailureClass.Quota => new(
            "Tài khoản hết hạn mức hoặc hết tiền. Đề nghị nhà mạng cấp thêm.",
            "The account's quota or money is used up. Ask the carrier for more."),
        FailureClass.Network => new(
            "Máy tắt, ngoài vùng phủ sóng hoặc đầy bộ nhớ. Không phải lỗi của đơn vị gửi; không cần gửi lại.",
            "The phone was off, out of coverage or full. Not a fault of the sender."),
        FailureClass.Expired => new(
            "Hết thời hạn phát mà máy chưa nhận được. Cân nhắc gia hạn thời gian phát với nhà mạng.",
            "The validity period ended before the phone could take it. Consider a longer one."),
        FailureClass.Gateway => new(
            "Cổng nhắn tin lỗi hoặc tài khoản cấu hình sai. Chuyển kỹ sư phụ trách kiểm tra cùng nhà mạng.",
            "The gateway broke or the account is set up wrong. Have the engineer check with the carrier."),
        _ => new(
            "Mã này chưa có trong bảng mã. Hỏi nhà mạng mã nghĩa là gì, báo kỹ sư phụ trách bổ sung vào tệp cấu hình.",
            "No table knows this code. Ask the carrier what it means and add it to the configuration."),
    };

    public static Wording Of(ReceiptTrust trust) => trust switch
    {
        ReceiptTrust.None => new("không có biên nhận", "no receipts"),
        ReceiptTrust.Gateway => new("tới cổng nhắn tin", "as far as the gateway"),
        ReceiptTrust.Network => new("tới mạng di động", "as far as the network"),
        _ => new("tới máy thuê bao", "as far as the phone"),
    };

    /// <summary>What may and may not be concluded from a lane's receipts.</summary>
    public static Wording Explain(ReceiptTrust trust) => trust switch
    {
        ReceiptTrust.None => new(
            "Nhà mạng không trả biên nhận: chỉ biết cổng nhắn tin đã nhận tin, không biết máy có nhận được hay không.",
            "No receipts come: all that is known is that the gateway took the message, not whether the phone has it."),
        ReceiptTrust.Gateway => new(
            "Biên nhận chỉ xác nhận cổng nhắn tin đã nhận tin vào hàng đợi, không xác nhận tin tới máy.",
            "Receipts only confirm that the gateway queued the message, not that the phone has it."),
        ReceiptTrust.Network => new(
            "Biên nhận chỉ xác nhận mạng di động đã nhận phát tin, không xác nhận tin tới máy.",
            "Receipts only confirm that the mobile network took the message, not that the phone has it."),
        _ => new(
            "Biên nhận xác nhận tin đã tới máy thuê bao.",
            "Receipts confirm that the phone has the message."),
    };

    /// <summary>The level up to which a success is confirmed. Null: several levels together.</summary>
    public static Wording Level(ReceiptTrust? trust) =>
        trust is { } one
            ? MessageStatusWords.Of(one.Best())
            : new("theo mức xác nhận của từng kênh", "as far as each lane confirms");

    /// <summary>Stands where a lane's receipts cannot say.</summary>
    public static readonly Wording NotConfirmed = new("không xác nhận", "not confirmed");

    public static readonly Wording Total = new("Tổng cộng", "Total");

    /// <summary>With a capital first letter, as a column's heading.</summary>
    public static Wording Heading(this Wording words) => new(Capitalise(words.Vi), Capitalise(words.En));

    static string Capitalise(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
