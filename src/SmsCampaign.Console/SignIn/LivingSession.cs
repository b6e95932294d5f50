using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.WebConsole.SignIn;

/// <summary>How often it is looked whether sessions live whose pages are open.</summary>
sealed class SessionWatch
{
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Looks each minute whether the session of a page that is open still lives: a page with a socket outlives its
/// cookie.</summary>
sealed class LivingSession(ILoggerFactory log, IServiceScopeFactory scopes, SessionWatch watch)
    : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => watch.Every;

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return authenticationState.User.FindFirstValue(Sessions.Claim) is { } id
            && await scope.ServiceProvider.GetRequiredService<Sessions>().LivesAsync(id, isAsked: false);
    }
}
