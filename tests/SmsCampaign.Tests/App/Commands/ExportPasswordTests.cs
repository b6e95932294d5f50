using System.CommandLine;
using SmsCampaign.App;
using SmsCampaign.App.Commands;

namespace SmsCampaign.Tests.App.Commands;

public sealed class ExportPasswordTests : IDisposable
{
    readonly StringWriter _errors = new();
    readonly List<Problem> _problems = [];

    public void Dispose() => _errors.Dispose();

    [Fact]
    public void It_is_typed_twice_and_never_shown()
    {
        Assert.Equal("mat khau du dai", Type("mat khau du daii\bX\b\n" + "mat khau du dai\n"));

        Assert.DoesNotContain("mat khau du dai", _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("mat khau du dai\nmat khau du dau\n", "khác nhau")]
    [InlineData("ngan\nngan\n", "ngắn hơn 12 ký tự")]
    public void One_that_cannot_be_used_is_told_without_anything_of_it(string typed, string expected)
    {
        Assert.Null(Type(typed));

        Assert.Contains(expected, Assert.Single(_problems).What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_can_type_it_is_said_how_else()
    {
        Assert.Null(Read(new ExportPassword(Terminal()) { Key = null }));

        Assert.Contains(ExportPassword.Variable, Assert.Single(_problems).What.Vi, StringComparison.Ordinal);
    }

    string? Type(string typed)
    {
        var keys = new Queue<char>(typed);
        return Read(new ExportPassword(Terminal())
        {
            Key = () => keys.Dequeue() switch
            {
                '\n' => new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false),
                '\b' => new ConsoleKeyInfo('\b', ConsoleKey.Backspace, false, false, false),
                var letter => new ConsoleKeyInfo(letter, ConsoleKey.A, false, false, false),
            },
        });
    }

    string? Read(ExportPassword password) => password.Read(new RootCommand { password.Option }.Parse([]), _problems);

    Terminal Terminal() => new(TextWriter.Null, _errors, Language.Vietnamese, outputIsTerminal: false);
}
