using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>
/// Makes a code that a gateway wrote fit for reasons, logs and reports: a gateway may echo anything.
/// </summary>
static class CarrierCode
{
    /// <summary>Characters. The codes of every gateway read about have at most 24.</summary>
    const int Longest = 40;

    /// <summary>The code, or words in its place where it is none. Never a secret, the message text
    /// or a whole number.</summary>
    /// <param name="secrets">What must not show, such as <see cref="LaneOptions.Secrets"/>.</param>
    public static string Clean(string code, IReadOnlyList<string> secrets)
    {
        if (code.Length > Longest
            || !code.All(IsOfCode)
            || secrets.Any(secret => code.Contains(secret, StringComparison.Ordinal)))
            return "(not a code)";

        // Eight digits are the fewest that could give a subscriber away; codes seen have four at most.
        return code.Count(char.IsAsciiDigit) >= 8 ? PhoneNumber.Mask(code) : code;
    }

    static bool IsOfCode(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':' or '/';
}
