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

    /// <summary>Those on which messages wait, of every run that sends or will again, rehearsals apart. What cannot be
    /// read is said by <c>status</c>.</summary>
    public static IReadOnlyList<HeldLane> Read(DataFolder data) =>
    [
        .. (Ledgers.FindRegistry(data)?.ReadRuns() ?? [])
            .Where(run => !run.Simulated && StandingTrials.Concern(run.State))
            .SelectMany(run => Read(data, run)),
    ];

    /// <summary>Lets it go on.</summary>
    /// <returns>False where what was looked at does not hold it any more.</returns>
    internal bool Release(DataFolder data, TimeProvider time, TrialRelease release) =>
        Ledgers.FindRegistry(data)?.Find(Run) is { } run
        && Ledgers.RunAt(run.AddressIn(data)).Release(Trial, new ProcessClock(time), release);

    static IEnumerable<HeldLane> Read(DataFolder data, RunRecord run)
    {
        if (run.FindKey() is not { } key || run.FindElsewhere(data) is not null)
            return [];

        try
        {
            var ledger = run.AddressIn(data);
            var kept = Ledgers.RunAt(ledger);
            if (!kept.Exists)
                return [];

            var status = RunStatus.Read(ledger);
            return
            [
                .. StandingTrials.Read(kept, run.State, status)
                    .Where(lane => lane.Value.IsHeld)
                    .Select(lane => new HeldLane(
                        key, lane.Key, lane.Value, StandingTrials.CountWaiting(status, lane.Key))),
            ];
        }
        catch (LedgerException)
        {
            return [];
        }
    }
}
