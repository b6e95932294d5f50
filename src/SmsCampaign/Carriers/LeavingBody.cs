using System.Net;

namespace SmsCampaign.Carriers;

/// <summary>
/// What a request without a message carries, be it nothing: as of a <see cref="RequestBody"/>, its first byte is asked
/// for when the connection stands, and nothing of the request has left by then.
/// </summary>
sealed class LeavingBody : HttpContent
{
    readonly HttpContent? _inner;
    readonly Departure _departure;

    /// <param name="inner">What is sent; null: nothing.</param>
    public LeavingBody(HttpContent? inner, Departure departure)
    {
        (_inner, _departure) = (inner, departure);
        foreach (var (name, values) in inner?.Headers.NonValidated.ToList() ?? [])
            Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>Whether it was not let go: nothing of the request has left, and nothing will.</summary>
    public bool IsHeldBack { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_departure.TryLeave())
            return _inner?.CopyToAsync(stream, context, cancellationToken) ?? Task.CompletedTask;

        IsHeldBack = true;
        return Task.FromException(new InvalidOperationException("not let go"));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner?.Headers.ContentLength ?? 0;
        return _inner is null || _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner?.Dispose();
        base.Dispose(disposing);
    }
}
