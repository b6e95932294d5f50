using System.Diagnostics;
using System.Text.RegularExpressions;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// The officer's handbook, step by step: every command line of it in order, by the real program, in a folder
/// with nothing but what ships, and what the handbook shows of it. Codes and dates depend on the day and are
/// those that the program printed.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class HandbookTests : IDisposable
{
    const string Program = "sms-campaign ";

    /// <summary>Rows of the sample's list that are left, so that a rehearsal at the contracts'
    /// pace takes seconds.</summary>
    const int Rows = 200;

    static readonly RunKey Rehearsed = new("dak-lak-2025", new DateOnly(2025, 7, 30), Simulated: true);

    readonly TempFolder _folder = new();
    string _code = "";
    string _opens = "";
    string _reference = "";
    int _compared;

    public HandbookTests()
    {
        Copy(Repository.PathOf("config"), _folder.File("config"));
        Copy(Repository.PathOf("samples"), _folder.File("samples"));
        CutList();

        // The handbook: "lưu trong tệp noi-dung.txt", "lưu vài số vào tệp so.txt".
        File.WriteAllText(_folder.File("noi-dung.txt"), "Toàn dân tích cực tham gia phòng, chống mua bán người.");
        File.WriteAllText(_folder.File("so.txt"), "0912 345 678\n912345678\n");
        File.WriteAllText(_folder.File("bao-cao-viettel.xlsx"), "Địa bàn,Đã gửi,Thành công\nĐắk Lắk,6123,6001\n");
        WordFile.Write(_folder.File("cong-van.docx"), File.ReadAllText(
            Repository.PathOf("tests/SmsCampaign.Tests/Directives/Cases/dien-bien-2025.word")));
    }

    public void Dispose() => _folder.Dispose();

    string List => _folder.File("samples/dak-lak-2025/subscribers.csv");

    void CutList() => File.WriteAllLines(List, File.ReadLines(List).Take(Rows + 1).ToList());

    /// <summary>What each line needs to stand before, as the paragraph above it says, and where its exit code is not 0
    /// what it then says.</summary>
    (Action? Situation, int Exit, string Said) Expectation(string line) => line switch
    {
        _ when line.Contains(" --message MÃ ", StringComparison.Ordinal) => (MakeUncertain, 0, "Đã ghi 1 tin"),
        _ when line.Contains(" --all --as failed ", StringComparison.Ordinal) => (MakeUncertain, 0, "Đã ghi "),
        _ when line.StartsWith("sms-campaign pause dak-lak-2025 ", StringComparison.Ordinal)
            || line.StartsWith("sms-campaign cancel dak-lak-2025 ", StringComparison.Ordinal)
            || line.StartsWith("sms-campaign resume dak-lak-2025 ", StringComparison.Ordinal) =>
            (null, 2, "dak-lak-2025"), // of today there is none
        _ when line.StartsWith("sms-campaign resume viettel", StringComparison.Ordinal) =>
            (StopLane, 2, "được gửi tiếp"), // of the stop; to lift the pause above takes a reason
        _ when line.StartsWith("sms-campaign extend ", StringComparison.Ordinal)
            || line.StartsWith("sms-campaign send-rest ", StringComparison.Ordinal) =>
            (null, 2, "không có lượt gửi của ngày đó"), // of today there is none
        _ when line.StartsWith("sms-campaign reject ", StringComparison.Ordinal)
            || line.StartsWith("sms-campaign return ", StringComparison.Ordinal)
            || line.StartsWith("sms-campaign withdraw ", StringComparison.Ordinal) =>
            (null, 2, "đã được phê duyệt"), // by then it is
        _ when line.StartsWith("sms-campaign declare dak-lak-2025", StringComparison.Ordinal) =>
            (null, 2, "Không có lượt gửi nào như vậy"), // no ledger is lost here
        _ when line.StartsWith("sms-campaign import-results ", StringComparison.Ordinal) =>
            (null, 2, "chưa thể có kết quả"), // its day is still to come
        _ when line.StartsWith("sms-campaign report --submitted ", StringComparison.Ordinal) =>
            (null, 2, "không có lượt gửi như yêu cầu"), // nothing of that day was really sent here
        _ when line.StartsWith("sms-campaign ready", StringComparison.Ordinal) =>
            (null, 1, "Dịch vụ gửi: KHÔNG chạy"), // nor do its gateways
        _ => (null, 0, ""),
    };

    [Fact]
    public async Task Every_step_works_as_it_is_written()
    {
        var blocks = Blocks(await File.ReadAllTextAsync(Repository.PathOf("config/README.md"))).ToList();
        var steps = 0;
        var last = "";
        foreach (var (text, follows) in blocks)
        {
            if (IsCommands(text))
            {
                foreach (var line in text.Split('\n'))
                {
                    last = await RunAsync(line);
                    steps++;
                }
            }
            else if (follows)
            {
                Assert.All(text.Split('\n'), shown => Assert.Contains(Filled(shown), last, StringComparison.Ordinal));
            }
        }

        Assert.InRange(steps, 28, 70);
        Assert.True(_compared >= 5, $"{_compared} commands of the pictures were run");
    }

    async Task<string> RunAsync(string line)
    {
        if (!line.StartsWith(Program, StringComparison.Ordinal))
            return await RunShellAsync(line);

        var (situation, exit, said) = Expectation(line);
        situation?.Invoke();
        var picture = HandbookPicture.Find(line);
        var isWhole = picture is not null && line.StartsWith("sms-campaign rehearse ", StringComparison.Ordinal);
        if (isWhole) // the picture shows how lanes of many messages fare
            File.Copy(Repository.PathOf("samples/dak-lak-2025/subscribers.csv"), List, overwrite: true);
        var (command, into) = line[Program.Length..].Split(" > ") is [var first, var file]
            ? (first, file)
            : (line[Program.Length..], null);
        var arguments = Argument().Matches(Filled(command)).Select(match => match.Value.Trim('"')).ToArray();

        await using var program = ProgramUnderTest.Start(_folder.Path, arguments);
        if (arguments is ["worker"])
        {
            await program.Spoken;
            program.Interrupt();
        }

        var result = await program.WaitAsync();
        Assert.True(result.ExitCode == exit, $"{line}: {result}");
        if (into is not null)
            await File.WriteAllTextAsync(_folder.File(into), result.Output);

        var shown = result.Output + result.Errors;
        Assert.Contains(said, shown, StringComparison.Ordinal);
        if (isWhole)
            CutList();
        if (picture is not null)
        {
            picture.AssertIsAs(shown);
            _compared++;
        }

        if (Code().Match(shown) is { Success: true } code)
            _code = code.Groups["code"].Value;
        if (Opening().Match(shown) is { Success: true } opening)
            _opens = opening.Groups["at"].Value;
        return shown;
    }

    async Task<string> RunShellAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
        })!;
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{line}: {errors}");
        return errors;
    }

    /// <summary>As the reader fills it in: what differs from day to day, and MÃ.</summary>
    string Filled(string text)
    {
        text = Example()
            .Replace(text, _code.Length > 0 ? _code : "$0")
            .Replace("MÃ", _reference, StringComparison.Ordinal);
        return _opens.Length > 0
            ? Opening().Replace(
                text, match => match.Value.Replace(match.Groups["at"].Value, _opens, StringComparison.Ordinal))
            : text;
    }

    /// <summary>As where the machine stopped in the middle.</summary>
    void MakeUncertain()
    {
        var run = new DataFolder(_folder.File("data")).Run(Rehearsed);
        using (var db = SqliteDb.Open(run))
        {
            var seq =
                db.ReadNumber($"select seq from state where status = {(int)MessageStatus.Delivered} limit 1")!.Value;
            db.Execute($"update state set status = {(int)MessageStatus.Uncertain} where seq = {seq}");
            _reference = MessageReference.Of(db.ReadText("select value from run_info where name = 'code'")!, seq);
        }

        SomeRun.Recount(run);
    }

    void StopLane() => Ledgers.OpenRegistry(new DataFolder(_folder.File("data"))).Stops.Add(
        new LaneStop("viettel", TimeProvider.System.GetUtcNow(), "code 15"));

    static bool IsCommands(string block) =>
        block.StartsWith(Program, StringComparison.Ordinal) || block.StartsWith("cp ", StringComparison.Ordinal);

    /// <returns>The fenced blocks, and of each whether it shows what the block before it brought: nothing stands
    /// between them but a paragraph, and it is no example.</returns>
    static IEnumerable<(string Text, bool Follows)> Blocks(string document)
    {
        var parts = document.ReplaceLineEndings("\n").Split("```\n");
        for (var at = 1; at < parts.Length; at += 2)
            yield return (parts[at].TrimEnd('\n'), !parts[at - 1].Contains("ví dụ:", StringComparison.Ordinal)
                && !parts[at - 1].Contains("\n## ", StringComparison.Ordinal));
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

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();

    [GeneratedRegex(@"approve --code\): (?<code>[0-9a-f]{12})", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex("Dịch vụ gửi bắt đầu lúc (?<at>[0-9/]+ [0-9:]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Opening();

    /// <summary>The code that the handbook shows.</summary>
    [GeneratedRegex("e9e73dbaa197")]
    private static partial Regex Example();
}
