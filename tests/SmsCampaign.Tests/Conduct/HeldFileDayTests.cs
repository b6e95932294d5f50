using System.Buffers;
using System.Text;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.Conduct;

/// <summary>Days on which another program, a SQLite tool or a backup, holds a ledger for minutes, by a lock of SQLite's
/// own. Each name says what the officer reads.</summary>
[Trait("Category", "Slow")]
public sealed class HeldFileDayTests
{
    const int Each = 300;

    /// <summary>Of each lane.</summary>
    const int MaxInFlight = 32;

    [Fact]
    public async Task A_runs_ledger_held_for_five_minutes_in_the_middle_status_says_so_and_it_goes_on_by_itself()
    {
        using var day = new DayCase("30 08:00:00", Each, "08:00", "20:00", leaps: true);
        var taken = new Queue<OutboundReference>();
        day.OfViettel = (_, message) => Take("viettel", message.Reference);
        day.OfVinaphone = (_, message) => Take("vinaphone", message.Reference);
        day.Beside = (station, over) => BringReceiptsAsync(day, station, taken, over);
        var shown = Hold(day, day.Folder.Ledger(), "30 08:02:00", lookAt: "30 08:06:30", "30 08:07:00");
        day.Approve();

        Assert.Null(await day.ConductAsync());

        Assert.Equal("fired delayed resumed finished", day.Decided);
        Assert.Contains("chưa gửi được, thử lại mỗi phút", shown(), StringComparison.Ordinal);
        Assert.Contains(
            $"Tệp {day.Folder.Ledger()} đang bị một chương trình khác giữ quá lâu", shown(), StringComparison.Ordinal);
        Assert.Contains(
            "Dịch vụ gửi tự thử lại mỗi phút và gửi tiếp khi tệp không còn bị giữ", shown(), StringComparison.Ordinal);
        AssertEachOnce(day);

        // What was on its way is known by its receipt, which came while the ledger was held, and is settled since.
        Assert.All(day.ReadMessages(), message => Assert.True(
            message.Status is MessageStatus.Delivered or MessageStatus.Sent || !day.Received.ContainsKey(message.Phone),
            $"{message}"));
        Assert.InRange(
            day.ReadMessages().Count(message => message.Status == MessageStatus.Uncertain), 0, 2 * MaxInFlight);
        Assert.True(RunStatus.Read(RunAddress.OfFile(day.Folder.Ledger())).Balances);

        NightAnswer Take(string lane, string reference)
        {
            taken.Enqueue(new OutboundReference(lane, reference));
            return NightAnswer.Accepted;
        }
    }

