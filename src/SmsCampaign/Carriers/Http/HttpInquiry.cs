using System.Buffers;
using System.Net.Http.Headers;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Asks a gateway what became of messages, as <see cref="HttpInquiryOptions"/> describe it.
/// </summary>
/// <param name="http">Not the one that hands over messages: an inquiry must never keep a message waiting for a
/// connection. Disposed with this.</param>
sealed class HttpInquiry(HttpLaneOptions lane, HttpInquiryOptions options, HttpClient http) : IDisposable
{
    static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    readonly HttpMethod _method = HttpMethod.Parse(options.Method);
    readonly MessageTemplate _url = MessageTemplate.OfText(options.Url);
    readonly MessageTemplate? _body = options.Body is { } body ? MessageTemplate.OfJson(body) : null;
    readonly MessageTemplate? _item = options.Item is { } item ? MessageTemplate.OfJson(item) : null;
    readonly Dictionary<string, MessageTemplate> _query = options.Query.ToDictionary(
        pair => pair.Key, pair => MessageTemplate.OfText(pair.Value));
    readonly HttpInquiryAnswer _answer = new(
        options, lane.Secrets, lane.Answer!.IdForm, lane.Receipts?.IdForm ?? lane.Answer.IdForm);

    public bool AsksByReference => !_query.Values.Append(_url).Append(_body).Append(_item)
        .Any(template => template?.Slots.Contains(Slot.Id) ?? false);

    public Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken) =>
        CarrierHttp.AskAsync(
            http,
            Write(messages),
            answer => _answer.Read(answer, messages),
            why => ForAll(messages, QueryAnswer.CannotSay(why)),
            cancellationToken);

    public void Dispose() => http.Dispose();

    internal static IReadOnlyList<QueryAnswer> ForAll(IReadOnlyList<QueriedSms> messages, QueryAnswer answer)
    {
        var answers = new QueryAnswer[messages.Count];
        Array.Fill(answers, answer);
        return answers;
    }

    HttpRequestMessage Write(IReadOnlyList<QueriedSms> messages)
    {
        var first = messages[0];
        var url = _url.Fill(slot => Uri.EscapeDataString(ValueOf(first, slot)));
        var fields = string.Join('&', _query.Select(field =>
            $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value.Fill(slot => ValueOf(first, slot)))}"));
        if (fields.Length > 0)
            url += (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + fields;

        var request = new HttpRequestMessage(_method, new Uri(url));
        foreach (var (name, value) in options.Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        if (_body is not null)
            request.Content = new ReadOnlyMemoryContent(WriteBody(messages)) { Headers = { ContentType = Json } };
        return request;
    }

    ReadOnlyMemory<byte> WriteBody(IReadOnlyList<QueriedSms> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * messages.Count);
        _body!.WriteJson(buffer, messages, _item, WriteValue);
        return buffer.WrittenMemory;
    }

    static void WriteValue(ArrayBufferWriter<byte> to, QueriedSms sms, Slot slot) =>
        to.Write(MessageTemplate.Escape(ValueOf(sms, slot)).EncodedUtf8Bytes);

    static string ValueOf(QueriedSms sms, Slot slot) => slot == Slot.Id ? sms.CarrierMessageId! : sms.Reference;
}
