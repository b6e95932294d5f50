using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Messages that wait for a time of their own: put off, or put back to planned. What may have been sent goes first: a
/// gateway that drops repeats does not know them for ever. Guarded by its <see cref="LaneQueue"/>'s lock.
/// </summary>
sealed class WaitingMessages(LaneSourceContext lane) : ILaneSource
{
    readonly PriorityQueue<Waiting, (long Due, long Seq)> _maybeSent = new();
    readonly PriorityQueue<Waiting, (long Due, long Seq)> _notSent = new();

    public int Count => _maybeSent.Count + _notSent.Count;

    /// <summary>When the first is due, microseconds; <see cref="long.MaxValue"/> where none waits.</summary>
    public long NextDue => Math.Min(DueOf(_maybeSent), DueOf(_notSent));

    /// <param name="alone">Whether it goes in a call of its own.</param>
    public void Add(PlannedBatch batch, PlannedMessage message, bool alone) =>
        (lane.Retries.MayBeSent(message.Seq) ? _maybeSent : _notSent)
            .Enqueue(new Waiting(batch, message, alone), (lane.Retries.DueAt(message.Seq), message.Seq));

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
            && lane.Retries.EndOf(next.Message.Seq, now) is null;
    }

    /// <summary>Takes out those that may have been sent and were settled meanwhile, by a receipt, a person or an
    /// inquiry: nobody need wait for them.</summary>
    public IReadOnlyList<(PlannedBatch Batch, long Seq)> TakeSettled()
    {
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
    }

    /// <summary>The queue whose first is due. What it is too late for is taken out on the way.</summary>
    PriorityQueue<Waiting, (long Due, long Seq)>? FindDue(long now) =>
        IsDue(_maybeSent, now) ? _maybeSent : IsDue(_notSent, now) ? _notSent : null;

    bool IsDue(PriorityQueue<Waiting, (long Due, long Seq)> queue, long now)
    {
        while (queue.TryPeek(out var next, out var first) && first.Due <= now)
        {
            if (!lane.HasEnded(next.Batch, next.Message, now))
                return true;
            queue.Dequeue();
        }

        return false;
    }

    static long DueOf(PriorityQueue<Waiting, (long Due, long Seq)> queue) =>
        queue.TryPeek(out _, out var first) ? first.Due : long.MaxValue;

    readonly record struct Waiting(PlannedBatch Batch, PlannedMessage Message, bool Alone);
}
