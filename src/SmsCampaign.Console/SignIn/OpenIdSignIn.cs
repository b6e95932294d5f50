using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SmsCampaign.Installations;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.SignIn;

/// <summary>Signing in by an identity provider (OpenID Connect Core 1.0, authorization code with PKCE). It says who
/// somebody is, by a sign-in name; session, rights and who may come in are ours.</summary>
static partial class OpenIdSignIn
{
    public const string Scheme = "openid";

    /// <summary>A link leads there, so that no form is ever sent to another site.</summary>
    public const string BeginPath = "/dang-nhap/openid";

    /// <summary>Where the provider sends the browser back: to be registered there as redirect URI.</summary>
    public const string BackPath = "/dang-nhap/openid/ve";

    /// <summary>Whether the sign-in page says that nobody was let in.</summary>
    public const string Refused = "khong-duoc";

    /// <summary>Whether the sign-in page says that the provider could not be asked.</summary>
    public const string Unreachable = "khong-lien-lac-duoc";

    /// <summary>Of each question to the provider. The pages wait for it nowhere else.</summary>
    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>From the link to the way back.</summary>
    static readonly TimeSpan LongestVisit = TimeSpan.FromMinutes(10);

    /// <summary>By which the clocks of two machines may differ.</summary>
    static readonly TimeSpan Drift = TimeSpan.FromMinutes(1);

    const long LongestAnswerBytes = 1024 * 1024;

