using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SmsCampaign.Messages;

/// <summary>
/// Rule 9: numbers masked, and also those that slipped into a gateway's code or another cell.
/// </summary>
public static partial class NumberMask
{
    /// <summary>Digits of a subscriber's number without its country code: a run this long may be one.</summary>
    const int FewestDigits = 9;

    /// <summary>UTF-16 units between two digits of one number, as in "0912 – 345" with a mark
    /// that is not seen.</summary>
    const int MostBetween = 4;

    /// <summary>Digits of a piece of a number, where commas part them.</summary>
    const int FewestTogether = 3;

    /// <summary>UTF-16 units between two pieces of one number that something parts, as in "0912 --- 345".</summary>
    const int MostApart = 8;

    /// <summary>Length of 84912***678.</summary>
    public const int MaskedLength = 11;

    /// <summary>Writes a number as <see cref="PhoneNumber.Masked"/> does, without making a string.</summary>
    /// <param name="number">Or the hash of one that was erased, which is written as one
    /// (<see cref="ErasedNumber.Show"/>).</param>
    /// <param name="into">Space for 20 bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(long number, Span<byte> into)
    {
        if (ErasedNumber.Is(number))
            return Encoding.ASCII.GetBytes(ErasedNumber.Show(number), into);

        Utf8Formatter.TryFormat(number, into, out var length);
        if (length != MaskedLength)
            return Encoding.UTF8.GetBytes(new PhoneNumber(number).Masked, into);

        into.Slice(5, 3).Fill((byte)'*');
        return MaskedLength;
    }

    /// <summary>
    /// The text with every run of nine or more digits masked, of whatever script, the signs and spaces that people put
    /// between digits included, and so every number that a colon or the like parts into shorter ones, also where it
    /// begins or ends as a time does. What is all dates and times stays.
    /// </summary>
    public static string In(string text)
    {
        if (!MayHoldNumber(text))
            return text;

        var masked = new StringBuilder(text.Length);
        var written = 0;
        foreach (var run in NumbersIn(text, [.. RunsOf(text)]))
        {
            if (DigitScan.AreDates(text, run))
                continue;

            masked.Append(text, written, run[0].At - written).Append(PhoneNumber.Mask(text[run[0].At..run[^1].End]));
            written = run[^1].End;
        }

        return masked.Append(text, written, text.Length - written).ToString();
    }

    /// <inheritdoc cref="In(string)"/>
    public static Wording In(Wording words) => new(In(words.Vi), In(words.En));

    /// <inheritdoc cref="In(string)"/>
    public static ReadOnlySpan<byte> In(ReadOnlySpan<byte> text)
    {
        if (text.Length < FewestDigits)
            return text;

        // Digits of other scripts are beyond ASCII. Most codes of gateways are short and have few digits.
        if (Ascii.IsValid(text) && CountAsciiDigits(text) < FewestDigits)
            return text;

        var read = Encoding.UTF8.GetString(text);
        return MayHoldNumber(read) ? Encoding.UTF8.GetBytes(In(read)) : text;
    }

    static int CountAsciiDigits(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        foreach (var letter in text)
            digits += letter is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        return digits;
    }

    static bool MayHoldNumber(string text) => text.Length >= FewestDigits && DigitScan.Count(text) >= FewestDigits;

    /// <summary>Runs long enough to be a number, and of shorter ones that stand close what is one together,
    /// as 0912:345:678.</summary>
    static IEnumerable<List<DigitScan.Digit>> NumbersIn(string text, List<List<DigitScan.Digit>> runs)
    {
        for (var first = 0; first < runs.Count; first++)
        {
            if (runs[first].Count >= FewestDigits)
            {
                yield return runs[first];
                continue;
            }

            if (IsDate(text[runs[first][0].At..runs[first][^1].End]))
                continue; // whatever comes behind its colon

            var number = new List<DigitScan.Digit>(runs[first]);
            for (var last = first + 1; last < runs.Count
                && runs[last].Count < FewestDigits
                && AreOne(text, number, runs[last]); last++)
            {
                number.AddRange(runs[last]);
                if (!DigitScan.AreMobile(text, number))
                    continue;

                yield return number;
                first = last;
                break;
            }
        }
    }

    /// <summary>Whether what is parted may be of one number: by a few signs, no letters, and by a comma or semicolon
    /// only where no list of small numbers is meant. No number begins or ends with a whole date or time, or with an
    /// address before its port.</summary>
    static bool AreOne(string text, List<DigitScan.Digit> before, List<DigitScan.Digit> after)
    {
        var between = text.AsSpan(before[^1].End, after[0].At - before[^1].End);
        if (between.Length > MostApart || between.Contains("***", StringComparison.Ordinal))
            return false;

        foreach (var rune in between.EnumerateRunes())
        {
            if (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control)
                return false;
        }

        return (between.IndexOfAny(',', ';') < 0 || (before.Count >= FewestTogether && after.Count >= FewestTogether))
            && !DigitScan.AreDates(text, before)
            && !DigitScan.AreDates(text, after)
            && !DigitScan.AreAddress(text, before);
    }

    static bool IsDate(string text) => DigitScan.AreDates(text, DigitScan.Find(text));

    /// <summary>Digits that belong together, in their order.</summary>
    static IEnumerable<List<DigitScan.Digit>> RunsOf(string text)
    {
        var run = new List<DigitScan.Digit>();
        foreach (var digit in DigitScan.Find(text))
        {
            if (run.Count > 0 && !Joins(text.AsSpan(run[^1].End, digit.At - run[^1].End)))
            {
                yield return run;
                run = [];
            }

            run.Add(digit);
        }

        if (run.Count > 0)
            yield return run;
    }

    /// <summary>Whether what stands between two digits leaves them one number: nothing, or a few signs and
    /// spaces. A colon parts, as between an address and its port, and so does a comma or semicolon with a
    /// space, as between two numbers.</summary>
    static bool Joins(ReadOnlySpan<char> between)
    {
        if (between.Length > MostBetween || between.Contains("***", StringComparison.Ordinal)) // two masked ones
            return false;

        foreach (var rune in between.EnumerateRunes())
        {
            if (rune.Value is ':' || (rune.Value is ',' or ';' && between.Length > 1) || Rune.IsLetter(rune))
                return false;
        }

        return true;
    }
}
