using System.Security.Cryptography;

namespace SmsCampaign.Planning;

/// <summary>The code of a run, by which its rows, receipts and marks are told from another's.</summary>
static class RunCode
{
    /// <summary>Crockford's base 32 in lower case: digits and letters without i, l, o, u, which are misread.</summary>
    const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>40 bits: two runs of an installation do not share a code.</summary>
    const int Length = 8;

    /// <summary>A code by chance: 8 letters.</summary>
    public static string Draw() => RandomNumberGenerator.GetString(Letters, Length);
}
