using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using SmsCampaign.Storage;
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

    /// <summary>Whether something of the data folder could not be read or written: said where it shows, and no fault
    /// of the page.</summary>
    protected bool IsOfData(Exception broken) =>
        broken is LedgerException || StorageFaults.Describe(Named(broken), Place.Data) is not null;

    /// <summary>What that is, and the way out.</summary>
    protected Wording TroubleOf(Exception broken) =>
        StorageFaults.Describe(Named(broken), Place.Data) ?? FaultWords.Of(broken);

    /// <summary>The pages keep one file by a package whose exceptions name none.</summary>
    Exception Named(Exception broken) => PeopleStore.Name(broken, Place.Data) ?? broken;

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
