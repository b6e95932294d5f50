using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

[Meaning(
    "Cổng nhắn tin nhận tin bằng JSON, trường biểu mẫu hoặc tham số địa chỉ qua HTTP, khai báo trọn vẹn tại "
        + "đây. Đoạn chữ có thể có chỗ điền: {reference}, {to} (84912345678), {toLocal} (0912345678), {toPlus} "
        + "(+84912345678), {sender}, {text}, {encoding} và {parts}; {{ và }} là dấu ngoặc nhọn. Giá trị bí mật "
        + "lấy từ biến môi trường hoặc tệp: ghi ${env:TÊN_BIẾN} hoặc ${file:ĐƯỜNG_DẪN}.",
    "A gateway that takes messages as JSON, form fields or a query over HTTP, described wholly here. Texts may "
        + "hold placeholders: {reference}, {to} (84912345678), {toLocal} (0912345678), {toPlus} (+84912345678), "
        + "{sender}, {text}, {encoding} and {parts}; {{ and }} stand for braces. Secrets come from the "
        + "environment or a file: write ${env:NAME} or ${file:PATH}.")]
public sealed class HttpLaneOptions : LaneOptions
{
    [Meaning(
        "Địa chỉ để chuyển tin. HTTPS, hoặc HTTP trên máy này. Không kèm tên và mật khẩu.",
        "Where messages are handed over. HTTPS, or HTTP on this machine. No name or password in it.")]
    [Required]
    public Uri? Url { get; set; }

    [Meaning("Phương thức HTTP. GET chỉ đi cùng query.", "HTTP method. GET goes with query only.")]
    [RegularExpression("POST|PUT|GET")]
    public string Method { get; set; } = "POST";

    [Meaning(
        "Tiêu đề của yêu cầu, ví dụ Authorization. Content-Type được đặt tự động.",
        "Request headers, such as Authorization. Content-Type is set by itself.")]
    public Dictionary<string, string> Headers { get; set; } = [];

    [Meaning(
        "Các trường thêm vào địa chỉ, có chỗ điền. Chỉ mỗi yêu cầu một tin.",
        "Fields added to the address, with placeholders. Only one message a call.")]
    public Dictionary<string, string> Query { get; set; } = [];

    [Meaning(
        "Các trường của biểu mẫu, có chỗ điền. Chỉ mỗi yêu cầu một tin, và không đi cùng body.",
        "Fields of a form body, with placeholders. Only one message a call, and no body beside it.")]
    public Dictionary<string, string> Form { get; set; } = [];

    [Meaning(
        "Nội dung JSON, hình dạng tùy ý, có chỗ điền trong các đoạn chữ. Đoạn chữ chỉ có \"{parts:number}\" "
            + "hoặc \"{to:number}\" thành một số; đoạn chữ chỉ có \"{items}\" thành danh sách tin. Yêu cầu không "
            + "có {reference} chỉ được nhận khi kênh không cần đến mã tin.",
        "The JSON body, any shape, with placeholders in its texts. A text that is \"{parts:number}\" or "
            + "\"{to:number}\" and nothing else becomes a number; one that is \"{items}\" becomes the list of "
            + "messages. A request without {reference} is taken only where nothing of the lane needs it.")]
    public JsonElement? Body { get; set; }

    [Meaning(
        "Một tin trong danh sách thay cho \"{items}\". Khi có khóa này, body chỉ được có thêm chỗ điền "
            + "{sender}.",
        "One message in the list that stands for \"{items}\". Where set, of the other placeholders the body "
            + "may hold only {sender}.")]
    public JsonElement? Item { get; set; }

    [Meaning(
        "Chữ thay cho {encoding} khi nội dung không dấu.",
        "What {encoding} stands for in a text without diacritics.")]
    public string Gsm7Name { get; set; } = "gsm7";

    [Meaning("Chữ thay cho {encoding} khi nội dung có dấu.", "What {encoding} stands for in a text with diacritics.")]
    public string Ucs2Name { get; set; } = "ucs2";

