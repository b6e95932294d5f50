using System.Text.RegularExpressions;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.EndToEnd;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>The handbook's ten steps are shown as the program is now.</summary>
public sealed partial class HandbookPicturesTests
{
    static readonly string Handbook = File.ReadAllText(Repository.PathOf("config/README.md"));

    [Fact]
    public void Each_is_in_the_handbook_with_words_for_who_does_not_see_it_and_none_is_missing()
    {
        var shown = Shown().Matches(Handbook);

        Assert.Equal(
            Directory.EnumerateFiles(Repository.PathOf("config/pictures")).Select(Path.GetFileName).Order(),
            shown.Select(match => match.Groups["file"].Value).Order());
        Assert.All(shown, match => Assert.StartsWith(
            match.Groups["file"].Value.EndsWith(".svg", StringComparison.Ordinal) ? "Màn hình lệnh " : "Trang ",
            match.Groups["words"].Value,
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_steps_are_ten_and_each_has_both_ways()
    {
        var steps = Step().Matches(Handbook).Select(match => int.Parse(match.Groups["number"].Value, null)).ToList();

        Assert.Equal(Enumerable.Range(1, 10), steps);
        Assert.Contains("| Bước | Sở tự gửi | Nhà mạng tự nhắn |", Handbook, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_that_is_shown_is_one_the_program_takes()
    {
        var root = CommandLine.Create(new Terminal(TextWriter.Null, TextWriter.Null, Language.Vietnamese, false));

        Assert.NotEmpty(HandbookPicture.All);
        Assert.All(HandbookPicture.All, picture =>
        {
            Assert.StartsWith("sms-campaign ", picture.Command, StringComparison.Ordinal);
            var words = Word().Matches(picture.Command["sms-campaign ".Length..])
                .Select(match => match.Value.Trim('"')).ToArray();
            Assert.Empty(root.Parse(words).Errors.Select(error => $"{picture.Command}: {error.Message}"));
            Assert.NotEmpty(picture.Lines);
        });
    }

    [GeneratedRegex(@"!\[(?<words>[^]]*)\]\(pictures/(?<file>[^)]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Shown();

    [GeneratedRegex(@"^\| (?<number>\d+) \| ", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
