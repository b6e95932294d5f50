using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Messages;

/// <summary>
/// Finds digits in a text as people see them, whatever their script or form (full-width, superscript, circled), and
/// tells dates and times, which are no telephone numbers.
/// </summary>
static partial class DigitScan
{
    /// <summary>Digits of 84 and an old number.</summary>
    const int MostOfMobile = 12;

    /// <summary>UTF-16 units between a time and the rest of the number that it is of.</summary>
    const int MostBetween = 4;

    /// <param name="At">UTF-16 index.</param>
    /// <param name="Length">UTF-16 units: 1 or 2.</param>
    public readonly record struct Digit(int At, int Length)
    {
        public int End => At + Length;
    }

    /// <summary>How many digits there are.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
            count += IsDigit(rune) ? 1 : 0;
        return count;
    }

    public static List<Digit> Find(string text)
    {
        var digits = new List<Digit>();
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsDigit(rune))
                digits.Add(new Digit(at, rune.Utf16SequenceLength));
            at += rune.Utf16SequenceLength;
        }

        return digits;
    }

    public static bool IsDigit(Rune rune)
    {
        if (rune.IsAscii)
            return rune.Value is >= '0' and <= '9';

        // ² and ⑤ are "other numbers", of which ½ and ㊿ are no digits.
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.DecimalDigitNumber => true,
            UnicodeCategory.OtherNumber => Rune.GetNumericValue(rune) is 0 or 1 or 2 or 3 or 4 or 5 or 6 or 7 or 8 or 9,
            _ => false,
        };
    }

    /// <summary>Whether every one of these digits stands in a date or a time, as 16/07/2023 08:30: nothing is left of
    /// which a telephone number could be made.</summary>
    public static bool AreDates(string text, IReadOnlyCollection<Digit> digits)
    {
        var tokens = TokensOf(text);
        return tokens.Count > 0 && digits.All(digit => tokens.Exists(token => Holds(token, digit)));
    }

    /// <summary>Whether the digits are exactly those of a mobile number, also of the old ones with eleven.</summary>
    public static bool AreMobile(string text, IReadOnlyCollection<Digit> digits)
    {
        if (digits.Count is < 10 or > MostOfMobile)
            return false;

        var written = digits.Select(digit => (int)Rune.GetNumericValue(Rune.GetRuneAt(text, digit.At)));
        return Mobile().IsMatch(string.Concat(written));
    }

    /// <summary>Whether these digits are an address of a machine that its port follows, as 127.0.0.1:8090.</summary>
    public static bool AreAddress(string text, IReadOnlyList<Digit> digits) =>
        Address()
            .Matches(text)
            .Any(token => token.Index == digits[0].At && token.Index + token.Length == digits[^1].End);

    static List<Match> TokensOf(string text)
    {
        var tokens = DateOrTime().Matches(text);
        if (tokens.Count == 0)
            return [];

        var digits = Find(text);
        return [.. tokens.Where(token => !IsOfNumber(text, token, tokens, digits))];
    }

    static bool Holds(Match token, Digit digit) => digit.At >= token.Index && digit.End <= token.Index + token.Length;

    /// <summary>Whether what looks like a time is the beginning or the end of a mobile number, as 09:12 345678: with
    /// what stands beside it, parted by no more than people put between digits, it is exactly one. A comma or a word
    /// between leaves it a time, and so does a date before it.</summary>
    static bool IsOfNumber(string text, Match token, MatchCollection tokens, List<Digit> digits)
    {
        if (!token.Value.Contains(':', StringComparison.Ordinal))
            return false;

        var first = digits.FindIndex(digit => Holds(token, digit));
        var own = digits.FindAll(digit => Holds(token, digit));
        var last = first + own.Count - 1;
        if (first > 0 && AreClose(text, digits[first - 1], digits[first]) && IsOfToken(digits[first - 1]))
            return false;

        var after = digits.Skip(last + 1).Take(MostOfMobile + 1)
            .TakeWhile((digit, at) => AreClose(text, digits[last + at], digit) && !IsOfToken(digit));
        var before = digits.Take(first).Reverse().Take(MostOfMobile + 1)
            .TakeWhile((digit, at) => AreClose(text, digit, digits[first - at]) && !IsOfToken(digit));
        return AreMobile(text, [.. own, .. after]) || AreMobile(text, [.. before.Reverse(), .. own]);

        bool IsOfToken(Digit digit) => tokens.Any(other => Holds(other, digit));
    }

    /// <summary>Whether nothing stands between two digits, or a few signs and spaces that may stand
    /// within a number.</summary>
    static bool AreClose(string text, Digit one, Digit next)
    {
        var between = text.AsSpan(one.End, next.At - one.End);
        if (between.Length > MostBetween || between.IndexOfAny(",;:*") >= 0)
            return false;

        foreach (var rune in between.EnumerateRunes())
        {
            if (Rune.IsLetter(rune) || Rune.IsControl(rune))
                return false;
        }

        return true;
    }

    [GeneratedRegex(@"\A(0|84)([35789][0-9]{8}|1[0-9]{9})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Mobile();

    [GeneratedRegex(@"(?<![\d.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?=:[0-9]{1,5}(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    // 16/07/2023, 07/16/2023 as libraries log it, 2023-07-16, 08:30, 08:30:15.123: whole ones, with no digit or sign
    // of a date right beside them; a time after a date may end with the colon of a sentence.
    [GeneratedRegex(
        @"(?<![\d/.:-])(?:(?:0?[1-9]|[12][0-9]|3[01])(?<sign>[/.-])(?:0?[1-9]|1[0-2])\k<sign>(?:19|20)[0-9]{2}"
        + @"|(?:0[1-9]|1[0-2])/(?:0[1-9]|[12][0-9]|3[01])/(?:19|20)[0-9]{2}"
        + @"|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
        + @"|(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,7})?)?)(?![\d/:-]|[.,]\d)"
        + @"|(?<=[/.-](?:19|20)[0-9]{2} )(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?=:(?!\d))",
        RegexOptions.CultureInvariant)]
    private static partial Regex DateOrTime();
}
