using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmsCampaign.Carriers;
using SmsCampaign.Receipts;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.App;

/// <summary>Keeps a callback as it came; on disk when the task ends. The body is good until it returns.</summary>
delegate ValueTask KeepReceipt(string lane, string query, string contentType, in ReadOnlySequence<byte> body);

/// <summary>
/// Where gateways bring delivery receipts: <c>/receipts/LANE</c>, by GET or POST. A gateway gets its 200 when the
/// receipt is on disk, as it came; what it says is read later, so that nothing in it can be refused and lost.
/// </summary>
/// <remarks>Answers without ASP.NET's routing, which costs a tenth of all it does.</remarks>
sealed partial class ReceiptEndpoints
{
    /// <summary>Largest callback taken, bytes. A receipt has a few hundred; a batch of a thousand fits.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Seconds after which a gateway is asked to come again where a receipt cannot be kept.</summary>
    const string RetryAfterSeconds = "10";

    const string Folder = "/receipts/";

    readonly KeepReceipt _keep;
    readonly ReceiptBudget _budget;
    readonly ILogger _logger;
    readonly CallbackGuards _guards;
    readonly RefusedCallbacks _refused;

    /// <param name="guards">Of the lanes whose receipts are taken.</param>
    public ReceiptEndpoints(KeepReceipt keep, CallbackGuards guards, ReceiptBudget budget, ILogger logger, TimeProvider time)
    {
        _keep = keep;
        _guards = guards;
        _budget = budget;
        _logger = logger;
        _refused = new RefusedCallbacks(logger, time);
    }

    /// <summary>Lets the host answer with nothing else.</summary>
    public static void Run(WebApplication host, KeepReceipt keep, CallbackGuards guards, TimeProvider time, ReceiptBudget? budget = null)
    {
        var logger = ((ILoggerFactory)host.Services.GetService(typeof(ILoggerFactory))!).CreateLogger("SmsCampaign.Receipts");
        host.Run(new ReceiptEndpoints(keep, guards, budget ?? new ReceiptBudget(), logger, time).AnswerAsync);
    }

    Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Folder, StringComparison.Ordinal))
            return path == "/healthz" ? context.Response.WriteAsync("ok\n") : Say(context, StatusCodes.Status404NotFound);

        if (_guards.Find(path.AsSpan(Folder.Length)) is not { } guard)
            return Say(context, StatusCodes.Status404NotFound);

        if (!guard.TakesAnybody && guard.Check(CallerOf(context, path[(Folder.Length + guard.Lane.Length)..])) is { } refusal)
            return Refuse(context, guard.Lane, refusal);

        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsGet(context.Request.Method))
            return Say(context, StatusCodes.Status405MethodNotAllowed);

        return TakeAsync(context, guard);
    }

    static CallbackCaller CallerOf(HttpContext context, string afterName) => new(
        afterName.Length > 1 ? afterName[1..] : null,
        context.Request.Headers.Authorization,
        context.Connection.RemoteIpAddress,
        context.Request.Headers["X-Forwarded-For"]);

    /// <summary>Without reading its body.</summary>
    Task Refuse(HttpContext context, string lane, CallbackRefusal refusal)
    {
        _refused.Note(lane, refusal);
        if (refusal != CallbackRefusal.Password)
            return Say(context, StatusCodes.Status403Forbidden);

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"receipts\""; // RFC 9110, 11.6.1
        return Say(context, StatusCodes.Status401Unauthorized);
    }

    async Task TakeAsync(HttpContext context, CallbackGuard guard)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            TooLarge(context, guard.Lane);
            return;
        }

        // What has come stays in Kestrel's buffer until the body is whole, and is counted there: clients that are slow
        // together hold no more than the budget either.
        using var share = new BudgetShare(_budget);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.Length > MostBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                TooLarge(context, guard.Lane);
                return;
            }

            if (!share.TryGrowTo(read.Buffer.Length) || (read.IsCompleted && !share.TryCount()))
            {
                reader.AdvanceTo(read.Buffer.End);
                ComeAgain(context);
                return;
            }

            if (read.IsCompleted)
            {
                await KeepAsync(context, guard, read.Buffer);
                return;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    async ValueTask KeepAsync(HttpContext context, CallbackGuard guard, ReadOnlySequence<byte> body)
    {
        try
        {
            var request = context.Request;
            if (guard.AsksSignature
                && !guard.IsSigned(new SignedCallback(QueryOf(request), body.ToArray(), name => request.Headers[name])))
            {
                request.BodyReader.AdvanceTo(body.End);
                await Refuse(context, guard.Lane, CallbackRefusal.Signature);
                return;
            }

            var kept = _keep(guard.Lane, QueryOf(request), request.ContentType ?? "", body);
            request.BodyReader.AdvanceTo(body.End);
            await kept;
        }
        catch (Exception unwritable) when (unwritable is LedgerException or ObjectDisposedException)
        {
            Log.NotKept(_logger, guard.Lane, unwritable.Message);
            ComeAgain(context);
        }
    }

    static string QueryOf(HttpRequest request) => request.QueryString.Value is { Length: > 1 } query ? query[1..] : "";

    void TooLarge(HttpContext context, string lane)
    {
        Log.TooLarge(_logger, lane);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    static void ComeAgain(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    static Task Say(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A receipt for {Lane} is larger than a callback can be and was refused (413)")]
        public static partial void TooLarge(ILogger logger, string lane);

        [LoggerMessage(LogLevel.Error, "A receipt for {Lane} could not be kept; the gateway was asked to come again (503): {Reason}")]
        public static partial void NotKept(ILogger logger, string lane, string reason);
    }
}
