using System.Text;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>Numbers are erased by the program as a person calls it.</summary>
[Trait("Category", "Slow")]
public sealed class PurgeTests : IDisposable
{
    const string Campaign = "samples/dak-lak-2025/campaign.yaml";
    const string Id = "dak-lak-2025";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_sent_and_reported_erased_and_reported_again_with_the_same_figures()
    {
        await DoneAsync("send", Campaign, "--simulate");

        // On a busy machine an answer may have come too late.
        await RunAsync(
            "resolve", Id, "--simulate", "--all", "--as", "failed", "--by", "An", "--reason", "không nhận được");
        await DoneAsync("report", Id, "--simulate");
        var reports = Path.Combine(_folder.Path, "reports", Id);
        var before = ReadFigures(reports);
        Assert.NotEmpty(FindNumbers());

        // By nobody, and where nobody can be asked, nothing is erased.
        Assert.Equal(2, (await RunAsync("purge", Id, "--simulate")).ExitCode);
        Assert.Equal(1, (await RunAsync("purge", Id, "--simulate", "--by", "An", "--reason", "hết hạn")).ExitCode);
        Assert.NotEmpty(FindNumbers());

        var purged = await DoneAsync("purge", Id, "--simulate", "--by", "An", "--reason", "hết hạn", "--yes");

        Assert.Contains("ĐÃ XÓA", purged.Output, StringComparison.Ordinal);
        Assert.Contains("VẪN CÒN SỐ", purged.Output, StringComparison.Ordinal);
        Assert.Contains("subscribers.csv", purged.Output, StringComparison.Ordinal);
        Assert.Empty(FindNumbers());
        var verified = await DoneAsync("report", "--verify", FolderOfReport(reports));
        Assert.Contains("TRỪ cột số điện thoại", verified.Output, StringComparison.Ordinal);
        await DoneAsync("report", Id, "--simulate");
        Assert.Equal(before, ReadFigures(reports));
        await DoneAsync("prove", Id, "--simulate");
        await DoneAsync("audit", "verify");
        Assert.Contains(
            "Số điện thoại: ĐÃ XÓA", (await RunAsync("status", Id)).Output, StringComparison.Ordinal);
        Assert.Contains(
            "từ trước",
            (await DoneAsync("purge", Id, "--simulate", "--by", "An", "--reason", "lần nữa")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_of_one_number_is_written_and_the_number_is_said_masked_alone()
    {
        await DoneAsync("send", Campaign, "--simulate");
        var number = File.ReadLines(Repository.PathOf("samples/dak-lak-2025/subscribers.csv"))
            .SelectMany(line => line.Split(','))
            .First(cell => cell.Length == 10 && cell.All(char.IsAsciiDigit) && cell[0] == '0');
        var into = Path.Combine(_folder.Path, "tra-loi");

        var exported = await DoneAsync(
            "export-subject", number, "--by", "An", "--reason", "đơn 1", "--out", into);

        Assert.DoesNotContain(number[1..], exported.Output + exported.Errors, StringComparison.Ordinal);
        Assert.Contains(number[1..], File.ReadAllText(Path.Combine(into, "tra-loi.html")), StringComparison.Ordinal);
        Assert.Contains(Id, File.ReadAllText(Path.Combine(into, "du-lieu.csv")), StringComparison.Ordinal);
        Assert.Contains(
            "\"key\":\"dak-lak-2025",
            File.ReadAllText(Path.Combine(into, "du-lieu.json")),
            StringComparison.Ordinal);

        var erased = await RunAsync("erase-subject", number, "--by", "An", "--reason", "đơn 2", "--yes");
        Assert.True(erased.ExitCode == 0, $"{erased}");
        Assert.DoesNotContain(number[1..], erased.Output + erased.Errors, StringComparison.Ordinal);
        await DoneAsync("audit", "verify");
        Assert.Contains(
            "mã băm",
            await ReadAgainAsync(number),
            StringComparison.Ordinal);
    }

    async Task<string> ReadAgainAsync(string number)
    {
        var into = Path.Combine(_folder.Path, "lan-hai");
        await DoneAsync("export-subject", number, "--by", "An", "--reason", "đơn 3", "--out", into);
        return File.ReadAllText(Path.Combine(into, "du-lieu.csv"));
    }

    async Task<ProgramResult> DoneAsync(params string[] arguments)
    {
        var done = await RunAsync(arguments);
        Assert.True(done.ExitCode == 0, $"{string.Join(' ', arguments)}: {done}");
        return done;
    }

    Task<ProgramResult> RunAsync(params string[] arguments) =>
        ProgramUnderTest.RunAsync(Repository.PathOf(""), [.. arguments, "--data", _folder.Path]);

    static string FolderOfReport(string reports) =>
        Path.GetDirectoryName(Directory.EnumerateFiles(reports, "tong-hop.csv", SearchOption.AllDirectories).Single())!;

    static string ReadFigures(string reports) => string.Join("\n", Directory
        .EnumerateFiles(FolderOfReport(reports), "theo-*.csv")
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllText));

    /// <summary>Numbers of the sample's subscribers in any file of the data folder, by their raw bytes.</summary>
    List<string> FindNumbers()
    {
        byte[][] numbers = [.. File.ReadLines(Repository.PathOf("samples/dak-lak-2025/subscribers.csv"))
            .SelectMany(line => line.Split(','))
            .Where(cell => cell.Length == 10 && cell.All(char.IsAsciiDigit) && cell[0] == '0')
            .Take(200)
            .Select(cell => 84_000_000_000 + long.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))
            .SelectMany(number => new[]
            {
                Encoding.ASCII.GetBytes($"{number}"[2..]),
                [.. BitConverter.GetBytes(number).Take(6).Reverse()],
            })];
        return [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file) is var bytes
                && Array.Exists(numbers, number => bytes.AsSpan().IndexOf(number) >= 0))];
    }
}
