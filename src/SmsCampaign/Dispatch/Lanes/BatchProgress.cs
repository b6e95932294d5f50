using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>How far a lane's batches have come: what was read of each and is not settled. Guarded by its
/// <see cref="LaneQueue"/>'s lock.</summary>
sealed class BatchProgress
{
    readonly Dictionary<long, Progress> _open = [];

    /// <summary>Takes note of messages that were read of a batch: they wait, are in flight, or put off until
    /// <see cref="Settle"/>.</summary>
    /// <param name="toEnd">Whether no more will be read of it in order; unset, as it was. One of which only what was
    /// put back was read may hold messages that were never tried.</param>
    /// <returns>The batch, where nothing of it is planned any more; else null.</returns>
    public PlannedBatch? Read(PlannedBatch batch, int messages, bool? toEnd = null)
    {
        if (!_open.TryGetValue(batch.Id, out var progress))
            _open[batch.Id] = progress = new Progress();
        progress.ReadToEnd = toEnd ?? progress.ReadToEnd;
        progress.Outstanding += messages;
        return EndOf(batch, progress);
    }

    /// <summary>Takes note of messages that are not planned any more.</summary>
    /// <returns>As <see cref="Read"/>.</returns>
    public PlannedBatch? Settle(PlannedBatch batch, int messages)
    {
        var progress = _open[batch.Id];
        progress.Outstanding -= messages;
        return EndOf(batch, progress);
    }

    PlannedBatch? EndOf(PlannedBatch batch, Progress progress)
    {
        if (progress.Outstanding > 0 || !progress.ReadToEnd)
            return null;

        _open.Remove(batch.Id);
        return batch.Id > 0 ? batch : null; // of what was moved here the ledger keeps no batch
    }

    sealed class Progress
    {
        public int Outstanding { get; set; }

        public bool ReadToEnd { get; set; }
    }
}
