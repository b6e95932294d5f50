using Microsoft.AspNetCore.Builder;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>What every answer tells the browser to refuse.</summary>
static class SecurityHeaders
{
    /// <summary>Nothing from elsewhere, no script and no style in the page itself, and no page in a frame
    /// (Content Security Policy Level 3).</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'";

    /// <summary>Of a drawing, which is shown as an image or saved: it runs nothing and loads nothing.</summary>
    public const string DrawingPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    public static void Use(WebApplication web) => web.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // Assigned: the framework has one of its own.
            headers.ContentSecurityPolicy =
                context.Response.ContentType?.StartsWith(RunFiles.DrawingType, StringComparison.Ordinal) == true
                    ? DrawingPolicy
                    : Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            // Pages show what stands at the moment, to the person signed in: no copy is kept.
            if (!headers.CacheControl.ToString().StartsWith("public", StringComparison.Ordinal))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next();
    });
}
