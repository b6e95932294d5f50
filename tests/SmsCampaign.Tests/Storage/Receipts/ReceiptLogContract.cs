using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Receipts;

/// <summary>What a log of receipts must do, whatever it is kept in. Another kind of ledger derives from this and adds
/// only what is peculiar to it.</summary>
public abstract class ReceiptLogContract : IDisposable
{
    static readonly DateTimeOffset EndOfJune = new(2026, 6, 30, 23, 59, 0, TimeSpan.FromHours(7));

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(EndOfJune);

    /// <param name="data">Kept from one opening to the next.</param>
    protected abstract IReceiptLog Open(DataFolder data, ProcessClock clock, bool simulated);

    protected abstract IKeptReceipts Look(DataFolder data);

    DataFolder Data => new(_folder.Path);

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_callback_is_kept_as_it_came_and_read_in_that_order()
    {
        await using var log = Open();
        await log.AppendAsync("viettel", "một", "a=1", "text/plain");
        await log.AppendAsync("vnpt", "", "b=2", "application/json");

        var read = log.Read(0).ToList();
        Assert.Equal(
            [(1L, "viettel", "a=1", "text/plain"), (2L, "vnpt", "b=2", "application/json")],
            read.Select(raw => (raw.Id, raw.Lane, raw.Query, raw.ContentType)));
        Assert.Equal("một"u8.ToArray(), read[0].Body);
        Assert.Empty(read[1].Body);
        Assert.Equal(new ProcessClock(_time).Now(), read[0].ReceivedAt);
        Assert.Equal([2L], log.Read(1).Select(raw => raw.Id));
        Assert.Equal("vnpt", log.Find(2)!.Lane);
        Assert.Null(log.Find(3));
    }

    [Fact]
    public async Task Ids_and_what_is_noted_go_on_over_a_restart()
    {
        await using (var log = Open())
        {
            Assert.Equal(0, log.ReadProgress());
            await log.AppendAsync("viettel", "1");
            await log.AppendAsync("viettel", "2");
            await log.NoteAsync([Odd(1, ReceiptOddity.Waiting), Odd(2, ReceiptOddity.Repeated)], []);
            await log.AdvanceAsync(2);
        }

        await using var again = Open();
        await again.AppendAsync("viettel", "3");
        Assert.Equal(2, again.ReadProgress());
        Assert.Equal([3L], again.Read(2).Select(raw => raw.Id));
        Assert.Equal([(1L, 0)], again.ReadWaiting());
        Assert.Empty(again.Damaged);

        await again.NoteAsync([], [(1, 0)]);
        Assert.Empty(again.ReadWaiting());
    }

    /// <summary>Also where a month begins while they wait.</summary>
    [Fact]
    public async Task The_oldest_that_is_not_settled_is_found_whatever_file_it_is_in()
    {
        await using var log = Open();
        var kept = Look(Data);
        Assert.Null(kept.FindOldestUnsettled(simulated: false));
        await log.AppendAsync("viettel", "1");
        await log.AppendAsync("viettel", "2");
        _time.Advance(TimeSpan.FromMinutes(2));
        await log.AppendAsync("viettel", "3");
        var came = log.Read(0).Select(raw => (long?)raw.ReceivedAt).ToList();

        Assert.Equal(came[0], kept.FindOldestUnsettled(simulated: false));
        await log.AdvanceAsync(1);
        Assert.Equal(came[1], kept.FindOldestUnsettled(simulated: false));
        await log.AdvanceAsync(2);
        Assert.Equal(came[2], kept.FindOldestUnsettled(simulated: false));
        await log.AdvanceAsync(3);
        Assert.Null(kept.FindOldestUnsettled(simulated: false));
    }

    [Fact]
    public async Task Who_waits_for_receipts_is_woken_by_the_next()
    {
        await using var log = Open();
        var changed = log.Changed;
        Assert.False(changed.IsCompleted);

        await log.AppendAsync("viettel", "1");

        await changed;
        Assert.False(log.Changed.IsCompleted);
    }

    [Fact]
    public async Task What_comes_while_the_month_turns_gets_a_higher_id_than_what_came_before()
    {
        await using var log = Open();
        var appended = Enumerable.Range(1, 200).Select(async at =>
        {
            await Task.Yield();
            if (at == 100)
                _time.Advance(TimeSpan.FromMinutes(1));
            await log.AppendAsync("viettel", $"{at}");
        });
        await Task.WhenAll(appended);

        var read = log.Read(0).ToList();
        Assert.Equal(200, read.Count);
        Assert.Equal(read.OrderBy(raw => raw.Id).Select(raw => raw.Id), read.Select(raw => raw.Id));
        Assert.Equal(200, read.Select(raw => raw.Id).Distinct().Count());
    }

    [Fact]
    public async Task Those_of_stand_ins_lie_apart()
    {
        await using var live = Open();
        await using var simulated = Open(Data, new ProcessClock(_time), simulated: true);
        await simulated.AppendAsync("viettel", "1");
        await simulated.NoteAsync([Odd(1, ReceiptOddity.Unknown)], []);

        Assert.Empty(live.Read(0));
        Assert.Empty(Look(Data).ReadStrays(simulated: false));
        Assert.Equal(
            new OddReceipts(ReceiptOddity.Unknown, 1, "viettel"),
            Assert.Single(Look(Data).ReadStrays(simulated: true)));
    }

