using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmsCampaign.Orders;

/// <summary>
/// What is kept of one number that a carrier reports: 16 bytes, so that those of a province lie in memory and sort by
/// number.
/// </summary>
/// <param name="Bits">From above: 96 bits of the number or its hash, 16 of its area, 8 of the claim, 8 of what is known
/// of it here.</param>
readonly record struct NumberRecord(UInt128 Bits)
{
    public const int Length = 16;

    /// <summary>Areas that can be told apart.</summary>
    public const int MostAreas = 1 << 16;

    /// <param name="number">Below 2^96.</param>
    public static NumberRecord Of(UInt128 number, int area, NumberClaim claim, NumberMarks marks) =>
        new(number << 32 | (uint)(area << 16 | (int)claim << 8 | (int)marks));

    public UInt128 Number => Bits >> 32;

    public int Area => (int)(Bits >> 16) & 0xFFFF;

    public NumberClaim Claim => (NumberClaim)((int)(Bits >> 8) & 0xFF);

    public NumberMarks Marks => (NumberMarks)((int)Bits & 0xFF);
}

/// <summary>What is known here of a number that a carrier reports. Stored.</summary>
[Flags]
enum NumberMarks
{
    None = 0,

    /// <summary>It stands on a suppression list.</summary>
    Suppressed = 1,

    /// <summary>The department has texted it as well.</summary>
    AlsoOurs = 2,

    /// <summary>It is another carrier's.</summary>
    OtherCarrier = 4,
}

/// <summary>Takes records in any order and gives them in order of their numbers: sorted a chunk at a time, and then
/// merged. Memory is 16 bytes a record.</summary>
sealed class NumberRecords
{
    /// <summary>Records a chunk: 16 MB.</summary>
    const int ChunkLength = 1 << 20;

    readonly List<(UInt128[] Records, int Count)> _chunks = [];
    UInt128[] _open = [];
    int _count;

    public long Count { get; private set; }

    public void Add(NumberRecord record)
    {
        if (_count == _open.Length)
        {
            Close();
            _open = new UInt128[ChunkLength];
        }

        _open[_count++] = record.Bits;
        Count++;
    }

    /// <summary>All of them, by number; of one number by area and claim.</summary>
    public IEnumerable<NumberRecord> Sorted()
    {
        Close();
        var heads = new PriorityQueue<(int Chunk, int At), UInt128>(_chunks.Count);
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
            heads.Enqueue((chunk, 0), _chunks[chunk].Records[0]);

        while (heads.TryPeek(out var head, out var bits))
        {
            yield return new NumberRecord(bits);
            var (records, count) = _chunks[head.Chunk];
            if (head.At + 1 < count)
                heads.DequeueEnqueue((head.Chunk, head.At + 1), records[head.At + 1]);
            else
                heads.Dequeue();
        }
    }

    void Close()
    {
        if (_count > 0)
        {
            Array.Sort(_open, 0, _count);
            _chunks.Add((_open, _count));
        }

        (_open, _count) = ([], 0);
    }
}

/// <summary>Records as they are kept: one behind the other in order of their numbers, in parts that a row of a table
/// holds well.</summary>
static class NumberParts
{
    /// <summary>Bytes a part: 4 MiB.</summary>
    const int PartLength = 4 << 20;

    public static IReadOnlyList<byte[]> Write(IEnumerable<NumberRecord> records)
    {
        var parts = new List<byte[]>();
        var part = new byte[PartLength];
        var length = 0;
        foreach (var record in records)
        {
            BinaryPrimitives.WriteUInt128BigEndian(part.AsSpan(length), record.Bits);
            length += NumberRecord.Length;
            if (length == PartLength)
            {
                parts.Add(part);
                (part, length) = (new byte[PartLength], 0);
            }
        }

        if (length > 0)
            parts.Add(part[..length]);
        return parts;
    }

    public static IEnumerable<NumberRecord> Read(IEnumerable<byte[]> parts)
    {
        foreach (var part in parts)
        {
            for (var at = 0; at + NumberRecord.Length <= part.Length; at += NumberRecord.Length)
                yield return new NumberRecord(BinaryPrimitives.ReadUInt128BigEndian(part.AsSpan(at)));
        }
    }

    /// <returns>SHA-256 of all, 64 lower-case hexadecimal digits.</returns>
    public static string HashOf(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>How many numbers stand in both, that were texted by both as each says.</summary>
    /// <param name="one">By number, each once; so is the other.</param>
    public static long CountShared(IEnumerable<NumberRecord> one, IEnumerable<NumberRecord> other) =>
        Pair(one, other).LongCount(pair =>
            pair is { One: { } here, Other: { } there } && here.Claim.IsTexted() && there.Claim.IsTexted());

    /// <summary>What stands in either, in order and each once: texted where one of them says so.</summary>
    public static IEnumerable<NumberRecord> Union(IEnumerable<NumberRecord> one, IEnumerable<NumberRecord> other) =>
        Pair(one, other).Select(pair =>
            pair is { One: { } here, Other: { } there } ? here.Claim.IsTexted() ? here : there
            : pair.One ?? pair.Other!.Value);

    /// <summary>How one differs from the one before.</summary>
    public static NumberChanges Compare(IEnumerable<NumberRecord> before, IEnumerable<NumberRecord> now)
    {
        var (added, removed, changed) = (0L, 0L, 0L);
        foreach (var (old, fresh) in Pair(before, now))
        {
            added += old is null ? 1 : 0;
            removed += fresh is null ? 1 : 0;
            changed += old is { } one && fresh is { } other && one.Claim != other.Claim ? 1 : 0;
        }

        return new NumberChanges(added, removed, changed);
    }

    public static bool IsTexted(this NumberClaim claim) =>
        claim is NumberClaim.Succeeded or NumberClaim.Failed or NumberClaim.Unknown;

    static IEnumerable<(NumberRecord? One, NumberRecord? Other)> Pair(
        IEnumerable<NumberRecord> one, IEnumerable<NumberRecord> other)
    {
        using var left = one.GetEnumerator();
        using var right = other.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : left.Current.Number.CompareTo(right.Current.Number);
            yield return (order <= 0 ? left.Current : null, order >= 0 ? right.Current : null);
            hasLeft = order <= 0 ? left.MoveNext() : hasLeft;
            hasRight = order >= 0 ? right.MoveNext() : hasRight;
        }
    }
}

/// <summary>How a corrected list differs from the one it corrects: numbers.</summary>
public sealed record NumberChanges(long Added, long Removed, long Changed);
