using System.Globalization;
using System.Security.Cryptography;

namespace SmsCampaign.Tests.WebConsole;

/// <summary>What an authenticator shows (RFC 6238).</summary>
static class SignInCode
{
    /// <summary>Of now: Identity holds it to the machine's clock.</summary>
    /// <param name="key">The authenticator's secret, in base 32.</param>
    /// <param name="steps">As one whose clock is off by so many steps of 30 s.</param>
    public static string Of(string key, int steps = 0)
    {
        // By which Identity tells whether it is right: not by the clock of the pages.
        var counter = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + steps);
        if (BitConverter.IsLittleEndian)
            Array.Reverse(counter);
#pragma warning disable CA5350 // HMAC-SHA1 is what RFC 6238 has
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var at = hash[^1] & 0xF;
        var number = ((hash[at] & 0x7F) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    static byte[] FromBase32(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var (bits, value, bytes) = (0, 0, new List<byte>());
        foreach (var letter in text.ToUpperInvariant().Where(alphabet.Contains))
        {
            value = (value << 5) | alphabet.IndexOf(letter);
            bits += 5;
            if (bits < 8)
                continue;
            bytes.Add((byte)(value >> (bits - 8)));
            bits -= 8;
            value &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
