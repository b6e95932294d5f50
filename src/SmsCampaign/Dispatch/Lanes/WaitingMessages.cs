using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Messages that wait for a time of their own: put off, or put back to planned. What may have been sent goes first: a
/// gateway that drops repeats does not know them for ever. Guarded by its <see cref="LaneQueue"/>'s lock.
/// </summary>
/// <param name="admits">Whether a message may be sent now, whatever its time.</param>
sealed class WaitingMessages(LaneSourceContext lane, Func<long, bool> admits) : ILaneSource
{
    readonly PriorityQueue<Waiting, (long Due, long Seq)> _maybeSent = new();
    readonly PriorityQueue<Waiting, (long Due, long Seq)> _notSent = new();

    /// <summary>Those that came due and are not admitted.</summary>
    readonly List<Waiting> _aside = [];

    public int Count => _maybeSent.Count + _notSent.Count + _aside.Count;

    /// <summary>When the first is due, microseconds; <see cref="long.MaxValue"/> where none waits for a
    /// time.</summary>
    public long NextDue => Math.Min(DueOf(_maybeSent), DueOf(_notSent));

    /// <param name="alone">Whether it goes in a call of its own.</param>
    public void Add(PlannedBatch batch, PlannedMessage message, bool alone) =>
        Add(new Waiting(batch, message, alone));

    /// <summary>Takes note that others may be admitted by now.</summary>
    public void LookAgain()
    {
        foreach (var waiting in _aside)
            Add(waiting);
        _aside.Clear();
    }

    public PlannedBatch? Peek(long now) => FindDue(now)?.Peek().Batch;

    public PlannedMessage[] Cut(int most, long now)
    {
        var queue = FindDue(now)!;
        var first = queue.Dequeue();
        var messages = new List<PlannedMessage> { first.Message };
        while (!first.Alone
            && messages.Count < most
            && queue.TryPeek(out var next, out var order)
            && IsNext(next, order.Due))
            messages.Add(queue.Dequeue().Message);

        return [.. messages];

        bool IsNext(Waiting next, long due) =>
            due <= now && !next.Alone && next.Batch.Id == first.Batch.Id && next.Message.Seq == messages[^1].Seq + 1
            && admits(next.Message.Seq)
            && lane.Retries.EndOf(next.Message.Seq, now) is null;
    }

    /// <summary>Takes out those that may have been sent and were settled meanwhile, by a receipt, a person or an
    /// inquiry: nobody need wait for them.</summary>
    public IReadOnlyList<(PlannedBatch Batch, long Seq)> TakeSettled()
    {
        LookAgain();
        if (_maybeSent.Count == 0)
            return [];

        var settled = _maybeSent.UnorderedItems.ToLookup(item => lane.Reader.IsSettled(item.Element.Message.Seq));
        if (!settled[true].Any())
            return [];

        var stay = settled[false].ToList();
        _maybeSent.Clear();
        _maybeSent.EnqueueRange(stay);
        return [.. settled[true].Select(item => (item.Element.Batch, item.Element.Message.Seq))];
    }

    public void Clear()
    {
        _maybeSent.Clear();
        _notSent.Clear();
        _aside.Clear();
    }

    void Add(Waiting waiting) => (lane.Retries.MayBeSent(waiting.Message.Seq) ? _maybeSent : _notSent)
        .Enqueue(waiting, (lane.Retries.DueAt(waiting.Message.Seq), waiting.Message.Seq));

    /// <summary>The queue whose first is due. What it is too late for is taken out on the way, what is not
    /// admitted laid aside.</summary>
    PriorityQueue<Waiting, (long Due, long Seq)>? FindDue(long now) =>
        IsDue(_maybeSent, now) ? _maybeSent : IsDue(_notSent, now) ? _notSent : null;

    bool IsDue(PriorityQueue<Waiting, (long Due, long Seq)> queue, long now)
    {
        while (queue.TryPeek(out var next, out var first) && first.Due <= now)
        {
            var hasEnded = lane.HasEnded(next.Batch, next.Message, now);
            if (!hasEnded && admits(next.Message.Seq))
                return true;

            queue.Dequeue();
            if (!hasEnded)
                _aside.Add(next);
        }

        return false;
    }

    static long DueOf(PriorityQueue<Waiting, (long Due, long Seq)> queue) =>
        queue.TryPeek(out _, out var first) ? first.Due : long.MaxValue;

    readonly record struct Waiting(PlannedBatch Batch, PlannedMessage Message, bool Alone);
}
