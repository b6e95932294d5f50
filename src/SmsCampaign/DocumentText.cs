namespace SmsCampaign;

/// <summary>Texts for files of XML and HTML.</summary>
static class DocumentText
{
    /// <summary>The text with everything that is not seen, or that XML cannot hold, shown by its code point; line
    /// breaks and tabs stay.</summary>
    public static string Of(string text)
    {
        var shown = UnseenText.Show(text, keepLines: true).Replace("\r\n", "\n", StringComparison.Ordinal);
        return shown.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') < 0 ? shown : shown
            .Replace("\uFFFE", "<U+FFFE>", StringComparison.Ordinal)
            .Replace("\uFFFF", "<U+FFFF>", StringComparison.Ordinal);
    }
}
