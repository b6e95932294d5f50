using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.SpeedSms;

/// <summary>
/// SpeedSMS's API: /sms/send takes one text for up to 100 numbers and gives the call one id. Source: speedsms.vn, "SMS
/// API"; its webhook and /sms/status as clients in public repositories quote the document.
/// </summary>
/// <param name="http">Hands over messages.</param>
sealed class SpeedSmsCarrier(SpeedSmsLaneOptions options, HttpMessageInvoker http)
    : ICarrier, IReceiptSource, IReceiptQuery, IAccountCheck, IWarmUp, IDisposable
{
    public static readonly CarrierType Type =
        CarrierType.Of<SpeedSmsLaneOptions>("speedsms", (options, http) => new SpeedSmsCarrier(options, http)) with
        {
            LiveHosts = ["speedsms.vn"],
        };

    /// <summary>Bytes of a number with its quotation marks and comma.</summary>
    const int BytesOfNumber = 14;

    readonly Uri _send = new(options.Url, "sms/send");
    readonly HttpClient _asking = CarrierHttp.CreateClient(options);
    readonly AuthenticationHeaderValue _login = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Token}:x")));

    readonly LastText<string, byte[]> _ends = new((text, sender) => EndOf(options, text, sender));

    public int MostPerCall => options.MostPerCall;

    public bool RepeatsReference => false;

    public InquiryOptions? Inquiry => options.Inquiry;

    /// <summary>As many as a call carried: they are asked about by its id.</summary>
    public int MostPerQuery => options.MostPerCall;

    public bool AsksByReference => false;

    public Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
        HaveOneText(messages)
            ? CarrierHttp.ExchangeAsync(
                http, Write(messages), messages.Count, answer => Read(answer, messages), departure, cancellationToken)
            : Task.FromResult(CarrierHttp.ForAll(messages.Count, SendResult.Split("texts or senders that differ")));

    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback) =>
        [SpeedSmsReceipts.Read(callback.Body, options)];

    public Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken) =>
        options.Inquiry is null ? throw new InvalidOperationException("this lane has no inquiry")
        : CarrierHttp.AskAsync(
            _asking,
            Get($"sms/status/{Uri.EscapeDataString(messages[0].CarrierMessageId!)}"),
            answer => SpeedSmsReceipts.ReadStates(answer, messages),
            why => SpeedSmsReceipts.CannotSay(messages, why),
            cancellationToken);

    public async Task<IReadOnlyList<AccountFinding>> CheckAccountAsync(CancellationToken cancellationToken) =>
        [await AskAccountAsync(_asking, cancellationToken)];

    public Task<AccountFinding> WarmUpAsync(Departure departure, CancellationToken cancellationToken) =>
        AskAccountAsync(http, cancellationToken, departure);

    public void Dispose() => _asking.Dispose();

    Task<AccountFinding> AskAccountAsync(
        HttpMessageInvoker via, CancellationToken cancellationToken, Departure? departure = null) =>
        CarrierHttp.AskAsync(
            via, Get("user/info"), SpeedSmsAccount.Read, SpeedSmsAccount.Unknown, cancellationToken, departure);

    /// <summary>A list is cut from one batch, and a batch has one text and one sender; were it otherwise, each
    /// could still go alone.</summary>
    static bool HaveOneText(IReadOnlyList<OutboundSms> messages)
    {
        for (var at = 1; at < messages.Count; at++)
        {
            if (messages[at].Text.Value != messages[0].Text.Value || messages[at].Sender != messages[0].Sender)
                return false;
        }

        return true;
    }

    HttpRequestMessage Write(IReadOnlyList<OutboundSms> messages)
    {
        var end = _ends.Of(messages[0].Text, messages[0].Sender);
        var body = new ArrayBufferWriter<byte>(end.Length + BytesOfNumber * messages.Count + 16);
        body.Write("{\"to\":["u8);
        for (var at = 0; at < messages.Count; at++)
        {
            body.Write(at == 0 ? "\""u8 : ",\""u8);
            Utf8Formatter.TryFormat(messages[at].To.Msisdn, body.GetSpan(20), out var written);
            body.Advance(written);
            body.Write("\""u8);
        }

        body.Write(end);
        var request = new HttpRequestMessage(HttpMethod.Post, _send) { Content = RequestBody.Json(body.WrittenMemory) };
        request.Headers.Authorization = _login;
        return request;
    }

    /// <summary>What of a request is the same for every list.</summary>
    static byte[] EndOf(SpeedSmsLaneOptions options, SmsText text, string sender) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"],\"content\":\"{Escape(text.Value)}\",\"sms_type\":{options.SmsType},\"sender\":\"{Escape(sender)}\"}}"));

    static string Escape(string text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;

    HttpRequestMessage Get(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Url, path));
        request.Headers.Authorization = _login;
        return request;
    }

    IReadOnlyList<SendResult>? Read(CarrierAnswer answer, IReadOnlyList<OutboundSms> messages)
    {
        if (GatewayJson.ObjectIn(answer.Body) is not { } root)
            return answer.IsSuccess
                ? throw new FormatException("a success without readable JSON")
                : ByStatus(answer, messages.Count);
        if (SpeedSmsCodes.IsTooFast(root))
            return CarrierHttp.ForAll(messages.Count, SendResult.TooFast("code 429", SpeedSmsCodes.WaitAsked(answer)));

        var code = SpeedSmsCodes.CodeIn(root);
        switch (GatewayJson.TextIn(root, "status"))
        {
            case "success" when answer.IsSuccess:
                return ReadTaken(root, code, messages);
            case "success":
                throw new FormatException($"HTTP {(int)answer.Status} with status success");
            case "error" when code is { } known && SpeedSmsCodes.Refusal(known, messages.Count) is { } refusal:
                return CarrierHttp.ForAll(messages.Count, refusal);
            default:
                return answer.IsSuccess
                    ? code is { } unknown
                        ? CarrierHttp.ForAll(
                            messages.Count,
                            SendResult.UnknownCode(CarrierCode.Clean($"{unknown:000}", options.Secrets)))
                        : throw new FormatException("a success without a status and a code")
                    : ByStatus(answer, messages.Count);
        }
    }

    IReadOnlyList<SendResult> ReadTaken(JsonElement root, int? code, IReadOnlyList<OutboundSms> messages)
    {
        if (code is not (null or 0))
            throw new FormatException($"status success with code {CarrierCode.Clean($"{code:000}", options.Secrets)}");
        if (GatewayJson.FieldIn(root, "data") is not { } data || SpeedSmsNumbers.TranIdIn(data) is not { } tranId)
            return CarrierHttp.ForAll(messages.Count, SendResult.Uncertain(Reason.WithoutId, "accepted without an id"));

        var invalid = new HashSet<long>();
        var isPlain = true;
        if (GatewayJson.FieldIn(data, "invalidPhone") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var each in list.EnumerateArray())
                isPlain &= SpeedSmsNumbers.NumberIn(each) is { } number
                    && invalid.Add(number)
                    && messages.Any(sms => sms.To.Msisdn == number);
        }

        return [.. messages.Select(sms =>
            invalid.Contains(sms.To.Msisdn) ? SendResult.Rejected(FailureClass.Number, "invalidPhone") : Taken(sms))];

        // Where a number refused cannot be told, it may be any of those left.
        SendResult Taken(OutboundSms sms)
        {
            IReadOnlyList<string> ids = [SpeedSmsNumbers.ReceiptId(tranId, sms.To.Msisdn)];
            return isPlain
                ? SendResult.Accepted(tranId, ids)
                : SendResult.Uncertain(Reason.Unreadable, "an invalidPhone that is none of the list's").WithId(
                    tranId,
                    ids);
        }
    }

    static IReadOnlyList<SendResult>? ByStatus(CarrierAnswer answer, int count) => answer.Status switch
    {
        HttpStatusCode.TooManyRequests =>
            CarrierHttp.ForAll(count, SendResult.TooFast("HTTP 429", SpeedSmsCodes.WaitAsked(answer))),

        // What one client in a public repository met with a wrong token.
        HttpStatusCode.NotFound => CarrierHttp.ForAll(
            count,
            SendResult.Misconfigured("HTTP 404: the token or the address is wrong").Because(HoldCause.WrongAddress)),
        _ => null,
    };
}
