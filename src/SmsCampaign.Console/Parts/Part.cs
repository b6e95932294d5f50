using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>What every page and part of one has: its language, who is signed in, and the words for figures.</summary>
public abstract class Part : ComponentBase
{
    [Inject]
    internal Speech Speech { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    [Inject]
    internal ConsolePlace Place { get; set; } = null!;

    [CascadingParameter]
    Task<AuthenticationState>? Authentication { get; set; }

    /// <summary>Who is signed in.</summary>
    protected async Task<CurrentPerson> FindPersonAsync() =>
        new(Authentication is null ? new System.Security.Claims.ClaimsPrincipal() : (await Authentication).User);

    protected string Text(Vietnamese vi, English en) => Speech.Text(vi, en);

    protected string Text(Wording words) => Speech.Text(words);

    /// <summary>As 1.234.567.</summary>
    protected string Count(long number) => Text(Figures.Count(number));

    /// <summary>As "08:00:15 30/07/2025".</summary>
    protected string Moment(DateTimeOffset at) => Text(VietnamTime.Moment(at));

    /// <summary>As "08:00 30/07/2025".</summary>
    protected string Expected(DateTimeOffset at) => Text(VietnamTime.Expected(at));

    /// <summary>As "08:00".</summary>
    protected static string Hour(DateTimeOffset at) =>
        Figures.ExpectedTime(TimeZoneInfo.ConvertTime(at, VietnamTime.Zone));
}
