using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Esms;

/// <summary>
/// eSMS.vn's JSON API (developers.esms.vn): SendMultipleMessage_V4_post_json for care messages, its callbacks,
/// GetSendStatus, GetSmsReceiverStatus_get and GetBalance_json.
/// </summary>
/// <param name="http">Hands over messages.</param>
sealed class EsmsCarrier(EsmsLaneOptions options, HttpMessageInvoker http)
    : ICarrier, IReceiptSource, IReceiptQuery, IAccountCheck, IWarmUp, IDisposable
{
    public static readonly CarrierType Type =
        CarrierType.Of<EsmsLaneOptions>("esms", (options, http) => new EsmsCarrier(options, http)) with
        {
            LiveHosts = ["esms.vn"],
        };

    /// <summary>Bytes of a body beside its text, so that the buffer seldom grows.</summary>
    const int BytesOfBody = 512;

    readonly Uri _messages = new(options.Url, "SendMultipleMessage_V4_post_json/");
    readonly HttpClient _asking = CarrierHttp.CreateClient(options);
    readonly string? _callback = options.CallbackUrl is { } callback
        ? options.Callback?.Secret is { } secret
            ? $"{callback.AbsoluteUri.TrimEnd('/')}/{secret}"
            : callback.AbsoluteUri
        : null;

    public int MostPerCall => 1;

    public bool DropsRepeats => options.RepeatsDropped;

    public bool RepeatsReference => true;

    public InquiryOptions? Inquiry => options.Inquiry;

    public int MostPerQuery => 1;

    public bool AsksByReference => false;

    public Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
        CarrierHttp.ExchangeAsync(
            http,
            Post(_messages, json => WriteMessage(json, messages[0])),
            1,
            Read,
            departure,
            cancellationToken,
            options.RepeatsDropped);

    /// <summary>A callback without a RequestId is of a message that others sent from the account: it
    /// matches nothing.</summary>
    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback)
    {
        var id = callback.Query.GetValueOrDefault("SMSID") is { } given && IsId(given) ? given : null;
        var reference = callback.Query.GetValueOrDefault("RequestId") is { Length: > 0 } request
            ? ReferenceIn(request)
            : null;
        if (id is null && reference is null)
            throw new FormatException("neither RequestId nor SMSID in the callback");

        var status = callback.Query.GetValueOrDefault("SendStatus")
            ?? throw new FormatException("no SendStatus in the callback");
        return
        [
            EsmsStatus.Read(
                reference, id, status,
                callback.Query.GetValueOrDefault("SendSuccess"),
                callback.Query.GetValueOrDefault("SendFailed"),
                callback.Query.GetValueOrDefault("telcoid")),
        ];
    }

    public async Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken)
    {
        var inquiry = options.Inquiry ?? throw new InvalidOperationException("this lane has no inquiry");

        // The keys stand in the address, as eSMS demands: it is never shown or logged.
        var operation = inquiry.Method == EsmsInquiryMethod.SendStatus ? "GetSendStatus" : "GetSmsReceiverStatus_get";
        var address = new Uri(options.Url,
            $"{operation}?RefId={Uri.EscapeDataString(messages[0].CarrierMessageId!)}&ApiKey={Uri.EscapeDataString(options.ApiKey)}&SecretKey={Uri.EscapeDataString(options.SecretKey)}");
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        return [await CarrierHttp.AskAsync(
            _asking,
            request,
            answer => ReadState(answer, messages[0], inquiry.Method),
            why => QueryAnswer.CannotSay(why),
            cancellationToken)];
    }

    public async Task<IReadOnlyList<AccountFinding>> CheckAccountAsync(CancellationToken cancellationToken) =>
        [await AskAccountAsync(_asking, cancellationToken)];

    public Task<AccountFinding> WarmUpAsync(Departure departure, CancellationToken cancellationToken) =>
        AskAccountAsync(http, cancellationToken, departure);

    public void Dispose() => _asking.Dispose();

    Task<AccountFinding> AskAccountAsync(
        HttpMessageInvoker via, CancellationToken cancellationToken, Departure? departure = null) =>
        CarrierHttp.AskAsync(
            via,
            Post(new Uri(options.Url, "GetBalance_json"), WriteKeys),
            ReadBalance,
            Unknown,
            cancellationToken,
            departure);

    static HttpRequestMessage Post(Uri address, Action<Utf8JsonWriter> write) =>
        new(HttpMethod.Post, address) { Content = RequestBody.Json(BytesOfBody, write) };

    void WriteKeys(Utf8JsonWriter json)
    {
        json.WriteString("ApiKey"u8, options.ApiKey);
        json.WriteString("SecretKey"u8, options.SecretKey);
    }

    void WriteMessage(Utf8JsonWriter json, OutboundSms sms)
    {
        WriteKeys(json);
        json.WriteString("Phone"u8, "0" + sms.To.Digits[2..]);
        json.WriteString("Content"u8, sms.Text.Value);
        json.WriteString("Brandname"u8, sms.Sender);
        json.WriteString("SmsType"u8, "2"u8); // care
        json.WriteString("IsUnicode"u8, options.EncodingOf(sms.Text) == SmsEncoding.Ucs2 ? "1"u8 : "0"u8);
        json.WriteString("Sandbox"u8, options.Sandbox ? "1"u8 : "0"u8);
        json.WriteString("RequestId"u8, options.RepeatsDropped
            ? sms.Reference
            : string.Create(CultureInfo.InvariantCulture, $"{sms.Reference}-{sms.Attempt}"));
        if (_callback is not null)
            json.WriteString("CallbackUrl"u8, _callback);
    }

    IReadOnlyList<SendResult>? Read(CarrierAnswer answer)
    {
        if (GatewayJson.ObjectIn(answer.Body) is not { } root
            || EsmsCodes.ValueIn(root, "CodeResult") is not { } written)
            return answer.IsSuccess ? throw new FormatException("a success without a code") : null;

        if (EsmsCodes.Parse(written) is { } code)
        {
            if (EsmsCodes.Refusal(code) is { } refusal)
                return [refusal];

            // An answer without an id is no less an acceptance: receipts name our reference.
            if (EsmsCodes.MeansTaken(code))
            {
                return [answer.IsSuccess
                    ? SendResult.Accepted(GatewayJson.TextIn(root, "SMSID") is { } id && IsId(id) ? id : null)
                    : SendResult.Uncertain(
                        Reason.HttpStatus,
                        $"HTTP {(int)answer.Status} with code {code}",
                        $"HTTP {(int)answer.Status}, code {code}")];
            }
        }

        return answer.IsSuccess ? [SendResult.UnknownCode(NameOf(written))] : null;
    }

    QueryAnswer ReadState(CarrierAnswer answer, QueriedSms message, EsmsInquiryMethod method)
    {
        if (!answer.IsSuccess)
            return QueryAnswer.CannotSay($"HTTP {(int)answer.Status}", answer.RetryAfter);
        if (GatewayJson.ObjectIn(answer.Body) is not { } root
            || (EsmsCodes.ValueIn(root, "CodeResponse") ?? EsmsCodes.ValueIn(root, "CodeResult")) is not { } written)
            return QueryAnswer.CannotSay("an answer without a code");

        var code = EsmsCodes.Parse(written);
        if (code == EsmsCodes.NotFound)
            return QueryAnswer.NotThere;
        if (code != EsmsCodes.Ok)
            return QueryAnswer.CannotSay($"code {NameOf(written)}");

        return method == EsmsInquiryMethod.SendStatus ? ReadSendStatus(root, message) : ReadReceivers(root, message);
    }

    static QueryAnswer ReadSendStatus(JsonElement root, QueriedSms message)
    {
        if (GatewayJson.TextIn(root, "SMSID") is { } id && id != message.CarrierMessageId)
            return QueryAnswer.CannotSay("an answer about another message");

        return EsmsCodes.ValueIn(root, "SendStatus") is { } status
            ? QueryAnswer.Known(EsmsStatus.Read(
                message.Reference,
                message.CarrierMessageId,
                status,
                EsmsCodes.ValueIn(root, "SendSuccess"),
                EsmsCodes.ValueIn(root, "SendFailed"),
                telco: null))
            : QueryAnswer.CannotSay("an answer without a SendStatus");
    }

    static QueryAnswer ReadReceivers(JsonElement root, QueriedSms message) =>
        GatewayJson.FieldIn(root, "ReceiverList") is { ValueKind: JsonValueKind.Array } receivers
            && receivers.GetArrayLength() == 1
            ? QueryAnswer.Known(EsmsStatus.ReadReceiver(message.Reference, message.CarrierMessageId, receivers[0]))
            : QueryAnswer.CannotSay("an answer without the one receiver");

    AccountFinding ReadBalance(CarrierAnswer answer)
    {
        var root = GatewayJson.ObjectIn(answer.Body);
        var written = root is { } read ? EsmsCodes.ValueIn(read, "CodeResponse") : null;
        var code = written is null ? null : EsmsCodes.Parse(written);
        if (code is { } given && EsmsCodes.IsOfAccount(given))
            return NotLetIn($"code {given}");
        if (!answer.IsSuccess)
            return CarrierHttp.MeaningOf(answer).Deferral == Deferral.Configuration
                ? NotLetIn($"HTTP {(int)answer.Status}")
                : Unknown($"HTTP {(int)answer.Status}");
        if (code != EsmsCodes.Ok)
            return Unknown(written is null ? "an answer without a code" : $"code {NameOf(written)}");

        if (BalanceIn(root!.Value) is not { } balance)
        {
            return new AccountFinding(null, new Wording(
                "Tài khoản eSMS dùng được, chưa biết số dư.", "eSMS lets the account in, but says no balance."));
        }

        var shown = Figures.Money(decimal.Floor(balance));
        return balance > 0
            ? new AccountFinding(true, new Wording(
                $"Tài khoản eSMS dùng được. Số dư: {shown}.", $"eSMS lets the account in. Balance: {shown}."))
            {
                BalanceVnd = decimal.Floor(balance),
            }
            : new AccountFinding(false, new Wording(
                $"Tài khoản eSMS dùng được nhưng số dư là {shown}. Hãy nạp tiền trước khi gửi.",
                $"eSMS lets the account in, but the balance is {shown}. Add to it before sending."));
    }

    static decimal? BalanceIn(JsonElement root)
    {
        var balance = GatewayJson.FieldIn(root, "Balance") is { ValueKind: JsonValueKind.Number } number
            ? number.TryGetDecimal(out var value) ? value : (decimal?)null
            : decimal.TryParse(
                GatewayJson.TextIn(root, "Balance"), NumberStyles.Float, CultureInfo.InvariantCulture, out var written)
            ? written
            : null;
        return balance is >= -1e15m and <= 1e15m ? balance : null;
    }

    static AccountFinding NotLetIn(string why) => new(false, new Wording(
        $"Tài khoản eSMS chưa dùng được ({GatewayWords.Of(why)}). Hãy kiểm tra apiKey, secretKey và hỏi eSMS: "
            + $"tài khoản, bảng giá, và địa chỉ IP của máy này đã khai báo chưa.",
        $"eSMS does not let the account in ({GatewayWords.Of(why)}). Check apiKey and secretKey, and ask eSMS about "
            + $"the account, its price list, and whether this machine's IP address is declared."));

    static AccountFinding Unknown(string why) => new(null, new Wording(
        $"Không hỏi được số dư ở eSMS ({GatewayWords.Of(why)}).",
        $"eSMS could not be asked for the balance ({GatewayWords.Of(why)})."));

    /// <summary>Our reference, with or without the number of the attempt behind it, as the lane was set when
    /// the message left.</summary>
    /// <returns>Null where it is none of ours.</returns>
    static string? ReferenceIn(string requestId)
    {
        if (MessageReference.TryParse(requestId, out _, out _))
            return requestId;

        var dash = requestId.LastIndexOf('-');
        return dash > 0
            && requestId.AsSpan(dash + 1) is { Length: > 0 } attempt
            && !attempt.ContainsAnyExceptInRange('0', '9')
            && MessageReference.TryParse(requestId.AsSpan(0, dash), out _, out _)
            ? requestId[..dash]
            : null;
    }

    string NameOf(string code) => CarrierCode.Clean(code, options.Secrets);

    /// <summary>A UUID and some digits, with or without dashes; longer than any number.</summary>
    static bool IsId(string text) =>
        text.Length is >= 20 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
