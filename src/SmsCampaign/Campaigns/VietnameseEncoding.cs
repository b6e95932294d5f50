using System.Text;

namespace SmsCampaign.Campaigns;

/// <param name="Decode">Null where the text cannot be turned into Unicode byte by byte here.</param>
sealed record LegacyEncoding(string Name, Func<byte[], string>? Decode);

/// <summary>
/// Tells which of the encodings from before Unicode a Vietnamese text is in. General detectors know Windows-1258 and
/// VISCII at best; TCVN3 and VNI are fonts over Windows-1252 and are known only by the words they make.
/// </summary>
static class VietnameseEncoding
{
    /// <summary>Words no campaign file is without, for at least one is in every order and every comment.</summary>
    static readonly string[] Common =
        ["người", "không", "được", "thông", "toàn", "dân", "của", "tỉnh", "phòng", "tiếng", "chiến", "dịch", "báo", "nhắn", "ngày", "đến"];

    static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(
        1252, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback)!;

    static readonly Encoding Windows1258 = CodePagesEncodingProvider.Instance.GetEncoding(1258)!;

    // As the bytes look when read as Windows-1252. TCVN 5712:1993 (VN3) and VNI-Windows, from the fonts' own tables.
    static readonly string[] Tcvn3Words =
        ["ng\u00ADêi", "kh«ng", "®\u00ADîc", "th«ng", "toµn", "d©n", "cña", "tØnh", "phßng", "tiÕng", "chiÕn", "dÞch", "b¸o", "nh¾n", "ngµy", "®Õn"];

    static readonly string[] VniWords =
        ["ngöôøi", "khoâng", "ñöôïc", "thoâng", "toaøn", "daân", "cuûa", "tænh", "phoøng", "tieáng", "chieán", "dòch", "baùo", "nhaén", "ngaøy", "ñeán"];

    /// <returns>Null where none of them fits.</returns>
    public static LegacyEncoding? Detect(byte[] bytes)
    {
        var western = Windows1252.GetString(bytes);
        var found = new (int Score, LegacyEncoding Encoding)[]
        {
            (Count(Decode1258(bytes), Common), new("Windows-1258", Decode1258)),
            (Count(western, Tcvn3Words), new("TCVN3 (ABC, phông .VnTime)", null)),
            (Count(western, VniWords), new("VNI-Windows (phông VNI-Times)", null)),
        }.MaxBy(candidate => candidate.Score);

        return found.Score > 0 ? found.Encoding : null;
    }

    /// <summary>Whether the text, written as Windows-1252, is UTF-8 again and has letters beyond ASCII in it.</summary>
    public static bool IsUtf8ReadAsWindows1252(string text)
    {
        try
        {
            var bytes = Windows1252.GetBytes(text);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes) < bytes.Length;
        }
        catch (Exception failure) when (failure is EncoderFallbackException or DecoderFallbackException)
        {
            return false;
        }
    }

    // Tones are separate characters in Windows-1258: composed, the text is ordinary Unicode.
    static string Decode1258(byte[] bytes) => Windows1258.GetString(bytes).Normalize();

    static int Count(string text, string[] words) =>
        words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
