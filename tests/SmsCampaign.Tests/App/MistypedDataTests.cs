using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

/// <summary>A data folder that is not there, or is none, is never one where all is well.</summary>
public sealed class MistypedDataTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("declare")]
    [InlineData("resume")]
    [InlineData("ported")]
    [InlineData("receipts", "drop", "--before", "2020-12", "--by", "A")]
    public async Task One_that_is_not_there_is_said(params string[] verb)
    {
        var (code, said) = await RunAsync([.. verb, "--data", _folder.File("no-such")]);

        Assert.Equal(ExitCode.CouldNot, code);
        Assert.StartsWith("Không có thư mục dữ liệu ", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("no-such")));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("declare")]
    [InlineData("audit", "verify")]
    public async Task A_file_is_none(params string[] verb)
    {
        var file = _folder.Write("README.md", "x");

        var (code, said) = await RunAsync([.. verb, "--data", file]);

        Assert.Equal(ExitCode.CouldNot, code);
        Assert.Contains("là một tệp, không phải thư mục dữ liệu. Hãy kiểm tra --data.", said, StringComparison.Ordinal);
    }

    static async Task<(int Code, string Said)> RunAsync(string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(
            args, new Terminal(output, errors, Language.Vietnamese, outputIsTerminal: false), CancellationToken.None);
        return (code, Shown.Flat(output.ToString() + errors));
    }
}
