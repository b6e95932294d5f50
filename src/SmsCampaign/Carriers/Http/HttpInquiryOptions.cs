using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>What a status in the answer to an inquiry says.</summary>
public enum HttpInquiryMeaning
{
    /// <summary>Still queued at the gateway.</summary>
    Accepted,

    /// <summary>The network took it.</summary>
    Sent,

    /// <summary>Delivered, as far as this lane's receipts can be trusted.</summary>
    Delivered,

    /// <summary>Not delivered, and not going to be.</summary>
    Failed,

    /// <summary>The gateway does not know the message.</summary>
    Absent,
}

/// <summary>
/// How a gateway is asked what became of messages, and how to read its answer. Placeholders: {reference} and {id}, the
/// carrier's id; with {id} only messages of which it is known are asked about.
/// </summary>
public sealed class HttpInquiryOptions : InquiryOptions
{
    /// <summary>Where to ask, with placeholders. HTTPS, or HTTP on this machine. Required. Placeholders here, in query,
    /// body and item: {reference} and {id}, the carrier's id; with {id} only messages that have one are asked
    /// about.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>GET, POST or PUT. GET unless set. GET goes without body.</summary>
    [RegularExpression("GET|POST|PUT")]
    public string Method { get; set; } = "GET";

    /// <summary>Request headers, such as Authorization. Those of the lane are not sent here.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>Fields added to the address, with placeholders.</summary>
    public Dictionary<string, string> Query { get; set; } = [];

    /// <summary>The JSON body, any shape, with placeholders in its texts. A text that is "{items}" and nothing else
    /// becomes the list of messages asked about.</summary>
    public JsonElement? Body { get; set; }

    /// <summary>One message in the list that stands for "{items}".</summary>
    public JsonElement? Item { get; set; }

    /// <summary>Most messages in one request. 1 to 1,000; 1 unless set, above only with item.</summary>
    [Range(1, 1_000)]
    public int MostPerQuery { get; set; } = 1;

    /// <summary>Path of the list of messages in the answer. Unset: the answer is about one, or a list.</summary>
    public string? Items { get; set; }

    /// <summary>Path of our reference. This or id is required where more than one is asked about.</summary>
    public string? Reference { get; set; }

    /// <summary>Path of the carrier's id.</summary>
    public string? Id { get; set; }

    /// <summary>Path of the status. Required.</summary>
    [Required]
    public string Status { get; set; } = "";

    /// <summary>What each status means. A status that is not here says nothing. At least one. Believed as far as
    /// receiptTrust says, which cannot be none.</summary>
    [Required, MinLength(1)]
    public Dictionary<string, HttpInquiryMeaning> Statuses { get; set; } = [];

    /// <summary>HTTP statuses (400 to 499) that mean that the gateway does not know the message, such as 404. Only
    /// where one is asked about at a time.</summary>
    public List<string> AbsentStatuses { get; set; } = [];

    /// <summary>Whether the gateway leaves a message that it does not know out of its answer. No unless set: one left
    /// out is then not spoken of.</summary>
    public bool LeavesOutAbsent { get; set; }

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
