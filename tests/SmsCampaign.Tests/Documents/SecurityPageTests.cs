using System.Globalization;
using System.Text.RegularExpressions;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>The page of OWASP ASVS 5.0.0 leaves out no requirement of the levels 1 and 2, and names only tests that
/// there are.</summary>
public sealed partial class SecurityPageTests
{
    const string Page = "config/SECURITY.md";

    /// <summary>How many requirements a section has, those of level 3 without (5.0.0, docs_en, the CSV file).</summary>
    const string Sections = """
        1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
        4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
        7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2
        10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
        14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
        """;

    [Fact]
    public void Each_requirement_of_the_levels_1_and_2_is_answered_once()
    {
        var expected = Sections
            .Split((char[])[' ', '\n'])
            .Select(section => section.Split(':'))
            .SelectMany(section => Enumerable
                .Range(1, int.Parse(section[1], CultureInfo.InvariantCulture))
                .Select(number => $"{section[0]}.{number}"));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Answered().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_test_that_it_names_is_there()
    {
        var there = Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet();

        Assert.All(
            TestName().Matches(Text()).Select(match => match.Groups[1].Value).Distinct(),
            name => Assert.Contains(name, there));
    }

    /// <summary>By the first cell of a row, and by the lists of what does not apply.</summary>
    static IEnumerable<string> Answered() => Text()
        .Split('\n')
        .SkipWhile(line => !line.StartsWith("## 1.", StringComparison.Ordinal))
        .TakeWhile(line => !line.StartsWith("## 18.", StringComparison.Ordinal))
        .Select(line => line.StartsWith('|') ? line.Split('|')[1] : IsList(line) ? line : "")
        .SelectMany(cell => Number().Matches(cell).Select(match => match.Value));

    static bool IsList(string line) =>
        line.StartsWith("Không áp dụng, vì", StringComparison.Ordinal)
        || line.StartsWith("10.", StringComparison.Ordinal);

    static string Text() => File.ReadAllText(Repository.PathOf(Page));

    [GeneratedRegex(@"\b\d{1,2}\.\d\.\d{1,2}\b")]
    private static partial Regex Number();

    [GeneratedRegex("`(\\w+(?:Tests|Contract))`")]
    private static partial Regex TestName();
}
