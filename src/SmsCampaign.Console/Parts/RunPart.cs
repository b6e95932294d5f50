using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>A page about one run, named in its address. Of a run that is not there, or that who looks may not see, it
/// says the same.</summary>
public abstract class RunPart : Part
{
    [Parameter]
    public string Campaign { get; set; } = "";

    /// <summary>As yyyy-MM-dd.</summary>
    [Parameter]
    public string Date { get; set; } = "";

    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    protected CurrentPerson Person { get; private set; } = null!;

    /// <summary>Null: answered with 404, and nothing is to be drawn.</summary>
    protected RunRecord? Run { get; private set; }

    /// <summary>Its key; null where its row cannot be read.</summary>
    protected RunKey? Key => Run?.FindKey();

    protected string Address => Addresses.Of(Run!);

    protected sealed override async Task OnInitializedAsync()
    {
        Person = await FindPersonAsync();
        Run = SeenRun.Find(Place, Person, Campaign, Date);
        if (Run is null)
        {
            if (Http is { Response.HasStarted: false })
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await LoadAsync();
    }

    /// <summary>Once the run is known, before it is drawn.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Whether who looks may do something with the run.</summary>
    protected bool May(Right right) => Person.May(right, Campaign);

    /// <summary>Refuses what was posted by somebody who may not: the button is not shown to them, and a form can be
    /// made by hand.</summary>
    /// <returns>False: nothing is to be done.</returns>
    protected bool Demand(Right right)
    {
        if (May(right))
            return true;

        Http!.Response.StatusCode = StatusCodes.Status404NotFound;
        return false;
    }
}
