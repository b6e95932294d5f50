namespace SmsCampaign.Messages.Words;

/// <summary>Why a message stands where it does, for a person.</summary>
public static class ReasonWords
{
    /// <returns>Empty where the gateway's code says it all.</returns>
    public static Wording Of(Reason reason) => reason switch
    {
        Reason.None => new("", ""),
        Reason.Interrupted =>
            new("máy hoặc chương trình dừng giữa chừng", "the machine or the program ended before the answer came"),
        Reason.Stopped =>
            new("dừng theo yêu cầu trước khi nhà mạng trả lời", "stopped on request before the answer came"),
        Reason.ClosedUnanswered =>
            new("hết khung giờ gửi trước khi nhà mạng trả lời", "the window closed before the gateway answered"),
        Reason.NoAnswer => new("nhà mạng không trả lời kịp thời hạn", "no answer in time"),
        Reason.ConnectionLost =>
            new("mất kết nối trong khi chờ nhà mạng trả lời", "the connection was lost before the answer came"),
        Reason.RepeatedInVain =>
            new("đã gửi lại nhiều lần mà nhà mạng không trả lời rõ", "repeated without a clear answer"),
        Reason.RepeatRefused => new(
            "yêu cầu trước có thể đã tới, yêu cầu gửi lại bị nhà mạng từ chối",
            "an earlier try may have been taken, its repeat was refused"),
        Reason.HttpStatus => new(
            "nhà mạng trả lời lỗi, chưa rõ có nhận tin hay không",
            "an error that does not say whether the message was taken"),
        Reason.UnknownCode => new(
            "nhà mạng trả lời mã chưa biết, chưa rõ có nhận tin hay không",
            "an unknown code, which does not say whether the message was taken"),
        Reason.WithoutId => new("nhà mạng báo đã nhận nhưng thiếu mã tin", "accepted, but without an id"),
        Reason.Unreadable => new(
            "nhà mạng trả lời không đọc được, chưa rõ có nhận tin hay không",
            "an answer that cannot be read, so that nobody knows whether it was taken"),
        Reason.OwnFault => new(
            "chương trình gặp lỗi khi gọi nhà mạng, chưa rõ có nhận tin hay không",
            "the program failed while calling the gateway"),
        Reason.LedgerLost => new(
            "sổ gửi tin bị mất hoặc được khôi phục, tin có thể đã gửi",
            "the ledger was lost or restored, and it may have been sent"),
        Reason.WindowClosed => new("hết khung giờ gửi", "the window closed"),
        Reason.MissedStart => new("lỡ giờ bắt đầu gửi", "the start was missed"),
        Reason.Cancelled => new("đã hủy theo quyết định", "called off by a person"),
        Reason.Ended => new("kết thúc sớm theo quyết định", "ended early by a person"),
        Reason.LaneStopped =>
            new("kênh gửi còn bị dừng khi hết khung giờ", "its lane was still stopped when the window closed"),
        Reason.Paused =>
            new("còn tạm dừng theo quyết định khi hết khung giờ", "still paused by a person when the window closed"),
        Reason.LaneHeld => new(
            "kênh gửi còn đứng chờ người phụ trách khi hết khung giờ",
            "its lane was still held for a person when the window closed"),
        Reason.Person => new("do người phụ trách ghi nhận", "settled by a person"),
        Reason.NotKnownThere => new("nhà mạng trả lời chưa nhận tin", "not known at the gateway"),
        Reason.RepeatsDropped => new("gửi lại, nhà mạng tự bỏ tin trùng", "sent again, the gateway drops repeats"),
        Reason.NoConnection => new("không kết nối được tới nhà mạng", "the gateway could not be reached"),
        Reason.NotHandedOver => new("chưa chuyển đi", "not handed over"),
        Reason.BreakerOpen =>
            new("tạm ngừng gửi vì nhiều yêu cầu bị lỗi", "no calls were made, as too many had gone wrong"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>With the gateway's code beside it, where there is one.</summary>
    /// <param name="code">As it came; null or empty where none did.</param>
    public static Wording Of(Reason reason, string? code) => (reason, code) switch
    {
        (_, null or "") => OfStored((int)reason),
        (Reason.None, _) => GatewayWords.Of(code),
        _ => new($"{OfStored((int)reason)} ({GatewayWords.Of(code)})", $"{OfStored((int)reason)} ({code})"),
    };

    /// <summary>As <see cref="Of(Reason)"/>, of a number this program does not know.</summary>
    public static Wording OfStored(long reason) => Enum.IsDefined((Reason)reason)
        ? Of((Reason)reason)
        : new($"lý do lạ {reason}", $"unknown reason {reason}");
}
