using SmsCampaign.Conduct.Words;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Withdraws the approval of a run, before it begins or while it is sent: nothing more of it leaves. Needs none of its
/// files, and no key: a brake must hold whatever else is broken.
/// </summary>
/// <param name="installationFile">Is asked whether it takes two persons to let the run go on.</param>
public sealed class RevocationDesk(DataFolder data, string installationFile, TimeProvider time)
{
    /// <summary>How long it is waited for that the process that sends has stopped, unless said otherwise.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <param name="patience">How long it is waited for that a run under way has stopped.</param>
    /// <param name="cancellationToken">Ends the waiting; what was withdrawn stays so.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public async Task<RevocationResult> RevokeAsync(
        Who who, RunKey run, string? reason, TimeSpan patience, CancellationToken cancellationToken)
    {
        var registry = Ledgers.OpenRegistry(data);
        var record = registry.Find(run) ?? throw new ArgumentException($"there is no run {run}", nameof(run));
        var about = registry.ReadApprovals(run.Campaign)
            .Where(approval => approval.VoidedAt is null && record.IsMeantBy(approval))
            .ToList();
        var findings = Check(who, record, about, reason);
        if (findings.Count > 0)
            return new RevocationResult.Refused(findings);

        // What no longer stands by its records is withdrawn as well: it must not stand again.
        registry.Revoke(run, [.. about.Select(approval => approval.Id)], who, reason!.Trim(), time.GetUtcNow());
        var (state, isStopped) = await StopAsync(registry, run, patience, cancellationToken);
        var isKnown = RunLeft.TryRead(data, record, out var left);
        return new RevocationResult.Revoked(
            run, about, state, isStopped, left, WorkerSight.Read(data, time.GetUtcNow()))
        { IsLeftKnown = isKnown };
    }

    List<RevocationFinding> Check(Who who, RunRecord run, List<Approval> about, string? reason)
    {
        var findings = new List<RevocationFinding>();
        if (!who.IsNamed)
            findings.Add(new RevocationFinding.NoName());
        if (string.IsNullOrWhiteSpace(reason))
            findings.Add(new RevocationFinding.NoReason());
        if (run.State.IsOver())
            findings.Add(new RevocationFinding.IsOver(run.ToKey()));
        else if (about.Count == 0)
            findings.Add(new RevocationFinding.NothingStands(run.ToKey()));
        else if (run.State == RunState.Sending && HasNothingLeft(run))
            findings.Add(new RevocationFinding.NothingLeft(run.ToKey()));
        return findings;
    }

    bool HasNothingLeft(RunRecord run) => RunLeft.TryRead(data, run, out var left) && left is { Planned: 0 };

    /// <summary>The process that sends holds the run once nothing of it is on its way any more; where none runs, it is
    /// held here.</summary>
    async Task<(RunState State, bool IsStopped)> StopAsync(
        IRegistry registry, RunKey run, TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        while (registry.Find(run)!.State is var state && state == RunState.Sending)
        {
            if (!WorkerSight.Read(data, time.GetUtcNow()).IsThere)
            {
                Hold(registry, run);
                return (RunState.Held, true);
            }

            if (cancellationToken.IsCancellationRequested || time.GetElapsedTime(asked) >= patience)
                return (state, false);

            await Task.Delay(LookEvery, time, cancellationToken).Quietly();
        }

        return (registry.Find(run)!.State, true);
    }

    void Hold(IRegistry registry, RunKey run)
    {
        var record = registry.Find(run)!;
        var voided = registry.ReadApprovals(run.Campaign).First(
            approval => approval.VoidedAt is not null && record.IsMeantBy(approval));
        var now = time.GetUtcNow();
        var why = HoldWords.WithWayOn(
            HoldWords.OfVoided(voided),
            record.CampaignFile,
            WayOn.Approve,
            Installation.ReadTwoPersons(installationFile) ?? true,
            HoldWords.DateOf(record));
        registry.Record(new Decision(run, now, now, DecisionKind.Held, why), RunState.Held);
    }
}
