using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmsCampaign.WebConsole.SignIn;

/// <summary>Notes who came in, who did not, and what was refused, for whoever reads the log.</summary>
static partial class SignInLog
{
    /// <summary>The minute in which it was last told of too many requests, since 1970.</summary>
    static long TooManyTold;

    /// <summary>Somebody signed in.</summary>
    /// <param name="name">The sign-in name.</param>
    /// <param name="way">As of <see cref="SignInWay"/>.</param>
    public static void NoteIn(HttpContext context, string name, string way) =>
        In(LoggerOf(context), name, way, From(context));

    /// <summary>Somebody signed out.</summary>
    public static void NoteOut(HttpContext context, string name) => Out(LoggerOf(context), name, From(context));

    /// <summary>Name, password or code was wrong, or nobody may sign in so now.</summary>
    /// <param name="name">Null where nobody has the name that was typed: a password may stand in its field.</param>
    public static void NoteRefused(HttpContext context, string? name)
    {
        if (name is null)
            RefusedNobody(LoggerOf(context), From(context));
        else
            RefusedIn(LoggerOf(context), name, From(context));
    }

    /// <summary>Somebody's password was not changed, be it that the present one was wrong.</summary>
    /// <param name="name">The sign-in name.</param>
    public static void NoteUnchanged(HttpContext context, string name) =>
        Unchanged(LoggerOf(context), name, From(context));

    /// <summary>Somebody's passkey was neither added nor removed, be it that password or code was wrong.</summary>
    /// <param name="name">The sign-in name.</param>
    public static void NotePasskeyRefused(HttpContext context, string name) =>
        RefusedPasskeys(LoggerOf(context), name, From(context));

    /// <summary>A passkey was added or removed.</summary>
    /// <param name="name">The sign-in name of its owner.</param>
    /// <param name="isAdded">False: removed.</param>
    public static void NotePasskey(HttpContext context, string name, bool isAdded) =>
        ChangedPasskeys(LoggerOf(context), name, isAdded ? "added" : "removed", From(context));

    /// <summary>Who came with something else than a password was not let in.</summary>
    /// <param name="way">As of <see cref="SignInWay"/>.</param>
    /// <param name="why">In words of ours, or a code: what a browser sends is not noted.</param>
    public static void NoteRefusedWay(HttpContext context, string way, string why) =>
        RefusedWay(LoggerOf(context), way, From(context), why);

    /// <summary>A page of another origin asked for a socket. What it calls itself is not noted: whoever asks chooses
    /// it.</summary>
    public static void NoteSocket(HttpContext context) => RefusedSocket(LoggerOf(context), From(context));

    /// <summary>Notes an answer that refuses something, to whoever is signed in, or to too many requests.</summary>
    /// <param name="method">As it was asked with.</param>
    public static void NoteAnswer(HttpContext context, string method)
    {
        var (status, name, path) = (
            context.Response.StatusCode, context.User.Identity?.Name, context.Request.Path);
        if (status == StatusCodes.Status429TooManyRequests)
            NoteTooMany(context);
        else if (name is not null && status is (400 or 401 or 403 or 404) && !IsLostSocket(context))
        {
            var level = HttpMethods.IsGet(method) ? LogLevel.Information : LogLevel.Warning;
            var log = LoggerOf(context);
            Refused(log, level, name, method, path, status);
        }
    }

    /// <summary>A page that was away for long asks for a socket that is not there any more.</summary>
    static bool IsLostSocket(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/_blazor")
        && context.Response.StatusCode != StatusCodes.Status403Forbidden;

    /// <summary>Once a minute: whoever asks a thousand times does not fill the log.</summary>
    static void NoteTooMany(HttpContext context)
    {
        var minute = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref TooManyTold, minute) != minute)
            TooMany(LoggerOf(context), From(context));
    }

    static ILogger LoggerOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignInLog));

    static string From(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address";

    [LoggerMessage(LogLevel.Information, "{Name} signed in to the pages by {Way} from {From}")]
    static partial void In(ILogger logger, string name, string way, string from);

    [LoggerMessage(LogLevel.Information, "{Name} signed out of the pages from {From}")]
    static partial void Out(ILogger logger, string name, string from);

    [LoggerMessage(LogLevel.Warning, "The pages refused password or code of {Name} from {From}")]
    static partial void RefusedIn(ILogger logger, string name, string from);

    [LoggerMessage(LogLevel.Warning, "The pages refused to change the password of {Name} from {From}")]
    static partial void Unchanged(ILogger logger, string name, string from);

    [LoggerMessage(LogLevel.Warning, "The pages refused to change the passkeys of {Name} from {From}")]
    static partial void RefusedPasskeys(ILogger logger, string name, string from);

    [LoggerMessage(LogLevel.Information, "A passkey of {Name} was {Changed} on the pages from {From}")]
    static partial void ChangedPasskeys(ILogger logger, string name, string changed, string from);

    [LoggerMessage(LogLevel.Warning, "The pages refused a sign-in by {Way} from {From}: {Why}")]
    static partial void RefusedWay(ILogger logger, string way, string from, string why);

    [LoggerMessage(LogLevel.Warning, "The pages refused a sign-in under a name that nobody has from {From}")]
    static partial void RefusedNobody(ILogger logger, string from);

    [LoggerMessage(LogLevel.Warning, "The pages refused a socket to a page of another origin, from {From}")]
    static partial void RefusedSocket(ILogger logger, string from);

    [LoggerMessage(LogLevel.Warning, "The pages refused an attempt from {From}: too many of late")]
    static partial void TooMany(ILogger logger, string from);

    [LoggerMessage("The pages refused {Name} {Method} {Path}: HTTP {Status}")]
    static partial void Refused(
        ILogger logger, LogLevel level, string name, string method, PathString path, int status);
}
