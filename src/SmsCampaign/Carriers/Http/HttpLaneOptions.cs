using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// A gateway that takes messages as JSON, form fields or a query over HTTP, described wholly here. Texts may hold
/// placeholders: {reference}, {to} (84912345678), {toLocal} (0912345678), {toPlus} (+84912345678), {sender}, {text},
/// {encoding} and {parts}; {{ and }} stand for braces. Secrets come from the environment or a file: write
/// ${env:NAME} or ${file:PATH}.
/// </summary>
public sealed class HttpLaneOptions : LaneOptions
{
    /// <summary>Where messages are handed over. HTTPS, or HTTP on this machine. Required. No name or password in
    /// it.</summary>
    [Required]
    public Uri? Url { get; set; }

    /// <summary>POST, PUT or GET. POST unless set. GET goes with query only.</summary>
    [RegularExpression("POST|PUT|GET")]
    public string Method { get; set; } = "POST";

    /// <summary>Request headers, such as Authorization. Content-Type is set by itself.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>Fields added to the address, with placeholders. Only one message a call.</summary>
    public Dictionary<string, string> Query { get; set; } = [];

    /// <summary>Fields of a form body, with placeholders. Only one message a call, and no body beside it.</summary>
    public Dictionary<string, string> Form { get; set; } = [];

    /// <summary>The JSON body, any shape, with placeholders in its texts. A text that is "{parts:number}" or
    /// "{to:number}" and nothing else becomes a number; one that is "{items}" becomes the list of messages. A request
    /// without {reference} is taken only where nothing of the lane needs it.</summary>
    public JsonElement? Body { get; set; }

    /// <summary>One message in the list that stands for "{items}". Where set, of the other placeholders the body may
    /// hold only {sender}.</summary>
    public JsonElement? Item { get; set; }

    /// <summary>What {encoding} stands for in a text without diacritics. gsm7 unless set.</summary>
    public string Gsm7Name { get; set; } = "gsm7";

    /// <summary>What {encoding} stands for in a text with diacritics. ucs2 unless set.</summary>
    public string Ucs2Name { get; set; } = "ucs2";

    /// <summary>How to read an answer. Required.</summary>
    [Required]
    public HttpAnswerOptions? Answer { get; set; }

    /// <summary>How to read delivery receipts. Unset: none come.</summary>
    public HttpReceiptOptions? Receipts { get; set; }

    /// <summary>How the gateway is asked what became of a message. Unset: it cannot be asked.</summary>
    public HttpInquiryOptions? Inquiry { get; set; }

    /// <summary>True only where the contract says that the gateway drops a repeat of the same reference. An attempt
    /// without an answer is then made again. No unless set. Where it is taken back, what waits to be repeated is
    /// uncertain and not sent. The lane must stay at the same gateway until its runs are over.</summary>
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
    /// <summary>The first result is about the first message, and so on.</summary>
    Order,

    /// <summary>Each result holds our reference.</summary>
    Reference,
}

/// <summary>What an HTTP status means where the codes of the body do not say.</summary>
public enum HttpMeaning
{
    /// <summary>Refused for good.</summary>
    Refused,

    /// <summary>Not taken: too fast.</summary>
    Throttled,

    /// <summary>Not taken: outside hours, in maintenance.</summary>
    Closed,

    /// <summary>Not taken: wrong password, address not allowed, sender ID not registered, no money. The lane stops
    /// until a person has mended it.</summary>
    Configuration,

    /// <summary>Not taken this time: this message again later, up to the campaign's tries.</summary>
    Busy,

    /// <summary>It may have been taken.</summary>
    Uncertain,
}

/// <summary>
/// How to read a gateway's answer. Paths are names joined by dots, with [0] for a place in a list,
/// such as data.results[0].id.
/// </summary>
public sealed class HttpAnswerOptions
{
    /// <summary>Path of the list that has one result a message. Unset: the whole answer is the
    /// result of one message.</summary>
    public string? Results { get; set; }

    /// <summary>How results are matched to messages: order or reference. Order unless set.</summary>
    public HttpMatch Match { get; set; } = HttpMatch.Order;

    /// <summary>Path of our reference in a result. Required where match is reference.</summary>
    public string? Reference { get; set; }

    /// <summary>Path of the carrier's id in a result. An accepted message without it is uncertain. Unset: the gateway
    /// gives none. Of id, ids and code one is required.</summary>
    public string? Id { get; set; }

    /// <summary>Path of a list of the carrier's ids in a result, one a part of the message, in their order. Where the
    /// list holds objects, id is a path in each. Unset: one id a message.</summary>
    public string? Ids { get; set; }

    /// <summary>How ids are written in answers: asIs, ignoreCase, number or hex. As it is unless set. White space
    /// around ids never counts; numbers are compared as numbers, of any length.</summary>
    public CarrierIdForm IdForm { get; set; } = CarrierIdForm.AsIs;

