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
    /// <summary>Digits from which on a text may hold a number that can be told from it.</summary>
    const int FewestMasked = 6;

    /// <summary>As given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is the hash of a number that was erased: nobody is ever texted
    /// by one, whatever led to it.</exception>
    public long Msisdn { get; } = ErasedNumber.Is(Msisdn)
        ? throw new ArgumentOutOfRangeException(nameof(Msisdn), "an erased number is no number")
        : Msisdn;

    /// <summary>All eleven digits, 84 first. Never write this to a log, a metric or an error.</summary>
    public string Digits => Msisdn.ToString(CultureInfo.InvariantCulture);

    /// <summary>First five and last three digits, as 84912***678.</summary>
    public string Masked => Mask(Digits);

    public override string ToString() => Masked;

    /// <summary>
    /// Masks anything that may hold a number: of a text with six or more digits, of whatever script, the middle is
    /// replaced, whatever the spelling; a shorter one stays, and so does one whose digits are all of dates and times.
    /// </summary>
    public static string Mask(string written)
    {
        if (written.Length < FewestMasked || DigitScan.Count(written) < FewestMasked)
            return written;

        var digits = DigitScan.Find(written);
        if (DigitScan.AreDates(written, digits))
            return written;

        // Keep five at the front and three at the end of a full number; proportionally less of a shorter one.
        var head = Math.Min(5, (digits.Count - 3) / 2 + 1);
        return string.Concat(written.AsSpan(0, digits[head - 1].End), "***", written.AsSpan(digits[^3].At));
    }
}
