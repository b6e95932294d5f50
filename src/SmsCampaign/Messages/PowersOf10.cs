namespace SmsCampaign.Messages;

/// <summary>Arithmetic on a number's digits without making a string of it.</summary>
static class PowersOf10
{
    static ReadOnlySpan<long> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <param name="exponent">0 to 18.</param>
    public static long Of(int exponent) => Powers[exponent];

    /// <summary>How many zeros lead where <paramref name="value"/> was written with
    /// <paramref name="count"/> digits.</summary>
    public static int LeadingZeros(long value, int count)
    {
        var zeros = 0;
        while (zeros < count && value < Powers[count - zeros - 1])
            zeros++;

        return zeros;
    }
}
