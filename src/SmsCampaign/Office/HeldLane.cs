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

    /// <summary>Lets it go on.</summary>
    /// <returns>False where what was looked at does not hold it any more.</returns>
    internal bool Release(DataFolder data, TimeProvider time, TrialRelease release) =>
        Ledgers.FindRegistry(data)?.Find(Run) is { } run
        && Ledgers.RunAt(run.AddressIn(data)).Release(Trial, new ProcessClock(time), release);
}
