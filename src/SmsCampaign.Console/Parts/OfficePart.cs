using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>A page about no one run. To whoever may not see it, it says the same as one that is not there.</summary>
public abstract class OfficePart : Part
{
    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    protected CurrentPerson Person { get; private set; } = null!;

    /// <summary>False: answered with 404, and nothing is to be drawn.</summary>
    protected bool IsShown { get; private set; }

    protected sealed override async Task OnInitializedAsync()
    {
        Person = await FindPersonAsync();
        IsShown = IsFor(Person);
        if (IsShown)
            await LoadAsync();
        if (!IsShown)
            Refuse();
    }

    /// <summary>Whether somebody may see it.</summary>
    protected virtual bool IsFor(CurrentPerson person) => person.May(Right.See);

    /// <summary>Before it is drawn.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>What the page is about is not there.</summary>
    protected void BeNowhere() => IsShown = false;

    /// <summary>Refuses what was posted by somebody who may not: the button is not shown to them, and a form can be
    /// made by hand.</summary>
    /// <param name="campaign">Null: something of no campaign.</param>
    /// <returns>False: nothing is to be done.</returns>
    protected bool Demand(Right right, string? campaign = null)
    {
        if (Person.May(right, campaign))
            return true;

        Refuse();
        return false;
    }

    /// <summary>Answers as if there were no such page.</summary>
    protected void Refuse()
    {
        if (Http is { Response.HasStarted: false })
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
