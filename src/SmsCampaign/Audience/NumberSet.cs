using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// An exact set of Vietnamese mobile numbers in a memory that does not depend on how many there are: one bit a number.
/// </summary>
/// <remarks>
/// The first four national digits choose a bitmap of 10^5 bits (12.5 kB), made when first needed: a short list costs
/// little. Mobile ranges begin with 3, 5, 7, 8 and 9, so at most 5,000 of them, 62.5 MB, are ever there.
/// </remarks>
public sealed class NumberSet
{
    /// <summary>Numbers that share four national digits: five more digits follow.</summary>
    const int BlockNumbers = 100_000;

    /// <summary>MSISDN of country code 84 with nine zeros.</summary>
    const long First = 84_000_000_000;

    readonly ulong[]?[] _blocks = new ulong[]?[10_000];
    HashSet<long>? _erased;
    NumberKey? _key;
    int _salts;

    public long Count { get; private set; }

    /// <summary>Adds numbers that were erased, by their hashes: whether a number is one of them is told by the
    /// key.</summary>
    /// <param name="salt">The largest that they were hashed with.</param>
    public void AddErased(IEnumerable<long> hashes, NumberKey key, int salt)
    {
        _erased ??= [];
        foreach (var hash in hashes)
            Count += _erased.Add(hash) ? 1 : 0;
        (_key, _salts) = (key, Math.Max(_salts, salt));
    }

    /// <param name="msisdn">84000000000 to 84999999999.</param>
    /// <returns>False where it is in the set already.</returns>
    public bool Add(long msisdn)
    {
        var (block, at) = Locate(msisdn);
        var bits = _blocks[block] ??= new ulong[(BlockNumbers + 63) / 64];
        var bit = 1UL << (at & 63);
        ref var word = ref bits[at >> 6];

        if ((word & bit) != 0)
            return false;

        word |= bit;
        Count++;
        return true;
    }

    public bool Contains(long msisdn)
    {
        var (block, at) = Locate(msisdn);
        return (_blocks[block] is { } bits && (bits[at >> 6] & (1UL << (at & 63))) != 0)
            || (_erased is { Count: > 0 } && IsErased(msisdn));
    }

    bool IsErased(long msisdn)
    {
        for (var salt = 0; salt <= _salts; salt++)
        {
            if (_erased!.Contains(_key!.Hash(msisdn, salt)))
                return true;
        }

        return false;
    }

    static (int Block, int At) Locate(long msisdn)
    {
        var national = msisdn - First;
        ArgumentOutOfRangeException.ThrowIfNegative(national);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(national, 999_999_999);

        return ((int)(national / BlockNumbers), (int)(national % BlockNumbers));
    }
}
