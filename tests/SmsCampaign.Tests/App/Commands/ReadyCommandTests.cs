using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>The verb.</summary>
public sealed class ReadyCommandTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_on_a_screen_what_must_be_mended_first_and_how()
    {
        _folder.Prepare();

        var (code, shown) = await RunAsync("ready", "thu-nghiem");

        Assert.Equal(1, code);
        Shown.AssertFits(shown);
        EnglishWords.AssertNone(shown);
        var lines = shown.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("Sẵn sàng chưa? thu-nghiem, ngày 30/07/2025 (xem lúc 29/07/2025 09:00)", lines[0]);
        Assert.Matches("^CHƯA ĐƯỢC: [0-9]+ việc phải làm, [0-9]+ điều lưu ý\\.$", lines[1]);
        var lights = lines.Select(line => line.Length < 11 ? "" : line[..11].TrimEnd()).Where(
            word => word is "CHƯA ĐƯỢC" or "LƯU Ý" or "ĐƯỢC").ToList();
        Assert.Equal(lights.Order(Comparer<string>.Create((a, b) => RankOf(a) - RankOf(b))), lights);
        Assert.Contains(
            "Kênh gửi viettel, vinaphone: chưa kiểm tra được: cổng nhắn tin loại http không hỏi được",
            Shown.Flat(shown),
            StringComparison.Ordinal);
        Assert.Contains("\n           → Hãy trình phê duyệt", shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);

        static int RankOf(string light) => light switch { "CHƯA ĐƯỢC" => 0, "LƯU Ý" => 1, _ => 2 };
    }

    [Theory]
    [InlineData(true, "\u001b[1;31mCHƯA ĐƯỢC\u001b[0m  ")]
    [InlineData(false, "CHƯA ĐƯỢC  ")] // no-color.org
    public async Task On_a_screen_its_words_have_colours_where_the_person_wants_them(bool wanted, string said)
    {
        _folder.Prepare();

        var (_, shown) = await RunAsync(screen: true, wanted, "ready", "thu-nghiem");

        Assert.Contains(said, shown, StringComparison.Ordinal);
        Assert.Equal(wanted, shown.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scripts_get_every_check_with_its_light()
    {
        _folder.Prepare();

        var (code, shown) = await RunAsync("ready", "thu-nghiem", "--json");

        Assert.Equal(1, code);
        var read = JsonDocument.Parse(shown).RootElement;
        Assert.Equal(("thu-nghiem", "2025-07-30", "red"), (
            read.GetProperty("campaign").GetString(),
            read.GetProperty("date").GetString(),
            read.GetProperty("light").GetString()));
        var approval = read.GetProperty("checks").EnumerateArray().Single(
            check => check.GetProperty("check").GetString() == "approval");
        Assert.Equal("red", approval.GetProperty("light").GetString());
        Assert.Contains("approve", approval.GetProperty("toDo").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("khac", "Chưa có lượt gửi nào của chiến dịch 'khac'")]
    [InlineData("thu-nghiem", "không phải là ngày", "--date", "32/7")]
    [InlineData("thu-nghiem", "không có lượt gửi như yêu cầu", "--date", "31/7/2025")]
    public async Task A_run_that_is_not_there_is_no_readiness(string campaign, string said, params string[] more)
    {
        _folder.Prepare();

        var (code, shown) = await RunAsync(["ready", campaign, .. more]);

        Assert.Equal(2, code);
        Assert.Contains(said, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_shows_what_the_service_last_found()
    {
        _folder.Prepare();
        Ledgers.OpenRegistry(_folder.Data).ReadyBook.Keep(new ReadyLook(
            RunKey.Parse("thu-nghiem/2025-07-30"),
            new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7)),
            ReadyStage.DayBefore,
            _folder.Time.GetUtcNow(),
            "worker, PID 7, may-chu",
            [new ReadyLine("disk", null, ReadyLight.Red, new Wording("đầy.", "full."))]));

        var (_, shown) = await RunAsync("status");
        var (_, json) = await RunAsync("status", "--json");

        Assert.Contains(
            "Dịch vụ tự kiểm tra thu-nghiem, ngày 30/07/2025 lúc 29/07/2025 09:00: CHƯA ĐƯỢC: 1 việc phải làm, 0 điều "
                + "lưu ý. Xem: sms-campaign ready thu-nghiem",
            Shown.Flat(shown),
            StringComparison.Ordinal);
        var look = JsonDocument.Parse(json).RootElement.GetProperty("ready")[0];
        Assert.Equal(("red", "dayBefore"), (
            look.GetProperty("light").GetString(), look.GetProperty("stage").GetString()));

        _folder.Time.Advance(TimeSpan.FromHours(23));
        Assert.DoesNotContain("tự kiểm tra", (await RunAsync("status")).Shown, StringComparison.Ordinal);
    }

    /// <summary>That a person looked is not what the service found.</summary>
    [Fact]
    public async Task Who_looked_and_what_was_found_is_recorded()
    {
        _folder.Prepare();

        await RunAsync("ready", "thu-nghiem", "--by", "Trần Thị B");
        await RunAsync("ready", "thu-nghiem");

        var events = ReadEvents("ready-asked");
        Assert.Equal(2, events.Count);
        Assert.Equal(("Trần Thị B", Environment.UserName), (events[0].Who, events[1].Who));
        Assert.StartsWith(
            "thu-nghiem/2025-07-30 red; to mend: worker, opening, approval",
            events[0].Detail,
            StringComparison.Ordinal);
        Assert.Contains("; notes: ", events[0].Detail, StringComparison.Ordinal);
        Assert.Null(Ledgers.OpenRegistry(_folder.Data).ReadyBook.FindLast(RunKey.Parse("thu-nghiem/2025-07-30")));
        Assert.True(Ledgers.OpenRegistry(_folder.Data).Audit.Verify(ledgers: false).Holds);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_said_and_what_was_found_stands()
    {
        _folder.Prepare();
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("create trigger full before insert on event begin select raise(abort, 'disk full'); end");

        var (code, shown) = await RunAsync("ready", "thu-nghiem");

        Assert.Equal(1, code);
        Assert.StartsWith("Sẵn sàng chưa?", shown, StringComparison.Ordinal);
        Assert.Contains("Chưa ghi được vào sổ ai đã làm việc này: ", shown, StringComparison.Ordinal);
    }

    List<(string Who, string Detail)> ReadEvents(string what)
    {
        using var db = SqliteDb.Open(_folder.Data.Ledger, readOnly: true);
        return [.. db.Read(
            $"select who, detail from event where what = {what} order by id", row => (row.Text(0)!, row.Text(1)!))];
    }

    Task<(int Code, string Shown)> RunAsync(params string[] arguments) =>
        RunAsync(screen: false, wantsColours: true, arguments);

    async Task<(int Code, string Shown)> RunAsync(bool screen, bool wantsColours, params string[] arguments)
    {
        using var shown = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", _folder.Data.Root, "--installation", _folder.Installation],
            new Terminal(shown, shown, Language.Vietnamese, screen)
            {
                Time = _folder.Time,
                WantsColours = wantsColours,
            },
            CancellationToken.None);
        return (code, shown.ToString());
    }
}
