using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Messages;

namespace SmsCampaign.App.Worker;

/// <summary>Rule 9 for all that is logged, also what a library or a fault says: as <see cref="NumberMask"/>, but that
/// machines' addresses and the head of the audit chain stay, which whoever reads the log compares.</summary>
static partial class LogMask
{
    /// <summary>Digits of an address that could as well be a mobile number without its country code and zero.</summary>
    const int Subscriber = 9;

    /// <summary>Characters of the longest address.</summary>
    const int LongestAddress = 15;

    public static string In(string text)
    {
        var masked = new StringBuilder();
        var from = 0;
        foreach (var token in Kept().Matches(text).Where(token => !MayBeNumber(token.Value)))
        {
            masked.Append(NumberMask.In(text[from..token.Index])).Append(token.Value);
            from = token.Index + token.Length;
        }

        return from == 0 ? NumberMask.In(text) : masked.Append(NumberMask.In(text[from..])).ToString();
    }

    static bool MayBeNumber(string token) =>
        token.Length <= LongestAddress
        && token.Count(char.IsAsciiDigit) == Subscriber
        && token[0] is '3' or '5' or '7' or '8' or '9';

    /// <summary>0 to 255, without a zero before it.</summary>
    const string Part = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    // A SHA-256 in hexadecimal; the date in the key of a run; four parts of an address with its port or none, and no
    // other digit near it.
    [GeneratedRegex(
        @"(?<![\p{L}\d])(?=\d*[a-f])[0-9a-f]{64}(?![\p{L}\d])"
        + @"|(?<=[a-z][a-z0-9-]{0,63}/)20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![\p{L}\d])"
        + @"(?![^\p{L}\d]{1,8}\d)"
        + @"|(?<![\p{L}\d])(?<!\d[^\p{L}\d]{1,8})(?:" + Part + @"\.){3}" + Part + @"(?![\p{L}\d]|[^\p{L}\d:]{1,8}\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Kept();
}
