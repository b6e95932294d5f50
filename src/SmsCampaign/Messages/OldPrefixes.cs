namespace SmsCampaign.Messages;

/// <summary>
/// The mobile numbers of 11 digits that became 10 on 15/9/2018: a new prefix, the last seven digits unchanged.
/// </summary>
static class OldPrefixes
{
    // Old prefix to today's, both without the zero. The conversion of 15/9/2018 as published at kynguyenso.plo.vn
    // (post 773007) and fptcorp.com.vn.
    static readonly Dictionary<long, long> Today = new()
    {
        // Viettel
        [162] = 32,
        [163] = 33,
        [164] = 34,
        [165] = 35,
        [166] = 36,
        [167] = 37,
        [168] = 38,
        [169] = 39,

        // MobiFone
        [120] = 70,
        [121] = 79,
        [122] = 77,
        [126] = 76,
        [128] = 78,

        // VinaPhone
        [123] = 83,
        [124] = 84,
        [125] = 85,
        [127] = 81,
        [129] = 82,

        // Vietnamobile
        [186] = 56,
        [188] = 58,

        // Gmobile
        [199] = 59,
    };

    /// <param name="national">Ten digits, without the zero, such as 1681234567.</param>
    /// <param name="today">The nine national digits of today, such as 381234567.</param>
    /// <returns>False where no mobile carrier held the old prefix.</returns>
    public static bool TryMap(long national, out long today)
    {
        var mapped = Today.TryGetValue(national / 10_000_000, out var prefix);
        today = prefix * 10_000_000 + national % 10_000_000;
        return mapped;
    }
}
