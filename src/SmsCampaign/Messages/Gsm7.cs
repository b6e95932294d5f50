using System.Buffers;

namespace SmsCampaign.Messages;

/// <summary>
/// The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038 V18, 6.2.1 and 6.2.1.1).
/// </summary>
static class Gsm7
{
    // 6.2.1, in the order of the table, without 0x1B (the escape to the extension table).
    const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    // 6.2.1.1: each is an escape and one more septet. The form feed is in the table and no character of a message.
    const string Extension = "^{}\\[~]|€";

    static readonly SearchValues<char> All = SearchValues.Create(Basic + Extension);
    static readonly SearchValues<char> Escaped = SearchValues.Create(Extension);

    /// <summary>Whether the text can be sent in septets. The escape itself is no character of a text.</summary>
    public static bool CanEncode(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(All);

    public static bool IsEscaped(char character) => Escaped.Contains(character);
}
