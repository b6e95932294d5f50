using SmsCampaign.Audience;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// Rows on their way from the thread that reads to the one that writes.
/// </summary>
sealed class RowChunk
{
    /// <summary>Most messages: half a megabyte.</summary>
    public const int Most = 16_384;

    readonly MessageRow[] _rows = new MessageRow[Most];
    readonly byte[] _carriers = new byte[Most];
    readonly int[] _counts = new int[MessageSeq.MostCarriers + 1];

    public int Messages { get; private set; }

    public List<ExclusionRow> Exclusions { get; } = [];

    public ref readonly MessageRow this[int at] => ref _rows[at];

    public void Add(int carrier, in MessageRow row)
    {
        _rows[Messages] = row;
        _carriers[Messages++] = (byte)carrier;
        _counts[carrier]++;
    }

    /// <summary>Where the rows of each carrier are, carrier by carrier, each in the order added: the
    /// table's own order.</summary>
    public IEnumerable<(int Carrier, int At)> ByCarrier()
    {
        for (var carrier = 1; carrier < _counts.Length; carrier++)
        {
            var left = _counts[carrier];
            for (var at = 0; left > 0; at++)
            {
                if (_carriers[at] != carrier)
                    continue;

                left--;
                yield return (carrier, at);
            }
        }
    }

    public void Clear()
    {
        Messages = 0;
        Array.Clear(_counts);
        Exclusions.Clear();
    }
}
