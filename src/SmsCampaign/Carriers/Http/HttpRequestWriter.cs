using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Writes the request of one call by the templates of <see cref="HttpLaneOptions"/>.
/// </summary>
sealed class HttpRequestWriter(HttpLaneOptions options)
{
    /// <summary>Of a message beside its text, so that the buffer seldom grows.</summary>
    const int BytesOfBody = 192;

    readonly HttpMethod _method = HttpMethod.Parse(options.Method);
    readonly MessageTemplate? _body = options.Body is { } body ? MessageTemplate.OfJson(body) : null;
    readonly MessageTemplate? _item = options.Item is { } item ? MessageTemplate.OfJson(item) : null;
    readonly Dictionary<string, MessageTemplate> _query = options.Query.ToDictionary(
        pair => pair.Key, pair => MessageTemplate.OfText(pair.Value));
    readonly Dictionary<string, MessageTemplate> _form = options.Form.ToDictionary(
        pair => pair.Key, pair => MessageTemplate.OfText(pair.Value));

    readonly LastText<string, Wire> _wires = new((text, _) => WireOf(text, options.LengthTable));

    public HttpRequestMessage Write(IReadOnlyList<OutboundSms> messages)
    {
        var first = messages[0];
        var request = new HttpRequestMessage(_method, _query.Count == 0
            ? options.Url
            : new Uri(
                $"{options.Url!.AbsoluteUri}{(options.Url.Query.Length == 0 ? "?" : "&")}{Fields(_query, first)}"));

        foreach (var (name, value) in options.Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        if (_body is not null)
            request.Content = RequestBody.Json(WriteBody(messages));
        else if (_form.Count > 0)
            request.Content = RequestBody.Form(Fields(_form, first), "utf-8");

        return request;
    }

    ReadOnlyMemory<byte> WriteBody(IReadOnlyList<OutboundSms> messages)
    {
        // Outside the list {sender} stands once for all of them.
        if (messages.Count > 1 && messages.Any(sms => sms.Sender != messages[0].Sender))
            throw new ArgumentException("the messages of one call must have one sender", nameof(messages));

        var buffer = new ArrayBufferWriter<byte>(
            (BytesOfBody + _wires.Of(messages[0].Text, "").Json.Length) * messages.Count);
        _body!.WriteJson(buffer, messages, _item, WriteJsonValue);
        return buffer.WrittenMemory;
    }

    string Fields(Dictionary<string, MessageTemplate> fields, OutboundSms sms) =>
        string.Join('&', fields.Select(field =>
            $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value.Fill(slot => ValueOf(sms, slot)))}"));

    void WriteJsonValue(ArrayBufferWriter<byte> to, OutboundSms sms, Slot slot)
    {
        switch (slot)
        {
            case Slot.Text:
                to.Write(_wires.Of(sms.Text, "").Json);
                break;
            case Slot.Parts:
                to.Write(_wires.Of(sms.Text, "").PartsJson);
                break;
            case Slot.To:
                Utf8Formatter.TryFormat(sms.To.Msisdn, to.GetSpan(20), out var written);
                to.Advance(written);
                break;
            case Slot.Reference:
                // Letters, digits and dashes: nothing to escape.
                to.Advance(Encoding.ASCII.GetBytes(sms.Reference, to.GetSpan(sms.Reference.Length)));
                break;
            default:
                to.Write(MessageTemplate.Escape(ValueOf(sms, slot)).EncodedUtf8Bytes);
                break;
        }
    }

    string ValueOf(OutboundSms sms, Slot slot) => slot switch
    {
        Slot.Reference => sms.Reference,
        Slot.To => sms.To.Digits,
        Slot.ToLocal => "0" + sms.To.Digits[2..],
        Slot.ToPlus => "+" + sms.To.Digits,
        Slot.Sender => sms.Sender,
        Slot.Text => sms.Text.Value,
        Slot.Encoding => options.EncodingOf(sms.Text) == SmsEncoding.Gsm7 ? options.Gsm7Name : options.Ucs2Name,
        _ => _wires.Of(sms.Text, "").Parts.ToString(CultureInfo.InvariantCulture),
    };

    static Wire WireOf(SmsText text, LengthTable table)
    {
        var parts = text.PartsIn(table);
        return new Wire(
            MessageTemplate.Escape(text.Value).EncodedUtf8Bytes.ToArray(),
            parts,
            Encoding.UTF8.GetBytes(parts.ToString(CultureInfo.InvariantCulture)));
    }

    sealed record Wire(byte[] Json, int Parts, byte[] PartsJson);
}
