using System.Net;
using System.Text;

namespace SmsCampaign.Carriers;

/// <summary>
/// What a request that hands messages over carries, be it empty. Its first byte is asked for when the connection stands and nothing of
/// the request has left: that is where the call takes its leave.
/// </summary>
sealed class RequestBody(ReadOnlyMemory<byte> bytes) : HttpContent
{
    /// <param name="fields">As they stand on the wire.</param>
    /// <param name="charset">Named in the content type where it is given.</param>
    public static RequestBody Form(string fields, string? charset = null) =>
        new(Encoding.UTF8.GetBytes(fields)) { Headers = { ContentType = new("application/x-www-form-urlencoded", charset) } };

    internal Departure Departure { get; set; } = Departure.AtOnce;

    /// <summary>Whether it was not let go: nothing of the request has left, and nothing will.</summary>
    internal bool IsHeldBack { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
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

    /// <summary>Ends the request before anything of it is on the wire; nobody beyond <see cref="CarrierHttp"/> sees it.</summary>
    sealed class HeldBackException : Exception;
}
