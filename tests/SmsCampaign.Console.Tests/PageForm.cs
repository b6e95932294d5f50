using System.Net;
using System.Text.RegularExpressions;

namespace SmsCampaign.Tests.WebConsole;

/// <summary>Forms of pages, filled in without a browser.</summary>
static partial class PageForm
{
    /// <summary>Fills in a form of a page and posts it, as a browser does: with what the page hides in it.</summary>
    /// <param name="form">Its name, or what it is posted to.</param>
    /// <param name="to">Where it is posted; null: to the page itself.</param>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient browser, string path, string form, Dictionary<string, string> fields, string? to = null)
    {
        var page = await browser.GetStringAsync(path);
        var html = Form().Matches(page).Select(match => match.Value)
            .First(each => each.Contains($"=\"{form}\"", StringComparison.Ordinal) && !Undrawn().IsMatch(each));
        var all = Hidden().Matches(html).ToDictionary(
            match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
        foreach (var (name, value) in fields)
            all[name] = value;
        return await browser.PostAsync(to ?? path, new FormUrlEncodedContent(all));
    }

    /// <summary>One that takes what was posted by a form that is not drawn any more.</summary>
    [GeneratedRegex("^<form[^>]* hidden")]
    private static partial Regex Undrawn();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
