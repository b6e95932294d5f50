using System.Text;

namespace SmsCampaign.Tests.Fuzz;

/// <summary>
/// Breaks valid input, a little or a lot, as disks, people and attackers do. The same seed and
/// case break it the same way.
/// </summary>
/// <param name="corpus">Valid inputs.</param>
/// <param name="tokens">What means something in the format: put in, in wrong places.</param>
sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus, IReadOnlyList<string> tokens)
{
    /// <summary>Breaks of one input.</summary>
    const int Most = 8;

    /// <summary>Bytes beyond which an input is cut: a longer one finds nothing more.</summary>
    const int Longest = 64 * 1024;

    static readonly byte[][] Odd =
    [
        [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x0D],
        [0x0A], [0x1A], [0x80], "\u200B"u8.ToArray(), "\u202E"u8.ToArray(), "\uFFFD"u8.ToArray(), "é"u8.ToArray(),
        "Đ"u8.ToArray(), "😀"u8.ToArray(), "99999999999999999999"u8.ToArray(), "-1"u8.ToArray(), "1e309"u8.ToArray(),
        "NaN"u8.ToArray(), "9.12E+08"u8.ToArray(), "'"u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), ","u8.ToArray(),
        ";"u8.ToArray(), "\t"u8.ToArray(), "&"u8.ToArray(), "%00"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(),
        "["u8.ToArray(), "]"u8.ToArray(), "<"u8.ToArray(), "null"u8.ToArray(),
    ];

    /// <summary>The input of a case.</summary>
    public byte[] Make(int number)
    {
        var random = RandomOf(seed, number);
        var bytes = new List<byte>(corpus[random.Next(corpus.Count)]);

        for (var breaks = 1 + random.Next(Most); breaks > 0; breaks--)
            Break(bytes, random);

        return bytes.Count <= Longest ? [.. bytes] : [.. bytes[..Longest]];
    }

    /// <summary>The chance of one case, the same in every process.</summary>
    /// <param name="use">Told apart where a case needs more than one.</param>
    public static Random RandomOf(int seed, int number, int use = 0) =>
        new(unchecked((seed * 16_777_619 ^ number) * 31 + use));

    void Break(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 + random.Next(1 << random.Next(10)));
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Odd[random.Next(Odd.Length)]);
                break;
            case 5:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Count)]));
                break;
            case 6:
                // The same again and again: depth and length.
                var piece = Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Count)]);
                bytes.InsertRange(at, Enumerable.Repeat(piece, 1 + random.Next(200)).SelectMany(each => each));
                break;
            case 7:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var other = corpus[random.Next(corpus.Count)];
                var from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other[from..]);
                break;
        }
    }
}
