namespace SmsCampaign.Messages;

/// <summary>
/// Reads a number as people write it. The common spellings are read here, without allocating; what is left goes to
/// <see cref="UnusualNumber"/>. One instance serves all threads.
/// </summary>
/// <remarks>
/// How digits are understood, after separators and signs around them are taken out:
/// <list type="bullet">
/// <item>+ or 00 in front: country code 84, or else another country.</item>
/// <item>One 0 in front: a national number.</item>
/// <item>Neither, 11 digits or more starting with 84: country code. So 84912345678 is 0912345678.</item>
/// <item>Neither, anything else: a national number that lost its zero. So 842345678 is 0842345678 (VinaPhone's 084),
/// as nine digits cannot hold a country code and a mobile number both.</item>
/// </list>
/// A mobile number has nine national digits. It is taken where either the prefix table or libphonenumber knows its
/// prefix: libphonenumber alone refuses real subscribers of new ranges.
/// </remarks>
public sealed class NumberReader(PrefixTable prefixes)
{
    // A long holds 18 digits whatever they are; the longest spelling of a mobile number has 14 (0084 0 and nine).
    const int MostDigits = 18;

    public NumberReading Read(ReadOnlySpan<char> written)
    {
        if (!WrittenDigits.TryScan(written, out var scanned))
            return UnusualNumber.Read(written, this);

        if (scanned.Count == 0)
            return NumberReading.Not(scanned.Blank ? ExclusionReason.Empty : ExclusionReason.NotANumber);

        return Understand(scanned);
    }

    internal NumberReading Understand(WrittenDigits digits)
    {
        if (digits.Count > MostDigits)
            return NumberReading.Not(ExclusionReason.WrongLength);

        var repair = digits.IsDecimal ? NumberRepair.DecimalRead : NumberRepair.None;
        var (value, count) = digits.IsDecimal ? digits.WithoutDecimals : (digits.Value, digits.Count);

        var zeros = PowersOf10.LeadingZeros(value, count);
        var significant = count - zeros;
        var startsWithCountryCode = significant > 2 && value / PowersOf10.Of(significant - 2) == 84;

        if (zeros == 2 || (digits.Plus && zeros == 0))
        {
            return startsWithCountryCode
                ? AfterCountryCode(value, significant, repair)
                : NumberReading.Not(significant >= 7 ? ExclusionReason.Foreign : ExclusionReason.WrongLength);
        }

        if (zeros > 2)
            return NumberReading.Not(ExclusionReason.WrongLength);

        if (startsWithCountryCode && significant >= 11)
            return AfterCountryCode(value, significant, zeros == 1 ? repair | NumberRepair.ExtraZeroDropped : repair);

        return National(value, significant, zeros == 0 ? repair | NumberRepair.LeadingZeroRestored : repair);
    }

    NumberReading AfterCountryCode(long value, int count, NumberRepair repair)
    {
        var national = value % PowersOf10.Of(count - 2);
        var zeros = PowersOf10.LeadingZeros(national, count - 2);

        return zeros switch
        {
            0 => National(national, count - 2, repair),
            1 => National(national, count - 3, repair | NumberRepair.ExtraZeroDropped),
            _ => NumberReading.Not(ExclusionReason.WrongLength),
        };
    }

    /// <param name="value">National digits without the leading zero, first digit 1 to 9.</param>
    internal NumberReading National(long value, int count, NumberRepair repair)
    {
        if (count == 0)
            return NumberReading.Not(ExclusionReason.WrongLength);

        var first = value / PowersOf10.Of(count - 1);

        if (count == 9 && first >= 3)
            return Mobile(value, repair);

        if (count == 10 && first == 1 && OldPrefixes.TryMap(value, out var today))
            return Mobile(today, repair | NumberRepair.OldFormMapped);

        return NumberReading.Not((first, count) switch
        {
            // 02 and an area code of one to three digits: ten national digits, one less or more by slip of the pen.
            (2, 9 or 10 or 11) => ExclusionReason.Landline,

            // 111, 113, 18001234, 1900123456: numbers one calls, not phones.
            (1, >= 3 and <= 5) => ExclusionReason.UnassignedPrefix,
            (1, >= 6 and <= 10) when value / PowersOf10.Of(count - 4) is 1800 or 1900 =>
                ExclusionReason.UnassignedPrefix,
            (1, 10) => ExclusionReason.UnassignedPrefix,
            _ => ExclusionReason.WrongLength,
        });
    }

    NumberReading Mobile(long national, NumberRepair repair)
    {
        var number = new PhoneNumber(84_000_000_000 + national);

        return prefixes.IndexOf(number) >= 0 || UnusualNumber.LibraryKnowsMobile(national)
            ? new NumberReading(number, null, repair)
            : NumberReading.Not(ExclusionReason.UnassignedPrefix);
    }
}
