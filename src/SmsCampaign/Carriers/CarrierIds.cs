using System.Globalization;
using System.Numerics;

namespace SmsCampaign.Carriers;

/// <summary>How a gateway writes its ids for messages. SMPP 3.4 leaves it open (5.2.23), and many gateways write hex in
/// their answer and decimal in the receipt.</summary>
public enum CarrierIdForm
{
    [Meaning("Lần nào cũng đúng các ký tự ấy.", "The same characters each time.")]
    AsIs,

    [Meaning("Chữ cái, viết hoa hay viết thường như nhau.", "Letters, upper or lower case.")]
    IgnoreCase,

    [Meaning("Số thập phân, có hay không có số 0 ở đầu.", "A decimal number, with or without leading zeros.")]
    Number,

    [Meaning(
        "Số thập lục phân, viết hoa hay thường, có hay không có 0x và số 0 ở đầu.",
        "A hexadecimal number, in either case, with or without 0x and leading zeros.")]
    Hex,
}

/// <summary>
/// Brings an id to the one form in which answers and receipts are compared, however the gateway wrote it there.
/// </summary>
public static class CarrierIds
{
    /// <summary>Characters of the longest id of a message, or reference, that is believed to be one: whoever writes
    /// more would fill the ledgers with it. The longest seen has 36 (a UUID).</summary>
    public const int Longest = 200;

    /// <summary>
    /// White space around an id never counts. A number becomes decimal without leading zeros, however long. What is no
    /// number in the form that was promised stays as it is: numbers are digits only, so it cannot meet one of those.
    /// </summary>
    /// <returns>Empty where there is nothing but white space.</returns>
    public static string Normalize(CarrierIdForm form, string id)
    {
        var written = id.AsSpan().Trim();
        return form switch
        {
            CarrierIdForm.IgnoreCase => written.ToString().ToLowerInvariant(),
            CarrierIdForm.Number => ReadDecimal(written) ?? written.ToString(),
            CarrierIdForm.Hex => ReadHex(written) ?? NotHex(written),
            _ => written.Length == id.Length ? id : written.ToString(),
        };
    }

    static string? ReadDecimal(ReadOnlySpan<char> written)
    {
        if (written.IsEmpty || written.ContainsAnyExceptInRange('0', '9'))
            return null;

        var significant = written.TrimStart('0');
        return significant.IsEmpty ? "0" : significant.ToString();
    }

    static string? ReadHex(ReadOnlySpan<char> written)
    {
        var digits = written.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? written[2..] : written;
        if (digits.IsEmpty)
            return null;

        if (digits.Length <= 16)
        {
            return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : null;
        }

        // A zero in front: the first digit would be the sign otherwise.
        return BigInteger.TryParse(
            $"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var large)
            ? large.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    static string NotHex(ReadOnlySpan<char> written) => written.ToString().ToLowerInvariant();
}
