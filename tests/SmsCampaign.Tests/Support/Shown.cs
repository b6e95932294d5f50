using System.Text.RegularExpressions;

namespace SmsCampaign.Tests.Support;

/// <summary>What a person was shown.</summary>
static partial class Shown
{
    /// <summary>With each stretch of white space one space: what is said, wherever its lines are broken.</summary>
    public static string Flat(string text) => Spaces().Replace(text, " ");

    /// <summary>Fails where a line is wider than a screen and could be broken.</summary>
    public static void AssertFits(string text) => Assert.All(
        text.Split('\n').Select(line => line.TrimEnd('\r')),
        line => Assert.True(
            line.Length <= 80 || !line.Trim().Contains(' ', StringComparison.Ordinal),
            $"{line.Length} columns: {line}"));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
