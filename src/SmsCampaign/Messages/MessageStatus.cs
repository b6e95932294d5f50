namespace SmsCampaign.Messages;

/// <summary>
/// Where a message is on its way. The numbers are stored in ledgers: never renumber.
/// </summary>
public enum MessageStatus
{
    /// <summary>Waiting to be sent. Also a message that is known not to have been sent and
    /// will be tried again.</summary>
    Planned = 0,

    /// <summary>An attempt is on disk and may be on its way to the gateway.</summary>
    Submitting = 1,

    /// <summary>It may have been sent and nobody has said. Never sent again by the program; settled by a receipt,
    /// an inquiry or a person.</summary>
    Uncertain = 2,

    /// <summary>The gateway has queued it.</summary>
    Accepted = 3,

    /// <summary>The mobile network has taken it.</summary>
    Sent = 4,

    /// <summary>A receipt says the phone has it. Only on lanes whose receipts are trusted that far. Final.</summary>
    Delivered = 5,

    /// <summary>Refused for good, or a receipt says it was not delivered. Has a
    /// <see cref="FailureClass"/>. Final.</summary>
    Failed = 6,

    /// <summary>Not sent and not going to be: the window closed, or the campaign was cancelled. Final.</summary>
    Leftover = 7,
}

/// <summary>Why a message failed, in classes a person can act on. The carrier's own code is kept beside it.
/// The numbers are stored in ledgers: never renumber.</summary>
public enum FailureClass
{
    [Meaning(
        "Số không tồn tại, bị chặn, hoặc không thuộc nhà mạng này.",
        "The number does not exist, is barred, or is not served by this carrier.")]
    Number = 1,

    [Meaning(
        "Nội dung bị từ chối: từ cấm, mẫu tin, độ dài, ký tự.",
        "The text was refused: forbidden word, template, length, characters.")]
    Content = 2,

    [Meaning("Tên định danh chưa đăng ký với nhà mạng này.", "The sender ID is not registered with this carrier.")]
    Sender = 3,

    [Meaning("Tài khoản hết hạn mức hoặc hết tiền.", "The account's quota or money is used up.")]
    Quota = 4,

    [Meaning(
        "Máy không liên lạc được: tắt máy, đầy bộ nhớ, chuyển vùng.",
        "The network could not deliver: phone off, memory full, roaming.")]
    Network = 5,

    [Meaning("Quá thời hạn phát.", "The validity period ended first.")]
    Expired = 6,

    [Meaning(
        "Cổng nhắn tin gặp lỗi, hoặc tài khoản chưa dùng được.",
        "The gateway broke, or our account is set up wrong.")]
    Gateway = 7,

    [Meaning(
        "Mã không có trong bảng nào. Được đếm theo mã, không phỏng đoán.",
        "A code no table knows. Counted by name, never guessed.")]
    Unknown = 8,
}

/// <summary>Why a row of an audience file is not a recipient. The numbers are stored in
/// ledgers: never renumber.</summary>
public enum ExclusionReason
{
    /// <summary>The cell with the number is empty.</summary>
    Empty = 1,

    /// <summary>Not a telephone number at all.</summary>
    NotANumber = 2,

    /// <summary>A spreadsheet rounded it to scientific notation, such as 9.12E+08: digits are lost.</summary>
    Scientific = 3,

    /// <summary>Too few or too many digits for a Vietnamese mobile number.</summary>
    WrongLength = 4,

    /// <summary>A Vietnamese fixed line.</summary>
    Landline = 5,

    /// <summary>A number of another country.</summary>
    Foreign = 6,

    /// <summary>Vietnamese, but of a range no mobile carrier holds (service numbers, unassigned prefixes).</summary>
    UnassignedPrefix = 7,

    /// <summary>The number is already in the audience by an earlier row, file or segment of higher priority.</summary>
    Duplicate = 8,

    /// <summary>On a suppression list of the campaign.</summary>
    Suppressed = 9,

    /// <summary>No lane of the campaign serves the number's carrier.</summary>
    NoLane = 10,

    /// <summary>Another run of the campaign may have handed the message over already; the row
    /// says of which date.</summary>
    AlreadySent = 11,

    /// <summary>No segment's filter takes the row.</summary>
    OutsideSegments = 12,

    /// <summary>Excel hides the row, and the campaign leaves such rows.</summary>
    HiddenRow = 13,

    /// <summary>What an earlier run left: another run of the campaign, which is not over, holds it.</summary>
    HeldByOther = 14,
}

/// <summary>Which rule decided a number's carrier. The numbers are stored in ledgers: never renumber.</summary>
public enum CarrierRule
{
    /// <summary>The ported-number list.</summary>
    PortedList = 1,

    /// <summary>The carrier column of the audience file.</summary>
    FileColumn = 2,

    /// <summary>The prefix table.</summary>
    Prefix = 3,
}
