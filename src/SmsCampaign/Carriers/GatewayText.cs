using System.Text;

namespace SmsCampaign.Carriers;

/// <summary>
/// A gateway's body as UTF-8, however it was written: older .NET gateways put a byte-order mark before it, some write
/// UTF-16. Everything that reads a body as text or JSON, an answer's or a callback's, reads it through here.
/// </summary>
static class GatewayText
{
    /// <summary>
    /// Without a mark, UTF-16 is known by its zero bytes, whatever the charset says or leaves out: the first character
    /// of JSON and of form fields is an ASCII one (RFC 4627, 3).
    /// </summary>
    /// <returns><paramref name="body"/> itself, or a part of it, where it is UTF-8.</returns>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> body) => body.Span switch
    {
        [0xEF, 0xBB, 0xBF, ..] => body[3..],
        [0xFF, 0xFE, ..] => Convert(Encoding.Unicode, body.Span[2..]),
        [0xFE, 0xFF, ..] => Convert(Encoding.BigEndianUnicode, body.Span[2..]),
        [not 0, 0, ..] => Convert(Encoding.Unicode, body.Span),
        [0, not 0, ..] => Convert(Encoding.BigEndianUnicode, body.Span),
        _ => body,
    };

    public static string Read(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(ToUtf8(body).Span);

    static byte[] Convert(Encoding from, ReadOnlySpan<byte> body) => Encoding.UTF8.GetBytes(from.GetString(body));
}
