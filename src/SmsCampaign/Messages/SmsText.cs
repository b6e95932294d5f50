using System.Text;
using SmsCampaign.Orthography;

namespace SmsCampaign.Messages;

/// <summary>TP-DCS alphabet a text is sent in (3GPP TS 23.038).</summary>
public enum SmsEncoding
{
    Gsm7,
    Ucs2,
}

/// <summary>
/// A text as it is sent: composed to NFC, so that it is counted and shown as a phone does. What is computed of it is
/// kept, as one text goes to millions.
/// </summary>
public sealed class SmsText
{
    readonly SmsParts?[] _parts = new SmsParts?[Enum.GetValues<LengthTable>().Length];
    SmsText? _unaccented;

    SmsText(string value)
    {
        Value = value;
        Encoding = Gsm7.CanEncode(value) ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2;
    }

    public string Value { get; }

    /// <summary>The alphabet by the standard. <see cref="EncodingIn"/> says what a lane's table makes of it.</summary>
    public SmsEncoding Encoding { get; }

    /// <summary>
    /// Composes a text. Half a surrogate pair and U+FFFE, which no encoding can carry, become U+FFFD;
    /// <see cref="TextCheck"/> refuses them.
    /// </summary>
    public static SmsText Compose(string written) => new(written.Composed());

    /// <summary>
    /// The alphabet a lane with the given table sends the text in. The carriers' gateways know "with" and "without
    /// diacritics" only, so that à è é ì ò ù, though in the GSM alphabet, make it UCS-2 there.
    /// </summary>
    public SmsEncoding EncodingIn(LengthTable table) =>
        table == LengthTable.Standard ? Encoding : Ascii.IsValid(Value) ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2;

    /// <summary>How many parts a lane with the given table sends and charges. 0 for an empty text.</summary>
    public int PartsIn(LengthTable table) => Split(table).Count;

    /// <summary>The parts themselves.</summary>
    public SmsParts Split(LengthTable table) =>
        _parts[(int)table] ??= SmsParts.Of(Value, EncodingIn(table), PartLimits.Of(table, EncodingIn(table)));

    /// <summary>
    /// The same words without diacritics, đ and Đ included, typographic quotation marks, dashes and spaces as a
    /// keyboard has them. ASCII for any Vietnamese text.
    /// </summary>
    public SmsText Unaccented() => _unaccented ??= Compose(Diacritics.Strip(Value));

    public override string ToString() => Value;
}