    [Meaning("Cách đọc trả lời.", "How to read an answer.")]
    [Required]
    public HttpAnswerOptions? Answer { get; set; }

    [Meaning("Cách đọc biên nhận. Không ghi: không có biên nhận.", "How to read delivery receipts. Unset: none come.")]
    public HttpReceiptOptions? Receipts { get; set; }

    [Meaning(
        "Cách hỏi cổng nhắn tin kết quả của một tin. Không ghi: không hỏi được.",
        "How the gateway is asked what became of a message. Unset: it cannot be asked.")]
    public HttpInquiryOptions? Inquiry { get; set; }

    [Meaning(
        "Chỉ ghi true khi hợp đồng nói rằng cổng nhắn tin bỏ qua tin lặp cùng mã tin. Khi ấy yêu cầu không có "
            + "trả lời được gửi lại. Nếu đổi lại thành false, tin đang chờ gửi lại thành chưa rõ kết quả và "
            + "không được gửi. Kênh phải giữ nguyên cổng cho tới khi các lượt gửi của kênh kết thúc.",
        "True only where the contract says that the gateway drops a repeat of the same reference. An attempt "
            + "without an answer is then made again. Where it is taken back, what waits to be repeated is "
            + "uncertain and not sent. The lane must stay at the same gateway until its runs are over.")]
    public bool RepeatsDropped { get; set; }

    internal override bool TakesCallbacks => Receipts is not null;

    protected internal override IEnumerable<LaneAddress> Addresses =>
        Inquiry is { } inquiry
            ? [new("url", Url), new("inquiry.url", HttpInquiryChecks.AddressOf(inquiry))]
            : [new("url", Url)];

    protected override InquiryOptions? Asking => Inquiry;

    protected internal override IEnumerable<SettingsFault> OwnFaults() => HttpLaneChecks.Check(this);
}

/// <summary>How the results stand to the messages of a call.</summary>
public enum HttpMatch
{
    [Meaning(
        "Kết quả thứ nhất về tin thứ nhất, cứ thế tiếp.",
        "The first result is about the first message, and so on.")]
    Order,

    [Meaning("Mỗi kết quả có mã tin.", "Each result holds our reference.")]
    Reference,
}

/// <summary>What an HTTP status means where the codes of the body do not say.</summary>
public enum HttpMeaning
{
    [Meaning("Từ chối hẳn.", "Refused for good.")]
    Refused,

    [Meaning("Chưa nhận: gửi quá nhanh.", "Not taken: too fast.")]
    Throttled,

    [Meaning("Chưa nhận: ngoài giờ, đang bảo trì.", "Not taken: outside hours, in maintenance.")]
    Closed,

    [Meaning(
        "Chưa nhận: sai mật khẩu, địa chỉ máy gửi chưa được phép, tên định danh chưa đăng ký, hết tiền. Kênh "
            + "dừng cho tới khi có người sửa xong.",
        "Not taken: wrong password, address not allowed, sender ID not registered, no money. The lane stops "
            + "until a person has mended it.")]
    Configuration,

    [Meaning(
        "Lần này chưa nhận: tin này gửi lại sau, trong số lần thử của chiến dịch.",
        "Not taken this time: this message again later, up to the campaign's tries.")]
    Busy,

    [Meaning("Có thể đã nhận.", "It may have been taken.")]
    Uncertain,
}

/// <summary>
/// How to read a gateway's answer. Paths are names joined by dots, with [0] for a place in a list,
/// such as data.results[0].id.
/// </summary>
public sealed class HttpAnswerOptions
{
    [Meaning(
        "Đường dẫn tới danh sách kết quả, mỗi tin một kết quả. Không ghi: cả trả lời là kết quả của một tin.",
        "Path of the list that has one result a message. Unset: the whole answer is the result of one message.")]
    public string? Results { get; set; }

