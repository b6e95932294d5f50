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

    /// <summary>Unread, it is in nobody's way to stop a lane.</summary>
    bool _isFileRead;

    /// <summary>That it has stopped; null where it has not.</summary>
    protected LaneStop? Stop { get; private set; }

    /// <summary>What persons have ordered of it over all runs.</summary>
    protected IReadOnlyList<StandingOrder> Orders { get; private set; } = [];

    /// <summary>What they have ordered of it in one run, and what stands of every run as nobody can tell of which: each
    /// is lifted elsewhere.</summary>
    protected IReadOnlyList<StandingOrder> OrdersOfRuns { get; private set; } = [];

    /// <summary>Where the program itself holds it.</summary>
    protected IReadOnlyList<HeldLane> Held { get; private set; } = [];

    /// <summary>The runs of which nobody can tell whether the program holds it there.</summary>
    protected IReadOnlyList<UnreadRun> Unread { get; private set; } = [];

    /// <summary>Why nobody can tell what holds it; null where it was read.</summary>
    protected Wording? Trouble { get; private set; }

    protected IReadOnlyList<StandingOrder> Pauses => [.. Orders.Where(order => ControlDesk.IsPauseOf(order, Scope))];

    /// <summary>Whether nothing holds it, as far as all of it could be read.</summary>
    protected bool IsFree => Trouble is null
        && Stop is null
        && Pauses.Count == 0
        && Held.Count == 0
        && OrdersOfRuns.Count == 0
        && Unread.Count == 0;

    protected OrderScope Scope => new(null, Lane);

    protected ControlDesk Control => new(Place.Data, Place.Installation, Time);

    protected LaneDesk Lanes => new(Place.Data, Time);

    protected string Address => Addresses.OfLane(Lane);

    protected override Task LoadAsync()
    {
        Look();
        if (Known is null && _isFileRead && IsFree && Orders.Count == 0)
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
        var file = Installation.Read(Place.Installation).Installation;
        (_isFileRead, Known) = (file is not null, file?.Find(Lane));
        try
        {
            var (stop, all, held) = (
                Lanes.Read().FirstOrDefault(stop => stop.Lane == Lane),
                Control.Read(),
                HeldLanes.Read(Place.Data).Of(Lane));
            (Stop, Held, Unread, Trouble) = (stop, held.Lanes, held.Unread, null);
            Orders = [.. all.Where(order => order.Run is null && order.Lane == Lane)];
            OrdersOfRuns = [.. all.Where(order => order.HoldsBack
                && (order.Run is null
                    ? order.Lane is null
                    : order.Lane == Lane || (order.IsOfAnyRun && order.Lane is null)))];
        }
        catch (Exception broken) when (IsOfData(broken))
        {
            (Stop, Held, Unread, Orders, OrdersOfRuns, Trouble) = (null, [], [], [], [], TroubleOf(broken));
        }
    }
}
