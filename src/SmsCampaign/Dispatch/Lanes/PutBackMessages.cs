namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Finds messages that were put back to planned, a stretch at a time, and adds them to those that wait: by a person, an
/// inquiry, or for a gateway that drops repeats, at any time and also through another process. Guarded by its
/// <see cref="LaneQueue"/>'s lock.
/// </summary>
sealed class PutBackMessages(LaneSourceContext lane, WaitingMessages waiting)
{
    /// <summary>The next are read while no more than this wait.</summary>
    const int Few = LaneSourceContext.Stretch / 2;

    // Read, and not yet known to be under an intent: until then their rows still say that they are put back.
    readonly HashSet<long> _known = [];
    readonly HashSet<long> _everRead = [];
    long _after;
    long _seen = -1;
    bool _isAtEnd = true;

    /// <summary>Begins anew where anything was decided about a message since the last time.</summary>
    public void Look()
    {
        var last = lane.Reader.ReadLastResolution();
        if (last != _seen)
            (_seen, _after, _isAtEnd) = (last, 0, false);
    }

    /// <summary>Adds the next ones, as long as few wait.</summary>
    public void ReadOn()
    {
        while (!_isAtEnd && _known.Count <= Few)
        {
            var found = lane.Reader.ReadPutBack(lane.Lane, _after, LaneSourceContext.Stretch);
            _isAtEnd = found.Count < LaneSourceContext.Stretch;
            foreach (var (batch, message, mayBeSentSince, isMoved) in found)
            {
                _after = message.Seq;
                if (!_known.Add(message.Seq))
                    continue;

                _everRead.Add(message.Seq);
                lane.Progress.Read(batch, 1);
                lane.Retries.BeginAgain(message.Seq, mayBeSentSince);
                waiting.Add(batch, message, alone: !isMoved);
            }
        }
    }

    /// <summary>Whether a message came, or comes, by this way. Under an intent it has no row any more and looks as if
    /// it had never been sent: whoever reads the lane's messages in order leaves it out.</summary>
    public bool Has(long seq) => _everRead.Count > 0 && _everRead.Contains(seq);

    /// <summary>Takes note that a message is under an intent, or settled.</summary>
    public void Forget(long seq)
    {
        if (_known.Count > 0)
            _known.Remove(seq);
    }

    public void Clear()
    {
        _known.Clear();
        _isAtEnd = true;
    }
}
