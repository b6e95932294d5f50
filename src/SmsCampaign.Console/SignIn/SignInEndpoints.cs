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
    public static void Map(IEndpointRouteBuilder web, ConsolePlace place)
    {
        web.MapPost("/dang-xuat", SignOutAsync);
        if (place.Entry is { } entry)
        {
            web.MapGet("/vao", (HttpContext context, string? ma) => EnterAsync(context, entry, ma ?? ""))
                .AllowAnonymous()
                .RequireRateLimiting(ConsoleServer.SignInLimit);
        }
    }

    static async Task SignOutAsync(HttpContext context)
    {
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (context.User.FindFirstValue(Sessions.Claim) is { } id)
            await context.RequestServices.GetRequiredService<Sessions>().EndAsync(id);
        await context.SignOutAsync(SignInCookie.Scheme);
        context.Response.Redirect(SignInCookie.SignInPath);
    }

    static async Task EnterAsync(HttpContext context, OneTimeEntry entry, string word)
    {
        var desk = context.RequestServices.GetRequiredService<PeopleDesk>();
        if (!entry.TryTake(word) || await desk.FindAsync(OneTimeEntry.Person) is not { } person)
        {
            context.Response.Redirect(SignInCookie.SignInPath);
            return;
        }

        await SignInCookie.SignInAsync(context, person, await desk.ReadGrantsAsync(person));
        context.Response.Redirect("/");
    }
}
