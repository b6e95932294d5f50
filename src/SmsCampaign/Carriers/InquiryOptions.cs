using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Carriers;

/// <summary>
/// Settings every inquiry has, whatever the lane's type: when a gateway is asked what became of messages, how often,
/// and what it means that it does not know one.
/// </summary>
public abstract class InquiryOptions
{
    [Meaning(
        "Số yêu cầu hỏi nhiều nhất mỗi giây, ngoài các yêu cầu chuyển tin. Hỏi lần lượt từng yêu cầu.",
        "Most requests a second, beside those that hand over messages. They are made one after the other.")]
    [Range(1, 1_000)]
    public int PerSecond { get; set; } = 1;

    [Meaning(
        "Bao lâu sau lần gửi thì hỏi lần đầu: cổng có thể còn đang xử lý, sớm hơn thì lời báo không biết tin "
            + "không được tin. Mỗi trả lời không có gì mới làm khoảng chờ tăng gấp đôi, tới một giờ.",
        "How long after an attempt its message is first asked about: the gateway may still be working on it, "
            + "and that it does not know the message is believed no sooner. Doubles with each answer that says "
            + "nothing new, up to an hour.")]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(1);

    [Meaning(
        "Trước khi hết hạn chờ biên nhận bao lâu thì hỏi cả về tin đã nhận mà chưa có biên nhận cuối. "
            + "00:00:00: không hỏi.",
        "How long before its receipt time is over a message that was taken, and of which no last receipt came, "
            + "is asked about as well. 00:00:00: never.")]
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan BeforeTimeout { get; set; }

    [Meaning(
        "Chỉ ghi true khi tài liệu của cổng nhắn tin nói rằng tin mà cổng không biết là tin chưa từng được "
            + "nhận. Khi ấy tin chưa rõ kết quả được gửi lại; nếu không, tin vẫn là chưa rõ kết quả.",
        "True only where the gateway's document says that a message it does not know was never taken. An "
            + "uncertain message is then sent again; otherwise it stays uncertain.")]
    public bool AbsentMeansNotTaken { get; set; }

    /// <summary>From one request to the next.</summary>
    internal virtual TimeSpan Between => TimeSpan.FromSeconds(1.0 / PerSecond);

    /// <summary>What an inquiry must be to its lane, whatever the lane's type.</summary>
    internal static IEnumerable<SettingsFault> Check(LaneOptions lane, InquiryOptions inquiry)
    {
        if (lane.ReceiptTrust == ReceiptTrust.None)
        {
            yield return new SettingsFault("inquiry", new Wording(
                "receiptTrust là none: câu trả lời sẽ không được tin. Hãy ghi mức tin cậy của câu trả lời.",
                "receiptTrust is none: no answer would be believed. Say how far answers can be."));
        }

        // An absence is believed only within the receipt time: after it the run is over.
        if (inquiry.AskAfter + lane.AnswerTimeout >= lane.ReceiptTimeout)
        {
            yield return new SettingsFault("inquiry.askAfter", new Wording(
                "askAfter cộng answerTimeout phải nhỏ hơn receiptTimeout, nếu không thì không bao giờ hỏi.",
                "askAfter and answerTimeout together must be less than receiptTimeout, or it is never asked."));
        }
    }
}
