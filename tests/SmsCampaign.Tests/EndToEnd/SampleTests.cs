using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The command of the README, as a person types it in a fresh clone.</summary>
[Trait("Category", "Slow")]
public sealed partial class SampleTests : IDisposable
{
    const string Command =
        "dotnet run -c Release --project src/SmsCampaign.App -- send samples/dak-lak-2025/campaign.yaml --simulate";
    const string Campaign = "samples/dak-lak-2025/campaign.yaml";
    const string Id = "dak-lak-2025";

    static readonly string[] ReportFiles =
    [
        "bao-cao.docx", "bao-cao.html", "bao-cao.xlsx", "chi-tiet.csv", "chua-ro.csv", "kiem-tra.txt", "loai-tru.csv",
        "loi.csv", "theo-dia-ban-nha-mang.csv", "theo-dia-ban.csv", "theo-gio.csv",
        "theo-kenh.csv", "theo-nha-mang.csv", "theo-nhom-nhan-tin.csv", "tong-hop.csv",
    ];

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_sample_is_sent_and_reported_in_one_command()
    {
        var sent = await RunAsync("send", Campaign, "--simulate");

        Assert.True(sent.ExitCode == 0, $"{sent}");
        Assert.Contains("MÔ PHỎNG: mọi tin đi tới nhà mạng mô phỏng", sent.Output, StringComparison.Ordinal);
        ShowsWhatThePictureShows(sent.Output);
        Assert.DoesNotContain(" 0/500 phần/giây", FirstProgressOf("viettel", sent), StringComparison.Ordinal);
        var report = ReadReport();
        Assert.Equal(ReportFiles, report.Keys.Order());
        Assert.Equal("đúng", Totals(report)["Cân đối"]);
        NoNumberIsShownInFull(sent, report.Values);
        await StatusAgreesAsync(Totals(report));

        // Again: nothing is left to send; in English this time.
        var ledger = new LedgerFacts(
            new DataFolder(_folder.Path).Run(new RunKey(Id, new DateOnly(2025, 7, 30), Simulated: true)));
        var attempts = ledger.Attempts;
        var again = await RunAsync("send", Campaign, "--simulate", "--lang", "en");
        Assert.True(again.ExitCode == 0, $"{again}");
        Assert.Equal(attempts, ledger.Attempts);
        Assert.Contains(" 0 still to send", again.Output, StringComparison.Ordinal);
        Assert.Contains("Balances: audience ", again.Output, StringComparison.Ordinal);
        Assert.Equal("right", Totals(ReadReport())["Balance"]);
        NoNumberIsShownInFull(again, ReadReport().Values);

        // The same ledger, the same bytes.
        var reported = await RunAsync("report", Id, "--simulate");
        Assert.True(reported.ExitCode == 0, $"{reported}");
        Assert.Equal(report, ReadReport());
    }

    /// <summary>The first two lines after the command and the last, whatever the numbers; those between
    /// depend on the moment.</summary>
    static void ShowsWhatThePictureShows(string output)
    {
        var picture = XDocument.Load(Repository.PathOf("samples/dak-lak-2025/send.svg"));
        var lines = picture.Descendants().Where(element => element.Name.LocalName == "text")
            .Select(text => string.Concat(text.Elements().Select(part => part.Value))).ToList();

        Assert.Equal($"$ {Command}", lines[0]);
        Assert.Contains(
            $"\n{Command}\n",
            File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.All(
            [lines[1], lines[2], lines[^1]],
            line => Assert.Matches($"(?m)^{Number().Replace(Regex.Escape(line), "[0-9.]+")}$", output));
    }

    [GeneratedRegex(@"[0-9]+(\\\.[0-9]+)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    static string FirstProgressOf(string lane, ProgramResult result) =>
        result.Output.Split('\n').First(line => line.StartsWith($"{lane}: đã chuyển ", StringComparison.Ordinal));

    Task<ProgramResult> RunAsync(params string[] arguments) =>
        ProgramUnderTest.RunAsync(Repository.PathOf(""), [.. arguments, "--data", _folder.Path]);

    Dictionary<string, string> ReadReport() =>
        Directory.EnumerateFiles(_folder.File($"reports/{Id}"), "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    static Dictionary<string, string> Totals(Dictionary<string, string> report) => report["tong-hop.csv"]
        .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(row => row.Split(','))
        .DistinctBy(cells => cells[0])
        .ToDictionary(cells => cells[0], cells => cells[1]);

    async Task StatusAgreesAsync(Dictionary<string, string> totals)
    {
        var asked = await RunAsync("status", Id, "--json");
        Assert.True(asked.ExitCode == 0, $"{asked}");
        var status = JsonDocument.Parse(asked.Output).RootElement.GetProperty("runs")[0];

        Assert.Equal("finished", status.GetProperty("state").GetString());
        Assert.Equal(totals["Số dòng danh sách"], status.GetProperty("audience").GetRawText());
        Assert.Equal(totals[ReportWords.Excluded.Heading().Vi], status.GetProperty("excluded").GetRawText());
        Assert.All(Enum.GetValues<MessageStatus>(), each => Assert.Equal(
            totals[ReportWords.Of(each).Heading().Vi],
            status.GetProperty("messages").GetProperty(each.ToString().ToLowerInvariant()).GetRawText()));
    }

    /// <summary>Rule 9: of no number in the list, mobile or not, all the digits appear.</summary>
    static void NoNumberIsShownInFull(ProgramResult result, IEnumerable<string> files)
    {
        const int shortest = 9;
        var numbers = File.ReadLines(Repository.PathOf("samples/dak-lak-2025/subscribers.csv"))
            .SelectMany(DigitsIn).Select(digits => digits[^shortest..]).ToHashSet();
        Assert.InRange(numbers.Count, 4_000, 5_000);

        foreach (var text in files.Append(result.Output).Append(result.Errors))
        {
            var shown = DigitsIn(text).SelectMany(digits =>
                Enumerable.Range(0, digits.Length - shortest + 1).Select(at => digits.Substring(at, shortest)));
            Assert.DoesNotContain(shown, numbers.Contains);
        }
    }

    static IEnumerable<string> DigitsIn(string text) =>
        WrittenNumber().Matches(text).Select(match => string.Concat(match.Value.Where(char.IsAsciiDigit)));

    [GeneratedRegex("[0-9](?:[ .()+-]*[0-9]){8,}")]
    private static partial Regex WrittenNumber();
}
