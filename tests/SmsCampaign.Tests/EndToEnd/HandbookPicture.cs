using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>What a picture of the handbook shows of one command.</summary>
/// <param name="File">Name of the picture's file.</param>
/// <param name="Command">As it is typed.</param>
/// <param name="Lines">As they are printed; a last one of an ellipsis where the picture ends before.</param>
sealed partial record HandbookPicture(string File, string Command, IReadOnlyList<string> Lines)
{
    const string Prompt = "$ ";

    /// <summary>All that the pictures show, in the order of their names.</summary>
    public static IReadOnlyList<HandbookPicture> All { get; } =
        [.. Directory.EnumerateFiles(Repository.PathOf("config/pictures"), "*.svg").Order().SelectMany(Read)];

    /// <summary>Of a command as it is typed, whatever the day and what is only known then.</summary>
    public static HandbookPicture? Find(string command) =>
        All.FirstOrDefault(picture => Plain(picture.Command) == Plain(command));

    /// <summary>That the program prints all the picture shows, but for days, times, numbers, accounts and folders.
    /// Where what is found is the machine's and the day's (readiness, status), most of it; where the program says that
    /// the machine has no LibreOffice (soffice), no PDF.</summary>
    public void AssertIsAs(string shown)
    {
        var plain = Plain(shown);
        var makesPdf = !shown.Contains("(soffice)", StringComparison.Ordinal);
        List<string> lines =
        [
            .. Lines.Where(line => line.Trim() is not ("" or "…")
                && (makesPdf || !line.EndsWith(".pdf", StringComparison.Ordinal))),
        ];
        var missing = lines.FindAll(line => !plain.Contains(Plain(line), StringComparison.Ordinal));
        var most = OfTheDay().IsMatch(Command) ? lines.Count / 2 : 0;
        Assert.True(
            missing.Count <= most, $"{File}: {string.Join('\n', missing)}\n--- is now\n{shown}");
    }

    static IEnumerable<HandbookPicture> Read(string file)
    {
        var lines = XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants()
            .Where(each => each.Name.LocalName == "text")
            .Select(text => string.Concat(text.Elements().Select(part => part.Value)))
            .ToList();
        for (int at = 0, next; at < lines.Count; at = next)
        {
            next = lines.FindIndex(at + 1, line => line.StartsWith(Prompt, StringComparison.Ordinal));
            next = next < 0 ? lines.Count : next;
            yield return new HandbookPicture(
                Path.GetFileName(file), lines[at][Prompt.Length..], lines[(at + 1)..next]);
        }
    }

    static string Plain(string text) => Spaces().Replace(
        Numbers().Replace(
            Codes().Replace(Accounts().Replace(Folders().Replace(text, "/"), "[]"), "#"), "#"), " ").Trim();

    [GeneratedRegex("^sms-campaign (ready|status)( |$)", RegexOptions.ExplicitCapture)]
    private static partial Regex OfTheDay();

    /// <summary>As "[an@may-chu]".</summary>
    [GeneratedRegex(@"\[[^\s\]@]+@[^\s\]]+\]")]
    private static partial Regex Accounts();

    [GeneratedRegex("[0-9a-f]{12}")]
    private static partial Regex Codes();

    [GeneratedRegex(@"[\d.:/]*\d")]
    private static partial Regex Numbers();

    /// <summary>Absolute, or as the picture has them.</summary>
    [GeneratedRegex(@"(?<= |^)/?(\S+/)*(?=(data|config)/)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Folders();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
