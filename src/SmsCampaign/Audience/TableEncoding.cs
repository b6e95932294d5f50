using System.Buffers;
using System.Text;
using System.Text.Unicode;
using SmsCampaign.Orthography;
using UtfUnknown;

namespace SmsCampaign.Audience;

/// <summary>Encodings a text table may have.</summary>
enum TableEncoding
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
}

/// <param name="Encoding">Null where the file is refused: <paramref name="Name"/> then says
/// what it seems to be.</param>
/// <param name="MarkLength">Bytes of the byte-order mark.</param>
readonly record struct DetectedEncoding(
    TableEncoding? Encoding, int MarkLength, Wording Name, bool OldVietnameseFont = false);

/// <summary>
/// Tells a table's encoding from its first bytes.
/// </summary>
static class EncodingDetector
{
    // Byte-order marks: The Unicode Standard, 23.8, table 23-3.
    static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];
    static ReadOnlySpan<byte> Utf16LittleMark => [0xFF, 0xFE];
    static ReadOnlySpan<byte> Utf16BigMark => [0xFE, 0xFF];
    static ReadOnlySpan<byte> Utf32LittleMark => [0xFF, 0xFE, 0, 0];
    static ReadOnlySpan<byte> Utf32BigMark => [0, 0, 0xFE, 0xFF];

    public static DetectedEncoding Detect(ReadOnlySpan<byte> head, bool isWholeFile)
    {
        if (head.StartsWith(Utf8Mark) && !IsBrokenUtf8(head[3..], isWholeFile))
            return new(TableEncoding.Utf8, 3, Same("UTF-8"));

        // Before UTF-16, whose mark is the beginning of this one.
        if (head.StartsWith(Utf32LittleMark) || head.StartsWith(Utf32BigMark))
            return Refused(Same("UTF-32"));

        if (head.StartsWith(Utf16LittleMark))
            return new(TableEncoding.Utf16LittleEndian, 2, Same("UTF-16 LE"));

        if (head.StartsWith(Utf16BigMark))
            return new(TableEncoding.Utf16BigEndian, 2, Same("UTF-16 BE"));

        if (GuessUtf16(head) is { } utf16)
            return new(utf16, 0, Same("UTF-16"));

        // The reader tells the line and the byte of the damage.
        return !IsBrokenUtf8(head, isWholeFile) || IsDamagedUtf8(head)
            ? new(TableEncoding.Utf8, head.StartsWith(Utf8Mark) ? Utf8Mark.Length : 0, Same("UTF-8"))
            : GuessName(head);
    }

    /// <summary>Names the encoding of bytes that are not UTF-8.</summary>
    public static DetectedEncoding GuessName(ReadOnlySpan<byte> bytes)
    {
        if (OldEncodingDetector.Detect(bytes)?.Encoding is { } old)
            return Refused(old.Name, old.IsOfFonts);

        return Refused(CharsetDetector.DetectFromBytes(bytes.ToArray()).Detected?.EncodingName switch
        {
            null => new Wording("không xác định được", "unknown"),
            "iso-8859-1" or "windows-1252" => Same("Windows-1252 (Latin-1)"),
            "utf-8" or "ascii" => new Wording("UTF-8 bị hỏng", "damaged UTF-8"),
            var other => Same(other),
        });
    }

    /// <summary>Digits, delimiters and line ends have a zero byte in UTF-16 and no text has one in UTF-8.</summary>
    static TableEncoding? GuessUtf16(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var at = 0; at + 1 < head.Length; at += 2)
        {
            even += head[at] == 0 ? 1 : 0;
            odd += head[at + 1] == 0 ? 1 : 0;
        }

        // A third of the characters: Vietnamese names have the fewest, about a half.
        var enough = Math.Max(1, head.Length / 2 / 3);
        return odd >= enough && even == 0 ? TableEncoding.Utf16LittleEndian
            : even >= enough && odd == 0 ? TableEncoding.Utf16BigEndian
            : null;
    }

    static bool IsBrokenUtf8(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        Span<char> chars = new char[bytes.Length];
        return Utf8.ToUtf16(bytes, chars, out _, out _, replaceInvalidSequences: false, isFinalBlock: isWhole)
            == OperationStatus.InvalidData;
    }

    /// <summary>Whether most characters beyond ASCII are whole: in the old encodings a byte above 0x7F is rarely
    /// followed by what UTF-8 needs after it.</summary>
    static bool IsDamagedUtf8(ReadOnlySpan<byte> bytes)
    {
        int whole = 0, broken = 0;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) != OperationStatus.Done)
                broken++;
            else if (!rune.IsAscii)
                whole++;

            bytes = bytes[length..];
        }

        return whole > 2 * broken;
    }

    static Wording Same(string name) => new(name, name);

    static DetectedEncoding Refused(Wording name, bool oldFont = false) => new(null, 0, name, oldFont);
}
