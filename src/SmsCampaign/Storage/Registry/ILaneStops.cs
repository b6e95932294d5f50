namespace SmsCampaign.Storage.Registry;

/// <summary>
/// The stopped lanes of an installation, kept so that a lane stays stopped over a restart, and
/// another process can let it go on.
/// </summary>
public interface ILaneStops
{
    /// <summary>A lane that is stopped already keeps its first reason.</summary>
    void Add(LaneStop stopped);

    /// <summary>By name. A lane of which something is kept that cannot be read is stopped as well.</summary>
    IReadOnlyList<LaneStop> Read();

    bool IsStopped(string lane);

    /// <summary>A process that sends on the lane goes on within a second or two.</summary>
    /// <returns>False where the lane was not stopped.</returns>
    bool Remove(string lane, DateTimeOffset now);

    /// <summary>As <see cref="Remove(string, DateTimeOffset)"/>, of a stop that was looked at.</summary>
    /// <param name="isSeen">Whether a stop is that one.</param>
    /// <returns>Null: the lane is not stopped, or not any more. Else the stop it has instead, which stays.</returns>
    LaneStop? Remove(string lane, Func<LaneStop, bool> isSeen, DateTimeOffset now);
}
