using System.CommandLine;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

/// <summary>Whatever is wrong with a command line, it is said in Vietnamese, with what would be right.</summary>
public sealed class UsageProblemsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Every verb, "audit verify" as two words.</summary>
    public static TheoryData<string> Verbs()
    {
        var verbs = new TheoryData<string>();
        foreach (var (path, _) in All())
            verbs.Add(path);
        return verbs;
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Each_kind_of_wrong_argument_is_told_in_Vietnamese(string path)
    {
        var verb = All().Single(each => each.Path == path).Verb;
        foreach (var wrong in WrongOf(verb))
        {
            var (exit, shown) = await RunAsync([.. path.Split(' '), .. wrong]);

            Assert.True(exit == ExitCode.CouldNot, $"{path} {string.Join(' ', wrong)}: {exit}");
            Assert.Contains("Xem cách dùng: sms-campaign", shown, StringComparison.Ordinal);
            EnglishWords.AssertNone(shown);
            Assert.DoesNotContain("System.", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "Chưa chọn lệnh. Hãy chọn một trong: text, numbers, new, check,")]
    [InlineData("stauts", "Không có lệnh 'stauts'. Có phải là 'status' không? Đang có: text, numbers,")]
    [InlineData("chekc x.yaml --date 30/7/2025", "Không có lệnh 'chekc'. Có phải là 'check' không?")]
    [InlineData("audit", "Chưa chọn lệnh. Hãy chọn một trong: verify.")]
    [InlineData("audit verfy", "Không có lệnh 'verfy'. Có phải là 'verify' không?")]
    [InlineData("check x.yaml --dat 30/7/2025", "Không có tùy chọn '--dat' ở đây. Có phải là '--data' không?")]
    [InlineData("check x.yaml y.yaml", "Thừa 'y.yaml': lệnh 'check' chỉ nhận <tệp-chiến-dịch>.")]
    [InlineData("status --lang fr", "Không nhận giá trị 'fr'.")]
    [InlineData("status --watch --json", "--watch không dùng cùng --json")]
    [InlineData("resolve x --as deliverd", "'delivered'")]
    [InlineData("status --wach", "Không có tùy chọn '--wach' ở đây. Có phải là '--watch' không?")]
    [InlineData("report x --date --simulate", "Tùy chọn '--date' thiếu giá trị.")]
    [InlineData("new -- -x --from samples/x", "Thừa '--from': đứng sau '--' nên không được hiểu là tùy chọn.")]
    [InlineData("new -- -x -y", "Thừa '-y': đứng sau '--'")]
    [InlineData("status @x", "Chưa có lượt gửi nào")]
    public async Task What_was_meant_and_what_exists_is_told(string line, string told)
    {
        var (exit, shown) = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.NotEqual(ExitCode.Done, exit);
        Assert.Contains(told, Shown.Flat(shown), StringComparison.Ordinal);
        EnglishWords.AssertNone(shown);
    }

    /// <summary>One of each kind: unknown, one too many, twice, without a value, with one that cannot be.</summary>
    static IEnumerable<string[]> WrongOf(Command verb)
    {
        string[] right =
            [.. verb.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(_ => "x")];
        yield return [.. right, "--unheard-of"];
        if (verb.Arguments.All(argument => argument.Arity.MaximumNumberOfValues <= 1))
            yield return [.. right, .. verb.Arguments.Select(_ => "y"), "z"];
        if (right.Length > 0)
            yield return [];

        foreach (var option in verb.Options
            .Concat(SharedOptions.Create(Language.Vietnamese))
            .Where(option => !option.Hidden))
        {
            if (option.Arity.MaximumNumberOfValues == 1 && option.ValueType != typeof(bool))
                yield return [.. right, option.Name, "1", option.Name, "2"];
            if (option.ValueType == typeof(bool) && verb.Arguments.Count > right.Length)
                continue; // what follows it is the verb's own
            if (option.ValueType == typeof(bool))
                yield return [.. right, $"{option.Name}=perhaps"];
            else
                yield return [.. right, option.Name];
        }
    }

    static IEnumerable<(string Path, Command Verb)> All()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, Language.Vietnamese, outputIsTerminal: false);
        foreach (var verb in CommandLine.Verbs.Select(create => create(terminal)))
        {
            if (verb.Subcommands.Count == 0)
                yield return (verb.Name, verb);
            foreach (var below in verb.Subcommands)
                yield return ($"{verb.Name} {below.Name}", below);
        }
    }

    async Task<(int Exit, string Shown)> RunAsync(string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = args.Contains("--data") || args.Contains("--lang") ? args : [.. args, "--data", _folder.Path];
        var exit = await CommandLine.RunAsync(
            all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return (exit, errors.ToString());
    }
}
