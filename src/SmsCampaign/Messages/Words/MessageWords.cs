namespace SmsCampaign.Messages.Words;

/// <summary>Why a row is not a recipient, for a person.</summary>
public static class ExclusionReasonWords
{
    public static Wording Of(ExclusionReason reason) => reason switch
    {
        ExclusionReason.Empty => new("ô số điện thoại để trống", "the number is empty"),
        ExclusionReason.NotANumber => new("không phải số điện thoại", "not a telephone number"),
        ExclusionReason.Scientific => new(
            "bảng tính đã đổi thành dạng khoa học nên mất chữ số; hãy định dạng cột là Văn bản rồi xuất lại",
            "a spreadsheet turned it into scientific notation and digits are lost; "
                + "format the column as Text and export again"),
        ExclusionReason.WrongLength => new(
            "thừa hoặc thiếu chữ số, hoặc ô ghi nhiều số",
            "too few or too many digits, or several numbers in one cell"),
        ExclusionReason.Landline => new("số cố định", "a fixed line"),
        ExclusionReason.Foreign => new("số nước ngoài", "a number of another country"),
        ExclusionReason.UnassignedPrefix => new(
            "đầu số không thuộc mạng di động nào", "a prefix no mobile network holds"),
        ExclusionReason.Duplicate => new("trùng với số đã có", "already in the audience"),
        ExclusionReason.Suppressed => new("thuộc danh sách từ chối nhận tin", "on a suppression list"),
        ExclusionReason.AlreadySent => new("đã gửi ở lượt trước", "sent in an earlier run"),
        ExclusionReason.HeldByOther => new("đã thuộc lượt gửi khác chưa xong", "held by another run that is not over"),
        ExclusionReason.HiddenRow => new("hàng ẩn trong Excel", "hidden in Excel"),
        ExclusionReason.OutsideSegments => new("ngoài mọi nhóm nhận tin", "outside all segments"),
        ExclusionReason.NoLane => new("chưa có kênh gửi tới nhà mạng của số này", "no lane serves its carrier"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>Of a number that another run may have handed the message over to.</summary>
    /// <param name="date">That run's.</param>
    public static Wording AlreadySent(DateOnly date) =>
        new($"đã gửi ở lượt {Figures.Date(date)}", $"sent in the run of {Figures.Date(date)}");
}

/// <summary>Where a message is, for a person.</summary>
public static class MessageStatusWords
{
    public static Wording Of(MessageStatus status) => status switch
    {
        MessageStatus.Planned => new("chờ gửi", "planned"),
        MessageStatus.Submitting => new("đang gửi", "submitting"),
        MessageStatus.Uncertain => new("chưa rõ", "uncertain"),
        MessageStatus.Accepted => new("nhà mạng đã nhận", "accepted"),
        MessageStatus.Sent => new("đã tới mạng", "sent"),
        MessageStatus.Delivered => new("đã tới máy", "delivered"),
        MessageStatus.Failed => new("thất bại", "failed"),
        MessageStatus.Leftover => new("chưa gửi (còn lại)", "leftover"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}

/// <summary>Why a message failed, for a person.</summary>
public static class FailureClassWords
{
    public static Wording Of(FailureClass failure) => failure switch
    {
        FailureClass.Number => new("số không nhận được tin", "number"),
        FailureClass.Content => new("nội dung tin", "content"),
        FailureClass.Sender => new("tên định danh chưa đăng ký", "sender not registered"),
        FailureClass.Quota => new("hết hạn mức", "quota used up"),
        FailureClass.Network => new("máy không liên lạc được", "network"),
        FailureClass.Expired => new("quá thời hạn phát", "expired"),
        FailureClass.Gateway => new("lỗi cổng nhắn tin", "gateway fault"),
        FailureClass.Unknown => new("mã lỗi chưa biết", "unknown code"),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };
}

/// <summary>What decided a number's carrier, for a person.</summary>
public static class CarrierRuleWords
{
    public static Wording Of(CarrierRule rule) => rule switch
    {
        CarrierRule.PortedList => new("danh sách chuyển mạng giữ số", "ported-number list"),
        CarrierRule.FileColumn => new("cột nhà mạng trong tệp", "carrier column of the file"),
        CarrierRule.Prefix => new("đầu số", "prefix table"),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}
