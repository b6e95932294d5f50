namespace SmsCampaign.Messages;

/// <summary>
/// Says why a message is uncertain. The ledger keeps it in English beside what gateways say; a gateway's own code stays
/// as it came.
/// </summary>
public static class UncertainReasonWords
{
    const string Unreadable = "nhà mạng trả lời không đọc được, không rõ đã nhận tin chưa";

    static readonly IReadOnlyList<(string Start, string Vi)> Known =
    [
        (CutOff.Interrupted, "máy hoặc chương trình dừng giữa chừng"),
        (CutOff.Stopped, "dừng theo yêu cầu trước khi nhà mạng trả lời"),
        ("no answer within", "nhà mạng không trả lời kịp thời hạn"),
        ("connection lost", "mất kết nối trong khi chờ nhà mạng trả lời"),
        ("repeated in vain", "đã gửi lại nhiều lần mà nhà mạng không trả lời rõ"),
        ("repeat refused", "lần gửi trước có thể đã tới, lần gửi lại bị nhà mạng từ chối"),
        (CutOff.Closed, "hết khung giờ gửi trước khi nhà mạng trả lời"),
        ("HTTP ", "nhà mạng trả lời lỗi, không rõ đã nhận tin chưa"),
        ("unknown code ", "nhà mạng trả lời mã chưa biết, không rõ đã nhận tin chưa"),
        ("accepted without ", "nhà mạng báo đã nhận nhưng thiếu mã tin"),
        ("a success without ", Unreadable),
        ("a result without ", Unreadable),
        ("no result for ", Unreadable),
        ("two results for ", Unreadable),
        ("wrong number of results", Unreadable),
    ];

    /// <summary>Where what is written says more than the words: it is kept beside them.</summary>
    static readonly string[] Telling = ["HTTP ", "unknown code ", "repeat refused"];

    /// <param name="written">What the ledger says, such as <c>connection lost: Unknown</c>.</param>
    public static Wording Of(string written)
    {
        foreach (var (start, vi) in Known)
        {
            if (!written.StartsWith(start, StringComparison.Ordinal))
                continue;

            return new Wording(Telling.Contains(start) ? $"{vi} ({written})" : vi, written);
        }

        return new Wording(written, written);
    }
}