    [Meaning("Cách ghép kết quả với tin.", "How results are matched to messages.")]
    public HttpMatch Match { get; set; } = HttpMatch.Order;

    [Meaning(
        "Đường dẫn tới mã tin trong một kết quả. Bắt buộc khi match là reference.",
        "Path of our reference in a result. Required where match is reference.")]
    public string? Reference { get; set; }

    [Meaning(
        "Đường dẫn tới mã của nhà mạng trong một kết quả. Tin được nhận mà thiếu mã này là chưa rõ kết quả. "
            + "Không ghi: cổng không cho mã. Cần ít nhất một trong id, ids và code.",
        "Path of the carrier's id in a result. An accepted message without it is uncertain. Unset: the gateway "
            + "gives none. Of id, ids and code one is required.")]
    public string? Id { get; set; }

    [Meaning(
        "Đường dẫn tới danh sách mã của nhà mạng trong một kết quả, mỗi phần của tin một mã, theo thứ tự. Nếu "
            + "danh sách gồm các object JSON, id là đường dẫn trong từng object. Không ghi: mỗi tin một mã.",
        "Path of a list of the carrier's ids in a result, one a part of the message, in their order. Where the "
            + "list holds objects, id is a path in each. Unset: one id a message.")]
    public string? Ids { get; set; }

    [Meaning(
        "Cách viết mã trong trả lời. Khoảng trắng quanh mã không bao giờ được tính; số được so như số, dài bao "
            + "nhiêu cũng được.",
        "How ids are written in answers. White space around ids never counts; numbers are compared as numbers, "
            + "of any length.")]
    public CarrierIdForm IdForm { get; set; } = CarrierIdForm.AsIs;

    [Meaning(
        "Đường dẫn tới mã kết quả trong một kết quả; nếu trả lời không có danh sách kết quả thì trong cả trả "
            + "lời. Không ghi: trả lời thành công có mã của nhà mạng là đã nhận.",
        "Path of the code in a result; where the answer has no results, in the answer as a whole. Unset: any "
            + "success with an id is accepted.")]
    public string? Code { get; set; }

    [Meaning(
        "Các mã có nghĩa là đã nhận. Mã không có trong bảng nào là chưa rõ kết quả.",
        "Codes that mean accepted. A code in none of the tables is uncertain.")]
    public List<string> Accepted { get; set; } = [];

    [Meaning(
        "Các mã có nghĩa là từ chối hẳn, kèm nhóm nguyên nhân.",
        "Codes that mean refused for good, with the class of failure.")]
    public Dictionary<string, FailureClass> Refused { get; set; } = [];

    [Meaning(
        "Các mã có nghĩa là từ chối vì số thuộc mạng khác: kênh khác có thể gửi, nếu có.",
        "Codes that mean refused because the number is on another network: another lane may send it, where "
            + "there is one.")]
    public List<string> OtherNetwork { get; set; } = [];

    [Meaning(
        "Các mã có nghĩa là chưa nhận vì gửi quá nhanh. Kênh tạm dừng rồi thử lại.",
        "Codes that mean not taken: too fast. The lane is held and tries later.")]
    public List<string> Throttled { get; set; } = [];

    [Meaning(
        "Các mã có nghĩa là lúc này chưa nhận: ngoài giờ, đang bảo trì.",
        "Codes that mean not taken now: outside hours, in maintenance.")]
    public List<string> Closed { get; set; } = [];

    [Meaning(
        "Các mã có nghĩa là chưa nhận vì tài khoản chưa dùng được: sai mật khẩu, địa chỉ máy gửi chưa được "
            + "phép, tên định danh chưa đăng ký, hết tiền. Kênh dừng cho tới khi có người sửa xong và cho gửi "
            + "tiếp.",
        "Codes that mean not taken because the account is not set up as it must be: wrong password, address "
            + "not allowed, sender ID not registered, no money. The lane stops until a person has mended it and "
            + "says so.")]
    public List<string> Configuration { get; set; } = [];

