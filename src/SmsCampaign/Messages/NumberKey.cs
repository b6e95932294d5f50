using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace SmsCampaign.Messages;

/// <summary>
/// Makes of a number what is kept in its place once it is erased, or of one that a carrier lists: a hash that only
/// whoever has the key can make again, as there are but 10^9 numbers to try.
/// </summary>
/// <param name="bytes">The key. Kept out of every ledger.</param>
/// <param name="id">Tells keys apart; says nothing of the key.</param>
public sealed class NumberKey(byte[] bytes, string id)
{
    /// <summary>Longest that is hashed: the words before it, a salt, a number.</summary>
    const int MostBytes = 64;

    public string Id => id;

    /// <summary>HMAC-SHA256, cut to 63 bits: the lowest <see cref="long"/> to -1. Never what a number is, which is
    /// above 0: the sign tells them apart.</summary>
    /// <param name="salt">0; more where two numbers of one ledger would have the same hash.</param>
    public long Hash(long number, int salt = 0)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"sms-campaign number\n{salt}\n{number}", out var length);
        return Cut(text[..length]);
    }

    /// <summary>Of a number in a carrier's list: HMAC-SHA256 of its digits, the first 12 bytes. Of 100 million numbers
    /// two have the same by a chance of 1 in 10^13.</summary>
    /// <param name="msisdn">84300000000 to 84999999999.</param>
    public UInt128 HashListed(long msisdn)
    {
        Span<byte> digits = stackalloc byte[MostBytes];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        msisdn.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        HMACSHA256.HashData(bytes, digits[..length], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash) >> 32;
    }

    /// <summary>The same of one of the hashes of an audience's sample.</summary>
    public long Blind(ulong hash)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"sms-campaign sample\n{hash}", out var length);
        return Cut(text[..length]);
    }

    /// <summary>What stands in a text in the place of a number: as long as that was, so that the text stays as long,
    /// with the first digits of its hash.</summary>
    /// <param name="length">Characters: 2 to 17.</param>
    public string Token(long number, int length) => ErasedNumber.Show(Hash(number))[..length];

    /// <summary>Of a key's text: 16 hexadecimal digits.</summary>
    public static string IdOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("sms-campaign number key\n" + text)))[..16];

    long Cut(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(bytes, text, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash) | long.MinValue;
    }
}

/// <summary>A number that was erased: what is kept in its place (<see cref="NumberKey.Hash"/>).</summary>
public static class ErasedNumber
{
    /// <summary>Whether what stands in a number's place is the hash of one.</summary>
    public static bool Is(long kept) => kept < 0;

    /// <summary>Characters of <see cref="Show"/>.</summary>
    public const int ShownLength = 17;

    /// <summary>As "#9f86d081884c7d65": nothing that could be taken for a number, masked or not.</summary>
    public static string Show(long hash) => string.Create(CultureInfo.InvariantCulture, $"#{hash:x16}");
}
