using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// Lists and settles the uncertain messages of a run beside whatever process sends it, which takes it in by
/// <see cref="IRunView.NoticeResolutionsAsync"/>. No lane is taken by it.
/// </summary>
public interface IResolutions : IDisposable
{
    /// <summary>In sending order.</summary>
    IEnumerable<UncertainMessage> Read();

    /// <summary>The message of a reference, whatever its status.</summary>
    /// <returns>Null where the run has no such message.</returns>
    long? Find(string reference);

    /// <summary>Settles uncertain messages as a person says, a piece at a time: each is on disk with its witness before
    /// the next, and whoever sends writes in between. After a kill the same call settles the rest.</summary>
    /// <param name="pause">Between two pieces, so that a process that waits for the ledger has its turn. False:
    /// it is to stop there.</param>
    /// <param name="witness">Told what is settled by each piece, just before it is on disk;
    /// not where nothing is.</param>
    /// <returns>How many were settled: one that is not uncertain any more is left as it is.</returns>
    Task<int> SettleAllAsync(
        IReadOnlyList<long> messages,
        MessageStatus status,
        Who who,
        string reason,
        ProcessClock clock,
        Func<Task<bool>> pause,
        Action<PersonsResolution>? witness = null);
}