    [Meaning(
        "Các mã có nghĩa là lần này chưa nhận tin này: hệ thống bận, thử lại sau. Tính vào số lần thử của "
            + "chiến dịch (retry).",
        "Codes that mean this message not taken this time: system busy, try again. Uses up one of the "
            + "campaign's tries (retry).")]
    public List<string> Busy { get; set; } = [];

    [Meaning(
        "Mã trạng thái HTTP (300 đến 599) mà cổng này dùng khác nghĩa thông thường.",
        "HTTP statuses (300 to 599) that mean something else than usual at this gateway.")]
    public Dictionary<string, HttpMeaning> Statuses { get; set; } = [];
}

/// <summary>Where in a callback its fields are.</summary>
public enum HttpReceiptSource
{
    [Meaning("Nội dung JSON: một biên nhận, hoặc danh sách biên nhận.", "A JSON body: one receipt, or a list of them.")]
    Json,

    [Meaning("Tham số địa chỉ; đường dẫn là tên trường.", "The query string; paths are field names.")]
    Query,

    [Meaning("Nội dung biểu mẫu; đường dẫn là tên trường.", "A form body; paths are field names.")]
    Form,
}

/// <summary>What a status in a receipt says.</summary>
public enum HttpReceiptMeaning
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
}

/// <summary>How to read the delivery receipts of a gateway that calls us back.</summary>
public sealed class HttpReceiptOptions
{
    [Meaning(
        "Biên nhận nằm ở đâu trong yêu cầu của cổng nhắn tin.",
        "Where in the gateway's request its receipts are.")]
    public HttpReceiptSource From { get; set; } = HttpReceiptSource.Json;

    [Meaning(
        "Đường dẫn tới danh sách biên nhận trong nội dung JSON. Không ghi: nội dung là một biên nhận, hoặc một "
            + "danh sách.",
        "Path of the list of receipts in a JSON body. Unset: the body is one receipt, or a list of them.")]
    public string? Items { get; set; }

    [Meaning("Đường dẫn tới mã tin. Cần có khóa này hoặc id.", "Path of our reference. This or id is required.")]
    public string? Reference { get; set; }

    [Meaning("Đường dẫn tới mã của nhà mạng.", "Path of the carrier's id.")]
    public string? Id { get; set; }

    [Meaning(
        "Cách viết mã trong biên nhận. Cổng dùng SMPP thường viết hex trong trả lời và number trong biên nhận.",
        "How ids are written in receipts. Hex in the answer and number in the receipt is common with gateways "
            + "over SMPP.")]
    public CarrierIdForm IdForm { get; set; } = CarrierIdForm.AsIs;

    [Meaning(
        "Đường dẫn tới số thứ tự (từ 1 đến 255) của phần mà biên nhận nói tới. Không ghi: cổng không đánh số. "
            + "Có answer.ids mà không có part thì mã của nhà mạng cho biết phần nào.",
        "Path of the number of the part that the receipt is about, from 1 to 255. Unset: the gateway does not "
            + "number them. With answer.ids and no part, the id tells the part.")]
    public string? Part { get; set; }

    [Meaning(
        "Đường dẫn tới số phần của tin, từ 1 đến 255. Không ghi: cổng không cho biết, lấy theo kế hoạch.",
        "Path of how many parts the message has, from 1 to 255. Unset: the gateway does not say, and the plan "
            + "decides.")]
    public string? Parts { get; set; }

    [Meaning("Đường dẫn tới trạng thái.", "Path of the status.")]
    [Required]
    public string Status { get; set; } = "";

    [Meaning(
        "Ý nghĩa của từng trạng thái. Biên nhận có trạng thái không có ở đây bị từ chối, nêu rõ trạng thái, và "
            + "được giữ nguyên bản.",
        "What each status means. A status that is not here is refused by name and kept raw.")]
    [Required, MinLength(1)]
    public Dictionary<string, HttpReceiptMeaning> Statuses { get; set; } = [];

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