    [Fact]
    public async Task What_was_odd_is_counted_by_run_and_by_lane_over_all_months()
    {
        await using var log = Open();
        await log.AppendAsync("viettel", "june");
        _time.Advance(TimeSpan.FromMinutes(1));
        await log.AppendAsync("viettel", "july");
        var july = new ProcessClock(_time).Now();
        var run = new RunKey("a", new DateOnly(2026, 7, 1), false);
        await log.NoteAsync(
            [
                Odd(1, ReceiptOddity.Repeated) with { Run = run.ToString() },
                Odd(2, ReceiptOddity.Repeated) with { Run = run.ToString(), Count = 3 },
                Odd(1, ReceiptOddity.Unreadable) with { Item = 1 },
                Odd(2, ReceiptOddity.Unreadable) with { Item = 1 },
            ],
            []);

        Assert.Equal(new OddReceipts(ReceiptOddity.Repeated, 4), Assert.Single(Look(Data).ReadOdd(run)));
        Assert.Equal(
            new OddReceipts(ReceiptOddity.Unreadable, 2, "viettel"),
            Assert.Single(Look(Data).ReadStrays(simulated: false)));
        Assert.Equal(
            new OddReceipts(ReceiptOddity.Unreadable, 1, "viettel"),
            Assert.Single(Look(Data).ReadStrays(simulated: false, july)));
        Assert.Empty(Look(Data).ReadMissing(simulated: false));
    }

    [Fact]
    public async Task A_month_that_is_dropped_is_gone_and_its_ids_are_not_used_again()
    {
        await using (var log = Open())
        {
            await log.AppendAsync("viettel", "june");
            await log.AdvanceAsync(1);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        var june = Assert.Single(Look(Data).ReadMonths(simulated: false));
        Assert.Equal(
            (new Month(2026, 6), 1, 1, 1, 0), (june.Month, june.Receipts, june.LastId, june.Settled, june.Waiting));
        Look(Data).Drop(june, _time.GetUtcNow());

        await using var after = Open();
        await after.AppendAsync("viettel", "july");
        Assert.Equal([2L], after.Read(0).Select(raw => raw.Id));
        Assert.Empty(after.Damaged); // nobody misses what was dropped
    }

    [Fact]
    public async Task What_was_odd_of_a_month_goes_with_it()
    {
        var run = new RunKey("a", new DateOnly(2026, 7, 1), false);
        await using (var log = Open())
        {
            await log.AppendAsync("viettel", "june");
            _time.Advance(TimeSpan.FromMinutes(1));
            await log.AppendAsync("viettel", "july");
            await log.NoteAsync(
                [.. Enumerable.Range(1, 2).Select(id => Odd(id, ReceiptOddity.Repeated) with { Run = run.ToString() })],
                []);
            await log.AdvanceAsync(2);
        }

        Look(Data).Drop(Look(Data).ReadMonths(simulated: false)[0], _time.GetUtcNow());

        Assert.Equal(new OddReceipts(ReceiptOddity.Repeated, 1), Assert.Single(Look(Data).ReadOdd(run)));
        Assert.Equal(new Month(2026, 7), Assert.Single(Look(Data).ReadMonths(simulated: false)).Month);
        await using var after = Open();
        Assert.Equal([2L], after.Read(0).Select(raw => raw.Id));
    }

    [Fact]
    public async Task Numbers_go_from_what_is_settled_and_no_run_still_needs()
    {
        await using var log = Open();
        string[] bodies =
            ["to=84981234561&id=1", "to=84981234562&id=2", "to=84981234561&code=abcd2345", "id=4", "id=5"];
        foreach (var body in bodies)
            await log.AppendAsync("viettel", body, body.EndsWith('4') ? "phone=0981234561" : "");
        await log.NoteAsync([Odd(1, ReceiptOddity.Waiting)], []);
        await log.AdvanceAsync(4);
        Assert.Equal(3, Look(Data).CountNaming(simulated: false, 84_981_234_561));

        var (changed, through, left, stale) = Erase(["abcd2345"]);

        Assert.Equal((1, 0, 2), (changed, through, left));
        Assert.Empty(stale);
        Assert.Equal(2, Look(Data).CountNaming(simulated: false, 84_981_234_561));
        Assert.DoesNotContain("981234561", log.Find(4)!.Query, StringComparison.Ordinal);
        Assert.StartsWith("phone=", log.Find(4)!.Query, StringComparison.Ordinal);

        await log.NoteAsync([], [(1, 0)]);
        Assert.Equal((2, 4, 0), Erase([]) is var rest ? (rest.Changed, rest.Through, rest.Left) : default);
        Assert.Equal(0, Look(Data).CountNaming(simulated: false, 84_981_234_561));
        Assert.Equal(1, Look(Data).CountNaming(simulated: false, 84_981_234_562));

        (long Changed, long Through, long Left, IReadOnlyList<Wording> Stale) Erase(string[] spared) =>
            Look(Data).EraseNumbers(
                simulated: false,
                new NumberKey(new byte[32], "k"),
                number => number == 84_981_234_561,
                spared,
                after: 0,
                () => true);
    }

    [Fact]
    public async Task A_log_that_is_closed_takes_nothing()
    {
        var log = Open();
        await log.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.AppendAsync("viettel", "1"));
    }

    IReceiptLog Open() => Open(Data, new ProcessClock(_time), simulated: false);

    static OddReceipt Odd(long id, ReceiptOddity kind) => new(id, 0, kind, null, "");
}
