using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmsCampaign.WebConsole.SignIn;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>Lets no page of another origin open a socket to these (RFC 6455, 10.2): a browser asks nobody before it
/// does, and says from where it comes.</summary>
static class OwnOrigin
{
    /// <summary>Where the sockets of the live parts are.</summary>
    const string Sockets = "/_blazor";

    public static void Use(WebApplication web, ConsolePlace place, TimeProvider time)
    {
        var told = -1L; // the minute, since 1970: whoever asks a thousand times does not fill the log
        web.Use((context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments(Sockets)
                || context.Request.Headers.Origin.ToString() is not { Length: > 0 } origin
                || IsOwn(origin, context.Request.Host, place))
                return next();

            var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
            if (Interlocked.Exchange(ref told, minute) != minute)
                SignInLog.NoteSocket(context);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }

    static bool IsOwn(string origin, HostString host, ConsolePlace place) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (from.Authority == host.Value || from.Authority == place.PublicAddress?.Authority);
}
