using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>A lane of a run that the program itself holds: too much failed of its first batch, or of what it sent
/// since. It goes on only by a person.</summary>
/// <param name="Waiting">Messages that wait for it.</param>
public sealed record HeldLane(RunKey Run, string Lane, LaneTrial Trial, long Waiting)
{
    public OrderScope Scope => new(Run, Lane);

    /// <summary>Of every run that is under way, rehearsals apart. What cannot be read is said by
    /// <c>status</c>.</summary>
    public static IReadOnlyList<HeldLane> Read(DataFolder data) =>
    [
        .. (Ledgers.FindRegistry(data)?.ReadRuns() ?? [])
            .Where(run => run is { Simulated: false, State: RunState.Sending or RunState.Held })
            .SelectMany(run => Read(data, run)),
    ];

    /// <summary>Lets it go on, with a first batch again.</summary>
    /// <returns>False where what was looked at does not hold it any more.</returns>
    internal bool Release(DataFolder data, TimeProvider time) =>
        Ledgers.FindRegistry(data)?.Find(Run) is { } run
        && Ledgers.RunAt(run.AddressIn(data)).Release(Trial, new ProcessClock(time));

    static IEnumerable<HeldLane> Read(DataFolder data, RunRecord run)
    {
        if (run.FindKey() is not { } key || run.FindElsewhere(data) is not null)
            return [];

        try
        {
            var ledger = run.AddressIn(data);
            var held = Ledgers.RunAt(ledger).ReadTrials().Where(lane => lane.Value.IsHeld).ToList();
            var lanes = held.Count == 0 ? [] : RunStatus.Read(ledger).Lanes;
            return
            [
                .. held.Select(lane => new HeldLane(
                    key,
                    lane.Key,
                    lane.Value,
                    lanes.Where(each => each.Name == lane.Key).Sum(each => each.Count(MessageStatus.Planned)))),
            ];
        }
        catch (LedgerException)
        {
            return [];
        }
    }
}
