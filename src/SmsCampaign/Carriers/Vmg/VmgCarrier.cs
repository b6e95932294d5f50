using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vmg;

/// <summary>
/// VMG's JSON API (api.brandsms.vn, the form of UM.API.V3: platform.epacific.net/docs/send-sms.html): SendSMS for
/// care messages, and CheckMnp.
/// </summary>
/// <remarks>
/// The requestId is our reference and the number of the attempt: the same comes again only where something between us
/// repeats the request. That the gateway remembers one for an hour is too short to repeat a message by.
/// </remarks>
/// <param name="http">Hands over messages.</param>
sealed class VmgCarrier(VmgLaneOptions options, HttpMessageInvoker http) : ICarrier, INetworkLookup, IDisposable
{
    public static readonly CarrierType Type =
        CarrierType.Of<VmgLaneOptions>("vmg", (options, http) => new VmgCarrier(options, http)) with
        {
            LiveHosts = ["brandsms.vn"],
        };

    /// <summary>Bytes of a body beside its text, so that the buffer seldom grows.</summary>
    const int BytesOfBody = 384;

    readonly bool _findsNetwork = options.Telco is null;
    readonly HttpClient? _asking = options.Mnp is null ? null : CarrierHttp.CreateClient(options);

    public int MostPerCall => 1;

    public bool LooksUpNetworks => options.Mnp is not null;

    public Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
        CarrierHttp.ExchangeAsync(
            http, Post(options.Url, json => WriteMessage(json, messages[0])), 1, Read, departure, cancellationToken);

    public Task<string?> FindNetworkAsync(PhoneNumber number, CancellationToken cancellationToken) =>
        _asking is null || options.Mnp is not { } mnp
            ? Task.FromResult<string?>(null)
            : CarrierHttp.AskAsync(
                _asking,
                Post(mnp.Url, json => json.WriteString("phoneNumber"u8, "0" + number.Digits[2..])),
                answer => ReadNetwork(answer, mnp),
                _ => null,
                cancellationToken);

    public void Dispose() => _asking?.Dispose();

    HttpRequestMessage Post(Uri address, Action<Utf8JsonWriter> write)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = RequestBody.Json(BytesOfBody, write),
        };
        request.Headers.TryAddWithoutValidation("token", options.Token);
        return request;
    }

    void WriteMessage(Utf8JsonWriter json, OutboundSms sms)
    {
        json.WriteString("to"u8, sms.To.Digits);
        json.WriteString("telco"u8, options.Telco ?? "");
        json.WriteNumber("type"u8, 1); // care
        json.WriteString("from"u8, sms.Sender);
        json.WriteString("message"u8, sms.Text.Value);
        json.WriteString("scheduled"u8, ""u8); // now
        json.WriteString("requestId"u8, string.Create(CultureInfo.InvariantCulture, $"{sms.Reference}-{sms.Attempt}"));
        // 2 would strip the order's words of their diacritics
        json.WriteNumber("useUnicode"u8, options.EncodingOf(sms.Text) == SmsEncoding.Ucs2 ? 1 : 0);
        json.WriteStartObject("ext"u8);
        json.WriteEndObject();
    }

    IReadOnlyList<SendResult>? Read(CarrierAnswer answer)
    {
        if (GatewayJson.ObjectIn(answer.Body) is not { } root || VmgCodes.CodeIn(root) is not { } code)
            return answer.IsSuccess ? throw new FormatException("a success without a code") : null;

        if (VmgCodes.Refusal(code, _findsNetwork) is { } refusal)
            return [refusal];

        // An answer without an id is no less an acceptance: nothing is ever asked by it.
        if (VmgCodes.MeansTaken(code))
        {
            return [answer.IsSuccess
                ? SendResult.Accepted(GatewayJson.TextIn(root, "referentId") is { } id && IsId(id) ? id : null)
                : SendResult.Uncertain(
                    Reason.HttpStatus,
                    $"HTTP {(int)answer.Status} with code {code}",
                    $"HTTP {(int)answer.Status}, code {code}")];
        }

        return answer.IsSuccess ? [SendResult.UnknownCode(CarrierCode.Clean(code, options.Secrets))] : null;
    }

    /// <returns>Null where it says nothing: an invalid number has no currentTelco.</returns>
    static string? ReadNetwork(CarrierAnswer answer, VmgMnpOptions mnp) =>
        answer.IsSuccess
        && GatewayJson.ObjectIn(answer.Body) is { } root
        && VmgCodes.CodeIn(root) == VmgCodes.Ok
        && GatewayJson.FieldIn(root, "data") is { ValueKind: JsonValueKind.Array } data
        && data.GetArrayLength() == 1
        && GatewayJson.TextIn(data[0], "currentTelco") is { } telco
            ? mnp.Networks.GetValueOrDefault(telco)
            : null;

    /// <summary>32 hexadecimal digits in samples; longer than any number.</summary>
    static bool IsId(string text) =>
        text.Length is >= 20 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
