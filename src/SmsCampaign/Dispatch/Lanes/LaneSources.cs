using SmsCampaign.Carriers;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Where a lane's next messages come from. Guarded by its <see cref="LaneQueue"/>'s lock.</summary>
interface ILaneSource
{
    /// <summary>The batch of the next message; null where none is due.</summary>
    /// <param name="now">Microseconds of the process clock.</param>
    PlannedBatch? Peek(long now);

    /// <summary>Takes the next message and those of its batch that lie next to it: at least one, after
    /// <see cref="Peek"/> at the same moment has named its batch.</summary>
    PlannedMessage[] Cut(int most, long now);
}

/// <summary>What the sources of a lane share.</summary>
/// <param name="Ended">Messages that have waited too long: found by a source, settled by the lane.</param>
/// <param name="Finished">Batches found with nothing planned: likewise.</param>
sealed record LaneSourceContext(
    int Lane,
    IPlannedReader Reader,
    Retries Retries,
    BatchProgress Progress,
    List<EndedMessage> Ended,
    List<PlannedBatch> Finished)
{
    /// <summary>Messages read from the ledger at a time.</summary>
    public const int Stretch = 1_000;

    /// <returns>Whether it is too late for a message, tried by a process before; it is among
    /// <see cref="Ended"/> then.</returns>
    public bool HasEnded(PlannedBatch batch, PlannedMessage message, long now)
    {
        if (Retries.EndOf(message.Seq, now) is not { } end)
            return false;

        Ended.Add(new EndedMessage(batch, message.Seq, end));
        return true;
    }
}

/// <summary>A message that is not tried again, and what it ends with.</summary>
readonly record struct EndedMessage(PlannedBatch Batch, long Seq, SendResult Why);

/// <summary>The lane's own planned messages, batch by batch.</summary>
/// <param name="putBack">Has those that do not come this way.</param>
sealed class PlannedSource(LaneSourceContext lane, PutBackMessages putBack) : ILaneSource
{
    List<PlannedMessage> _stretch = [];
    int _at;
    PlannedBatch? _batch;
    long _readThrough;
    bool _noMoreBatches;

    /// <summary>Parts of a message of the batch at hand; 1 before the first.</summary>
    public int Parts => _batch?.Parts ?? 1;

    public PlannedBatch? Peek(long now)
    {
        while (_at == _stretch.Count && !_noMoreBatches)
            ReadOn(now);

        return _at < _stretch.Count ? _batch : null;
    }

    public PlannedMessage[] Cut(int most, long now)
    {
        var end = _at + 1;
        while (end < _stretch.Count && end - _at < most && _stretch[end].Seq == _stretch[end - 1].Seq + 1)
            end++;

        var messages = _stretch.GetRange(_at, end - _at).ToArray();
        _at = end;
        return messages;
    }

    public void Clear() => (_stretch, _at, _noMoreBatches) = ([], 0, true);

    void ReadOn(long now)
    {
        if (_batch is null || _readThrough >= _batch.LastSeq)
        {
            _batch = lane.Reader.NextBatch(lane.Lane, _batch?.Id ?? 0);
            if (_batch is null)
            {
                _noMoreBatches = true;
                return;
            }

            _readThrough = _batch.FirstSeq - 1;
        }

        _stretch = lane.Reader.Read(_batch, _readThrough + 1, LaneSourceContext.Stretch);
        _at = 0;

        _readThrough = _stretch.Count < LaneSourceContext.Stretch ? _batch.LastSeq : _stretch[^1].Seq;
        _stretch.RemoveAll(message => putBack.Has(message.Seq));
        if (lane.Progress.Read(_batch, _stretch.Count, toEnd: _readThrough >= _batch.LastSeq) is { } finished)
            lane.Finished.Add(finished);

        if (lane.Retries.HasAny)
            _stretch.RemoveAll(message => lane.HasEnded(_batch, message, now));
    }
}

/// <summary>Planned messages that another lane was to send. More may come at any time.</summary>
/// <param name="putBack">As of <see cref="PlannedSource"/>.</param>
sealed class MovedSource(LaneSourceContext lane, PutBackMessages putBack) : ILaneSource
{
    List<MovedMessage> _stretch = [];
    int _at;
    MovedPlace _after;
    bool _isAtEnd;
    bool _isCleared;

    public PlannedBatch? Peek(long now)
    {
        while (_at == _stretch.Count && !_isAtEnd)
            ReadOn(now);

        return _at < _stretch.Count ? _stretch[_at].Batch : null;
    }

    public PlannedMessage[] Cut(int most, long now)
    {
        var first = _stretch[_at];
        var end = _at + 1;
        while (end < _stretch.Count && end - _at < most
            && _stretch[end].Batch.Id == first.Batch.Id
            && _stretch[end].Message.Seq == _stretch[end - 1].Message.Seq + 1)
            end++;

        PlannedMessage[] messages = [.. _stretch.GetRange(_at, end - _at).Select(moved => moved.Message)];
        _at = end;
        return messages;
    }

    /// <summary>Looks the next time whether more were moved here.</summary>
    public void LookAgain() => _isAtEnd = _isCleared;

    public void Clear() => (_stretch, _at, _isAtEnd, _isCleared) = ([], 0, true, true);

    void ReadOn(long now)
    {
        _stretch = lane.Reader.ReadMoved(lane.Lane, _after, LaneSourceContext.Stretch);
        _at = 0;
        _isAtEnd = _stretch.Count < LaneSourceContext.Stretch;
        if (_stretch.Count == 0)
            return;

        _after = _stretch[^1].Place;
        _stretch.RemoveAll(moved => putBack.Has(moved.Message.Seq));
        foreach (var moved in _stretch)
            lane.Progress.Read(moved.Batch, 1);
        if (lane.Retries.HasAny)
            _stretch.RemoveAll(moved => lane.HasEnded(moved.Batch, moved.Message, now));
    }
}
