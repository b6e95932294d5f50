using System.Globalization;
using System.Text;

namespace SmsCampaign.Messages;

/// <summary>TP-DCS alphabet a text is sent in (3GPP TS 23.038).</summary>
public enum SmsEncoding
{
    Gsm7,
    Ucs2,
}

/// <summary>
/// A text as it is sent: composed to NFC, so that it is counted and shown as a phone does.
/// </summary>
public sealed class SmsText
{
    SmsText(string value) => Value = value;

    public string Value { get; }

    public SmsEncoding Encoding => Ascii.IsValid(Value) ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2;

    public static SmsText Compose(string written) => new(written.Normalize(NormalizationForm.FormC));

    /// <summary>How many parts a lane with the given table sends and charges. 0 for an empty text.</summary>
    public int PartsIn(LengthTable table) => Encoding == SmsEncoding.Gsm7
        ? (Value.Length <= 160 ? 1 : (Value.Length + 152) / 153)
        : (Value.Length <= 70 ? 1 : (Value.Length + 66) / 67);

    /// <summary>The same words without diacritics, đ and Đ included.</summary>
    public SmsText Unaccented() => new(string.Concat(Value.Normalize(NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark))
        .Replace('đ', 'd').Replace('Đ', 'D'));

    public override string ToString() => Value;
}
