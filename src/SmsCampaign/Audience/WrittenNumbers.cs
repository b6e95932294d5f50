using System.Text.RegularExpressions;
using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// Finds mobile numbers in cells of columns that are not read: alone, in a note, or several in one cell. Whoever wrote
/// one there may have meant it for the list.
/// </summary>
sealed partial class WrittenNumbers(NumberReader reader)
{
    /// <summary>Fewest digits of a number written in full.</summary>
    const int InFull = 10;

    /// <summary>Most: as 0084 0 and nine.</summary>
    const int Most = 14;

    /// <summary>Digits of a number whose zero a spreadsheet has taken off.</summary>
    const int WithoutZero = 9;

    /// <summary>First digit from which on nine digits are no old identity card, whose number begins with a
    /// province: 01 to 38.</summary>
    const char NoIdentityCard = '5';

    /// <summary>Characters between two digits of one number, as in "0912) - 345".</summary>
    const int MostBetween = 4;

    static readonly string[] OfPapers =
        ["cmnd", "cmt", "cccd", "cancuoc", "chungminh", "hochieu", "passport", "taikhoan", "account"];

    /// <param name="heading">The column's: nine digits below one that means papers or codes are theirs.</param>
    public bool AnyIn(ReadOnlySpan<char> cell, string heading)
    {
        for (var at = 0; at < cell.Length;)
        {
            if (!char.IsDigit(cell[at]))
            {
                at++;
                continue;
            }

            var end = EndOfDigits(cell, at);
            if (BeginsNumber(cell, at, end)
                || (end - at == WithoutZero && IsWithoutZero(cell[at..end]) && !IsOfCodes(heading)))
                return true;
            at = end;
        }

        return false;
    }

    /// <summary>Whether these digits, with those that follow close, are a number.</summary>
    bool BeginsNumber(ReadOnlySpan<char> cell, int start, int end)
    {
        if (Date().IsMatch(cell[start..]))
            return false;

        var digits = end - start;
        var from = start > 0 && cell[start - 1] is '+' or '\uFF0B' ? start - 1 : start;
        while (digits <= Most)
        {
            if (digits >= InFull
                && reader.Read(cell[from..end]) is { IsMobile: true } reading
                && !reading.Repair.HasFlag(NumberRepair.LeadingZeroRestored))
                return true;

            var next = end;
            while (next < cell.Length && !char.IsDigit(cell[next]) && IsWithinNumber(cell[next]))
                next++;
            if (next == cell.Length || !char.IsDigit(cell[next]) || next - end > MostBetween)
                return false;

            end = EndOfDigits(cell, next);
            digits += end - next;
        }

        return false;
    }

    bool IsWithoutZero(ReadOnlySpan<char> digits) => digits[0] >= NoIdentityCard && reader.Read(digits).IsMobile;

    /// <summary>Whether a column is of papers, accounts or codes: "Số CCCD", "Mã KH".</summary>
    static bool IsOfCodes(string heading)
    {
        var folded = CellText.Fold(heading);
        return folded is "id" or "mst"
            || OfPapers.Any(folded.Contains)
            || CellText.Fold(heading.Trim().Split(' ')[0]) == "ma";
    }

    /// <summary>With what comes behind it, as in "03.05.2025 12:30", it would have the digits of a number.</summary>
    [GeneratedRegex(@"\A[0-9]{1,2}[.\-][0-9]{1,2}[.\-][0-9]{4}(?![0-9])")]
    private static partial Regex Date();

    static int EndOfDigits(ReadOnlySpan<char> cell, int at)
    {
        while (at < cell.Length && char.IsDigit(cell[at]))
            at++;
        return at;
    }

    static bool IsWithinNumber(char sign) =>
        sign is '.' or '-' or '(' or ')' or (>= '\u2010' and <= '\u2015') || char.IsWhiteSpace(sign);
}
