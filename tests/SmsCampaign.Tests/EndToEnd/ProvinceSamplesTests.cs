using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// The samples of the provinces, as the page of each says: its commands in order by the real program, what it shows of
/// them, the letters under the head that it gives, and the lines that every report of it has (<c>mong-doi</c>, which
/// <c>UPDATE_SAMPLES=1</c> writes).
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class ProvinceSamplesTests : IDisposable
{
    const string Program = "sms-campaign ";

    static readonly string[] Expected = ["tong-hop.csv", "theo-nhom-nhan-tin.csv", "theo-dia-ban.csv"];

    readonly TempFolder _folder = new();

    public ProvinceSamplesTests()
    {
        Copy(Repository.PathOf("config"), _folder.File("config"));
        Copy(Repository.PathOf("samples"), _folder.File("samples"));
    }

    public static TheoryData<string> Samples => [.. SampleRegion.Provinces.Select(region => region.Folder)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task The_page_of_a_sample_can_be_followed_to_its_report(string sample)
    {
        var page = (await File.ReadAllTextAsync(Repository.PathOf($"samples/{sample}/README.md")))
            .ReplaceLineEndings("\n");
        var letters = UseLetters(page);

        var (last, steps) = ("", 0);
        foreach (var fence in Fence().Matches(page).Where(fence => fence.Groups["language"].Length == 0))
        {
            var text = fence.Groups["text"].Value;
            if (!text.StartsWith(Program, StringComparison.Ordinal))
            {
                Assert.All(text.Split('\n'), line => Assert.Contains(line.Trim(), last, StringComparison.Ordinal));
                continue;
            }

            foreach (var line in text.Split('\n'))
            {
                last = await FollowAsync(line);
                steps++;
            }
        }

        Assert.InRange(steps, 3, 12);
        HasLetters(sample, letters);
        await ReportsAsExpectedAsync(sample);
    }

    /// <summary>Lai Châu's order has a slip: what is sent in its place is somebody's decision, by name and
    /// reason.</summary>
    [Fact]
    public async Task Who_decided_on_other_words_than_the_order_stands_in_the_records_and_the_report()
    {
        var file = _folder.File("samples/lai-chau-2024/campaign.yaml");
        var text = await File.ReadAllTextAsync(file);
        foreach (var day in new[] { "30/7/", "10/8/", "20/7/", "5/8/" })
            text = text.Replace(day + "2024", day + "2099", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text);

        await DoneAsync("plan", file);
        await DoneAsync(
            "approve", file, "--by", "Nguyễn Văn A", "--reason", "Công an tỉnh trả lời: văn bản ghi nhầm");
        await DoneAsync("order", file);
        await DoneAsync("order", "sent", "lai-chau-2024", "--holder", "viettel", "--document", "1", "--by", "B");
        await DoneAsync("order", "ack", "lai-chau-2024", "--holder", "viettel", "--rate", "300", "--by", "B");
        await DoneAsync("audit", "verify");
        await DoneAsync("report", "lai-chau-2024");

        using var db = SqliteDb.Open(_folder.File("data/ledger.db"), readOnly: true);
        Assert.EndsWith(
            ": thong-diep: order 'đại', message 'đài'. Công an tỉnh trả lời: văn bản ghi nhầm",
            db.ReadText("select detail from event where what = 'approve-other-words' and who = 'Nguyễn Văn A'"),
            StringComparison.Ordinal);
        var summary = Directory.GetFiles(
            _folder.File("data/reports/lai-chau-2024"), "tong-hop.csv", SearchOption.AllDirectories);
        Assert.Contains(
            "Lý do ghi khi phê duyệt,Công an tỉnh trả lời: văn bản ghi nhầm,",
            await File.ReadAllTextAsync(Assert.Single(summary)),
            StringComparison.Ordinal);
    }

    async Task DoneAsync(params string[] arguments)
    {
        var run = await ProgramUnderTest.RunAsync(_folder.Path, arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run}");
    }

    /// <summary>The day of every sample is past: what binds a day says so, as its page does.</summary>
    async Task<string> FollowAsync(string line)
    {
        var arguments = Argument().Matches(line[Program.Length..]).Select(match => match.Value.Trim('"')).ToArray();
        var exit = arguments[0] == "approve" || line.Contains("loi-phong", StringComparison.Ordinal) ? 2 : 0;
        var result = await ProgramUnderTest.RunAsync(_folder.Path, arguments);

        Assert.True(result.ExitCode == exit, $"{line}: {result}");
        if (arguments[0] == "approve")
            Assert.Contains("đã qua", result.Errors, StringComparison.Ordinal);
        return result.Output + result.Errors;
    }

    /// <summary>Puts the head of letters that the page gives into the installation file, as the engineer
    /// would.</summary>
    JsonNode UseLetters(string page)
    {
        var given = JsonLetters().Match(page).Groups["json"].Value;
        var letters = JsonNode.Parse(given)!;
        var file = _folder.File("config/smscampaign.json");
        var before = File.ReadAllText(file);
        var after = ShippedLetters().Replace(before, _ => $"\"letters\": {given.Trim()},", 1);
        Assert.NotEqual(before, after);
        File.WriteAllText(file, after);
        return letters;
    }

    void HasLetters(string sample, JsonNode letters)
    {
        var folder = _folder.File($"data/orders/{sample}");
        var orders = Directory.GetFiles(folder, "lenh-*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(orders);
        foreach (var file in orders)
        {
            var order = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
            var letter = WordsOf(file.Replace("lenh-", "cong-van-", StringComparison.Ordinal)
                .Replace(".json", ".docx", StringComparison.Ordinal));
            Assert.Contains((string)letters["superior"]!, letter, StringComparison.OrdinalIgnoreCase);
            Assert.Contains((string)letters["issuer"]!, letter, StringComparison.OrdinalIgnoreCase);
            Assert.All(
                new[] { ("message", "text"), ("message", "sha256"), ("directive", "issuer") },
                said => Assert.Contains(
                    order.GetProperty(said.Item1).GetProperty(said.Item2).GetString()!,
                    letter,
                    StringComparison.Ordinal));
        }
    }

    /// <summary>Of what a report says, what no chance and no clock decides.</summary>
    async Task ReportsAsExpectedAsync(string sample)
    {
        var report = Directory.GetFiles(
            _folder.File($"data/reports/{sample}"), "*.csv", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileName(file), file => File.ReadAllLines(file));
        var facts = Expected.ToDictionary(name => name, name => Fixed(name, report[name]));
        foreach (var (name, lines) in facts)
        {
            var file = $"samples/{sample}/mong-doi/{name}";
            if (Environment.GetEnvironmentVariable("UPDATE_SAMPLES") == "1")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Repository.PathOf(file))!);
                await File.WriteAllTextAsync(
                    Repository.PathOf(file), "\uFEFF" + string.Concat(lines.Select(line => line + "\r\n")));
            }

            Assert.Equal(await File.ReadAllLinesAsync(Repository.PathOf(file)), lines);
        }

        Assert.Contains(report["tong-hop.csv"], line => line.StartsWith("Cân đối,đúng,", StringComparison.Ordinal));
    }

    static IEnumerable<string> Fixed(string name, string[] lines) => name switch
    {
        "tong-hop.csv" => lines.Where(line => Facts().IsMatch(line)),
        "theo-dia-ban.csv" => lines.Select(line => string.Join(',', line.Split(',').Take(3))),
        _ => lines.Select(line => string.Join(',', line.Split(',').Take(4))),
    };

    static string WordsOf(string document)
    {
        using var zip = ZipFile.OpenRead(document);
        using var content = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        return System.Net.WebUtility.HtmlDecode(Tag().Replace(content.ReadToEnd(), ""));
    }

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex(
        @"^```(?<language>[a-z]*)\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"```json\n(?<json>\{.*?\n\})\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonLetters();

    [GeneratedRegex("\"letters\": \\{[^}]*\\},")]
    private static partial Regex ShippedLetters();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(
        "^(Chiến dịch|Tiêu đề|Chế độ|Tên định danh|Cơ quan ban hành|Văn bản giao nhiệm vụ|Nơi nhận báo cáo|Hạn báo cáo"
            + "|Ngày gửi|Khung giờ|Nội dung|Thuê bao nhận tin|Số bản tin quy đổi dự kiến|Số dòng danh sách|Loại trừ"
            + "|Cân đối)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Facts();
}
