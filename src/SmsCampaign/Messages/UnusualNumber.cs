using System.Globalization;
using PhoneNumbers;

namespace SmsCampaign.Messages;

/// <summary>
/// Numbers in an uncommon spelling: words around them, extensions, digits of other scripts, scientific notation.
/// libphonenumber normalises what is left.
/// </summary>
static class UnusualNumber
{
    /// <summary>Most digits of an extension. What has more is a number of its own.</summary>
    const int LongestExtension = 5;

    /// <summary>Digits from which on what stands apart in a cell may be a number of its own.</summary>
    const int ShortestNumber = 8;

    static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    public static NumberReading Read(ReadOnlySpan<char> written, NumberReader reader)
    {
        if (FindControl(written) is not null)
            return NumberReading.Not(ExclusionReason.NotANumber);

        var core = BetweenDigits(written);
        if (core.IsEmpty)
            return NumberReading.Not(written.IsWhiteSpace() ? ExclusionReason.Empty : ExclusionReason.NotANumber);

        if (HoldsSeveral(core))
            return NumberReading.Not(ExclusionReason.WrongLength);

        if (ScientificNumber.TryRead(core, out var exact))
        {
            return exact is { } digits
                ? Also(NumberRepair.DecimalRead, reader.Understand(digits))
                : NumberReading.Not(ExclusionReason.Scientific);
        }

        if (WrittenDigits.TryScan(core, out var scanned))
            return Also(NumberRepair.WordsDropped, reader.Understand(scanned));

        return Also(NumberRepair.WordsDropped, ReadByLibrary(core, reader));
    }

    /// <summary>
    /// Whether libphonenumber takes the nine national digits for a mobile number. It knows ranges that the prefix table
    /// may not have yet.
    /// </summary>
    public static bool LibraryKnowsMobile(long national)
    {
        var number =
            new PhoneNumbers.PhoneNumber.Builder().SetCountryCode(84).SetNationalNumber((ulong)national).Build();
        return Library.GetNumberType(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;
    }

    /// <summary>The first control character in a written number, but for tabs and line breaks, which are space: it is
    /// of a damaged file, and what stood in its place is not known.</summary>
    public static char? FindControl(ReadOnlySpan<char> written)
    {
        foreach (var sign in written)
        {
            if (char.IsControl(sign) && sign is not ('\t' or '\r' or '\n'))
                return sign;
        }

        return null;
    }

    static NumberReading ReadByLibrary(ReadOnlySpan<char> core, NumberReader reader)
    {
        // libphonenumber reads letters as the digits under them on a telephone's keys, so an O typed for a zero would
        // become a six: letters are let through only behind a whole number, where they can only begin an extension.
        var letters = core.IndexOfAnyLetter();
        if (letters >= 0 && CountDigits(core[..letters]) < 9)
            return NumberReading.Not(ExclusionReason.NotANumber);

        try
        {
            var number = Library.Parse(core.ToString(), "VN");
            if (letters >= 0 && !number.HasExtension)
                return NumberReading.Not(ExclusionReason.NotANumber);

            // A semicolon separates numbers in people's lists; only ";ext=" (RFC 3966) begins an extension.
            if (number.HasExtension
                && (number.Extension.Length > LongestExtension || (letters < 0 && core.Contains(';'))))
                return NumberReading.Not(ExclusionReason.WrongLength);

            if (number.CountryCode != 84)
                return NumberReading.Not(ExclusionReason.Foreign);

            var national = (long)number.NationalNumber;
            var reading = reader.National(
                national, number.NationalNumber.ToString(CultureInfo.InvariantCulture).Length, NumberRepair.None);
            return number.HasExtension ? Also(NumberRepair.ExtensionDropped, reading) : reading;
        }
        catch (NumberParseException refused)
        {
            return NumberReading.Not(refused.ErrorType switch
            {
                ErrorType.INVALID_COUNTRY_CODE => ExclusionReason.Foreign,
                ErrorType.NOT_A_NUMBER => ExclusionReason.NotANumber,
                _ => ExclusionReason.WrongLength,
            });
        }
    }

    static NumberReading Also(NumberRepair repair, NumberReading reading) =>
        reading.IsMobile ? reading with { Repair = reading.Repair | repair } : reading;

    static ReadOnlySpan<char> BetweenDigits(ReadOnlySpan<char> written)
    {
        var first = 0;
        while (first < written.Length && !char.IsDigit(written[first]))
            first++;

        var last = written.Length - 1;
        while (last > first && !char.IsDigit(written[last]))
            last--;

        if (first == written.Length)
            return [];

        // A plus belongs to the number, also with a bracket between: (+84), +(84).
        var plus = written[..first].LastIndexOfAny('+', '\uFF0B');
        return plus >= 0 && written[(plus + 1)..first].IndexOfAnyExcept(" (\u00A0") < 0
            ? written[plus..(last + 1)]
            : written[first..(last + 1)];
    }

    /// <summary>Whether two or more numbers stand in the text, with anything between them that
    /// no number holds.</summary>
    static bool HoldsSeveral(ReadOnlySpan<char> core)
    {
        int numbers = 0, digits = 0;
        foreach (var sign in core)
        {
            if (char.IsDigit(sign))
            {
                if (++digits == ShortestNumber && ++numbers == 2)
                    return true;
            }
            else if (sign is not ('.' or '-' or '(' or ')' or '+') && !char.IsWhiteSpace(sign))
            {
                digits = 0;
            }
        }

        return false;
    }

    static int IndexOfAnyLetter(this ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsLetter(text[at]))
                return at;
        }

        return -1;
    }

    static int CountDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var sign in text)
            digits += char.IsDigit(sign) ? 1 : 0;

        return digits;
    }
}
