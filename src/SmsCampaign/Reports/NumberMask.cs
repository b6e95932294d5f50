using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Messages;

namespace SmsCampaign.Reports;

/// <summary>
/// Rule 9 in the reports: numbers masked, and also those that slipped into a gateway's code or another cell.
/// </summary>
public static partial class NumberMask
{
    /// <summary>Digits of a subscriber's number without its country code: a run this long may be one.</summary>
    const int FewestDigits = 9;

    /// <summary>Length of 84912***678.</summary>
    public const int MaskedLength = 11;

    /// <summary>Writes a number as <see cref="PhoneNumber.Masked"/> does, without making a string.</summary>
    /// <param name="into">Space for 20 bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(long number, Span<byte> into)
    {
        Utf8Formatter.TryFormat(number, into, out var length);
        if (length != MaskedLength)
            return Encoding.UTF8.GetBytes(new PhoneNumber(number).Masked, into);

        into.Slice(5, 3).Fill((byte)'*');
        return MaskedLength;
    }

    /// <summary>The text with every run of nine or more digits masked, single separators within it included.</summary>
    public static string In(string text) => MayHoldNumber(Encoding.UTF8.GetBytes(text))
        ? LongRun().Replace(text, run => PhoneNumber.Mask(run.Value))
        : text;

    /// <inheritdoc cref="In(string)"/>
    public static Wording In(Wording words) => new(In(words.Vi), In(words.En));

    /// <inheritdoc cref="In(string)"/>
    public static ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) =>
        MayHoldNumber(text) ? Encoding.UTF8.GetBytes(In(Encoding.UTF8.GetString(text))) : text;

    static bool MayHoldNumber(ReadOnlySpan<byte> text)
    {
        if (text.Length < FewestDigits)
            return false;

        var digits = 0;
        foreach (var letter in text)
        {
            if (letter is >= (byte)'0' and <= (byte)'9')
                digits++;
        }

        return digits >= FewestDigits;
    }

    [GeneratedRegex("[0-9](?:[ .-]?[0-9]){8,}", RegexOptions.CultureInvariant)]
    private static partial Regex LongRun();
}
