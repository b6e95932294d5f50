using System.Buffers;
using System.Text;
using SmsCampaign.Messages;

namespace SmsCampaign.Reports;

/// <summary>Texts of before and after numbers were erased.</summary>
static class ErasedText
{
    static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a text differs from another in nothing but masked numbers where that has hashes.</summary>
    /// <param name="separator">Between pieces of which none holds more than one number.</param>
    public static bool IsSameBut(TextReader stands, TextReader gives, char separator)
    {
        var (one, other) = (new StringBuilder(), new StringBuilder());
        while (true)
        {
            var (isOne, isOther) = (ReadPiece(stands, one, separator), ReadPiece(gives, other, separator));
            if (isOne != isOther)
                return false;
            if (!one.Equals(other) && !IsSameButErased(one.ToString(), other.ToString()))
                return false;
            if (!isOne)
                return true;
        }
    }

    /// <returns>False at the end, with what is left.</returns>
    static bool ReadPiece(TextReader reader, StringBuilder piece, char separator)
    {
        piece.Clear();
        int next;
        while ((next = reader.Read()) >= 0 && next != separator)
            piece.Append((char)next);
        return next >= 0;
    }

    static bool IsSameButErased(string stands, string gives)
    {
        var at = gives.IndexOf('#', StringComparison.Ordinal);
        if (at < 0 || at + ErasedNumber.ShownLength > gives.Length || at + NumberMask.MaskedLength > stands.Length)
            return false;

        var masked = stands.AsSpan(at, NumberMask.MaskedLength);
        return stands.AsSpan(0, at).SequenceEqual(gives.AsSpan(0, at))
            && stands.AsSpan(at + NumberMask.MaskedLength).SequenceEqual(gives.AsSpan(at + ErasedNumber.ShownLength))
            && masked[5..8].SequenceEqual("***")
            && !gives.AsSpan(at + 1, ErasedNumber.ShownLength - 1).ContainsAnyExcept(Hexadecimal);
    }
}
