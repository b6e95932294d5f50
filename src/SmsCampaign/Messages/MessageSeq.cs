namespace SmsCampaign.Messages;

/// <summary>
/// The key of a message in its run: carrier in the high bits, position in the carrier's sending order in the low 28.
/// </summary>
public static class MessageSeq
{
    const int PositionBits = 28;

    /// <summary>Most carriers of a run. Keeps a key within 32 bits.</summary>
    public const int MostCarriers = 15;

    /// <summary>Most messages of one carrier: 2^28 - 1, twice the country's subscribers.</summary>
    public const long MostPositions = (1L << PositionBits) - 1;

    /// <param name="carrier">1 to <see cref="MostCarriers"/>.</param>
    /// <param name="position">1 to <see cref="MostPositions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Beyond either: the key would be another carrier's.</exception>
    public static long Of(int carrier, long position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(carrier, MostCarriers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, MostPositions);
        return ((long)carrier << PositionBits) | position;
    }

    public static int CarrierOf(long seq) => (int)(seq >> PositionBits);

    /// <summary>The first and last key a message of the carrier can have.</summary>
    public static (long First, long Last) RangeOf(int carrier) => (Of(carrier, 0), Of(carrier, MostPositions));
}
