using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>
/// The file of receipts of this month is damaged, older than it was, or gone: another goes on, with ids above all that
/// a run has come to, and it is said that receipts are missing.
/// </summary>
public sealed class ReceiptDamageTests : ReceiptCase
{
    string Current => ReceiptFiles.Find(Data, simulated: false)[^1].Path;

    [Theory]
    [InlineData("garbage")]
    [InlineData("other tables")]
    [InlineData("older")]
    [InlineData("empty")]
    [InlineData("gone")]
    [InlineData("gone, marks too")]
    [InlineData("garbage, marks too")]
    public async Task Receipts_settle_beside_a_file_that_lost_those_of_before(string damage)
    {
        await SettleTwoAsync();
        Damage(damage);

        await using var store = Ledgers.OpenReceipts(Data, Clock);
        await ReceiveAsync(store, 3, MessageStatus.Delivered);

        Assert.Equal(MessageStatus.Delivered, StateOf(3));
        Assert.True(
            store.Read(0).Single(raw => Text(raw).StartsWith(SomeRun.Reference(3), StringComparison.Ordinal)).Id > 2);
        Assert.Equal(
            damage.StartsWith("garbage", StringComparison.Ordinal) || damage == "other tables",
            Assert.Single(store.Damaged).Kept is not null);
        Assert.Contains(
            "MISSING", Assert.Single(Ledgers.ReceiptsOf(Data).ReadMissing(Key)).Words.En, StringComparison.Ordinal);
        Assert.Contains(
            "THIẾU",
            Assert.Single(Ledgers.ReceiptsOf(Data).ReadMissing(simulated: false)).Words.Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_kept_as_it_was_and_the_next_one_beside_it()
    {
        await SettleTwoAsync();
        var current = Current;
        foreach (var name in new[] { ".damaged", ".damaged-2" })
        {
            Damage("garbage");
            var bytes = File.ReadAllBytes(current);
            await using var store = Ledgers.OpenReceipts(Data, Clock);

            Assert.Equal(Path.GetFileName(current) + name, Assert.Single(store.Damaged).Kept);
            Assert.Equal(bytes, File.ReadAllBytes(current + name));
        }
    }

    [Fact]
    public async Task What_is_missing_is_told_once_and_nothing_is_missing_where_all_is_there()
    {
        await SettleTwoAsync();
        await using (var same = Ledgers.OpenReceipts(Data, Clock))
            Assert.Empty(same.Damaged);
        Damage("gone");
        await using (var first = Ledgers.OpenReceipts(Data, Clock))
            Assert.Single(first.Damaged);

        await using var again = Ledgers.OpenReceipts(Data, Clock);
        Assert.Empty(again.Damaged);
        Assert.Single(Ledgers.ReceiptsOf(Data).ReadMissing(Key));
    }

    [Theory]
    [InlineData("renamed")] // and no other begun
    [InlineData("half renamed")] // what lies beside it, and the file itself not yet
    [InlineData("made")] // the other has its name, and no tables
    [InlineData("tables")] // and does not say where it begins
    public async Task A_start_that_was_killed_while_it_set_a_file_aside_is_taken_up(string killed)
    {
        await SettleTwoAsync();
        var current = Current;
        Damage("garbage");
        File.WriteAllText(current + "-wal", "");
        File.Move(current + "-wal", current + ".damaged-wal");
        if (killed != "half renamed")
            File.Move(current, current + ".damaged");
        if (killed is "made" or "tables")
        {
            using var db = SqliteDb.Open(current);
            db.Execute("pragma journal_mode = wal");
            if (killed == "tables")
                Migrations.Apply(db, TableSet.Receipts);
        }

        await using var store = Ledgers.OpenReceipts(Data, Clock);
        await ReceiveAsync(store, 3, MessageStatus.Delivered);

        Assert.Equal(MessageStatus.Delivered, StateOf(3));
        Assert.NotEmpty(Ledgers.ReceiptsOf(Data).ReadMissing(Key));
        Assert.NotEmpty(ReceiptFiles.FindSetAside(Data, simulated: false));
    }

    [Fact]
    public async Task A_file_that_turns_out_to_be_damaged_in_use_is_set_aside_and_the_settler_goes_on()
    {
        await SettleTwoAsync();
        await using (var filled = Ledgers.OpenReceipts(Data, Clock))
            await Task.WhenAll(
                Enumerable.Range(0, 400).Select(_ => AppendAsync(filled, 2, MessageStatus.Sent, padding: 3_000)));
        BreakPages();

        await using var store = Ledgers.OpenReceipts(Data, Clock);
        var told = new TaskCompletionSource<DamagedReceipts>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Alarm = told.SetResult;
        using var stop = new CancellationTokenSource();
        var settling = new ReceiptSettler(store, Runs, Accounts, Clock).RunAsync(stop.Token);
        await await Task.WhenAny(settling, told.Task); // one that ends has thrown
        Assert.NotNull((await told.Task).Kept);
        await AppendAsync(store, 3, MessageStatus.Delivered);
        while (StateOf(3) != MessageStatus.Delivered && !settling.IsCompleted)
            await Task.Yield();

        await stop.CancelAsync();
        await settling;
        Assert.Equal(MessageStatus.Delivered, StateOf(3));
        Assert.Single(Ledgers.ReceiptsOf(Data).ReadMissing(Key));
    }

    /// <summary>A run of today: it may be missing receipts that came today.</summary>
    static RunKey Key => new("some", DateOnly.FromDateTime(Month.ToLocal(Clock.Now()).DateTime), Simulated: false);

    async Task SettleTwoAsync()
    {
        Create(ReceiptTrust.Handset);
        SetStates(MessageStatus.Accepted);
        await ReceiveAsync(Store, 1, MessageStatus.Delivered);
        await ReceiveAsync(Store, 2, MessageStatus.Sent);
        await Store.DisposeAsync();
    }

    void Damage(string how)
    {
        var path = Current;
        switch (how.Split(',')[0])
        {
            case "garbage":
                File.WriteAllBytes(path, [.. "SQLite format 3\0"u8, .. new byte[4_096]]);
                break;
            case "other tables":
                File.Delete(path);
                using (var db = SqliteDb.Open(path))
                    db.Execute("create table other (id integer); pragma user_version = 2");
                break;
            case "older":
                using (var db = SqliteDb.Open(path))
                    db.Execute("delete from receipt where id > 1");
                break;
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            case "gone":
                File.Delete(path);
                break;
        }

        if (how.EndsWith("marks too", StringComparison.Ordinal))
            Directory.Delete(Data.Marks, recursive: true);
    }

    /// <summary>Those in the middle: it can be opened.</summary>
    void BreakPages()
    {
        using var file = new FileStream(Current, FileMode.Open);
        file.Seek(file.Length / 3, SeekOrigin.Begin);
        file.Write(Encoding.ASCII.GetBytes(new string('x', (int)(file.Length / 3))));
    }

    async Task ReceiveAsync(IReceiptLog store, int position, MessageStatus status)
    {
        await AppendAsync(store, position, status);
        Assert.True(await new ReceiptSettler(store, Runs, Accounts, Clock).SettleNewAsync(CancellationToken.None));
    }

    static Task AppendAsync(IReceiptLog store, int position, MessageStatus status, int padding = 0) =>
        store.AppendAsync("viettel", $"{SomeRun.Reference(position)}|-|{status}|X{new string(' ', padding)}");

    static string Text(RawReceipt raw) => Encoding.UTF8.GetString(raw.Body);
}
