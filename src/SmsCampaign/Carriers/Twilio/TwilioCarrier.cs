using System.Globalization;
using System.Net;
using System.Web;
using SmsCampaign.Messages;
using Twilio.Rest.Api.V2010.Account;
using TwilioNumber = Twilio.Types.PhoneNumber;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// Twilio's Message resource by its own package: what of it an alphanumeric sender and a messaging service need. Our
/// reference travels in the callback's address, so that each receipt names it.
/// </summary>
/// <param name="http">Hands over messages.</param>
sealed class TwilioCarrier(TwilioLaneOptions options, HttpMessageInvoker http)
    : ICarrier, IReceiptSource, ISignedReceipts, IReceiptQuery, IDisposable
{
    public static readonly CarrierType Type =
        CarrierType.Of<TwilioLaneOptions>("twilio", (options, http) => new TwilioCarrier(options, http)) with
        {
            LiveHosts = ["twilio.com"],
        };

    /// <summary>Field of the callback's query that holds our reference.</summary>
    const string ReferenceField = "reference";

    /// <summary>Characters of a SID: two letters and 32 hexadecimal digits.</summary>
    const int SidLength = 34;

    readonly TwilioSignature _signature = new(options.AuthToken);
    readonly HttpClient? _asking = options.Inquiry is null ? null : CarrierHttp.CreateClient(options);

    public int MostPerCall => 1;

    public bool RepeatsReference => true;

    public InquiryOptions? Inquiry => options.Inquiry;

    public int MostPerQuery => 1;

    public bool AsksByReference => false;

    public async Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
    {
        var call = new TwilioCall(options, http, departure, cancellationToken);
        try
        {
            var answer = await call.MakeAsync(client => MessageResource.CreateAsync(Write(messages[0]), client));
            return CarrierHttp.Judge(answer.Answer, Read(answer), 1);
        }
        catch (Exception e) when (CarrierHttp.MeaningOf(e, call.Body) is { } meaning)
        {
            return [meaning];
        }
    }

    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback)
    {
        var fields = HttpUtility.ParseQueryString(GatewayText.Read(callback.Body));
        var sid = fields["MessageSid"] is { } given && IsSid(given)
            ? given
            : throw new FormatException("no MessageSid in the callback");
        var status = fields["MessageStatus"] ?? throw new FormatException("no MessageStatus in the callback");
        return [TwilioStatus.Read(callback.Query.GetValueOrDefault(ReferenceField), sid, status, fields["ErrorCode"])];
    }

    public bool IsSigned(in SignedCallback callback) =>
        options.StatusCallback is { } address
        && Uri.TryCreate(
            callback.Query.Length > 0 ? $"{address.AbsoluteUri}?{callback.Query}" : address.AbsoluteUri,
            UriKind.Absolute,
            out var whole)
        && _signature.Holds(whole, callback.Body.Span, callback.Header(TwilioSignature.Header));

    public async Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken)
    {
        var asking = _asking ?? throw new InvalidOperationException("this lane has no inquiry");
        var call = new TwilioCall(options, asking, departure: null, cancellationToken);
        try
        {
            var sid = Uri.EscapeDataString(messages[0].CarrierMessageId!);
            return [ReadState(
                await call.MakeAsync(client => MessageResource.FetchAsync(new FetchMessageOptions(sid), client)),
                messages[0])];
        }
        catch (Exception e) when (CarrierHttp.WhyUnknown(e, asking, cancellationToken) is { } why)
        {
            return [QueryAnswer.CannotSay(why)];
        }
    }

    public void Dispose() => _asking?.Dispose();

    CreateMessageOptions Write(OutboundSms sms) => new(new TwilioNumber("+" + sms.To.Digits))
    {
        From = options.MessagingServiceSid is null ? new TwilioNumber(sms.Sender) : null,
        MessagingServiceSid = options.MessagingServiceSid,
        Body = sms.Text.Value,
        SmartEncoded = false, // the order's words, not look-alikes that cost less
        StatusCallback = options.StatusCallback is { } callback
            ? new Uri($"{callback.AbsoluteUri}?{ReferenceField}={Uri.EscapeDataString(sms.Reference)}")
            : null,
        ValidityPeriod = options.ValidityPeriod is { } period ? (int)period.TotalSeconds : null,
    };

    static IReadOnlyList<SendResult>? Read(TwilioAnswer read)
    {
        if (!read.Answer.IsSuccess)
            return read.Code is { } code ? ReadRefusal(read.Answer, code) : null;
        if (read.Message is not { } message)
            throw new FormatException("a success without readable JSON");
        if (message.Sid is not { } sid || !IsSid(sid))
            return [SendResult.Uncertain(Reason.WithoutId, "accepted without an id")];

        // A message can fail in the same breath as it is created. It is never sent again: callbacks of this
        // one name our reference too.
        if (message.Status?.ToString() is not ("failed" or "undelivered" or "canceled"))
            return [SendResult.Accepted(sid)];
        var error = TwilioCodes.Known(message.ErrorCode);
        return [SendResult.Rejected(
            TwilioCodes.FailureOf(error), error is null ? "failed without a code" : $"code {error}")];
    }

    /// <summary>A code that is in no table tells which refusal it was, and the HTTP status whether it is one.</summary>
    static IReadOnlyList<SendResult>? ReadRefusal(CarrierAnswer answer, int code) =>
        TwilioCodes.Refusal(code, answer.RetryAfter) is { } known ? [known]
        : CarrierHttp.MeaningOf(answer) is { Outcome: SendOutcome.Rejected, Failure: { } failure }
        ? [SendResult.Rejected(failure, $"HTTP {(int)answer.Status}, code {code}")]
        : null;

    static QueryAnswer ReadState(TwilioAnswer read, QueriedSms message)
    {
        if (read.Answer.Status == HttpStatusCode.NotFound)
            return QueryAnswer.NotThere;
        if (!read.Answer.IsSuccess)
            return QueryAnswer.CannotSay($"HTTP {(int)read.Answer.Status}", read.Answer.RetryAfter);
        if (read.Message is not { Status: { } status } state || state.Sid != message.CarrierMessageId)
            return QueryAnswer.CannotSay("an answer without the message's sid and status");

        return QueryAnswer.Known(TwilioStatus.Read(
            message.Reference,
            message.CarrierMessageId!,
            status.ToString(),
            TwilioCodes.Known(state.ErrorCode)?.ToString(CultureInfo.InvariantCulture)));
    }

    static bool IsSid(string text) => text.Length == SidLength && text.All(char.IsAsciiLetterOrDigit);
}