    [Fact]
    public async Task What_was_answered_while_a_runs_ledger_is_held_is_known_once_it_is_free_and_nothing_is_uncertain()
    {
        using var day = new DayCase("30 08:00:00", Each, "08:00", "20:00", leaps: true);
        var (sent, later) = (0, 0);
        day.At("30 08:02:10", () => sent = day.Received.Count);
        Hold(day, day.Folder.Ledger(), "30 08:02:00", lookAt: "30 08:03:00", "30 08:07:00");
        day.At("30 08:06:59", () => later = day.Received.Count);
        day.Approve();

        Assert.Null(await day.ConductAsync());

        Assert.Equal(sent, later);
        AssertEachOnce(day);
        Assert.Equal(2 * Each, day.Received.Count);
        Assert.All(day.ReadMessages(), message => Assert.Equal(MessageStatus.Accepted, message.Status));
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("skip")]
    public async Task Ledger_db_held_over_the_opening_is_no_missed_start_and_status_says_why_it_is_late(string missed)
    {
        using var day = new DayCase("30 07:59:00", 30, "08:00", "20:00", leaps: true, missed: missed);
        var shown = Hold(day, day.Folder.Data.Ledger, "30 07:59:30", lookAt: "30 08:03:00", "30 08:04:10");
        day.Approve();

        Assert.Null(await day.ConductAsync());

        Assert.Equal("delayed late finished", day.Decided);
        Assert.Contains("ngày 30/07/2025: đã phê duyệt", shown(), StringComparison.Ordinal);
        var reasons = day.Registry.ReadDecisions(DayCase.Key.Campaign).Select(decision => decision.Reason.Vi).ToList();
        Assert.Contains("ledger.db đang bị một chương trình khác giữ quá lâu", reasons[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "Lúc mở chưa đọc được hoặc chưa ghi được tệp cần thiết, đến 30/07/2025 08:05", reasons[1],
            StringComparison.Ordinal);
        Assert.Equal(60, day.Received.Count);
        AssertEachOnce(day);
    }

    [Fact]
    public async Task Ledger_db_held_for_minutes_while_it_sends_leaves_few_uncertain_and_it_goes_on_by_itself()
    {
        using var day = new DayCase("30 08:00:00", Each, "08:00", "20:00", leaps: true);
        Hold(day, day.Folder.Data.Ledger, "30 08:01:00", lookAt: "30 08:03:00", "30 08:04:00");
        day.Approve();

        Assert.Null(await day.ConductAsync());

        Assert.EndsWith("finished", day.Decided, StringComparison.Ordinal);
        AssertEachOnce(day);
        var messages = day.ReadMessages();
        Assert.InRange(
            messages.Count(message => message.Status == MessageStatus.Uncertain), 0, 2 * MaxInFlight);
        Assert.All(messages, message => Assert.True(
            message.Status is MessageStatus.Accepted or MessageStatus.Uncertain, $"{message}"));
    }

    [Fact]
    public async Task A_flood_of_receipts_while_it_sends_slows_nothing_and_status_counts_those_of_no_run()
    {
        using var day = new DayCase("30 08:00:00", Each, "08:00", "20:00", leaps: true);
        day.Beside = (station, over) => FloodAsync(day, station, over);
        var shown = "";
        day.At("30 08:04:00", () => shown = day.Status());
        day.Approve();

        Assert.Null(await day.ConductAsync());

        Assert.Contains("Biên nhận không biết của lượt gửi nào, được lưu nguyên văn", shown, StringComparison.Ordinal);
        Assert.Equal("fired finished", day.Decided);
        Assert.Equal(2 * Each, day.Received.Count);
        AssertEachOnce(day);
        var moments = day.ReadHandOvers();
        Assert.InRange(moments[^1] - moments[0], TimeSpan.FromSeconds(Each - 5), TimeSpan.FromSeconds(Each * 1.05));
    }

    /// <summary>Has a file held from one moment to another.</summary>
    /// <returns>Tells what <c>status</c> showed meanwhile.</returns>
    static Func<string> Hold(DayCase day, string file, string from, string lookAt, string to)
    {
        SqliteDb? held = null;
        var shown = "";
        day.At(from, () =>
        {
            held = SqliteDb.Open(file);
            held.Execute("begin exclusive");
        });
        day.At(lookAt, () => shown = day.Status("--history"));
        day.At(to, () =>
        {
            held!.Execute("rollback");
            held.Dispose();
        });
        return () => shown;
    }

    static void AssertEachOnce(DayCase day) => Assert.All(day.Received.Values, times => Assert.Equal(1, times));

    /// <summary>Ten seconds after each was taken.</summary>
    static async Task BringReceiptsAsync(
        DayCase day, Station station, Queue<OutboundReference> taken, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), day.Time, over).Quietly();
            while (taken.TryDequeue(out var message))
                await AppendAsync(station, message.Lane, $"{message.Reference}|-|Delivered|0");
        }
    }

    /// <summary>A hundred a second: of no run, each twice, and unreadable.</summary>
    static async Task FloodAsync(DayCase day, Station station, CancellationToken over)
    {
        for (var turn = 0; !over.IsCancellationRequested; turn++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), day.Time, over).Quietly();
            await Task.WhenAll(Enumerable.Range(0, 50).Select(each => AppendAsync(
                station, "viettel", each % 3 == 0 ? "not a receipt" : $"zzzz2222-4fti4g2|{turn}|Delivered|0")));
        }
    }

    static Task AppendAsync(Station station, string lane, string body) => station.Receipts
        .AppendAsync(lane, "", "text/plain", new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)))
        .AsTask();

    sealed record OutboundReference(string Lane, string Reference);
}
