using SmsCampaign.Audience;
using SmsCampaign.Storage.Marks;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// Writes the ledger of a new run. It is there only when it is complete and on disk: an import that fails half way, or
/// is killed, leaves no trace, and a ledger that stands in its place is not touched before. Without
/// <see cref="Complete"/> all is thrown away.
/// </summary>
public interface IRunBuilder : IAudienceSink, IDisposable
{
    /// <summary>Adds what the rows refer to, proves that no number stands twice (rule 1), and puts the
    /// ledger in its place.</summary>
    /// <param name="description">What the run is planned with, kept in the ledger beside the rows.</param>
    /// <param name="replace">Whether a ledger that stands there gives way.</param>
    /// <param name="lost">Where it is made anew for one that is lost: how far that may have come, and the moment,
    /// microseconds, from which what it may have handed over is uncertain. In it from the first.</param>
    /// <exception cref="LedgerException">A number stands twice, the disk is full, or the old
    /// ledger is in use.</exception>
    /// <exception cref="IOException">A ledger stands there already.</exception>
    void Complete(
        ImportedAudience audience,
        Plan plan,
        RunDescription description,
        bool replace = false,
        (RunMark Reached, long Now)? lost = null);
}
