using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Web;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// Twilio's Message resource, REST API 2010-04-01, over HttpClient: what of it an alphanumeric sender and a messaging service
/// need. Our reference travels in the callback's address, so that each receipt names it.
/// </summary>
/// <param name="http">Hands over messages.</param>
sealed class TwilioCarrier(TwilioLaneOptions options, HttpMessageInvoker http) : ICarrier, IReceiptSource, ISignedReceipts, IReceiptQuery, IDisposable
{
    /// <summary>Field of the callback's query that holds our reference.</summary>
    const string ReferenceField = "reference";

    /// <summary>Characters of a SID: two letters and 32 hexadecimal digits.</summary>
    const int SidLength = 34;

    readonly Uri _messages = new(options.Url, $"/2010-04-01/Accounts/{options.AccountSid}/Messages");
    readonly TwilioSignature _signature = new(options.AuthToken);
    readonly HttpClient? _asking = options.Inquiry is null ? null : CarrierHttp.CreateClient(options);
    readonly AuthenticationHeaderValue _login = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
        options.ApiKey is { } key ? $"{key}:{options.ApiKeySecret}" : $"{options.AccountSid}:{options.AuthToken}")));

    public int MostPerCall => 1;

    public bool RepeatsReference => true;

    public InquiryOptions? Inquiry => options.Inquiry;

    public int MostPerQuery => 1;

    public bool AsksByReference => false;

    public Task<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
        CarrierHttp.ExchangeAsync(http, Write(messages[0]), 1, Read, departure, cancellationToken);

    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback)
    {
        var fields = HttpUtility.ParseQueryString(GatewayText.Read(callback.Body));
        var sid = fields["MessageSid"] is { } given && IsSid(given) ? given : throw new FormatException("no MessageSid in the callback");
        var status = fields["MessageStatus"] ?? throw new FormatException("no MessageStatus in the callback");
        return [TwilioStatus.Read(callback.Query.GetValueOrDefault(ReferenceField), sid, status, fields["ErrorCode"])];
    }

    public bool IsSigned(in SignedCallback callback) =>
        options.StatusCallback is { } address
        && Uri.TryCreate(callback.Query.Length > 0 ? $"{address.AbsoluteUri}?{callback.Query}" : address.AbsoluteUri, UriKind.Absolute, out var whole)
        && _signature.Holds(whole, callback.Body.Span, callback.Header(TwilioSignature.Header));

    public async Task<IReadOnlyList<QueryAnswer>> AskAsync(IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken)
    {
        var asking = _asking ?? throw new InvalidOperationException("this lane has no inquiry");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_messages}/{Uri.EscapeDataString(messages[0].CarrierMessageId!)}.json"));
        request.Headers.Authorization = _login;
        return [await CarrierHttp.AskAsync(asking, request, answer => ReadState(answer, messages[0]), why => QueryAnswer.CannotSay(why), cancellationToken)];
    }

    public void Dispose() => _asking?.Dispose();

    HttpRequestMessage Write(OutboundSms sms)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("To", "+" + sms.To.Digits),
            options.MessagingServiceSid is { } service ? new("MessagingServiceSid", service) : new("From", sms.Sender),
            new("Body", sms.Text.Value),
            new("SmartEncoded", "false"), // the order's words, not look-alikes that cost less
        ];
        if (options.StatusCallback is { } callback)
            fields.Add(new("StatusCallback", $"{callback.AbsoluteUri}?{ReferenceField}={Uri.EscapeDataString(sms.Reference)}"));
        if (options.ValidityPeriod is { } period)
            fields.Add(new("ValidityPeriod", ((long)period.TotalSeconds).ToString(CultureInfo.InvariantCulture)));

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_messages + ".json")) { Content = RequestBody.Form(string.Join('&', fields.Select(field => $"{Escape(field.Key)}={Escape(field.Value)}"))) };
        request.Headers.Authorization = _login;
        return request;
    }

    /// <summary>As a form's field: a space is a plus.</summary>
    static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    static IReadOnlyList<SendResult>? Read(CarrierAnswer answer)
    {
        if (GatewayJson.ObjectIn(answer.Body) is not { } root)
            return answer.IsSuccess ? throw new FormatException("a success without readable JSON") : null;

        if (!answer.IsSuccess)
            return CodeIn(root, "code") is { } code ? ReadRefusal(answer, code) : null;

        if (GatewayJson.TextIn(root, "sid") is not { } sid || !IsSid(sid))
            return [SendResult.Uncertain(Reason.WithoutId, "accepted without an id")];

        // A message can fail in the same breath as it is created. It is never sent again: callbacks of this one name our
        // reference too.
        if (GatewayJson.TextIn(root, "status") is not ("failed" or "undelivered" or "canceled"))
            return [SendResult.Accepted(sid)];
        var error = CodeIn(root, "error_code");
        return [SendResult.Rejected(TwilioCodes.FailureOf(error), error is null ? "failed without a code" : $"code {error}")];
    }

    /// <summary>A code that is in no table tells which refusal it was, and the HTTP status whether it is one.</summary>
    static IReadOnlyList<SendResult>? ReadRefusal(CarrierAnswer answer, int code) =>
        TwilioCodes.Refusal(code, answer.RetryAfter) is { } known ? [known]
        : CarrierHttp.MeaningOf(answer) is { Outcome: SendOutcome.Rejected, Failure: { } failure } ? [SendResult.Rejected(failure, $"HTTP {(int)answer.Status}, code {code}")]
        : null;

    static QueryAnswer ReadState(CarrierAnswer answer, QueriedSms message)
    {
        if (answer.Status == HttpStatusCode.NotFound)
            return QueryAnswer.NotThere;
        if (!answer.IsSuccess)
            return QueryAnswer.CannotSay($"HTTP {(int)answer.Status}", answer.RetryAfter);
        if (GatewayJson.ObjectIn(answer.Body) is not { } root || GatewayJson.TextIn(root, "status") is not { } status || GatewayJson.TextIn(root, "sid") != message.CarrierMessageId)
            return QueryAnswer.CannotSay("an answer without the message's sid and status");

        return QueryAnswer.Known(TwilioStatus.Read(message.Reference, message.CarrierMessageId!, status, CodeIn(root, "error_code")?.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A code of Twilio's: 1 to 999,999.</summary>
    static int? CodeIn(JsonElement root, string name) => GatewayJson.NumberIn(root, name) is { } code and > 0 and < 1_000_000 ? code : null;

    static bool IsSid(string text) => text.Length == SidLength && text.All(char.IsAsciiLetterOrDigit);
}
