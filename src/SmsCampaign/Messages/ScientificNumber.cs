using System.Globalization;

namespace SmsCampaign.Messages;

/// <summary>
/// What a spreadsheet makes of a long number: 9.12E+08, or 8,49E+10 where the comma is the decimal sign.
/// </summary>
static class ScientificNumber
{
    // A number of 11 digits needs exponent 10; beyond 14 it is no telephone number in any spelling.
    const int MostExponent = 14;

    /// <param name="exact">The digits where none is lost, as in 9.12345678E8; null where they are.</param>
    /// <returns>Whether it is scientific notation at all.</returns>
    public static bool TryRead(ReadOnlySpan<char> written, out WrittenDigits? exact)
    {
        exact = null;

        var e = written.IndexOfAny('e', 'E');
        if (e < 1 || !int.TryParse(written[(e + 1)..].TrimStart('+'), CultureInfo.InvariantCulture, out var exponent))
            return false;

        var mantissa = written[..e];
        var point = mantissa.IndexOfAny('.', ',');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        if (whole.Length != 1
            || whole.ContainsAnyExceptInRange('0', '9')
            || fraction.ContainsAnyExceptInRange('0', '9'))
            return false;

        if (exponent is >= 0 and <= MostExponent && fraction.Length == exponent)
            exact = new WrittenDigits(
                long.Parse($"{whole}{fraction}", CultureInfo.InvariantCulture), exponent + 1, false, 0, false);

        return true;
    }
}
