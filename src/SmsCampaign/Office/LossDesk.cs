using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>The runs whose ledger is lost, or older than what was sent.</summary>
/// <param name="Known">All runs that are known, whole ones too, of any campaign and date.</param>
/// <param name="Unread">What could not be read of others, so that nothing is known of them.</param>
/// <param name="NoLedger">That ledger.db is gone while runs are there; null where it is not.</param>
public sealed record Losses(
    IReadOnlyList<RunFile> Runs, IReadOnlyList<RunKey> Known, IReadOnlyList<Wording> Unread, Wording? NoLedger)
{
    public bool AreNone => Runs.Count == 0 && Unread.Count == 0 && NoLedger is null;
}

/// <summary>What came of declaring one.</summary>
public abstract record LossResult
{
    LossResult()
    {
    }

    public sealed record NoName : LossResult;

    public sealed record NoReason : LossResult;

    /// <summary>What was looked at is not so any more: its ledger is whole, or in another state.</summary>
    public sealed record Changed(RunKey Run) : LossResult;

    /// <summary>It could not be done.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : LossResult;

    /// <param name="Messages">How many are uncertain by it.</param>
    /// <param name="IsHeld">Whether the rest waits for an approval.</param>
    /// <param name="Problems">Warnings.</param>
    public sealed record Declared(RunKey Run, long Messages, bool IsHeld, IReadOnlyList<Problem> Problems) : LossResult;
}

/// <summary>Shows what of the runs is lost, and declares uncertain what may have been sent, as
/// a person decides.</summary>
public sealed class LossDesk(DataFolder data, string installationFile, TimeProvider time)
{
    /// <param name="campaign">Its id; null: all.</param>
    /// <param name="date">Null: any.</param>
    public Losses Look(string? campaign = null, DateOnly? date = null)
    {
        var (lost, unread) = (Lost, new List<Wording>());
        var found = lost.Find(campaign, unread).Where(file => date is null || file.Key.Date == date).ToList();
        return new Losses(found, lost.ReadKnown(), unread, lost.FindMissingLedger());
    }

    /// <param name="seen">As it was looked at.</param>
    public LossResult Declare(Who who, string reason, RunFile seen, CancellationToken cancellationToken)
    {
        if (!who.IsNamed)
            return new LossResult.NoName();
        if (string.IsNullOrWhiteSpace(reason))
            return new LossResult.NoReason();
        if (Lost.Find(seen.Key.Campaign, []).FirstOrDefault(file => file.Key == seen.Key) is not { } found
            || found.State != seen.State)
            return new LossResult.Changed(seen.Key);

        var problems = new List<Problem>();
        return Lost.Declare(found, who, reason, problems, cancellationToken) is { } messages
            && !problems.Exists(each => each.Severity == Severity.Error)
            ? new LossResult.Declared(
                found.Key, messages, Ledgers.OpenRegistry(data).Find(found.Key)?.State == RunState.Held, problems)
            : new LossResult.Refused(problems);
    }

    LostRuns Lost => new(data, installationFile, time);
}
