using System.Text.RegularExpressions;

namespace SmsCampaign.Orthography;

/// <summary>A name as it stands in files' names and ids: small letters without diacritics, digits, dashes.</summary>
static partial class Slug
{
    /// <returns>Empty where nothing of it remains.</returns>
    public static string Of(string name) =>
        Other().Replace(Diacritics.Strip(name.Composed()).ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
