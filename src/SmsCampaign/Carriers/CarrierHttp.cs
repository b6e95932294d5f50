using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>
/// HTTP as every adapter uses it: how a client is made, and what a failure means, once for all.
/// </summary>
public static class CarrierHttp
{
    /// <summary>Bytes. A gateway's answer to a thousand messages has some 200,000.</summary>
    const int MostAnswerBytes = 1024 * 1024;

    /// <summary>Longest wait for a connection. A shorter one than for an answer, as nothing was sent yet.</summary>
    static readonly TimeSpan MostConnecting = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Shorter than the keep-alive of common servers (5 s at Apache and Node), so that a request seldom meets a
    /// connection that the other side is just closing: such a one would be uncertain.
    /// </summary>
    static readonly TimeSpan MostIdle = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What hands over messages of one lane, each request at most once. It waits for an answer until it is cancelled.
    /// </summary>
    /// <remarks>
    /// <see cref="SocketsHttpHandler"/> repeats a request by itself where the connection closed before it began to send
    /// content; a request without content it repeats even after the whole of it has left. So every request sent through
    /// <see cref="ExchangeAsync"/> has content, be it empty. Redirects are not followed, cookies not kept, and no proxy
    /// stands between, which might repeat as well.
    /// </remarks>
    public static HttpMessageInvoker CreateSender(LaneOptions options) => new(CreateHandler(options));

    /// <summary>A client for what is asked of a gateway beside handing over. Nothing of it is
    /// followed or kept either.</summary>
    public static HttpClient CreateClient(LaneOptions options) => new(CreateHandler(options))
    {
        Timeout = options.AnswerTimeout,
        MaxResponseContentBufferSize = MostAnswerBytes,
    };

