using SmsCampaign.Carriers;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

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

    /// <summary>It is paused, so that the number stands still, and no more: how many messages are left was not looked
    /// at, or is another by now. With the right number asked again, it is done.</summary>
    /// <param name="Asked">What was to be done for good.</param>
    /// <param name="Pause">That stands now.</param>
    /// <param name="Left">Messages that would be left over.</param>
    /// <param name="InFlight">Messages on their way by now: what of them is not taken is left as well.</param>
    public sealed record NotSeen(
        OrderKind Asked, StandingOrder Pause, long Left, long InFlight, Heeding Heeding) : ControlResult;

    /// <summary>It is over but for what was sent: on disk, and done by whoever sends, or by the next that
    /// does.</summary>
    /// <param name="Left">Messages that are left over by it.</param>
    public sealed record Ended(StandingOrder Order, bool IsNew, long Left, Heeding Heeding) : ControlResult;

    /// <summary>Orders do not stand any more.</summary>
    /// <param name="Orders">Those that were lifted.</param>
    public sealed record Lifted(IReadOnlyList<StandingOrder> Orders, Heeding Heeding) : ControlResult
    {
        /// <summary>Why the run was held that is let go on; null where it was not.</summary>
        public RunHold? Hold { get; init; }

        /// <summary>The lanes that the program itself held, and that go on.</summary>
        public IReadOnlyList<HeldLane> Lanes { get; init; } = [];
    }
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

    /// <summary>Nothing of it is still to be sent.</summary>
    public sealed record NothingLeft(OrderScope Scope) : ControlFinding;

    /// <summary>What is for good is decided run by run.</summary>
    /// <param name="Runs">Those under way.</param>
    public sealed record NeedsRun(string? Lane, IReadOnlyList<RunKey> Runs) : ControlFinding;

    /// <summary>The disk is full: it is paused, and no more.</summary>
    /// <param name="Asked">What was to be done for good.</param>
    public sealed record OnlyPaused(OrderScope Scope, OrderKind Asked, DataFolder Data) : ControlFinding;

    /// <summary>The run's ledger does not balance: what is left is not known, so that nothing of it goes on and
    /// nothing is left over for good.</summary>
    /// <param name="Asked">What was to be done for good: it is paused, and no more. Null: it was to go on, and nothing
    /// was done.</param>
    /// <param name="Why">What is found and what to do.</param>
    public sealed record DoesNotBalance(OrderScope Scope, OrderKind? Asked, Wording Why) : ControlFinding;

    /// <summary>How many messages are left cannot be read.</summary>
    public sealed record Unreadable(RunKey Run) : ControlFinding;

    /// <summary>Below 1, or above what the contract allows.</summary>
    /// <param name="Contract">What it does, as <paramref name="Unit"/> a second.</param>
    public sealed record NotWithinContract(string Lane, int Rate, int Contract, RateUnit Unit) : ControlFinding;

    /// <summary>The installation file, which says what the contract allows, cannot be read.</summary>
    public sealed record NoContract(string File) : ControlFinding;

    /// <summary>The run is held, and what was approved no longer is what would be sent, or no approval
    /// stands.</summary>
    public sealed record NeedsApproval(RunKey Run, string CampaignFile) : ControlFinding;

    /// <summary>A lane goes on in one way only.</summary>
    public sealed record BothWays : ControlFinding;

    /// <summary>No campaign is named, where it takes one.</summary>
    public sealed record NeedsCampaign : ControlFinding;

    /// <summary>No lane is named, where it takes one.</summary>
    public sealed record NeedsLane : ControlFinding;

    /// <summary>The campaign is sent without first batches.</summary>
    public sealed record HasNoFirstBatch(OrderScope Scope) : ControlFinding;

    /// <param name="Trial">As the lane stands; null where it was never tried.</param>
    public sealed record NotHeldByFirstBatch(OrderScope Scope, LaneTrial? Trial) : ControlFinding;

    /// <summary>No pause that was looked at stands any more.</summary>
    /// <param name="Standing">The pauses that do.</param>
    /// <param name="Held">The lanes of the run, or of any where none is named, that the program holds: each goes on by
    /// its own name.</param>
    public sealed record NotPaused(
        OrderScope Scope, IReadOnlyList<StandingOrder> Standing, HeldLanes Held) : ControlFinding;

    /// <summary>The run is held by another decision than the one that was looked at, or is not held any more: nothing
    /// was done.</summary>
    public sealed record OtherHold(RunKey Run) : ControlFinding;
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

    /// <summary>ledger.db could not take it, as the disk is full: it stands in the folder of marks, where whoever sends
    /// looks as often.</summary>
    /// <param name="Data">The folder whose disk is full.</param>
    /// <param name="IsSending">Whether somebody sends, who could not be asked whether it has taken it up.</param>
    public sealed record OnlyMarked(DataFolder Data, bool IsSending) : Heeding;

    /// <summary>It was asked and has not answered, or could not do it.</summary>
    public sealed record NotKnown(Wording Why) : Heeding;
}