    public static void Add(IServiceCollection services, ConsolePlace place)
    {
        if (place.OpenId is not { Authority: { } authority } settings)
            return;

        services.AddAuthentication().AddOpenIdConnect(Scheme, openId =>
        {
            openId.Authority = authority.ToString();
            openId.RequireHttpsMetadata = authority.Scheme == "https";
            openId.ClientId = settings.ClientId;
            openId.ClientSecret = settings.ClientSecret;
            openId.ResponseType = OpenIdConnectResponseType.Code;
            openId.ResponseMode = OpenIdConnectResponseMode.Query;
            openId.UsePkce = true;
            openId.CallbackPath = BackPath;
            // Nobody is signed out by a provider, nor by a link that leads here.
            openId.RemoteSignOutPath = default;
            openId.SignedOutCallbackPath = default;
            openId.SignInScheme = SignInCookie.Scheme;
            openId.MapInboundClaims = false;
            openId.SaveTokens = false;
            openId.GetClaimsFromUserInfoEndpoint = false;
            openId.DisableTelemetry = true;
            openId.RemoteAuthenticationTimeout = LongestVisit;
            openId.TokenValidationParameters.ClockSkew = Drift;
            openId.Backchannel = new HttpClient(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = LongestAnswer,
                UseProxy = false,
            })
            {
                Timeout = LongestAnswer,
                MaxResponseContentBufferSize = LongestAnswerBytes,
            };
            foreach (var cookie in new[] { openId.CorrelationCookie, openId.NonceCookie })
            {
                if (place.IsSecure)
                    cookie.Name = "__Secure-" + cookie.Name;
                cookie.HttpOnly = true;
                // Lax: the way back leads from another site.
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = place.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            }

            openId.Events.OnRedirectToIdentityProvider = context =>
            {
                if (place.PublicAddress is { } address)
                    context.ProtocolMessage.RedirectUri = new Uri(address, BackPath).AbsoluteUri;
                return Task.CompletedTask;
            };
            openId.Events.OnTokenValidated = context =>
            {
                // Over TLS the standard lets one be unsigned (3.1.3.7, 6): not here.
                if (context.SecurityToken.RawSignature is not { Length: > 0 })
                    context.Fail("the id_token is not signed");
                else if (context.SecurityToken.Issuer.TrimEnd('/') != authority.OriginalString.TrimEnd('/'))
                    context.Fail("the issuer is another than the one that is set");
                return Task.CompletedTask;
            };
            openId.Events.OnTicketReceived = context => LetInAsync(context, settings);
            openId.Events.OnRemoteFailure = RefuseAsync;
        });
    }

    public static void Map(IEndpointRouteBuilder web, ConsolePlace place)
    {
        if (place.OpenId is null)
            return;

        web.MapGet(BeginPath, BeginAsync).AllowAnonymous().RequireRateLimiting(ConsoleServer.SignInLimit);
        // Answered before, by the scheme, whatever the method: here it has its limit.
        web.MapMethods(BackPath, [HttpMethods.Get, HttpMethods.Post], () => Results.NotFound())
            .AllowAnonymous()
            .RequireRateLimiting(ConsoleServer.SignInLimit);
    }

    static async Task BeginAsync(HttpContext context, string? ve)
    {
        // Nobody is signed in who has not pressed the button: by a page of another site one comes to it.
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            context.Response.Redirect(
                $"{SignInCookie.SignInPath}?ve={Uri.EscapeDataString(SignInCookie.PlaceOf(ve))}");
            return;
        }

        try
        {
            await context.ChallengeAsync(
                Scheme, new AuthenticationProperties { RedirectUri = SignInCookie.PlaceOf(ve) });
        }
        catch (Exception cannot) when (IsOfProvider(cannot) && !context.Response.HasStarted)
        {
            SignInLog.NoteRefusedWay(context, SignInWay.OpenId, CodeOf(cannot));
            Lead(context, Unreachable, ve);
        }
    }

    static async Task LetInAsync(TicketReceivedContext context, OpenIdSettings settings)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        var people = http.RequestServices.GetRequiredService<PeopleDesk>();
        var names = context.Principal?.FindAll(settings.NameClaim).Select(claim => claim.Value).ToList() ?? [];
        // The session that the browser had ends: who was signed in is known only after this by itself.
        if ((await http.AuthenticateAsync(SignInCookie.Scheme)).Principal is { } before)
            http.User = before;
        if (names is not [{ Length: > 0 } name]
            || await people.FindVouchedAsync(name) is not { } person
            || !await SignInCookie.SignInAsync(http, person, SignInWay.OpenId))
        {
            SignInLog.NoteRefusedWay(
                http,
                SignInWay.OpenId,
                names.Count == 1 ? "who it vouches for may not sign in here" : "it does not say one name of theirs");
            Lead(http, Refused, context.ReturnUri);
            return;
        }

        context.Response.Redirect(SignInCookie.PlaceOf(context.ReturnUri));
    }

    static Task RefuseAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var failure = context.Failure;
        SignInLog.NoteRefusedWay(
            context.HttpContext, SignInWay.OpenId, failure is null ? "no answer that can be read" : CodeOf(failure));
        Lead(
            context.HttpContext,
            failure is not null && IsUnreachable(failure) ? Unreachable : Refused,
            context.Properties?.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>Back to where a password does, with what was asked for at first.</summary>
    static void Lead(HttpContext context, string why, string? asked)
    {
        var place = SignInCookie.PlaceOf(asked);
        context.Response.Redirect(
            $"{SignInCookie.SignInPath}?loi={why}{(place == "/" ? "" : $"&ve={Uri.EscapeDataString(place)}")}");
    }

    static bool IsOfProvider(Exception thrown) =>
        IsUnreachable(thrown) || thrown is InvalidOperationException or OpenIdConnectProtocolException;

    static bool IsUnreachable(Exception thrown) =>
        thrown is HttpRequestException or IOException or OperationCanceledException
        || (thrown.InnerException is { } inner && IsUnreachable(inner));

    /// <summary>What engineers look up (as IDX20803), and the kinds of what was thrown; never a word that came from a
    /// browser or the provider.</summary>
    static string CodeOf(Exception thrown)
    {
        var kinds = new List<string>();
        for (var at = thrown; at is not null; at = at.InnerException)
            kinds.Add(Code().Match(at.Message) is { Success: true } code ? code.Value : at.GetType().Name);
        return string.Join(" < ", kinds.Distinct());
    }

    [GeneratedRegex("IDX[0-9]{5}")]
    private static partial Regex Code();
}
