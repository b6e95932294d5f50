namespace SmsCampaign.Directives.Words;

/// <summary>What the fields of an order are called.</summary>
public static class DirectiveWords
{
    public static Wording Of(DirectiveField field) => field switch
    {
        DirectiveField.Passage => new("Đoạn giao nhắn tin", "Passage about the message"),
        DirectiveField.Issuer => new("Cơ quan ban hành", "Issued by"),
        DirectiveField.Number => new("Số văn bản", "Number"),
        DirectiveField.Date => new("Ngày văn bản", "Date"),
        DirectiveField.LegalBasis => new("Căn cứ", "Based on"),
        DirectiveField.Item => new("Mục giao việc", "Item"),
        DirectiveField.Text => new("Nguyên văn thông điệp", "Words of the message"),
        DirectiveField.Sent => new("Nội dung gửi đi", "What is sent"),
        DirectiveField.Sender => new("Tên định danh", "Sender"),
        DirectiveField.SendDate => new("Ngày gửi", "Day of sending"),
        DirectiveField.ReportTo => new("Nơi nhận báo cáo", "Report to"),
        DirectiveField.ReportBy => new("Hạn báo cáo", "Report due"),
        DirectiveField.Delivery => new("Ai nhắn tin", "Who texts"),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    public static Wording OfDelivery(string value) => value == DirectiveFindings.Held
        ? new("nhà mạng tự nhắn tới thuê bao của mình (heldBy)", "the carriers, to their own subscribers (heldBy)")
        : new("Sở gửi theo danh sách của mình (file)", "the department, by a list of its own (file)");
}
