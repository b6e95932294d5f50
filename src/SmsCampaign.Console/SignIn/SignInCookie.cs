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

    /// <summary>Signs somebody in: a session, and a cookie that names it. The one that the browser had ends.</summary>
    /// <param name="way">As of <see cref="SignInWay"/>.</param>
    /// <returns>False where they were closed, or given other rights or a link, while this was done: they are
    /// not.</returns>
    public static async Task<bool> SignInAsync(HttpContext context, Person person, string way)
    {
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        var people = context.RequestServices.GetRequiredService<PeopleDesk>();
        var (stamp, grants) = (person.SecurityStamp, await ReadGrantsAsync(people, person, way));
        if (context.User.FindFirstValue(Sessions.Claim) is { } before)
            await sessions.EndAsync(before);
        var session = await sessions.BeginAsync(
            person,
            context.Request.Headers.UserAgent.ToString(),
            context.Connection.RemoteIpAddress?.ToString() ?? "");
        // What ends the sessions of somebody while theirs is begun does not see it: this one sees what that has done.
        if (!await people.MayEnterAsync(person)
            || person.SecurityStamp != stamp
            || !(await ReadGrantsAsync(people, person, way)).SequenceEqual(grants))
        {
            await sessions.EndAsync(session.Id);
            return false;
        }

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
        SignInLog.NoteIn(context, person.UserName!, way);
        return true;
    }

    /// <summary>Where somebody goes who has signed in: to the page that was asked for, where it is one of ours and not
    /// another site.</summary>
    public static string PlaceOf(string? asked) =>
        asked is ['/', ..] and not ['/', '/' or '\\', ..] && !asked.Any(char.IsControl) ? asked : "/";

    /// <summary>What somebody may do who came in by a way.</summary>
    static async Task<IReadOnlyList<Grant>> ReadGrantsAsync(PeopleDesk people, Person person, string way) =>
    [
        // A provider vouches by one factor, as far as is known here: who gives others accounts, links and roles shows
        // password and code.
        .. (await people.ReadGrantsAsync(person))
            .Where(grant => way != SignInWay.OpenId || grant.Right != Right.Administer),
    ];

    /// <summary>Whether a person asks, and not only a page that is open.</summary>
    static bool IsAsked(PathString path) =>
        !path.StartsWithSegments("/_blazor") && path != SignInEndpoints.LeftPath;

    static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (context.Principal?.FindFirstValue(Sessions.Claim) is { } id
            && await sessions.LivesAsync(id, IsAsked(context.HttpContext.Request.Path)))
            return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
