using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using SmsCampaign.Office;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>A page about a campaign's file, by the name of its folder. Of one that is not there, or that who looks may
/// not see, it says the same.</summary>
public abstract class CampaignPart : Part
{
    /// <summary>Name of its folder.</summary>
    [Parameter]
    public string Campaign { get; set; } = "";

    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    protected CurrentPerson Person { get; private set; } = null!;

    /// <summary>Null: answered with 404, and nothing is to be drawn.</summary>
    protected EditedFile? Edited { get; set; }

    protected EditDesk Desk => new(new CampaignFolders(Place.Campaigns), Place.Installation, Place.Data, Time);

    protected string Address => Addresses.OfCampaign(Campaign);

    protected sealed override async Task OnInitializedAsync()
    {
        Person = await FindPersonAsync();
        Edited = Person.May(Right.See, Campaign) ? Desk.Find(Campaign) : null;
        if (Edited is not null && !May(Right.See))
            Edited = null;
        if (Edited is null)
            Hide();
        else
            await LoadAsync();
    }

    /// <summary>As <see cref="Load"/>, of a page that has to wait for something.</summary>
    protected virtual Task LoadAsync()
    {
        Load();
        return Task.CompletedTask;
    }

    /// <summary>Once the file is known, before it is drawn.</summary>
    protected virtual void Load()
    {
    }

    /// <summary>Whether who looks may do something with the campaign, by its folder and by what the file calls
    /// itself.</summary>
    protected bool May(Right right) =>
        Person.May(right, Campaign) && (Edited?.Id is not { } id || Person.May(right, id));

    /// <summary>As of <see cref="RunPart.Demand"/>.</summary>
    protected bool Demand(Right right)
    {
        if (Edited is not null && May(right))
            return true;

        Hide();
        return false;
    }

    /// <summary>What was typed into the fields that are named so, by their path: of several with one name each on a
    /// line.</summary>
    protected Dictionary<string, string> ReadTyped()
    {
        const string mark = "f:";
        return Http!.Request.HasFormContentType
            ? Http.Request.Form
                .Where(field => field.Key.StartsWith(mark, StringComparison.Ordinal))
                .ToDictionary(field => field.Key[mark.Length..], field => string.Join('\n', field.Value.ToArray()))
            : [];
    }

    /// <summary>Answers with 404.</summary>
    protected void Hide()
    {
        if (Http is { Response.HasStarted: false })
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
