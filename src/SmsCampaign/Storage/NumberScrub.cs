using System.Text;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage;

/// <summary>Finds numbers in texts of others, as gateways write them, and puts hashes in their place.</summary>
/// <remarks>A number is a run of digits as long as one: 84 and nine more, 0 and nine more, or nine. Behind a
/// percent sign two more digits may be a character of a URL.</remarks>
static class NumberScrub
{
    const long First = 84_000_000_000;
    const int National = 9;

    /// <param name="text">ASCII digits in whatever encoding has them as one byte each. Changed in place.</param>
    /// <param name="are">Whether it is to be erased.</param>
    /// <returns>How many were.</returns>
    public static int In(Span<byte> text, NumberKey key, Func<long, bool> are)
    {
        var found = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit((char)text[at]))
                continue;

            var from = at;
            while (at < text.Length && char.IsAsciiDigit((char)text[at]))
                at++;

            // As in %2B84…, %2084…: the escape ends within the run, or before it.
            if (from > 0 && text[from - 1] == '%' && at - from > National + 2)
                from += 2;
            if (ReadNumber(text[from..at]) is not { } number || !are(number))
                continue;

            Encoding.ASCII.GetBytes(key.Token(number, at - from), text[from..at]);
            found++;
        }

        return found;
    }

    /// <param name="with">What stands in the place of its digits.</param>
    public static string In(string text, Func<long, bool> are, Func<long, string, string> with)
    {
        var (written, scrubbed) = (0, new StringBuilder());
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                continue;

            var from = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;

            var digits = text[from..at];
            if (ReadNumber(Encoding.ASCII.GetBytes(digits)) is { } number && are(number))
            {
                scrubbed.Append(text, written, from - written).Append(with(number, digits));
                written = at;
            }
        }

        return scrubbed.Append(text, written, text.Length - written).ToString();
    }

    static long? ReadNumber(ReadOnlySpan<byte> digits)
    {
        var national = digits.Length switch
        {
            National + 2 when digits is [(byte)'8', (byte)'4', ..] => digits[2..],
            National + 1 when digits[0] == '0' => digits[1..],
            National => digits,
            _ => default,
        };
        if (national.IsEmpty)
            return null;

        var number = First;
        var place = 100_000_000L;
        foreach (var digit in national)
        {
            number += (digit - '0') * place;
            place /= 10;
        }

        return number;
    }
}
