using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SmsCampaign.Receipts;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.App;

/// <summary>
/// Where gateways bring delivery receipts: <c>/receipts/LANE</c>, by GET or POST. A gateway gets its 200 when the
/// receipt is on disk, as it came; what it says is read later, so that nothing in it can be refused and lost.
/// </summary>
static partial class ReceiptEndpoints
{
    /// <summary>Largest callback taken, bytes. A receipt has a few hundred; a batch of a thousand fits.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Seconds after which a gateway is asked to come again where a receipt cannot be kept.</summary>
    const string RetryAfterSeconds = "10";

    static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    /// <param name="lanes">Names of the lanes whose receipts are taken.</param>
    public static void Map(IEndpointRouteBuilder routes, ReceiptStore store, IReadOnlyCollection<string> lanes)
    {
        var logger = ((ILoggerFactory)routes.ServiceProvider.GetService(typeof(ILoggerFactory))!).CreateLogger("SmsCampaign.Receipts");
        var known = lanes.ToHashSet();

        routes.MapMethods("/receipts/{lane}", Methods, context => TakeAsync(context, store, known, logger));
        routes.MapMethods("/healthz", [HttpMethods.Get], context => context.Response.WriteAsync("ok\n"));
    }

    static async Task TakeAsync(HttpContext context, ReceiptStore store, HashSet<string> lanes, ILogger logger)
    {
        var request = context.Request;
        var lane = (string)request.RouteValues["lane"]!;
        if (!lanes.Contains(lane))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await ReadAsync(request, context.RequestAborted) is not { } body)
        {
            Log.TooLarge(logger, lane);
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        try
        {
            await store.AppendAsync(lane, request.QueryString.Value?.TrimStart('?') ?? "", request.ContentType ?? "", body);
        }
        catch (Exception unwritable) when (unwritable is LedgerException or ObjectDisposedException)
        {
            Log.NotKept(logger, lane, unwritable.Message);
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <returns>Null where it is larger than <see cref="MostBytes"/>.</returns>
    static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
            return null;

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MostBytes)
                return null;

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A receipt for {Lane} is larger than a callback can be and was refused (413)")]
        public static partial void TooLarge(ILogger logger, string lane);

        [LoggerMessage(LogLevel.Error, "A receipt for {Lane} could not be kept; the gateway was asked to come again (503): {Reason}")]
        public static partial void NotKept(ILogger logger, string lane, string reason);
    }
}
