using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

public sealed class WrittenArgumentsTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData("approve campaign.yaml --by A\nB", "Giá trị của --by có ký tự không nhìn thấy U+000A ở vị trí 2")]
    [InlineData("approve campaign.yaml --by=A\u001B[1A", "Giá trị của --by có ký tự không nhìn thấy U+001B ở vị trí 7")]
    [InlineData(
        "approve campaign.yaml --document 12\u202E34", "Giá trị của --document có ký tự không nhìn thấy U+202E")]
    [InlineData("resolve mau --all --reason đã\u0007hỏi", "Giá trị của --reason có ký tự không nhìn thấy U+0007")]
    [InlineData("approve campaign.yaml --by A\u200BB", "Giá trị của --by có ký tự không nhìn thấy U+200B ở vị trí 2")]
    [InlineData("approve campaign.yaml --by:A\u200BB", "Giá trị của --by có ký tự không nhìn thấy U+200B ở vị trí 7")]
    [InlineData("approve campaign.yaml --by \uFEFFA", "Giá trị của --by có ký tự không nhìn thấy U+FEFF ở vị trí 1")]
    [InlineData(
        "approve campaign.yaml --document=12\u00AD34", "Giá trị của --document có ký tự không nhìn thấy U+00AD")]
    [InlineData("resolve mau --all --reason \u2060\u2060", "Giá trị của --reason có ký tự không nhìn thấy U+2060")]
    [InlineData("check a\u001Bb.yaml", "Tham số 'a<U+001B>b.yaml' có ký tự không nhìn thấy U+001B")]
    public async Task Every_argument_is_looked_at_before_anything_is_done(string line, string expected)
    {
        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(line.Split(' ')));

        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
        Assert.Single(_errors.ToString().Trim().Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_others_wrote_is_shown_and_does_nothing_to_the_terminal()
    {
        var terminal = new Terminal(_output, _errors, Language.English, outputIsTerminal: false);

        terminal.Say("", "lane 'a\u001B[2Jb'\nline two");
        terminal.List([new Problem(new Place("a\nerror: b.csv"), new Wording("", "found 'c\nerror: d'"))]);

        Assert.Equal("lane 'a<U+001B>[2Jb'\nline two\n", _output.ToString().ReplaceLineEndings("\n"));
        Assert.Equal(
            "a<U+000A>error: b.csv: error: found 'c<U+000A>error: d'\n", _errors.ToString().ReplaceLineEndings("\n"));
    }

    Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        [.. args, "--data", _folder.Path],
        new Terminal(_output, _errors, Language.Vietnamese, outputIsTerminal: false),
        CancellationToken.None);
}