    /// <summary>Path of the code in a result; where the answer has no results, in the answer as a whole. Unset: any
    /// success with an id is accepted.</summary>
    public string? Code { get; set; }

    /// <summary>Codes that mean accepted. A code in none of the tables is uncertain.</summary>
    public List<string> Accepted { get; set; } = [];

    /// <summary>Codes that mean refused for good, with the class of failure.</summary>
    public Dictionary<string, FailureClass> Refused { get; set; } = [];

    /// <summary>Codes that mean refused because the number is on another network: another lane may send it,
    /// where there is one.</summary>
    public List<string> OtherNetwork { get; set; } = [];

    /// <summary>Codes that mean not taken: too fast. The lane is held and tries later.</summary>
    public List<string> Throttled { get; set; } = [];

    /// <summary>Codes that mean not taken now: outside hours, in maintenance.</summary>
    public List<string> Closed { get; set; } = [];

    /// <summary>Codes that mean not taken because the account is not set up as it must be: wrong password, address not
    /// allowed, sender ID not registered, no money. The lane stops until a person has mended it and says so.</summary>
    public List<string> Configuration { get; set; } = [];

    /// <summary>Codes that mean this message not taken this time: system busy, try again. Uses up one of the campaign's
    /// tries (<c>retry</c>).</summary>
    public List<string> Busy { get; set; } = [];

    /// <summary>HTTP statuses (300 to 599) that mean something else than usual at this gateway.</summary>
    public Dictionary<string, HttpMeaning> Statuses { get; set; } = [];
}

/// <summary>Where in a callback its fields are.</summary>
public enum HttpReceiptSource
{
    /// <summary>A JSON body: one receipt, or a list of them.</summary>
    Json,

    /// <summary>The query string; paths are field names.</summary>
    Query,

    /// <summary>A form body; paths are field names.</summary>
    Form,
}

/// <summary>What a status in a receipt says.</summary>
public enum HttpReceiptMeaning
{
    /// <summary>Still queued at the gateway.</summary>
    Accepted,

    /// <summary>The network took it.</summary>
    Sent,

    /// <summary>Delivered, as far as this lane's receipts can be trusted.</summary>
    Delivered,

    /// <summary>Not delivered, and not going to be.</summary>
    Failed,
}

/// <summary>How to read the delivery receipts of a gateway that calls us back.</summary>
public sealed class HttpReceiptOptions
{
    /// <summary>json, query or form. JSON unless set.</summary>
    public HttpReceiptSource From { get; set; } = HttpReceiptSource.Json;

    /// <summary>Path of the list of receipts in a JSON body. Unset: the body is one
    /// receipt, or a list of them.</summary>
    public string? Items { get; set; }

    /// <summary>Path of our reference. This or id is required.</summary>
    public string? Reference { get; set; }

    /// <summary>Path of the carrier's id.</summary>
    public string? Id { get; set; }

    /// <summary>How ids are written in receipts: asIs, ignoreCase, number or hex. As it is unless set. Hex in the
    /// answer and number in the receipt is common with gateways over SMPP.</summary>
    public CarrierIdForm IdForm { get; set; } = CarrierIdForm.AsIs;

    /// <summary>Path of the number of the part that the receipt is about, from 1. Unset: the gateway does not number
    /// them. With answer.ids and no part, the id tells the part. 1 to 255.</summary>
    public string? Part { get; set; }

    /// <summary>Path of how many parts the message has. Unset: the gateway does not say, and the plan decides. 1 to
    /// 255.</summary>
    public string? Parts { get; set; }

    /// <summary>Path of the status. Required.</summary>
    [Required]
    public string Status { get; set; } = "";

    /// <summary>What each status means. A status that is not here is refused by name and kept raw. At least
    /// one.</summary>
    [Required, MinLength(1)]
    public Dictionary<string, HttpReceiptMeaning> Statuses { get; set; } = [];

    /// <summary>Path of the failure code. Unset: the status is the code.</summary>
    public string? Code { get; set; }

    /// <summary>The class of failure of each code; a code that is not here is of class unknown.</summary>
    public Dictionary<string, FailureClass> Failures { get; set; } = [];

    /// <summary>Path of the time. Unset: the gateway gives none.</summary>
    public string? Time { get; set; }

    /// <summary>iso, unixSeconds, unixMilliseconds, or a pattern such as dd/MM/yyyy HH:mm:ss. iso unless set.</summary>
    [MinLength(1)]
    public string TimeFormat { get; set; } = "iso";

    /// <summary>Offset from UTC of times that give none, 00:00:00 to 14:00:00. 07:00:00,
    /// Vietnam's, unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "14:00:00")]
    public TimeSpan TimeOffset { get; set; } = TimeSpan.FromHours(7);
}
