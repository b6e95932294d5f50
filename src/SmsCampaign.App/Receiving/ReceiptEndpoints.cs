using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmsCampaign.Carriers;
using SmsCampaign.Office;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Receiving;

/// <summary>Keeps a callback as it came; on disk when the task ends. The body is good until it returns.</summary>
delegate ValueTask KeepReceipt(string lane, string query, string contentType, in ReadOnlySequence<byte> body);

/// <summary>
/// Where gateways bring delivery receipts: <c>/receipts/LANE</c>, by GET or POST. A gateway gets its 200 when the
/// receipt is on disk, as it came; what it says is read later, so that nothing in it can be refused and lost.
/// </summary>
/// <remarks>Answers without ASP.NET's routing, which costs a tenth of all it does.</remarks>
sealed class ReceiptEndpoints
{
    /// <summary>Largest callback taken, bytes. A receipt has a few hundred; a batch of a thousand fits.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Seconds after which a gateway is asked to come again where a receipt cannot be kept.</summary>
    const string RetryAfterSeconds = "10";

    const string Folder = "/receipts/";

    /// <summary>Longest that a body may take from when its head has come.</summary>
    internal static readonly TimeSpan MostTime = TimeSpan.FromSeconds(15);

    readonly ReceiptIntake _intake;
    readonly RefusedCallbacks _refused;

    ReceiptEndpoints(ReceiptIntake intake, ILogger logger)
    {
        _intake = intake;
        _refused = new RefusedCallbacks(logger, intake.Time);
    }

    /// <summary>Lets the host answer with nothing else.</summary>
    public static void Run(WebApplication host, ReceiptIntake intake)
    {
        var logger = ((ILoggerFactory)host.Services.GetService(typeof(ILoggerFactory))!).CreateLogger(
            "SmsCampaign.Receipts");
        host.Run(new ReceiptEndpoints(intake, logger).AnswerAsync);
    }

    Task AnswerAsync(HttpContext context)
    {
        context.Features.Get<ConnectionPlace>()?.Ask();
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Folder, StringComparison.Ordinal))
            return path == "/healthz"
                ? SayWhetherItLives(context)
                : Say(context, StatusCodes.Status404NotFound);

        if (path == "/" + ReceiptsAlive.Path)
            return context.Response.WriteAsync(ReceiptsAlive.Answer + "\n");

        if (_intake.Guards.Find(path.AsSpan(Folder.Length)) is not { } guard)
            return Say(context, StatusCodes.Status404NotFound);

        if (!guard.TakesAnybody
            && guard.Check(CallerOf(context, path[(Folder.Length + guard.Lane.Length)..])) is { } refusal)
            return Refuse(context, guard.Lane, refusal);

        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsGet(context.Request.Method))
            return Say(context, StatusCodes.Status405MethodNotAllowed);

        return TakeAsync(context, guard);
    }

    Task SayWhetherItLives(HttpContext context)
    {
        var lives = _intake.Lives();
        context.Response.StatusCode = lives ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync((lives ? OwnAnswers.Ok : OwnAnswers.Stuck) + "\n");
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
            Turn(context, guard, CallbackRefusal.Size, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        if (_intake.Floor is { IsBelow: true })
        {
            ComeAgain(context);
            return;
        }

        // What has come stays in Kestrel's buffer until the body is whole, and is counted there: clients that are slow
        // together hold no more than the budget either.
        using var share = new BudgetShare(_intake.Budget);
        var reader = context.Request.BodyReader;
        ITimer? deadline = null;
        try
        {
            while (true)
            {
                var reading = reader.ReadAsync();
                if (!reading.IsCompleted) // most bodies have come with their head
                    deadline ??= _intake.Time.CreateTimer(
                        static body => ((PipeReader)body!).CancelPendingRead(),
                        reader,
                        MostTime,
                        Timeout.InfiniteTimeSpan);

                var read = await reading;
                if (TurnedAway(context, guard, read, share) is { } refusal)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    if (refusal == CallbackRefusal.Slow)
                        await EndAsync(context);
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
        catch (BadHttpRequestException broken)
        {
            // Left to Kestrel it would be logged with all its calls, each time.
            Turn(
                context,
                guard,
                broken.StatusCode == StatusCodes.Status408RequestTimeout ? CallbackRefusal.Slow : CallbackRefusal.Form,
                broken.StatusCode);
            await EndAsync(context);
        }
        catch (Exception gone)
            when (gone is IOException or OperationCanceledException) // so is whoever made room for another
        {
            _refused.Note(guard.Lane, CallbackRefusal.Form);
            context.Abort(); // and nothing is answered, whatever broke off
        }
        finally
        {
            if (deadline is not null)
                // and it is not under way any more: the next body on the connection has its own
                await deadline.DisposeAsync();
        }
    }

    /// <returns>Why it has been answered without being kept; null where it goes on.</returns>
    CallbackRefusal? TurnedAway(HttpContext context, CallbackGuard guard, in ReadResult read, BudgetShare share)
    {
        if (read.IsCanceled)
            return Turn(context, guard, CallbackRefusal.Slow, StatusCodes.Status408RequestTimeout);
        if (read.Buffer.Length > MostBytes)
            return Turn(context, guard, CallbackRefusal.Size, StatusCodes.Status413PayloadTooLarge);

        var fits = !_intake.Budget.IsLarge(read.Buffer.Length)
            || share.TryGrowTo(
                read.Buffer.Length,
                guard.OwnerOf(context.Connection.RemoteIpAddress, context.Request.Headers["X-Forwarded-For"]));
        if (fits && (!read.IsCompleted || share.TryCount()))
            return null;

        ComeAgain(context);
        _refused.Note(guard.Lane, CallbackRefusal.Crowded);
        return CallbackRefusal.Crowded;
    }

    async ValueTask KeepAsync(HttpContext context, CallbackGuard guard, ReadOnlySequence<byte> body)
    {
        var place = context.Features.Get<ConnectionPlace>();
        place?.Keep();
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

            var kept = _intake.Keep(guard.Lane, QueryOf(request), request.ContentType ?? "", body);
            request.BodyReader.AdvanceTo(body.End);
            await kept;
            Measures.Callbacks.Add(1, new KeyValuePair<string, object?>(Measures.Lane, guard.Lane));
        }
        catch (Exception unwritable) when (unwritable is LedgerException
            or ObjectDisposedException
            or IOException
            or UnauthorizedAccessException)
        {
            // The body was whole: whatever fails from then on is the disk's, and not the caller's.
            _refused.NoteUnwritten(guard.Lane, unwritable.Message);
            ComeAgain(context);
        }
        finally
        {
            place?.Kept();
        }
    }

    static string QueryOf(HttpRequest request) => request.QueryString.Value is { Length: > 1 } query ? query[1..] : "";

    CallbackRefusal Turn(HttpContext context, CallbackGuard guard, CallbackRefusal why, int status)
    {
        _refused.Note(guard.Lane, why);
        context.Response.StatusCode = status;
        return why;
    }

    /// <summary>Says what is to be said and closes the connection: Kestrel would wait for the rest of the body,
    /// five seconds more.</summary>
    static async Task EndAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        await context.Response.CompleteAsync();
        context.Abort();
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
}
