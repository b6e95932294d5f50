using Microsoft.AspNetCore.Components;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.Live;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>A page about one account at a gateway, named in its address.</summary>
public abstract class LanePart : OfficePart
{
    [Inject]
    internal Watchtower Tower { get; set; } = null!;

    /// <summary>Its name.</summary>
    [Parameter]
    public string Lane { get; set; } = "";

    /// <summary>As the installation file has it; null where it does not, or cannot be read.</summary>
    protected Lane? Known { get; private set; }

    /// <summary>That it has stopped; null where it has not.</summary>
    protected LaneStop? Stop { get; private set; }

    /// <summary>What persons have ordered of it over all runs.</summary>
    protected IReadOnlyList<StandingOrder> Orders { get; private set; } = [];

    /// <summary>Where the program itself holds it.</summary>
    protected IReadOnlyList<HeldLane> Held { get; private set; } = [];

    protected IReadOnlyList<StandingOrder> Pauses => [.. Orders.Where(order => ControlDesk.IsPauseOf(order, Scope))];

    protected OrderScope Scope => new(null, Lane);

    protected ControlDesk Control => new(Place.Data, Place.Installation, Time);

    protected LaneDesk Lanes => new(Place.Data, Time);

    protected string Address => Addresses.OfLane(Lane);

    protected override Task LoadAsync()
    {
        Look();
        if (Known is null && Stop is null && Orders.Count == 0 && Held.Count == 0)
            BeNowhere();
        return Task.CompletedTask;
    }

    /// <summary>Looks again, after something was done.</summary>
    protected void LookAgain()
    {
        Tower.Forget();
        Look();
    }

    void Look()
    {
        Known = Installation.Read(Place.Installation).Installation?.Find(Lane);
        Stop = Lanes.Read().FirstOrDefault(stop => stop.Lane == Lane);
        Orders = [.. Control.Read().Where(order => order.Run is null && order.Lane == Lane)];
        Held = [.. HeldLane.Read(Place.Data).Where(held => held.Lane == Lane)];
    }
}
