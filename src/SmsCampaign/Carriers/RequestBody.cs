using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmsCampaign.Carriers;

/// <summary>
/// What a request that hands messages over carries, be it empty. Its first byte is asked for when the connection stands
/// and nothing of the request has left: that is where the call takes its leave.
/// </summary>
sealed class RequestBody(ReadOnlyMemory<byte> bytes) : HttpContent
{
    static readonly MediaTypeHeaderValue JsonType = new("application/json") { CharSet = "utf-8" };

    /// <summary>Letters as they are: no escape need be understood but those that JSON demands.</summary>
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="bytes">It seldom has more: what is made room for at first.</param>
    /// <param name="write">Writes the fields of one object.</param>
    public static RequestBody Json(int bytes, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(bytes);
        using (var json = new Utf8JsonWriter(body, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Json(body.WrittenMemory);
    }

    /// <param name="written">As it stands on the wire.</param>
    public static RequestBody Json(ReadOnlyMemory<byte> written) =>
        new(written) { Headers = { ContentType = JsonType } };

    /// <param name="fields">As they stand on the wire.</param>
    /// <param name="charset">Named in the content type where it is given.</param>
    public static RequestBody Form(string fields, string? charset = null) =>
        new(Encoding.UTF8.GetBytes(fields))
        {
            Headers = { ContentType = new("application/x-www-form-urlencoded", charset) },
        };

    internal Departure Departure { get; set; } = Departure.AtOnce;

    /// <summary>Whether it was not let go: nothing of the request has left, and nothing will.</summary>
    internal bool IsHeldBack { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Departure.TryLeave())
            return stream.WriteAsync(bytes, cancellationToken).AsTask();

        IsHeldBack = true;
        return Task.FromException(new HeldBackException());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }

    /// <summary>Ends the request before anything of it is on the wire; nobody beyond
    /// <see cref="CarrierHttp"/> sees it.</summary>
    sealed class HeldBackException : Exception;
}
