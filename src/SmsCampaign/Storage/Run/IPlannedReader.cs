namespace SmsCampaign.Storage.Run;

/// <summary>
/// Reads what is still to be sent, a stretch at a time: a run is never read whole. Used by one thread at a time.
/// </summary>
public interface IPlannedReader : IDisposable
{
    /// <summary>Whether a message that was planned has been settled meanwhile: by a receipt, a
    /// person or an inquiry.</summary>
    bool IsSettled(long seq);

    /// <summary>Number of the last decision about a message: where it grows, messages may have been put back.</summary>
    long ReadLastResolution();

    /// <summary>The lane's next batch not known to be done.</summary>
    /// <param name="after">Id of the batch before; 0 for the first.</param>
    /// <returns>Null where there is none.</returns>
    PlannedBatch? NextBatch(int lane, long after);

    /// <summary>Messages of a batch without a status, in sending order. Those of open attempts of this process are
    /// among them: a caller reads each stretch once.</summary>
    /// <param name="from">First key to look at.</param>
    List<PlannedMessage> Read(PlannedBatch batch, long from, int most);

    /// <summary>Messages of the lane that have been put back to planned and are not under an intent since, those that
    /// were moved here among them, in the order of their keys.</summary>
    /// <param name="after">Key of the last one read; 0 for the first.</param>
    List<PutBackMessage> ReadPutBack(int lane, long after, int most);

    /// <summary>Messages without a status that were moved here from another lane, in the order in which they were.
    /// Those of open attempts of this process are among them: a caller reads each once.</summary>
    /// <param name="after">Where the last one read stands; the default for the first.</param>
    List<MovedMessage> ReadMoved(int lane, MovedPlace after, int most);
}
