using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Receipts of single parts, gathered until they make one status of the message. Used on the writer's thread, inside
/// its transaction.
/// </summary>
sealed class PartRows(Db db) : IDisposable
{
    readonly Statement _read = db.Prepare("select part, parts, status from part_receipt where seq = ?");

    readonly Statement _write = db.Prepare("""
        insert into part_receipt (seq, part, parts, status) values (?, ?, ?, ?)
        on conflict (seq, part) do update set status = excluded.status, parts = excluded.parts
        """);

    readonly Statement _remove = db.Prepare("delete from part_receipt where seq = ?");

    /// <summary>Messages of each batch, in their order, and how many parts each has.</summary>
    readonly Lazy<(long First, long Last, int Parts)[]> _batches = new(() => ReadBatches(db));

    /// <summary>Takes in what a receipt says of a part.</summary>
    /// <param name="said">How many parts the gateway says there are; 0 where it does not say.</param>
    /// <returns>Where that leaves the message: failed with its first part that failed for good, else as far as the part
    /// that is least far; one that nobody spoke of was accepted with the others. Null where nothing new was said, with
    /// what was odd about it.</returns>
    public (MessageStatus? Message, ReceiptOddity? Odd) Take(long seq, int part, int said, MessageStatus status)
    {
        var parts = Math.Max(Math.Max(PlannedParts(seq), said), part);
        MessageStatus? before = null;
        var heard = 0;
        var least = MessageStatus.Delivered;
        var failed = false;

        _read.Bind(1, seq);
        while (_read.Step())
        {
            parts = Math.Max(parts, (int)_read.Number(1));
            var other = (MessageStatus)_read.Number(2);
            if (_read.Number(0) == part)
            {
                before = other;
                continue;
            }

            heard++;
            failed |= other == MessageStatus.Failed;
            least = other < least ? other : least;
        }

        _read.Reset();
        if (before is { } known && !known.MayBecome(status))
        {
            return (null, known == status ? ReceiptOddity.Repeated
                : known.IsFinal() && status.IsFinal() ? ReceiptOddity.Contradicting
                : ReceiptOddity.Outdated);
        }

        _write.Bind(1, seq).Bind(2, part).Bind(3, parts).Bind(4, (long)status).Run();
        if (failed || status == MessageStatus.Failed)
            return (MessageStatus.Failed, null);

        least = status < least ? status : least;
        return (heard + 1 < parts && least > MessageStatus.Accepted ? MessageStatus.Accepted : least, null);
    }

    /// <summary>Whether anything was heard of a part of the message.</summary>
    public bool Any(long seq)
    {
        var any = _read.Bind(1, seq).Step();
        _read.Reset();
        return any;
    }

    /// <summary>Forgets the parts: the message as a whole has been delivered.</summary>
    public void Remove(long seq) => _remove.Bind(1, seq).Run();

    /// <summary>Parts of a message as it was planned.</summary>
    public int PlannedParts(long seq)
    {
        var batches = _batches.Value;
        var (low, high) = (0, batches.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (seq > batches[middle].Last)
                low = middle + 1;
            else if (seq < batches[middle].First)
                high = middle - 1;
            else
                return batches[middle].Parts;
        }

        return 1;
    }

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
        _remove.Dispose();
    }

    static (long, long, int)[] ReadBatches(Db db)
    {
        var batches = new List<(long, long, int)>();
        using var statement = db.Prepare("select first_seq, last_seq, parts from batch order by first_seq");
        while (statement.Step())
            batches.Add((statement.Number(0), statement.Number(1), (int)statement.Number(2)));
        return [.. batches];
    }
}
