using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;

namespace SmsCampaign.Office;

/// <summary>What came of a backup.</summary>
public abstract record BackupResult
{
    BackupResult()
    {
    }

    public sealed record Refused(Wording Why) : BackupResult;

    /// <param name="Elsewhere">Runs whose row leads out of the data folder, and so are not in it.</param>
    public sealed record Taken(BackupManifest Manifest, IReadOnlyList<Wording> Elsewhere) : BackupResult;
}

/// <summary>What came of putting one back.</summary>
public abstract record RestoreResult
{
    RestoreResult()
    {
    }

    public sealed record NoName : RestoreResult;

    public sealed record NoReason : RestoreResult;

    public sealed record Refused(Wording Why) : RestoreResult;

    public sealed record Done(Restored Restored) : RestoreResult;
}

/// <summary>Copies the ledgers as of one moment, and puts such a copy back for whoever answers for it.</summary>
public sealed class BackupDesk(DataFolder data, TimeProvider time)
{
    /// <param name="to">A folder that is not there yet.</param>
    public BackupResult Take(string to)
    {
        try
        {
            var manifest = Backup.Take(data, to, time);
            new BackupSign(manifest.At, Path.GetFullPath(to)).TryWrite(data);
            return new BackupResult.Taken(
                manifest,
                [.. Ledgers.OpenRegistry(data).ReadRuns().Select(run => run.FindElsewhere(data)).OfType<Wording>()]);
        }
        catch (BackupException refused)
        {
            return new BackupResult.Refused(refused.Words);
        }
    }

    /// <param name="from">A folder that <see cref="Take"/> has made.</param>
    public RestoreResult PutBack(Who who, string reason, string from)
    {
        if (!who.IsNamed)
            return new RestoreResult.NoName();
        if (string.IsNullOrWhiteSpace(reason))
            return new RestoreResult.NoReason();

        try
        {
            return new RestoreResult.Done(Restore.Run(from, data, who, reason, time));
        }
        catch (BackupException refused)
        {
            return new RestoreResult.Refused(refused.Words);
        }
    }
}
