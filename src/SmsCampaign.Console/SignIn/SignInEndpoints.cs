using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.SignIn;

/// <summary>Signing out, and the one-time way into a demonstration.</summary>
static class SignInEndpoints
{
    /// <summary>How many seconds the session still lives; asking is no use of it.</summary>
    public const string LeftPath = "/phien/con-lai";

    /// <summary>The same, and it is used.</summary>
    public const string StayPath = "/phien/o-lai";

    public static void Map(IEndpointRouteBuilder web, ConsolePlace place)
    {
        web.MapPost("/dang-xuat", SignOutAsync);
        web.MapGet(LeftPath, LeftAsync).RequireAuthorization();
        web.MapGet(StayPath, LeftAsync).RequireAuthorization();
        if (place.Entry is { } entry)
        {
            web.MapGet("/vao", (HttpContext context, string? ma) => EnterAsync(context, entry, ma ?? ""))
                .AllowAnonymous()
                .RequireRateLimiting(ConsoleServer.SignInLimit);
        }
    }

    static async Task<IResult> LeftAsync(HttpContext context, Sessions sessions) => Results.Text(
        $"{(long)(await sessions.LeftAsync(context.User.FindFirstValue(Sessions.Claim) ?? "")).TotalSeconds}");

    static async Task SignOutAsync(HttpContext context)
    {
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (context.User.FindFirstValue(Sessions.Claim) is { } id)
            await context.RequestServices.GetRequiredService<Sessions>().EndAsync(id);
        if (context.User.Identity?.Name is { } name)
            SignInLog.NoteOut(context, name);
        await context.SignOutAsync(SignInCookie.Scheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        context.Response.Redirect(SignInCookie.SignInPath);
    }

    static async Task EnterAsync(HttpContext context, OneTimeEntry entry, string word)
    {
        var desk = context.RequestServices.GetRequiredService<PeopleDesk>();
        var isIn = entry.TryTake(word)
            && await desk.FindAsync(OneTimeEntry.Person) is { } person
            && await SignInCookie.SignInAsync(context, person, SignInWay.OneTimeLink);
        context.Response.Redirect(isIn ? "/" : SignInCookie.SignInPath);
    }
}
