using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Where a watch keeps what it told. While it cannot be used it is tried anew each time. Used by one thread at
/// a time.</summary>
sealed class WatchFolder(DataFolder folder, TimeProvider time) : IDisposable
{
    SendingLock? _held;

    public string Root => folder.Root;

    /// <summary>What was told; null until it could be opened.</summary>
    public IAlerts? Book { get; private set; }

    /// <summary>Whether another process watches with it, as far as can be told.</summary>
    public bool IsTaken
    {
        get
        {
            var isTaken = false;
            _ = Try(() => isTaken = !TryTake());
            return isTaken;
        }
    }

    /// <summary>Does something with what is kept.</summary>
    /// <returns>What keeps it from being done; null where it was.</returns>
    public Wording? Try(Action<IAlerts> work)
    {
        var isTaken = false;
        var trouble = Try(() =>
        {
            isTaken = !TryTake();
            if (!isTaken)
                work(Book ??= Ledgers.OpenRegistry(folder).Alerts);
        });
        return isTaken
            ? new Wording(
                $"Một lệnh giám sát khác đang dùng thư mục {Root}.", $"Another process watches with the folder {Root}.")
            : trouble;
    }

    /// <returns>Null where it is no fault of the folder.</returns>
    public Wording? Describe(Exception thrown) => StorageFaults.Describe(thrown, folder);

    public void Dispose() => _held?.Dispose();

    bool TryTake() => (_held ??= SendingLock.TryTake(folder, time)) is not null;

    Wording? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception cannot) when (Describe(cannot) is not null)
        {
            return Describe(cannot);
        }
    }
}
