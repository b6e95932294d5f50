namespace SmsCampaign.WebConsole.Parts;

/// <summary>A browser as a person knows it, by what it calls itself: enough to tell the office's PC from a
/// phone.</summary>
public static class BrowserName
{
    static readonly IReadOnlyList<(string Sign, string Name)> Browsers =
    [
        ("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];

    static readonly IReadOnlyList<(string Sign, string Name)> Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];

    /// <returns>As it calls itself where nobody knows it; a dash where it says nothing.</returns>
    public static string Of(string said)
    {
        string?[] known = [Find(Browsers, said), Find(Systems, said)];
        return string.Join(", ", known.OfType<string>()) is { Length: > 0 } name ? name
            : said.Length > 0 ? said
            : "–";
    }

    static string? Find(IReadOnlyList<(string Sign, string Name)> all, string said) =>
        all.FirstOrDefault(each => said.Contains(each.Sign, StringComparison.OrdinalIgnoreCase)).Name;
}