    /// <summary>
    /// Makes one exchange and says what came of it for each of <paramref name="count"/> messages.
    /// </summary>
    /// <param name="read">Reads an answer, success or not. Null: the HTTP status decides. Throws
    /// <see cref="FormatException"/> where the answer makes no sense, with words that give nothing away.</param>
    /// <param name="request">Disposed. Its content is a <see cref="RequestBody"/>, or none.</param>
    /// <param name="departure">Asked when the connection stands.</param>
    /// <param name="repeatsDropped">The gateway drops a repeat of our reference, so an exchange that was lost may be
    /// made again.</param>
    internal static async Task<IReadOnlyList<SendResult>> ExchangeAsync(
        HttpMessageInvoker http,
        HttpRequestMessage request,
        int count,
        Func<CarrierAnswer, IReadOnlyList<SendResult>?> read,
        Departure departure,
        CancellationToken cancellationToken,
        bool repeatsDropped = false)
    {
        using var sent = request;
        request.Content ??= new RequestBody(default); // see CreateSender
        var body = (RequestBody)request.Content;
        body.Departure = departure;

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
            var answer = await ToAnswerAsync(response, cancellationToken);
            return Judge(answer, read(answer), count);
        }
        catch (Exception e) when (MeaningOf(e, body, repeatsDropped) is { } meaning)
        {
            return ForAll(count, meaning);
        }
    }

    /// <summary>Sends a request once and reads the answer, no more of it than any gateway's: for adapters by a package
    /// of the gateway's own.</summary>
    internal static async Task<CarrierAnswer> SendAsync(
        HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
        return await ToAnswerAsync(response, cancellationToken);
    }

    /// <summary>What an answer says of each message.</summary>
    /// <param name="results">As it was read; null: the HTTP status decides.</param>
    internal static IReadOnlyList<SendResult> Judge(CarrierAnswer answer, IReadOnlyList<SendResult>? results, int count)
    {
        if (results is null)
            return ForAll(count, MeaningOf(answer).Saying(answer));

        // What is wrong with the account a person must mend, and the gateway's own words help.
        if (results.Any(result => result.Deferral == Deferral.Configuration))
            results = [.. results.Select(result => result.Saying(answer))];

        return results.Count != count ? ForAll(count, SendResult.Uncertain(
            Reason.Unreadable,
            $"wrong number of results: {results.Count} for {Figures.Counted(count, "message").In(Language.English)}"))
            : answer is { Status: HttpStatusCode.ServiceUnavailable, RetryAfter: { } named }
            ? [.. results.Select(result => OutOfService(result, named))]
            : results;
    }

    /// <summary>What it says of a message that its exchange ended in an exception.</summary>
    /// <param name="body">What the request carried; null where none was made.</param>
    /// <returns>Null where it says nothing: it was cancelled, or is a fault of the program's.</returns>
    internal static SendResult? MeaningOf(Exception e, RequestBody? body, bool repeatsDropped = false) =>
        body is { IsHeldBack: true } ? SendResult.PutBack("not let go any more when the connection stood")
        : e is FormatException ? SendResult.Uncertain(Reason.Unreadable, e.Message)
        : e is HttpRequestException request && WhyUnreached(request) is { } unreached ? unreached
        : !IsLost(e) ? null
        : repeatsDropped ? SendResult.Lost(Reason.ConnectionLost, WhyLost(e))
        : SendResult.Uncertain(Reason.ConnectionLost, WhyLost(e));

    /// <summary>Asks a gateway something that sends nothing, and says what came of it.</summary>
    /// <typeparam name="T">What is known afterwards.</typeparam>
    /// <param name="http">A client of <see cref="CreateClient"/>; of <see cref="CreateSender"/> to make its way ready,
    /// and then whoever asks says how long.</param>
    /// <param name="request">Disposed.</param>
    /// <param name="read">Reads an answer, success or not. Throws <see cref="FormatException"/> where it makes no
    /// sense, with words that give nothing away.</param>
    /// <param name="unknown">Makes it of why nothing is known.</param>
    /// <param name="departure">Asked when the connection stands. Null: nothing holds it up.</param>
    /// <param name="ofUnreached">Makes it of no connection at all, as of a message that was not taken.
    /// Null: as any other loss.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    internal static async Task<T> AskAsync<T>(
        HttpMessageInvoker http,
        HttpRequestMessage request,
        Func<CarrierAnswer, T> read,
        Func<string, T> unknown,
        CancellationToken cancellationToken,
        Departure? departure = null,
        Func<SendResult, T>? ofUnreached = null)
    {
        using var sent = request;
        var body = departure is null ? null : new LeavingBody(request.Content, departure);
        request.Content = body ?? request.Content;
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
            return read(await ToAnswerAsync(response, cancellationToken));
        }
        catch (Exception) when (body is { IsHeldBack: true })
        {
            return unknown("not let go any more when the connection stood");
        }
        catch (HttpRequestException e) when (ofUnreached is not null && WhyUnreached(e) is { } unreached)
        {
            return ofUnreached(unreached);
        }
        catch (Exception e) when (WhyUnknown(e, http, cancellationToken) is { } why)
        {
            return unknown(why);
        }
    }

    /// <summary>Why nothing is known where asking ended in an exception.</summary>
    /// <returns>Null where it says nothing: it was cancelled, or is a fault of the program's.</returns>
    internal static string? WhyUnknown(Exception e, HttpMessageInvoker http, CancellationToken cancellationToken) =>
        e switch
        {
            FormatException senseless => senseless.Message,
            OperationCanceledException => cancellationToken.IsCancellationRequested
                ? null
                : $"no answer within {(http as HttpClient)?.Timeout.TotalSeconds:0.###} s",
            _ => IsLost(e) ? WhyLost(e) : null,
        };

    /// <summary>What an HTTP status alone says of a message.</summary>
    /// <remarks>
    /// An account that is locked or an address that is wrong is Deferred, not refused: the messages were not taken and
    /// a person can mend it, where a refusal would write off a whole audience in minutes.
    /// </remarks>
    internal static SendResult MeaningOf(CarrierAnswer answer)
    {
        var reason = $"HTTP {(int)answer.Status}";
        return MeaningOf(answer, reason).Because(HoldCauses.Of(answer.Status));
    }

    static SendResult MeaningOf(CarrierAnswer answer, string reason)
    {
        return answer.Status switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices =>
                SendResult.Uncertain(Reason.HttpStatus, $"{reason} without meaning", reason),

            HttpStatusCode.TooManyRequests => SendResult.TooFast(reason, answer.RetryAfter), // RFC 6585, 4

            // The time named with it is the service's, not the message's (RFC 9110, 10.2.3).
            HttpStatusCode.ServiceUnavailable when answer.RetryAfter is { } named => SendResult.Deferred(reason, named),

            // These say "not taken" (RFC 9110, 15.5.9 and 15.6.4). Other 5xx do not say.
            HttpStatusCode.RequestTimeout or HttpStatusCode.ServiceUnavailable =>
                SendResult.Busy(reason, answer.RetryAfter),
            >= HttpStatusCode.InternalServerError => SendResult.Uncertain(Reason.HttpStatus, reason, reason),

            // 307 and 308 ask for the same request elsewhere, so it was not carried out here; the other redirects may
            // follow a request that was (RFC 9110, 15.4).
            HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect =>
                SendResult.Deferred($"{reason}: the address has moved"),
            < HttpStatusCode.BadRequest => SendResult.Uncertain(Reason.HttpStatus, $"{reason}: redirected", reason),

            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                SendResult.Misconfigured($"{reason}: the account is not let in"),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone =>
                SendResult.Deferred($"{reason}: the address is wrong"),

            HttpStatusCode.PaymentRequired => SendResult.Misconfigured($"{reason}: the account has no money"),
            HttpStatusCode.RequestEntityTooLarge => SendResult.Rejected(FailureClass.Content, reason),
            _ => SendResult.Rejected(FailureClass.Unknown, reason),
        };
    }

    /// <summary>A message that was put off by itself, in an answer that names when the service is back.</summary>
    static SendResult OutOfService(SendResult result, TimeSpan named) =>
        result.Deferral == Deferral.Busy
            ? SendResult.Deferred(result.Reason!, named).Because(HoldCause.OutOfService)
            : result;

    /// <summary>Whether a connection was lost, however that was thrown. The handler means to say it by an
    /// <see cref="HttpRequestException"/>; what slips through must not end a whole campaign.</summary>
    internal static bool IsLost(Exception e) =>
        e is HttpRequestException or IOException or SocketException or ObjectDisposedException;

    internal static string WhyLost(Exception e) =>
        UntrustedCertificateException.In(e) is { } untrusted ? untrusted.Message
            : e is HttpRequestException request
            ? $"{(NothingWasSent(request) ? "no connection" : "connection lost")}: {request.HttpRequestError}"
            : $"connection lost: {e.GetType().Name}";

    internal static IReadOnlyList<SendResult> ForAll(int count, SendResult result)
    {
        var results = new SendResult[count];
        Array.Fill(results, result);
        return results;
    }

    // A date is taken relative to the gateway's own clock, which its Date header shows (RFC 9110, 10.2.3 and 6.6.1).
    internal static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - response.Headers.Date,
            _ => null,
        };
        return wait > TimeSpan.Zero ? wait : null;
    }

    static async Task<CarrierAnswer> ToAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), RetryAfter(response))
        {
            Headers = response.Headers,
        };

    /// <summary>What connects and writes for one lane.</summary>
    internal static SocketsHttpHandler CreateHandler(LaneOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxConnectionsPerServer = options.MostConnections,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // a gateway that moves to another address is found again
        PooledConnectionIdleTimeout = MostIdle,
        ConnectCallback = ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = UntrustedCertificateException.Check,
        },
    };

    /// <returns>Null where a connection stood, and something may have been sent.</returns>
    static SendResult? WhyUnreached(HttpRequestException e) =>
        UntrustedCertificateException.In(e) is { } untrusted
            ? SendResult.Deferred(Reason.NoConnection, untrusted.Message).Because(HoldCause.NotTrusted)
        : NothingWasSent(e) ? SendResult.Deferred(Reason.NoConnection, $"no connection: {e.HttpRequestError}")
        : null;

    static bool NothingWasSent(HttpRequestException e) => e.HttpRequestError is
        HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError;

    static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(MostConnecting);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, patience.Token);

            // The handler asks for it next, and of a connection that was reset meanwhile what is thrown comes through
            // as it is, no HttpRequestException. Asked here it is a connection error; the socket keeps it.
            _ = socket.RemoteEndPoint;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut); // a connection error: nothing was sent
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An answer of a gateway, whatever its status.</summary>
/// <param name="RetryAfter">How long the gateway asked us to wait; null where it did not say.</param>
readonly record struct CarrierAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter)
{
    /// <summary>Those of the answer, without the body's; null where there is none.</summary>
    public HttpResponseHeaders? Headers { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
