using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>
/// Lines and files stay short enough to read, and links of documents lead somewhere.
/// </summary>
/// <remarks>
/// A line has at most 120 columns. What cannot be broken does not count: in documents the row of a table, a line that
/// is one word, and what stands on one line of a terminal; in code what <see cref="LongCode"/> says.
/// </remarks>
public sealed partial class TidyTests
{
    const int Columns = 120;
    const int LinesOfAFile = 400;
    const int LinesOfTheReadme = 150;

    public static TheoryData<string> Documents => [.. Files("*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void No_line_of_a_document_is_too_long(string document) => AssertNone(
        LongLines(document, line => line.TrimStart().StartsWith('|') || IsOneWord(line)));

    [Fact]
    public void No_line_of_code_is_too_long() => AssertNone(Files("*.cs").SelectMany(file =>
        LongCode.Find(Read(file), Columns).Select(line => $"{file}({line.Line}): {line.Columns} columns")));

    [Theory]
    [InlineData("        Call(aaaaaaaaaa, bbbbbbbbbb);", true)]
    [InlineData("        // some words and others", true)]
    [InlineData("        // https://example.org/one-word", false)]
    [InlineData("        /// <summary>Some words.</summary>", true)]
    [InlineData("        Call(\"some words\");", true)]
    [InlineData("            \"some words\");", true)]
    [InlineData("            $\"some words {of} others\");", true)]
    [InlineData("            \"oneword\");", false)]
    [InlineData("            $\"{one}/word\");", false)]
    [InlineData("            \"oneword\"); // and why", true)]
    [InlineData("            @\"taken as it stands\");", false)]
    [InlineData("            \"\"\"taken as it stands\"\"\").Length;", false)]
    [InlineData("            Call(\"\"\"taken as it stands\"\"\");", true)]
    [InlineData("            $$\"\"\"taken as {{it}} stands\"\"\");", false)]
    [InlineData("x = \"\"\"\n some words below here\n\"\"\";", false)]
    [InlineData("    void A_name_of_a_test()", true)]
    [InlineData("        A_name_alone(", false)]
    public void A_line_of_code_that_can_be_broken_is_told(string code, bool told) =>
        Assert.Equal(told, LongCode.Find(code, most: 12).Any());

    [Fact]
    public void No_file_of_code_is_too_long() => Assert.All(
        Files("*.cs").Where(file => file.StartsWith("src/", StringComparison.Ordinal)),
        file => Assert.InRange(File.ReadLines(Repository.PathOf(file)).Count(), 1, LinesOfAFile));

    [Fact]
    public void The_readme_is_read_in_a_minute() =>
        Assert.InRange(File.ReadLines(Repository.PathOf("README.md")).Count(), 1, LinesOfTheReadme);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_of_a_document_leads_somewhere(string document) => AssertNone(DeadLinks(document));

    /// <summary>As GitHub makes them of headings.</summary>
    [Theory]
    [InlineData("`status --json`", "status---json")]
    [InlineData("14. Thuật ngữ", "14-thuật-ngữ")]
    [InlineData("Tried: sending (`send`, `alternatives`)", "tried-sending-send-alternatives")]
    [InlineData("Điều [cần](x.md) biết", "điều-cần-biết")]
    public void An_anchor_is_made_of_its_heading(string heading, string anchor) =>
        Assert.Equal(anchor, AnchorOf(heading));

    /// <summary>Says every one of them whole.</summary>
    static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    static IEnumerable<string> DeadLinks(string document)
    {
        foreach (var link in Link()
            .Matches(CodeSpan().Replace(WithoutFences(Read(document)), ""))
            .Select(match => match.Groups["to"].Value))
        {
            if (Scheme().IsMatch(link))
                continue;

            var (path, anchor) = link.Split('#', 2) is [var file, var part] ? (file, part) : (link, null);
            var target = path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, path);
            if (!Path.Exists(Repository.PathOf(target)))
                yield return $"{document}: {link}: there is no {path}";
            else if (anchor is not null && !AnchorsOf(target).Contains(anchor))
                yield return $"{document}: {link}: no heading of {target} is called so";
        }
    }

    static HashSet<string> AnchorsOf(string document) =>
        [.. Heading().Matches(WithoutFences(Read(document))).Select(match => AnchorOf(match.Groups["words"].Value))];

    static string AnchorOf(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var letter in LinkText().Replace(heading, "${text}").Trim().ToLowerInvariant())
        {
            if (letter == ' ')
                anchor.Append('-');
            else if (char.IsLetterOrDigit(letter) || letter is '-' or '_')
                anchor.Append(letter);
        }

        return anchor.ToString();
    }

    /// <summary>What a terminal shows keeps its lines: a fence that names no language.</summary>
    static IEnumerable<string> LongLines(string file, Func<string, bool> cannotBeBroken) =>
        Fence().Replace(Read(file), fence => fence.Groups["language"].Length > 0 ? fence.Value : Blank(fence.Value))
            .Split('\n')
            .Select((line, at) => (Line: line, Number: at + 1))
            .Where(row => row.Line.Length > Columns && !cannotBeBroken(row.Line))
            .Select(row => $"{file}({row.Number}): {row.Line.Length} columns");

    /// <summary>A link, a command or an address, with what is before it on a line of a list.</summary>
    static bool IsOneWord(string line) => !OneWord()
        .Replace(line.Trim().TrimStart('-', ' '), "")
        .TrimEnd('.', ',', ':', ';')
        .Contains(' ', StringComparison.Ordinal);

    static string Blank(string lines) => new('\n', lines.Count(letter => letter == '\n'));

    static string WithoutFences(string text) => Fence().Replace(text, "");

    static string Read(string path) => File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n").Normalize();

    /// <summary>Of the repository's own, as paths from its root.</summary>
    static IEnumerable<string> Files(string pattern)
    {
        var root = Repository.PathOf("");
        string[] places = ["config", "samples", "src", "tests"];
        return Directory.EnumerateFiles(root, pattern)
            .Concat(places.SelectMany(
                place => Directory.EnumerateFiles(Path.Combine(root, place), pattern, SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkText();

    [GeneratedRegex(@"^[a-z]+:", RegexOptions.ExplicitCapture)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^#{1,6} (?<words>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"^```(?<language>[a-z]*)\n.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"`[^`]*`|\[[^\]]*\]\([^)]*\)")]
    private static partial Regex OneWord();
}
