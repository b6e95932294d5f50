using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Files.Binding;

/// <summary>Reads durations as people write them: 72:00:00, 00:00:15, 3.00:00:00.</summary>
static partial class Duration
{
    /// <remarks>Not <see cref="TimeSpan.Parse(string)"/>: that takes 72:00:00 for 72 days.</remarks>
    /// <returns>Null where it is none.</returns>
    public static TimeSpan? Parse(string written)
    {
        if (Pattern().Match(written) is not { Success: true } match)
            return null;

        return new TimeSpan(Number("d"), Number("h"), Number("m"), Number("s")) + Fraction(match.Groups["f"].Value);

        int Number(string group) =>
            match.Groups[group].Value is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }

    static TimeSpan Fraction(string digits) =>
        TimeSpan.FromTicks(digits.Length == 0 ? 0 : long.Parse(digits.PadRight(7, '0'), CultureInfo.InvariantCulture));

    [GeneratedRegex(
        @"^((?<d>[0-9]{1,4})\.)?(?<h>[0-9]{1,4}):(?<m>[0-5][0-9]):(?<s>[0-5][0-9])(\.(?<f>[0-9]{1,7}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
