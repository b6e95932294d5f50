using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>A run that waits for a person, as one lets it go on under the approval it has.</summary>
static class HeldRun
{
    /// <summary>Lets it go on, where it is held as it was looked at.</summary>
    /// <param name="installation">Path of the installation file.</param>
    /// <param name="seen">Why it was held then; null: it was not.</param>
    /// <returns>Why it does not, and then nothing is done; null where it does, or is as little held as it
    /// was.</returns>
    public static ControlFinding? LetGo(
        IRegistry registry,
        string installation,
        RunKey key,
        RunHold? seen,
        Who who,
        Wording words,
        DateTimeOffset now)
    {
        if (registry.FindHold(key) != seen)
            return new ControlFinding.OtherHold(key);
        if (seen is null)
            return null;

        var run = registry.Find(key)!;
        if (!IsApproved(registry, installation, run))
            return new ControlFinding.NeedsApproval(key, run.CampaignFile);

        var decision = new Decision(key, now, now, DecisionKind.Released, words) { ByOs = who.ByOs };
        return registry.Release(decision, seen) ? null : new ControlFinding.OtherHold(key);
    }

    /// <summary>Where it takes two persons, letting a held run go on takes both again; where that cannot be read,
    /// it does.</summary>
    static bool IsApproved(IRegistry registry, string installation, RunRecord run) =>
        registry.FindApproval(run.Campaign, run.ToKey().Date) is { } approval
            && approval.Hash == run.ApprovedHash
            && Installation.ReadTwoPersons(installation) == false;
}
