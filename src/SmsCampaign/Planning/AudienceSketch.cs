using System.Buffers.Binary;
using System.Numerics;
using SmsCampaign.Messages;

namespace SmsCampaign.Planning;

/// <summary>
/// A sample of the numbers that get a text, small enough to be kept for good: those with the smallest keyed hashes. Two
/// samples of one key tell how many numbers two audiences share, whatever their sizes.
/// </summary>
/// <remarks>The hash only mixes: what protects the numbers is who may read ledger.db, as with the
/// ledgers themselves.</remarks>
public sealed class AudienceSketch
{
    /// <summary>Hashes kept: 64 kB. Half an audience is told from none by far; the estimate is
    /// some per cent off.</summary>
    public const int Most = 8_192;

    /// <summary>Fewer in the part that two samples have in common say too little.</summary>
    const int FewestTelling = 30;

    readonly ulong _key;
    readonly List<ulong> _hashes = [];
    ulong _below = ulong.MaxValue;

    /// <param name="key">Of the installation: samples of different keys cannot be compared.</param>
    public AudienceSketch(long key) => _key = (ulong)key;

    /// <summary>Numbers added.</summary>
    public long Total { get; private set; }

    /// <param name="number">Never the same twice.</param>
    public void Add(long number)
    {
        Total++;
        var hash = Mix((ulong)number ^ _key);
        if (hash >= _below)
            return;

        _hashes.Add(hash);
        if (_hashes.Count >= 2 * Most)
            Cut();
    }

    /// <summary>The sample, in ascending order, eight bytes each.</summary>
    public byte[] ToBytes()
    {
        Cut();
        var bytes = new byte[_hashes.Count * sizeof(ulong)];
        for (var at = 0; at < _hashes.Count; at++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at * sizeof(ulong)), _hashes[at]);
        return bytes;
    }

    /// <summary>The share of one audience that is in another too, 0 to 1.</summary>
    /// <returns>Null where the samples cannot tell: the other audience is some hundred times as large.</returns>
    public static double? ShareOf(ReadOnlySpan<byte> one, long oneTotal, ReadOnlySpan<byte> other, long otherTotal)
    {
        if (oneTotal == 0 || otherTotal == 0)
            return 0;

        // Below this both samples have everything their audiences have.
        var (a, b) = (Read(one), Read(other));
        var limit = Math.Min(LimitOf(a, oneTotal), LimitOf(b, otherTotal));
        var ours = a.TakeWhile(hash => hash <= limit).ToHashSet();
        if (ours.Count < Math.Min(FewestTelling, oneTotal))
            return null;

        return (double)b.TakeWhile(hash => hash <= limit).Count(ours.Contains) / ours.Count;
    }

    /// <summary>The same of another whose hashes were hashed once more, as its numbers were erased.</summary>
    /// <param name="upTo">Hash, before that, up to which it has its whole audience.</param>
    public static double? ShareOfBlind(
        ReadOnlySpan<byte> one, long oneTotal, ReadOnlySpan<byte> blind, ulong upTo, NumberKey key)
    {
        if (oneTotal == 0 || blind.IsEmpty)
            return 0;

        var (a, b) = (Read(one), Read(blind).ToHashSet());
        var limit = Math.Min(LimitOf(a, oneTotal), upTo);
        var ours = a.TakeWhile(hash => hash <= limit).ToList();
        if (ours.Count < Math.Min(FewestTelling, oneTotal))
            return null;

        return (double)ours.Count(hash => b.Contains((ulong)key.Blind(hash))) / ours.Count;
    }

    /// <summary>The largest hash up to which a sample holds its whole audience.</summary>
    static ulong LimitOf(ulong[] sample, long total) => sample.Length == total ? ulong.MaxValue : sample[^1];

    static ulong[] Read(ReadOnlySpan<byte> bytes)
    {
        var hashes = new ulong[bytes.Length / sizeof(ulong)];
        for (var at = 0; at < hashes.Length; at++)
            hashes[at] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at * sizeof(ulong))..]);
        return hashes;
    }

    void Cut()
    {
        _hashes.Sort();
        if (_hashes.Count <= Most)
            return;

        _hashes.RemoveRange(Most, _hashes.Count - Most);
        _below = _hashes[^1];
    }

    /// <summary>The finisher of SplitMix64.</summary>
    static ulong Mix(ulong value)
    {
        value = BitOperations.RotateLeft(value, 29) + 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
