using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>What a lane sends with.</summary>
/// <param name="Pace">Shared by every run that uses the lane's account.</param>
/// <param name="InFlight">Shared likewise.</param>
/// <param name="KeepCarrierReference">Whether receipts can be matched only by the gateway's own id.</param>
public sealed record LaneSetup(
    RunLane Lane, ICarrier Carrier, Pace Pace, InFlight InFlight, TimeSpan AnswerTimeout, bool KeepCarrierReference)
{
    /// <summary>Shared likewise.</summary>
    public StopSwitch Stop { get; init; } = new(Lane.Name, Pace);

    /// <summary>What persons have ordered of what the process sends.</summary>
    public SendingOrders Orders { get; init; } = new(null);

    /// <summary>Shared likewise.</summary>
    public Breaker Breaker { get; init; } = new(Pace);

    /// <summary>Shared likewise.</summary>
    internal LaneHolds Holds { get; init; } = new(Pace);

    /// <summary>As of <see cref="LaneOptions.Secrets"/>: kept out of what is written of a fault.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>When the hours of the day end, as it is decided by now; null: it cannot change.</summary>
    public Func<DateTimeOffset>? ReadClosing { get; init; }

    /// <summary>Whether its gateway brings receipts that say more than its answers do.</summary>
    public bool BringsReceipts { get; init; }

    /// <summary>Finds other lanes for what this one cannot send. Null: it has none.</summary>
    public Routing? Routing { get; init; }

    /// <summary>Told that its loop goes on; null: nobody asks.</summary>
    public LoopWatch? Loops { get; init; }
}
