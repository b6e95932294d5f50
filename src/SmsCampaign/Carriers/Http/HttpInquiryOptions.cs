using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>What a status in the answer to an inquiry says.</summary>
public enum HttpInquiryMeaning
{
    [Meaning("Còn trong hàng đợi của cổng nhắn tin.", "Still queued at the gateway.")]
    Accepted,

    [Meaning("Mạng đã nhận.", "The network took it.")]
    Sent,

    [Meaning(
        "Đã tới máy, trong mức tin được của biên nhận kênh này.",
        "Delivered, as far as this lane's receipts can be trusted.")]
    Delivered,

    [Meaning("Không tới, và sẽ không tới.", "Not delivered, and not going to be.")]
    Failed,

    [Meaning("Cổng nhắn tin không biết tin này.", "The gateway does not know the message.")]
    Absent,
}

/// <summary>
/// How a gateway is asked what became of messages, and how to read its answer. Placeholders: {reference} and {id}, the
/// carrier's id; with {id} only messages of which it is known are asked about.
/// </summary>
public sealed class HttpInquiryOptions : InquiryOptions
{
    [Meaning(
        "Địa chỉ để hỏi, có chỗ điền. HTTPS, hoặc HTTP trên máy này. Chỗ điền ở đây, trong query, body và "
            + "item: {reference} và {id} là mã của nhà mạng; có {id} thì chỉ hỏi về tin đã có mã ấy.",
        "Where to ask, with placeholders. HTTPS, or HTTP on this machine. Placeholders here, in query, body "
            + "and item: {reference} and {id}, the carrier's id; with {id} only messages that have one are asked "
            + "about.")]
    [Required]
    public string Url { get; set; } = "";

    [Meaning("Phương thức HTTP. GET thì không có body.", "HTTP method. GET goes without body.")]
    [RegularExpression("GET|POST|PUT")]
    public string Method { get; set; } = "GET";

    [Meaning(
        "Tiêu đề của yêu cầu, ví dụ Authorization. Tiêu đề của kênh không được gửi ở đây.",
        "Request headers, such as Authorization. Those of the lane are not sent here.")]
    public Dictionary<string, string> Headers { get; set; } = [];

    [Meaning("Các trường thêm vào địa chỉ, có chỗ điền.", "Fields added to the address, with placeholders.")]
    public Dictionary<string, string> Query { get; set; } = [];

    [Meaning(
        "Nội dung JSON, hình dạng tùy ý, có chỗ điền trong các đoạn chữ. Đoạn chữ chỉ có \"{items}\" được thay "
            + "bằng danh sách tin cần hỏi.",
        "The JSON body, any shape, with placeholders in its texts. A text that is \"{items}\" and nothing else "
            + "becomes the list of messages asked about.")]
    public JsonElement? Body { get; set; }

    [Meaning("Một tin trong danh sách thay cho \"{items}\".", "One message in the list that stands for \"{items}\".")]
    public JsonElement? Item { get; set; }

    [Meaning(
        "Số tin nhiều nhất trong một yêu cầu; trên 1 chỉ khi có item.",
        "Most messages in one request; above 1 only with item.")]
    [Range(1, 1_000)]
    public int MostPerQuery { get; set; } = 1;

    [Meaning(
        "Đường dẫn tới danh sách tin trong trả lời. Không ghi: trả lời về một tin, hoặc là một danh sách.",
        "Path of the list of messages in the answer. Unset: the answer is about one, or a list.")]
    public string? Items { get; set; }

    [Meaning(
        "Đường dẫn tới mã tin. Cần có khóa này hoặc id khi hỏi nhiều tin một lần.",
        "Path of our reference. This or id is required where more than one is asked about.")]
    public string? Reference { get; set; }

    [Meaning("Đường dẫn tới mã của nhà mạng.", "Path of the carrier's id.")]
    public string? Id { get; set; }

    [Meaning("Đường dẫn tới trạng thái.", "Path of the status.")]
    [Required]
    public string Status { get; set; } = "";

    [Meaning(
        "Ý nghĩa của từng trạng thái. Trạng thái không có ở đây thì không nói lên điều gì. Được tin đến mức "
            + "receiptTrust cho phép, mức ấy không được là none.",
        "What each status means. A status that is not here says nothing. Believed as far as receiptTrust says, "
            + "which cannot be none.")]
    [Required, MinLength(1)]
    public Dictionary<string, HttpInquiryMeaning> Statuses { get; set; } = [];

    [Meaning(
        "Mã trạng thái HTTP (400 đến 499) có nghĩa là cổng nhắn tin không biết tin này, ví dụ 404. Chỉ khi hỏi "
            + "từng tin một.",
        "HTTP statuses (400 to 499) that mean that the gateway does not know the message, such as 404. Only "
            + "where one is asked about at a time.")]
    public List<string> AbsentStatuses { get; set; } = [];

    [Meaning(
        "Cổng nhắn tin có bỏ tin không biết ra khỏi trả lời hay không. Nếu không, tin vắng mặt là tin chưa "
            + "được nói tới.",
        "Whether the gateway leaves a message that it does not know out of its answer. Otherwise one left out "
            + "is not spoken of.")]
    public bool LeavesOutAbsent { get; set; }

    [Meaning(
        "Đường dẫn tới mã lỗi. Không ghi: lấy trạng thái làm mã.",
        "Path of the failure code. Unset: the status is the code.")]
    public string? Code { get; set; }

    [Meaning(
        "Nhóm nguyên nhân của từng mã lỗi; mã không có ở đây thuộc nhóm unknown.",
        "The class of failure of each code; a code that is not here is of class unknown.")]
    public Dictionary<string, FailureClass> Failures { get; set; } = [];

    [Meaning(
        "Đường dẫn tới thời điểm. Không ghi: cổng nhắn tin không cho biết.",
        "Path of the time. Unset: the gateway gives none.")]
    public string? Time { get; set; }

    [Meaning(
        "iso, unixSeconds, unixMilliseconds, hoặc một mẫu như dd/MM/yyyy HH:mm:ss.",
        "iso, unixSeconds, unixMilliseconds, or a pattern such as dd/MM/yyyy HH:mm:ss.")]
    [MinLength(1)]
    public string TimeFormat { get; set; } = "iso";

    [Meaning(
        "Độ lệch so với UTC của thời điểm không ghi độ lệch, 00:00:00 đến 14:00:00. Giờ Việt Nam là 07:00:00.",
        "Offset from UTC of times that give none, 00:00:00 to 14:00:00. Vietnam's is 07:00:00.")]
    [Range(typeof(TimeSpan), "00:00:00", "14:00:00")]
    public TimeSpan TimeOffset { get; set; } = TimeSpan.FromHours(7);
}
