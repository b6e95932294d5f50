using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>
/// Writes requests of the service CcApi: SOAP 1.1, document/literal wrapped, the elements inside without a
/// namespace, in the order of its WSDL.
/// </summary>
sealed class ViettelRequests(ViettelLaneOptions options)
{
    /// <summary>RequestID of a message alone: it must be a number, and nothing is told by it.</summary>
    const int OnlyRequest = 1;

    /// <summary>Digits of the longest number written, a RequestID or a subscriber's.</summary>
    const int MostDigits = 20;

    static readonly MediaTypeHeaderValue Xml = new("text/xml") { CharSet = "UTF-8" };

    readonly byte[] _single = Utf8(
        $"{Open(SingleOf(options))}{Login(options)}<RequestID>{OnlyRequest}</RequestID><UserID>");
    readonly byte[] _singleEnd = Utf8(Close(SingleOf(options)));
    readonly byte[] _list = Utf8(
        $"{Open("wsCpBatchMt")}{Login(options)}<CommandCode>{Escape(options.CommandCode)}</CommandCode>");
    readonly byte[] _listEnd = Utf8(Close("wsCpBatchMt"));

    readonly LastText<string, Wire> _wires = new((text, sender) => WireOf(options, text, sender));

    /// <summary>Hands over messages.</summary>
    public HttpRequestMessage Send(IReadOnlyList<OutboundSms> messages)
    {
        var first = _wires.Of(messages[0].Text, messages[0].Sender);
        var body = new ArrayBufferWriter<byte>(
            _list.Length + _listEnd.Length + (first.ItemStart.Length + first.ItemEnd.Length + 100) * messages.Count);
        if (messages.Count == 1)
            WriteSingle(body, messages[0], first);
        else
            WriteList(body, messages);
        return Post(body.WrittenMemory);
    }

    public HttpRequestMessage Balance() => Post(Utf8($"{Open("checkBalance")}{Login(options)}{Close("checkBalance")}"));

    public HttpRequestMessage DlrStatus(string ids) =>
        Post(Utf8(
            $"{Open("getDlrStatus")}{Login(options)}<MessageIds>{Escape(ids)}</MessageIds>{Close("getDlrStatus")}"));

    /// <param name="page">From 1.</param>
    public HttpRequestMessage FailSub(string alias, string date, int page, int size) =>
        Post(Utf8(string.Create(CultureInfo.InvariantCulture, $"""
            {Open("getFailSub")}<username>{Escape(options.User)}</username><password>{Escape(options.Password)}</password><cpCode>{Escape(options.CpCode)}</cpCode><alias>{Escape(alias)}</alias><date>{Escape(date)}</date><pageNumber>{page}</pageNumber><pageSize>{size}</pageSize>{Close("getFailSub")}
            """)));

    static string SingleOf(ViettelLaneOptions options) => options.RegistersReceipts ? "wsCpMtRegDlr" : "wsCpMt";

    static string Open(string operation) => $"""
        <?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:impl="http://impl.bulkSms.ws/"><soapenv:Header/><soapenv:Body><impl:{operation}>
        """;

    static string Close(string operation) => $"</impl:{operation}></soapenv:Body></soapenv:Envelope>";

    static string Login(ViettelLaneOptions options) =>
        $"<User>{Escape(options.User)}</User><Password>{Escape(options.Password)}</Password><CPCode>{Escape(options.CpCode)}</CPCode>";

    HttpRequestMessage Post(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Url)
        {
            Content = new RequestBody(body) { Headers = { ContentType = Xml } },
        };
        request.Headers.TryAddWithoutValidation("SOAPAction", "\"\"");
        return request;
    }

    void WriteSingle(ArrayBufferWriter<byte> to, OutboundSms sms, Wire wire)
    {
        to.Write(_single);
        Write(to, sms.To.Msisdn);
        to.Write("</UserID><ReceiverID>"u8);
        Write(to, sms.To.Msisdn);
        to.Write(wire.SingleEnd);
        to.Write(_singleEnd);
    }

    void WriteList(ArrayBufferWriter<byte> to, IReadOnlyList<OutboundSms> messages)
    {
        to.Write(_list);
        for (var at = 0; at < messages.Count; at++)
        {
            var wire = _wires.Of(messages[at].Text, messages[at].Sender);
            to.Write(wire.ItemStart);
            Write(to, messages[at].To.Msisdn);
            to.Write("</receiverID><requestID>"u8);
            Write(to, at + 1);
            to.Write(wire.ItemEnd);
            Write(to, messages[at].To.Msisdn);
            to.Write("</userID></requestMt>"u8);
        }

        to.Write(_listEnd);
    }

    static Wire WireOf(ViettelLaneOptions options, SmsText of, string by)
    {
        var (text, sender) = (Escape(of.Value), Escape(by));
        var type = options.EncodingOf(of) == SmsEncoding.Gsm7 ? options.PlainType : options.AccentedType;
        return new Wire(
            Utf8(
                $"</ReceiverID><ServiceID>{sender}</ServiceID><CommandCode>{Escape(options.CommandCode)}</CommandCode><Content>{text}</Content><ContentType>{type}</ContentType>"),
            Utf8($"<requestMt><content>{text}</content><contentType>{type}</contentType><receiverID>"),
            Utf8($"</requestID><serviceID>{sender}</serviceID><userID>"));
    }

    static void Write(ArrayBufferWriter<byte> to, long number)
    {
        Utf8Formatter.TryFormat(number, to.GetSpan(MostDigits), out var written);
        to.Advance(written);
    }

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>As the text of an XML element: a CR would be read as a line feed, and what XML cannot carry at all (XML
    /// 1.0, 2.2) becomes U+FFFD.</summary>
    static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&apos;"),
                '\r' => escaped.Append("&#13;"),
                var code when rune.IsBmp && !XmlConvert.IsXmlChar((char)code) => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>What of a text is the same for every number.</summary>
    sealed record Wire(byte[] SingleEnd, byte[] ItemStart, byte[] ItemEnd);
}
