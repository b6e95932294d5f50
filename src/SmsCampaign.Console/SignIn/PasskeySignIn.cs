using System.Net.Mime;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.SignIn;

/// <summary>What a browser is asked by passkey.js before it uses a passkey. A challenge stays here; the browser has a
/// cookie that names it, so that nobody answers another's.</summary>
static class PasskeySignIn
{
    /// <summary>Asks for a passkey to sign in by.</summary>
    public const string AskPath = "/dang-nhap/passkey";

    /// <summary>Asks for a new passkey of who is signed in.</summary>
    public const string AskForNewPath = "/tai-khoan/passkey";

    /// <summary>Name by which a browser on the machine itself reaches it: passkeys are of a name, and of no IP
    /// address.</summary>
    const string ThisMachine = "localhost";

    public static void Add(IServiceCollection services, ConsolePlace place)
    {
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddScoped<PasskeyDesk>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = DomainOf(place) ?? ThisMachine;
            passkeys.AuthenticatorTimeout = PasskeyChallenges.Lives;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required"; // whose it is the device says: no name is typed
            passkeys.AttestationConveyancePreference = "none";
            passkeys.ValidateOrigin = said => ValueTask.FromResult(
                !said.CrossOrigin && said.Origin == OriginOf(place, said.HttpContext.Request));
        });
    }

    /// <summary>Whether passkeys can be used where a page is open.</summary>
    public static bool IsPossible(ConsolePlace place, HttpRequest request) =>
        DomainOf(place) is not null
        && (place.PublicAddress is not null
            || request.Host.Host.Equals(ThisMachine, StringComparison.OrdinalIgnoreCase));

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapPost(AskPath, AskAsync).AllowAnonymous().RequireRateLimiting(ConsoleServer.SignInLimit);
        web.MapPost(AskForNewPath, AskForNewAsync)
            .RequireAuthorization()
            .RequireRateLimiting(ConsoleServer.PasswordLimit);
    }

    /// <summary>The challenge that the browser was asked, which it is asked no more.</summary>
    public static string Take(HttpContext context, ConsolePlace place)
    {
        var word = context.Request.Cookies[CookieOf(place)] ?? "";
        context.Response.Cookies.Delete(CookieOf(place), OptionsOf(place));
        return word;
    }

    /// <summary>The name that passkeys are of; null where persons open an IP address.</summary>
    static string? DomainOf(ConsolePlace place) =>
        place.PublicAddress is not { } address ? ThisMachine
        : address.HostNameType == UriHostNameType.Dns ? address.IdnHost
        : null;

    static string OriginOf(ConsolePlace place, HttpRequest request) => place.PublicAddress is { } address
        ? $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}"
        : $"{request.Scheme}://{request.Host.Value}";

    static async Task<IResult> AskAsync(
        HttpContext context, IAntiforgery forms, PasskeyDesk desk, ConsolePlace place)
    {
        if (!await forms.IsRequestValidAsync(context))
            return Results.StatusCode(StatusCodes.Status400BadRequest);

        return Answer(context, place, await desk.AskAsync(context));
    }

    static async Task<IResult> AskForNewAsync(
        HttpContext context,
        IAntiforgery forms,
        PasskeyDesk desk,
        PeopleDesk people,
        ConsolePlace place,
        Speech speech)
    {
        if (!await forms.IsRequestValidAsync(context)
            || await people.FindByIdAsync(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "")
                is not { } person)
            return Results.StatusCode(StatusCodes.Status400BadRequest);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = await desk.AskForNewAsync(
            context, person, $"{form["New.Name"]}", $"{form["New.Password"]}", $"{form["New.Code"]}");
        if (asked is PasskeyAsked.Given given)
            return Answer(context, place, given);

        SignInLog.NotePasskeyRefused(context, person.UserName!);
        return Results.Text(
            string.Join('\n', ((PasskeyAsked.Refused)asked).Problems.Select(problem => speech.Text(problem))),
            MediaTypeNames.Text.Plain,
            System.Text.Encoding.UTF8,
            StatusCodes.Status422UnprocessableEntity);
    }

    static IResult Answer(HttpContext context, ConsolePlace place, PasskeyAsked.Given given)
    {
        context.Response.Cookies.Append(CookieOf(place), given.Challenge, OptionsOf(place));
        return Results.Text(given.Options, MediaTypeNames.Application.Json, System.Text.Encoding.UTF8);
    }

    static string CookieOf(ConsolePlace place) => place.IsSecure ? "__Host-sms-passkey" : "sms-passkey";

    static CookieOptions OptionsOf(ConsolePlace place) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = PasskeyChallenges.Lives,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = place.IsSecure,
    };
}
