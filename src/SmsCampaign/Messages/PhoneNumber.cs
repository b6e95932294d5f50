using System.Globalization;

namespace SmsCampaign.Messages;

/// <summary>
/// A Vietnamese mobile number (MSISDN), such as 84912345678. Made by <c>NumberReader</c>, which says why not
/// where it cannot.
/// </summary>
/// <remarks>
/// Printed masked, so that a log line or an exception cannot give a subscriber away by accident. The digits in full
/// must be asked for by name (<see cref="Digits"/>): only adapters and the unmasked report do.
/// </remarks>
/// <param name="Msisdn">Country code 84 and nine national digits, without plus: 84300000000 to 84999999999.</param>
public readonly record struct PhoneNumber(long Msisdn)
{
    /// <summary>All eleven digits, 84 first. Never write this to a log, a metric or an error.</summary>
    public string Digits => Msisdn.ToString(CultureInfo.InvariantCulture);

    /// <summary>First five and last three digits, as 84912***678.</summary>
    public string Masked => Mask(Digits);

    public override string ToString() => Masked;

    /// <summary>
    /// Masks anything that may hold a number: of a text with six or more digits the middle is replaced, whatever the
    /// spelling; a shorter one stays.
    /// </summary>
    public static string Mask(string written)
    {
        var digits = written.Count(char.IsDigit);
        if (digits < 6)
            return written;

        // Keep five at the front and three at the end of a full number; proportionally less of a shorter one.
        var head = Math.Min(5, (digits - 3) / 2 + 1);
        var first = IndexOfDigit(written, head) + 1;
        var last = IndexOfDigit(written, digits - 2);
        return string.Concat(written.AsSpan(0, first), "***", written.AsSpan(last));
    }

    static int IndexOfDigit(string written, int ordinal)
    {
        for (var at = 0; at < written.Length; at++)
        {
            if (char.IsDigit(written[at]) && --ordinal == 0)
                return at;
        }

        throw new ArgumentOutOfRangeException(nameof(ordinal));
    }
}
