using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.SignIn;

/// <summary>The cookie of who is signed in. It names a session; whether that lives is looked up at every request, so
/// that what ends one ends it everywhere at once.</summary>
static class SignInCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public const string SignInPath = "/dang-nhap";

    public static void Add(IServiceCollection services, ConsolePlace place) => services
        .AddAuthentication(Scheme)
        .AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = place.IsSecure ? "__Host-sms-nguoi-dung" : "sms-nguoi-dung";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.Path = "/";
            // Lax: a link in a letter leads in; no form of another site is posted with it.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy =
                place.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Sessions.Longest;
            cookie.SlidingExpiration = false;
            cookie.LoginPath = SignInPath;
            cookie.ReturnUrlParameter = "ve";
            cookie.Events.OnValidatePrincipal = ValidateAsync;
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                // Whether there is such a page is not for everyone to know.
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToLogin = context =>
            {
                if (HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/_blazor"))
                    context.Response.Redirect(context.RedirectUri);
                else
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            };
        });

    /// <summary>Signs somebody in: a session, and a cookie that names it.</summary>
    public static async Task SignInAsync(HttpContext context, Person person, IReadOnlyList<Grant> grants)
    {
        var session = await context.RequestServices.GetRequiredService<Sessions>().BeginAsync(
            person,
            context.Request.Headers.UserAgent.ToString(),
            context.Connection.RemoteIpAddress?.ToString() ?? "");
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, person.Id),
                new Claim(ClaimTypes.Name, person.UserName!),
                new Claim(ClaimTypes.GivenName, person.FullName),
                new Claim(CurrentPerson.OsAccount, person.OsAccount),
                new Claim(Sessions.Claim, session.Id),
                .. grants.Select(grant => new Claim(Grant.Claim, grant.ToText())),
            ],
            Scheme);
        await context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (context.Principal?.FindFirstValue(Sessions.Claim) is { } id
            && await sessions.LivesAsync(id, isAsked: !context.HttpContext.Request.Path.StartsWithSegments("/_blazor")))
            return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
