using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of an order about what is sent.</summary>
public abstract record ControlResult
{
    ControlResult()
    {
    }

    /// <summary>Nothing was done.</summary>
    public sealed record Refused(IReadOnlyList<ControlFinding> Findings) : ControlResult;

    /// <summary>It is on disk, and holds for whatever sends.</summary>
    /// <param name="Order">That stands.</param>
    /// <param name="IsNew">False where it stood already, as it was given before.</param>
    public sealed record Given(StandingOrder Order, bool IsNew, Heeding Heeding) : ControlResult;

    /// <summary>Orders do not stand any more.</summary>
    /// <param name="Orders">Those that were lifted.</param>
    public sealed record Lifted(IReadOnlyList<StandingOrder> Orders, Heeding Heeding) : ControlResult;
}

/// <summary>What speaks against it.</summary>
public abstract record ControlFinding
{
    ControlFinding()
    {
    }

    public sealed record NoName : ControlFinding;

    public sealed record NoReason : ControlFinding;

    /// <summary>Neither a run nor a lane is named.</summary>
    public sealed record NothingNamed : ControlFinding;

    /// <summary>A rehearsal is its terminal's.</summary>
    public sealed record IsSimulated : ControlFinding;

    /// <summary>Nothing of the run is sent, now or later.</summary>
    /// <param name="State">planned, or one that is over.</param>
    public sealed record IsNotUnderWay(RunKey Run, RunState State) : ControlFinding;

    /// <param name="Lanes">Those that there are.</param>
    public sealed record NoSuchLane(string Lane, IReadOnlyList<string> Lanes) : ControlFinding;

    /// <summary>No pause that was looked at stands any more.</summary>
    /// <param name="Standing">The pauses that do.</param>
    public sealed record NotPaused(OrderScope Scope, IReadOnlyList<StandingOrder> Standing) : ControlFinding;
}

/// <summary>What the process that sends says to what was ordered.</summary>
public abstract record Heeding
{
    Heeding()
    {
    }

    /// <summary>It has taken it up: of a pause, nothing leaves any more.</summary>
    public sealed record Done(Wording Answer) : Heeding;

    /// <summary>None sends: it holds for the next that does.</summary>
    public sealed record NobodySends : Heeding;

    /// <summary>It was asked and has not answered, or could not do it.</summary>
    public sealed record NotKnown(Wording Why) : Heeding;
}
