using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>The verb new: what it asks, prints and ends with.</summary>
public sealed class NewCommandTests : IDisposable
{
    static readonly string[] Given =
    [
        "--issuer", "UBND tỉnh Lào Cai", "--text", "Toàn dân phòng, chống mua bán người", "--sender", "CHINH PHU",
        "--date", "30/7/2026", "--hours", "08:00-20:00", "--held-by", "viettel,vinaphone", "--report-to",
        "UBND tỉnh", "--report-by", "30/9/2026",
    ];

    readonly TempFolder _folder = new();
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();
    Queue<string>? _answers;

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task With_all_options_nothing_is_asked_and_check_asks_for_the_estimates_alone()
    {
        Assert.Equal(ExitCode.Done, await RunAsync(["new", Place, .. Given]));
        Assert.Contains("2 questions left", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.InputHasProblems, await RunAsync("check", Path.Combine(Place, "campaign.yaml")));
        var errors = _errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, errors.Count(line => line.Contains(".estimate]: error: A question", StringComparison.Ordinal)));
        Assert.Contains("2 errors, 0 warnings", errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_every_missing_option_is_named_and_nothing_is_made()
    {
        Assert.Equal(ExitCode.InputHasProblems, await RunAsync("new", Place, "--sender", "CHINH PHU"));

        foreach (var option in new[]
        {
            "--issuer", "--text", "--date", "--hours", "--held-by", "--report-to", "--report-by",
        })
            Assert.Contains(option, _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("--sender is", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("--number", _errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Place));
    }

    [Fact]
    public async Task At_a_terminal_what_is_missing_is_asked_again_where_it_cannot_be()
    {
        _answers = new Queue<string>(
        [
            "UBND tỉnh Lào Cai", "12/UBND-NC", "", "7", "", "Toàn dân phòng, chống mua bán người", "CHÍNH PHỦ",
            "CHINH PHU", "30/7", "30/7/2026", "", "viettel", "UBND tỉnh", "30/9/2026",
        ]);

        Assert.Equal(ExitCode.Done, await RunAsync("new", Place));
        Assert.Empty(_answers);
        var file = await File.ReadAllTextAsync(Path.Combine(Place, "campaign.yaml"));
        Assert.Contains("number: \"12/UBND-NC\"", file, StringComparison.Ordinal);
        Assert.Contains("# date: …", file, StringComparison.Ordinal);
        Assert.Contains("from: \"08:00\", to: \"20:00\"", file, StringComparison.Ordinal);
        Assert.Contains("heldBy: viettel", file, StringComparison.Ordinal);
        Assert.Contains("'30/7' is not a date", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_end_before_all_is_said_make_nothing()
    {
        _answers = new Queue<string>(["UBND tỉnh Lào Cai"]);

        Assert.Equal(ExitCode.InputHasProblems, await RunAsync("new", Place));
        Assert.False(Directory.Exists(Place));
    }

    [Fact]
    public async Task What_is_taken_from_an_order_is_shown_with_its_words_and_place()
    {
        var order = DirectiveCase.Of("lai-chau-2024", _folder).File;

        Assert.Equal(ExitCode.Done, await RunAsync("new", Place, "--from-order", order));

        var output = _output.ToString();
        Assert.Contains("Number: 20/BCĐ", output, StringComparison.Ordinal);
        Assert.Contains("line 3: “Số: 20 /BCĐ”", output, StringComparison.Ordinal);
        Assert.Contains("ASK  the sender: not found", output, StringComparison.Ordinal);
        Assert.Contains("Tổng đại quốc gia 111", output, StringComparison.Ordinal);
        Assert.Contains("Next: edit the file, then run: sms-campaign check ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_there_stays_as_it_is()
    {
        var kept = _folder.Write("moi/campaign.yaml", "id: cu\n");

        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(["new", Place, .. Given]));
        Assert.Contains("nothing is written over", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("id: cu\n", await File.ReadAllTextAsync(kept));
    }

    [Theory]
    [InlineData("--from", "a", "--from-order", "b")]
    [InlineData("--from", "a", "--sender", "b")]
    public async Task Sources_that_do_not_go_together_are_refused(params string[] options) =>
        Assert.Equal(ExitCode.CouldNot, await RunAsync(["new", Place, .. options]));

    string Place => _folder.File("moi");

    Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        [
            .. args, "--lang", "en", "--installation", Repository.PathOf("config/smscampaign.json"), "--data",
            _folder.File("data"),
        ],
        new Terminal(_output, _errors, Language.English, outputIsTerminal: false)
        {
            Ask = _answers is { } answers ? () => answers.TryDequeue(out var answer) ? answer : null : null,
        },
        CancellationToken.None);
}
