using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vnpt;

/// <summary>
/// VNPT VinaPhone's RQST/RPLY gateway (config/gateways/SOURCES.md, vnpt): <c>send_sms_list</c>,
/// <c>get_sms_status_api</c>, <c>get_label</c> and <c>get_template</c>, as JSON.
/// </summary>
/// <remarks>
/// The request id (REQID) is our reference of the list's first message and the number of the attempt: the same id comes
/// again only where something between us repeats the request, so that 33 proves the list was taken; a later try of the
/// same messages has another. One that was lost is asked about by it.
/// </remarks>
/// <param name="http">Hands over messages.</param>
sealed class VnptCarrier(
    VnptLaneOptions options, HttpMessageInvoker http) : ICarrier, IReceiptQuery, IAccountCheck, IWarmUp, IDisposable
{
    public static readonly CarrierType Type =
        CarrierType.Of<VnptLaneOptions>("vnpt", (options, http) => new VnptCarrier(options, http)) with
        {
            LiveHosts = ["tinnhanthuonghieu.vn"],
        };

    /// <summary>Bytes of a body beside its list, so that the buffer seldom grows.</summary>
    const int BytesOfBody = 1024;

    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(CalendarDay.VietnamZone);

    readonly LastText<string, Filled?> _filled = FillerOf(options);
    readonly HttpClient _asking = CarrierHttp.CreateClient(options);

    public int MostPerCall => options.MostPerCall;

    public InquiryOptions? Inquiry => options.Inquiry;

    public int MostPerQuery => 1;

    public bool AsksByReference => true;

    public Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
    {
        // The plan has checked every text; a template that was changed since must not fail anybody.
        if (_filled.Of(messages[0].Text, "") is not { } filled)
            return Task.FromResult(
                CarrierHttp.ForAll(messages.Count, SendResult.Misconfigured("the text fits no template")));

        var request = Post(json => WriteList(json, messages, filled.TemplateId, filled.Parameters));
        return CarrierHttp.ExchangeAsync(
            http, request, messages.Count, answer => Read(answer, messages.Count), departure, cancellationToken);
    }

    public async Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken)
    {
        if (messages[0].Call is not { } call)
            return [QueryAnswer.CannotSay("not known in which call it was sent")];

        var request = Post(json => WriteQuestion(json, call));
        return [await CarrierHttp.AskAsync(
            _asking,
            request,
            answer => ReadState(answer, messages[0]),
            why => QueryAnswer.CannotSay(why),
            cancellationToken)];
    }

    public async Task<IReadOnlyList<AccountFinding>> CheckAccountAsync(CancellationToken cancellationToken)
    {
        var findings = new List<AccountFinding>();
        findings.AddRange(await AskLabelAsync(_asking, cancellationToken));
        findings.AddRange(await AskAsync(
            _asking,
            "get_template",
            json => json.WriteString("LABELID"u8, options.LabelId),
            "TEMPLATEDETAIL",
            ReadTemplates,
            cancellationToken));
        return findings;
    }

    public async Task<AccountFinding> WarmUpAsync(Departure departure, CancellationToken cancellationToken) =>
        (await AskLabelAsync(http, cancellationToken, departure))[0];

    public void Dispose() => _asking.Dispose();

    /// <summary>As <c>{"RQST": {"name": …, …}}</c>.</summary>
    HttpRequestMessage Post(Action<Utf8JsonWriter> write) => new(HttpMethod.Post, options.Url)
    {
        Content = RequestBody.Json(BytesOfBody, json =>
        {
            json.WriteStartObject("RQST"u8);
            write(json);
            json.WriteString("APIUSER"u8, options.ApiUser);
            json.WriteString("APIPASS"u8, options.ApiPass);
            json.WriteEndObject();
        }),
    };

    void WriteList(Utf8JsonWriter json, IReadOnlyList<OutboundSms> messages, string templateId, string[] parameters)
    {
        json.WriteString("name"u8, "send_sms_list"u8);
        json.WriteString("REQID"u8, RequestId(messages[0].Reference, messages[0].Attempt));
        json.WriteString("LABELID"u8, options.LabelId);
        json.WriteString("CONTRACTTYPEID"u8, options.ContractTypeId == 1 ? "1"u8 : "2"u8);
        json.WriteString("CONTRACTID"u8, options.ContractId);
        json.WriteString("TEMPLATEID"u8, templateId);
        json.WriteStartArray("PARAMS"u8);
        for (var number = 1; number <= parameters.Length; number++)
        {
            json.WriteStartObject();
            json.WriteString("NUM"u8, number.ToString(CultureInfo.InvariantCulture));
            json.WriteString("CONTENT"u8, parameters[number - 1]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("SCHEDULETIME"u8, ""u8);
        json.WriteString("MOBILELIST"u8, messages.Count == 1
            ? messages[0].To.Digits
            : string.Join(',', messages.Select(message => message.To.Digits)));
        json.WriteString("ISTELCOSUB"u8, "0"u8);
        json.WriteString("AGENTID"u8, options.AgentId);
        json.WriteString("USERNAME"u8, options.UserName);
        json.WriteString("DATACODING"u8, options.EncodingOf(messages[0].Text) == SmsEncoding.Ucs2 ? "8"u8 : "0"u8);
        json.WriteString("SALEORDERID"u8, options.SaleOrderId);
        json.WriteString("PACKAGEID"u8, options.PackageId);
    }

    void WriteQuestion(Utf8JsonWriter json, SentCall call)
    {
        var local = TimeZoneInfo.ConvertTime(call.At, Zone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
        json.WriteString("name"u8, "get_sms_status_api"u8);
        json.WriteString("REQID"u8, RequestId(call.FirstReference, call.Attempt));
        json.WriteString("AGENTID"u8, options.AgentId);
        json.WriteString("CONTRACTID"u8, options.ContractId);
        if (options.Inquiry!.Variant == VnptInquiryVariant.Request)
        {
            json.WriteString("SENDTIME"u8, local);
            return;
        }

        json.WriteString("MSISND"u8, call.To.Digits); // so spelt
        json.WriteString("LABELID"u8, options.LabelId);
        json.WriteString("TEMPLATEID"u8, options.Templates[0].Id);
        json.WriteString("SCHEDULETIME"u8, local);
    }

    /// <summary>Finds the template that says a text, and its parameters.</summary>
    static LastText<string, Filled?> FillerOf(VnptLaneOptions options)
    {
        var templates = options.Templates.Select(template => VnptTemplateText.TryParse(template)!).ToList();
        return new LastText<string, Filled?>((text, _) => templates
            .Select(
                template => template.Match(text.Value) is { } parameters ? new Filled(template.Id, parameters) : null)
            .FirstOrDefault(filled => filled is not null));
    }

    static IReadOnlyList<SendResult>? Read(CarrierAnswer answer, int count)
    {
        if (ReplyOf(answer) is not { } reply || CodeIn(reply, "ERROR") is not { } code)
            return answer.IsSuccess ? throw new FormatException("a success without readable JSON") : null;
        return answer.IsSuccess || code != 0 ? CarrierHttp.ForAll(count, VnptCodes.Of(code, count)) : null;
    }

    QueryAnswer ReadState(CarrierAnswer answer, QueriedSms message)
    {
        if (!answer.IsSuccess)
            return QueryAnswer.CannotSay($"HTTP {(int)answer.Status}", answer.RetryAfter);
        if (ReplyOf(answer) is not { } reply || (CodeIn(reply, "STATUS") ?? CodeIn(reply, "ERROR")) is not { } status)
            return QueryAnswer.CannotSay("an answer without a status");

        var isCare = options.ContractTypeId == 1;
        MessageStatus? known = status switch
        {
            0 => isCare ? MessageStatus.Sent : MessageStatus.Delivered, // SENT of a care message, DELIVRD of an ad
            1 => MessageStatus.Failed,                                  // SENT_FAIL
            2 => MessageStatus.Accepted,                                // PENDING
            3 => isCare ? MessageStatus.Accepted : MessageStatus.Sent,  // pushed, waits for its result; SENT of an ad
            4 => MessageStatus.Accepted,                                // pushed, RETRYING
            5 => MessageStatus.Accepted,                                // received, not generated yet
            _ => null,                                                  // -1: exception; 10: user, password or IP
        };
        return known is { } to
            ? QueryAnswer.Known(new DeliveryReceipt(
                message.Reference,
                null,
                to,
                to == MessageStatus.Failed ? FailureClass.Unknown : null,
                $"{status}",
                At: null))
            : QueryAnswer.CannotSay($"status {status}");
    }

    Task<IReadOnlyList<AccountFinding>> AskLabelAsync(
        HttpMessageInvoker via, CancellationToken cancellationToken, Departure? departure = null) =>
        AskAsync(
            via,
            "get_label",
            json => json.WriteString("CONTRACTID"u8, options.ContractId),
            "LABELDETAIL",
            ReadLabels,
            cancellationToken,
            departure);

    async Task<IReadOnlyList<AccountFinding>> AskAsync(
        HttpMessageInvoker via,
        string method,
        Action<Utf8JsonWriter> write,
        string detail,
        Func<IReadOnlyList<JsonElement>, IEnumerable<AccountFinding>> read,
        CancellationToken cancellationToken,
        Departure? departure = null)
    {
        var request = Post(json =>
        {
            json.WriteString("name"u8, method);
            json.WriteString("REQID"u8, "1"u8);
            json.WriteString("AGENTID"u8, options.AgentId);
            write(json);
        });
        return await CarrierHttp.AskAsync(via, request, Read, why => [Unknown(why)], cancellationToken, departure);

        IReadOnlyList<AccountFinding> Read(CarrierAnswer answer)
        {
            if (!answer.IsSuccess)
                return [Unknown($"HTTP {(int)answer.Status}")];
            if (ReplyOf(answer) is not { } reply || CodeIn(reply, "ERROR") is not { } code)
                return [Unknown("no readable answer")];
            if (code != 0)
            {
                return [new AccountFinding(false, new Wording(
                    $"VNPT từ chối yêu cầu {method}: mã {code}. Hãy kiểm tra tài khoản, mật khẩu, "
                        + $"IP và mã hợp đồng với VNPT.",
                    $"VNPT refuses {method}: code {code}. Check account, password, IP and contract id with VNPT."))];
            }

            return [.. read(ListIn(reply, detail))];
        }

        AccountFinding Unknown(string why) => new(null, new Wording(
            $"Chưa hỏi được VNPT ({method}): {GatewayWords.Of(why)}.", $"VNPT could not be asked ({method}): {why}."));
    }

    IEnumerable<AccountFinding> ReadLabels(IReadOnlyList<JsonElement> labels)
    {
        var own = labels.FirstOrDefault(label => TextOf(label, "LABELID") == options.LabelId);
        yield return TextOf(own, "LABEL") is { } name
            ? new AccountFinding(
                true,
                new Wording($"Tên định danh {options.LabelId} là “{name}”.", $"Label {options.LabelId} is '{name}'."))
            : new AccountFinding(false, new Wording(
                $"VNPT không có tên định danh mã {options.LabelId} trong hợp đồng {options.ContractId}. "
                    + $"Hãy hỏi VNPT rồi sửa labelId.",
                $"VNPT has no label {options.LabelId} in contract {options.ContractId}. "
                    + $"Ask VNPT and correct labelId."));
    }

    IEnumerable<AccountFinding> ReadTemplates(IReadOnlyList<JsonElement> templates)
    {
        foreach (var expected in options.Templates)
        {
            var own = templates.FirstOrDefault(template => TextOf(template, "TEMPLATEID") == expected.Id);
            if (TextOf(own, "TEMPLATECONTENT") is not { } content)
            {
                yield return new AccountFinding(false, new Wording(
                    $"VNPT không có mẫu tin {expected.Id} cho tên định danh {options.LabelId}. "
                        + $"Hãy đăng ký mẫu hoặc sửa templates.",
                    $"VNPT has no template {expected.Id} for label {options.LabelId}. "
                        + $"Register it or correct templates."));
                continue;
            }

            // How VNPT writes parameters in TEMPLATECONTENT is not published: their number is what can be compared.
            var count = VnptTemplateText.TryParse(expected)!.Parameters;
            yield return CodeIn(own, "TOTALPARAM") is { } total && total != count
                ? new AccountFinding(false, new Wording(
                    $"Mẫu tin {expected.Id} ở VNPT có {total} tham số, trong templates ghi {count}: “{content}”.",
                    $"Template {expected.Id} has {total} parameters at VNPT, {count} in templates: '{content}'."))
                : new AccountFinding(
                    true, new Wording($"Mẫu tin {expected.Id}: “{content}”.", $"Template {expected.Id}: '{content}'."));
        }
    }

    static string RequestId(string first, long attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}-{attempt}");

    static JsonElement? ReplyOf(CarrierAnswer answer) =>
        GatewayJson.ObjectIn(answer.Body) is { } root
            ? GatewayJson.FieldIn(root, "RPLY") is { ValueKind: JsonValueKind.Object } reply ? reply : null
            : null;

    /// <summary>A code of at most four digits, also where it is written as a text, as VNPT does. A longer one
    /// may be anything.</summary>
    static int? CodeIn(JsonElement element, string name) =>
        int.TryParse(TextOf(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
            && code is > -10_000 and < 10_000
            ? code : null;

    static string? TextOf(JsonElement element, string name) =>
        GatewayJson.TextIn(element, name)
        ?? GatewayJson.NumberIn(element, name)?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A list; of one element it may be written as that element alone.</summary>
    static IReadOnlyList<JsonElement> ListIn(JsonElement element, string name) => GatewayJson.FieldIn(
        element,
        name) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    sealed record Filled(string TemplateId, string[] Parameters);
}
