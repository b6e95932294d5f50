namespace SmsCampaign.Messages;

/// <summary>The digits of a written number, and the few things around them that matter.</summary>
/// <param name="Value">The digits as one number; meaningless beyond 18 of them.</param>
/// <param name="Count">How many digits, leading zeros included.</param>
/// <param name="Plus">Whether a plus stands in front of them.</param>
/// <param name="Decimals">How many digits follow the last point or comma, where that could be a
/// decimal sign, or 0.</param>
/// <param name="Blank">Whether there is nothing but space and quotation marks.</param>
readonly record struct WrittenDigits(long Value, int Count, bool Plus, int Decimals, bool Blank)
{
    /// <summary>
    /// Whether this is a spreadsheet's decimal number, such as 912345678.0. Its whole part has at least the nine digits
    /// of a mobile number and no leading zero, and one or two zeros follow.
    /// </summary>
    public bool IsDecimal =>
        Decimals is 1 or 2
        && !Plus
        && Count - Decimals is >= 9 and <= 16
        && Value % PowersOf10.Of(Decimals) == 0
        && PowersOf10.LeadingZeros(Value, Count) == 0;

    public (long Value, int Count) WithoutDecimals => (Value / PowersOf10.Of(Decimals), Count - Decimals);

    /// <returns>False where there is anything but digits, a plus in front, and signs people
    /// put around digits.</returns>
    public static bool TryScan(ReadOnlySpan<char> written, out WrittenDigits scanned)
    {
        long value = 0;
        var count = 0;
        var plus = false;
        var blank = true;
        var dots = 0;
        var commas = 0;
        var decimals = -1; // counted from the last point or comma on

        foreach (var sign in written)
        {
            if (char.IsAsciiDigit(sign))
            {
                value = unchecked(value * 10 + (sign - '0'));
                count++;
                if (decimals >= 0)
                    decimals++;

                continue;
            }

            switch (sign)
            {
                case ' ' or '\'' or '"' or '\u00A0' or '\t' or '\r' or '\n':
                case '\u2009' or '\u202F' or '\u3000': // thin, narrow and full-width space
                case '\u2018' or '\u2019' or '\u201C' or '\u201D' or '`': // quotation marks
                case '\u200B' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u202A' and <= '\u202E')
                    or (>= '\u2066' and <= '\u2069'):
                    // The last line: invisible marks that address books copy around a number.
                    break;

                case '-' or '(' or ')' or (>= '\u2010' and <= '\u2014') or '\u2212': // dashes of all lengths, minus
                    blank = false;
                    break;

                case '.':
                    blank = false;
                    decimals = ++dots == 1 ? 0 : -1;
                    break;

                case ',':
                    blank = false;
                    decimals = ++commas == 1 ? 0 : -1;
                    break;

                case '+' when count == 0 && !plus:
                    plus = true;
                    blank = false;
                    break;

                default:
                    scanned = default;
                    return false;
            }
        }

        scanned = new WrittenDigits(value, count, plus, Math.Max(decimals, 0), blank);
        return true;
    }
}
