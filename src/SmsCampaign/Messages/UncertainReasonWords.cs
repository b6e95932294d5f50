namespace SmsCampaign.Messages;

/// <summary>
/// Says why a message is uncertain. The ledger keeps it in English beside what gateways say; a gateway's own code stays
/// as it came.
/// </summary>
public static class UncertainReasonWords
{
    static readonly IReadOnlyList<(string Start, string Vi)> Known =
    [
        (CutOff.Interrupted, "máy hoặc chương trình dừng giữa chừng"),
        (CutOff.Stopped, "dừng theo yêu cầu trước khi nhà mạng trả lời"),
        ("no answer within", "nhà mạng không trả lời kịp thời hạn"),
        ("connection lost", "mất kết nối trong khi chờ nhà mạng trả lời"),
        ("repeated in vain", "đã gửi lại nhiều lần mà nhà mạng không trả lời rõ"),
        (CutOff.Closed, "hết khung giờ gửi trước khi nhà mạng trả lời"),
        ("HTTP ", "nhà mạng trả lời lỗi, không rõ đã nhận tin chưa"),
    ];

    /// <param name="written">What the ledger says, such as <c>connection lost: Unknown</c>.</param>
    public static Wording Of(string written)
    {
        foreach (var (start, vi) in Known)
        {
            if (!written.StartsWith(start, StringComparison.Ordinal))
                continue;

            var rest = start == "HTTP " ? written : "";
            return new Wording(rest.Length > 0 ? $"{vi} ({rest})" : vi, written);
        }

        return new Wording(written, written);
    }
}
