namespace SmsCampaign.Messages;

/// <summary>
/// Our id for a message on the wire: the run's code, a dash, the message's key in lower-case base 36. The same at every
/// attempt. Tells nothing of the number. At most 8 + 1 + 7 characters.
/// </summary>
public static class MessageReference
{
    const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Characters of the longest code of a run.</summary>
    const int LongestCode = 8;

    public static string Of(string code, long seq)
    {
        Span<char> written = stackalloc char[13];
        var at = written.Length;

        do
        {
            written[--at] = Digits[(int)(seq % Digits.Length)];
            seq /= Digits.Length;
        }
        while (seq > 0);

        return string.Concat(code, "-", written[at..]);
    }

    /// <returns>False where the text is not one of our references.</returns>
    public static bool TryParse(ReadOnlySpan<char> reference, out string code, out long seq)
    {
        code = "";
        seq = 0;

        var dash = reference.IndexOf('-');
        if (dash is <= 0 or > LongestCode || reference.Length - dash is < 2 or > 12)
            return false;

        foreach (var letter in reference[..dash])
        {
            if (!char.IsAsciiLetterOrDigit(letter))
                return false;
        }

        foreach (var written in reference[(dash + 1)..])
        {
            var digit = Digits.IndexOf(char.ToLowerInvariant(written));
            if (digit < 0)
                return false;

            seq = seq * Digits.Length + digit;
        }

        code = reference[..dash].ToString().ToLowerInvariant();
        return true;
    }
}
