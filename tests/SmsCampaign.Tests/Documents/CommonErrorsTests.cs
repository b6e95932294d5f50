using System.Text.RegularExpressions;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>The handbook's tables of errors hold what the program says, and nothing that it does not.</summary>
public sealed partial class CommonErrorsTests
{
    /// <summary>Characters between two pieces of one message, in the source: what is put in there.</summary>
    const int MostBetween = 300;

    static readonly Lazy<IReadOnlyList<string>> Sources = new(() => [.. Directory
        .EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Select(path => Joined().Replace(File.ReadAllText(path), "").Replace("\\\"", "\"", StringComparison.Ordinal))]);

    public static TheoryData<string> Messages()
    {
        var handbook = File.ReadAllText(Repository.PathOf("config/README.md"));
        var start = handbook.IndexOf("\n### Thông báo lỗi thường gặp\n", StringComparison.Ordinal);
        var section = handbook[start..handbook.IndexOf("\n## ", start, StringComparison.Ordinal)];
        return [.. Row().Matches(section)
            .Select(row => row.Groups["message"].Value)
            .Where(message => message is not ("Thông báo" or "---"))];
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_error_that_the_handbook_explains_is_one_that_the_program_says(string message)
    {
        var pieces = message.Split('…').Select(piece => piece.Trim()).Where(piece => piece.Length > 0).ToList();
        var said = new Regex(
            string.Join($".{{0,{MostBetween}}}?", pieces.Select(Regex.Escape)), RegexOptions.Singleline);

        Assert.True(
            Sources.Value.Any(source => source.Contains(pieces[0], StringComparison.Ordinal) && said.IsMatch(source)),
            $"nothing in src says “{message}”");
    }

    [Fact]
    public void The_tables_have_fifty_errors_at_least() => Assert.NotEmpty(Messages().Skip(49));

    /// <summary>Where a text goes on in the next line.</summary>
    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Joined();

    [GeneratedRegex(@"^\| (?<message>[^|]+?) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();
}
