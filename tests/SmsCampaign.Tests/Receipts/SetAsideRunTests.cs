using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>A run whose ledger cannot be opened is set aside by name: its receipts are kept, and
/// everything else goes on.</summary>
public sealed class SetAsideRunTests : IDisposable
{
    const string OldCode = "zzzz2345";

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));
    readonly ProcessClock _clock;
    readonly DataFolder _data;
    readonly IRegistry _registry;
    readonly IReceiptLog _store;
    readonly OpenRuns _runs;
    readonly LaneAccounts _accounts;
    readonly List<SetAsideRun> _alarms = [];
    readonly string _path;
    readonly string _old;

    public SetAsideRunTests()
    {
        _clock = new ProcessClock(_time);
        _data = new DataFolder(_folder.Path);
        _registry = Ledgers.OpenRegistry(_data);
        _store = Ledgers.OpenReceipts(_data, _clock);
        _runs = new OpenRuns(_data, _registry, _clock) { Alarm = _alarms.Add };
        var carrier = new ScriptedCarrier(_ => SendResult.Accepted("id")) { RepeatsReference = false };
        _accounts = new LaneAccounts(
            [new LaneAccount(new Lane("viettel", new HttpLaneOptions()), carrier, new Pace(1, _clock))]);

        _path = SomeRun.Create(_folder.Path, 3);
        _old = Path.Combine(_folder.Path, "runs", "old.db");
        File.Copy(_path, _old);
        Execute(_old, $"update run_info set value = '{OldCode}' where name = 'code'; update run_info set value = "
            + $"'old/2024-07-30' where name = 'key'");
        foreach (var path in new[] { _path, _old })
            LedgerBuilder.Add(
                path,
                rows => rows.States(MessageStatus.Accepted).Named(2, $"id-{Path.GetFileNameWithoutExtension(path)}"));
        Add("some/2025-07-30", SomeRun.Code, "runs/some.db", RunState.Sending);
        Add("old/2024-07-30", OldCode, "runs/old.db", RunState.Finished);
    }

    public void Dispose()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _runs.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _accounts.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Damages => ["damaged", "unbalanced", "missing", "newer"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task One_stray_receipt_for_it_keeps_nothing_from_todays_run(string damage)
    {
        Damage(_old, damage);

        await ReceiveAsync($"{OldReference(1)}|-|Delivered|X");
        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X\n-|id-some|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(_path, 1));
        Assert.Equal(MessageStatus.Delivered, StateOf(_path, 2));
        Assert.Equal("SetAside old/2024-07-30", Oddities());
        var alarm = Assert.Single(_alarms);
        Assert.Equal(("old/2024-07-30", "runs/old.db"), (alarm.Key.ToString(), alarm.File));
        Assert.NotEmpty(alarm.Reason.Vi);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Its_receipts_are_applied_in_their_order_when_it_is_mended(string damage)
    {
        var whole = File.ReadAllBytes(_old);
        Damage(_old, damage);
        _registry.SetState(RunKey.Parse("old/2024-07-30"), RunState.Held, DateTimeOffset.UnixEpoch);
        var settler = Settler();
        await _store.AppendAsync("viettel", $"{OldReference(1)}|-|Delivered|X\n{OldReference(1)}|-|Failed|X");
        await _store.AppendAsync("viettel", "-|id-old|Delivered|X");
        await settler.SettleNewAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1)); // longer than an unknown id is waited for
        await settler.SettleWaitingAsync(CancellationToken.None);

        File.WriteAllBytes(_old, whole);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_runs.Mend());
        await settler.SettleWaitingAsync(CancellationToken.None);

        Assert.Equal((MessageStatus.Delivered, MessageStatus.Delivered), (StateOf(_old, 1), StateOf(_old, 2)));
        Assert.Equal("Contradicting old/2024-07-30", Oddities());
        Assert.Empty(_runs.SetAside);
    }

    [Fact]
    public async Task One_that_another_program_holds_is_not_called_damaged_and_opened_once_it_is_free()
    {
        var impatient = new DataFolder(_folder.Path) { Patience = TimeSpan.FromMilliseconds(10) };
        await using var runs = new OpenRuns(impatient, _registry, _clock) { Alarm = _alarms.Add };
        using (var holder = SqliteDb.Open(_old))
        {
            holder.Execute("begin immediate");
            Assert.Null(runs.FindByCode(OldCode));
        }

        var told = Assert.Single(_alarms);
        Assert.Equal((StorageFault.Busy, true), (told.Fault, told.MayPass));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(runs.Mend());
        Assert.NotNull(runs.FindByCode(OldCode));
    }

    [Theory]
    [InlineData("key = 'zz'", "zz")]
    [InlineData("file = '../old.db'", "old/2024-07-30")]
    [InlineData("file = 'runs/link.db'", "old/2024-07-30")]
    public async Task So_is_one_of_which_the_row_says_no_run_or_a_file_elsewhere_and_that_file_is_not_touched(
        string edit,
        string told)
    {
        using var elsewhere = new TempFolder();
        var outside = elsewhere.File("old.db");
        File.Copy(_old, outside);
        File.CreateSymbolicLink(Path.Combine(Path.Combine(_data.Root, "runs"), "link.db"), outside);
        Execute(_data.Ledger, $"update run set {edit}, state = 'Held' where campaign = 'old'");

        await ReceiveAsync($"{OldReference(1)}|-|Delivered|X\n{SomeRun.Reference(1)}|-|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(_path, 1));
        Assert.Equal(["some/2025-07-30"], _runs.OpenThoseUnderway().Select(run => run.Info.Key.ToString()));
        Assert.Equal(["some/2025-07-30"], _runs.OpenThoseAwaited().Select(run => run.Info.Key.ToString()));
        var alarm = Assert.Single(_alarms);
        Assert.Equal(told, alarm.Key.ToString());
        Assert.Contains($"ledger.db, table run, row {told}: '", alarm.Reason.En, StringComparison.Ordinal);
        Assert.Equal(["old.db"], Directory.GetFiles(elsewhere.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_was_kept_for_it_is_applied_after_a_restart_too()
    {
        var whole = File.ReadAllBytes(_old);
        Damage(_old, "damaged");
        await ReceiveAsync($"{OldReference(1)}|-|Delivered|X");
        File.WriteAllBytes(_old, whole);

        await using var runs = new OpenRuns(_data, _registry, _clock);
        await new ReceiptSettler(_store, runs, _accounts, _clock).SettleWaitingAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(_old, 1));
        Assert.Null(Oddities());
    }

    [Fact]
    public async Task The_settler_and_the_inquiry_do_not_end_for_it()
    {
        Damage(_old, "damaged");
        _registry.SetState(RunKey.Parse("old/2024-07-30"), RunState.Held, DateTimeOffset.UnixEpoch);
        await _store.AppendAsync("viettel", $"{OldReference(1)}|-|Delivered|X");
        await _store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");

        using var stop = new CancellationTokenSource();
        var settling = Settler().RunAsync(stop.Token);
        Assert.True(SpinWait.SpinUntil(
            () => settling.IsCompleted || StateOf(_path, 1) == MessageStatus.Delivered, TimeSpan.FromMinutes(1)));
        Assert.False(settling.IsCompleted);
        await stop.CancelAsync();
        await settling;

        Assert.Equal([SomeRun.Code], _runs.OpenThoseUnderway().Select(run => run.Info.Code));
    }

    [Fact]
    public async Task One_found_damaged_when_it_is_asked_what_is_on_its_way_keeps_nothing_from_todays_run()
    {
        Assert.NotNull(_runs.FindByCode(OldCode));
        DamageInUse(_old, "state");

        await ReceiveAsync($"-|another|Sent|X\n{OldReference(1)}|-|Delivered|X\n{SomeRun.Reference(1)}|-|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(_path, 1));
        Assert.Equal("old/2024-07-30", Assert.Single(_alarms).Key.ToString());
        Assert.Equal("Waiting -,SetAside old/2024-07-30", Oddities());
    }

    /// <summary>Whoever meets it waits for it: it is met once a minute.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task One_that_another_program_holds_keeps_nothing_from_todays_run_and_has_its_receipts_in_order_later()
    {
        Assert.NotNull(_runs.FindByCode(OldCode));
        using var other = SqliteDb.Open(_old);
        other.Execute("begin immediate");
        var settler = Settler();

        await _store.AppendAsync("viettel", $"{OldReference(1)}|-|Delivered|X\n{SomeRun.Reference(1)}|-|Delivered|X");
        await settler.SettleNewAsync(CancellationToken.None);
        await _store.AppendAsync("viettel", $"{OldReference(1)}|-|Failed|X\n{SomeRun.Reference(2)}|-|Delivered|X");
        await settler.SettleNewAsync(CancellationToken.None);

        Assert.Equal((MessageStatus.Delivered, MessageStatus.Delivered), (StateOf(_path, 1), StateOf(_path, 2)));
        Assert.Equal((MessageStatus.Accepted, 2), (StateOf(_old, 1), Oddities()?.Split(',').Length));
        Assert.Empty(_alarms);

        other.Execute("rollback");
        await settler.SettleWaitingAsync(CancellationToken.None);
        Assert.Equal(MessageStatus.Accepted, StateOf(_old, 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        await settler.SettleWaitingAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(_old, 1));
        Assert.Equal("Contradicting old/2024-07-30", Oddities());
    }

    /// <summary>Wipes the first page of a table that others have open, and has them read it again.</summary>
    static void DamageInUse(string path, string table)
    {
        using var db = SqliteDb.Open(path);
        var (page, size) = (
            db.ReadNumber($"select rootpage from sqlite_schema where name = '{table}'")!.Value,
            db.ReadNumber("pragma page_size")!.Value);
        db.Execute("pragma wal_checkpoint(truncate)");
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = (page - 1) * size;
            file.Write(new byte[size]);
        }

        db.Execute("update run_info set value = value where name = 'code'");
    }

    static void Damage(string path, string how)
    {
        switch (how)
        {
            case "damaged":
                File.WriteAllBytes(path, [.. "SQLite format 3\0"u8, .. new byte[8_192]]);
                break;
            case "unbalanced":
                Execute(path, "delete from message where seq = (select max(seq) from message)");
                break;
            case "missing":
                File.Delete(path);
                break;
            case "newer":
                Execute(path, "pragma user_version = 999");
                break;
        }
    }

    void Add(string key, string code, string file, RunState state)
    {
        var of = RunKey.Parse(key);
        _registry.AddRun(
            new RunRecord
            {
                Key = key,
                Campaign = of.Campaign,
                Date = of.DateText,
                Code = code,
                File = file,
                CampaignFile = "/some.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            DateTimeOffset.UnixEpoch);
        _registry.SetState(of, state, DateTimeOffset.UnixEpoch);
    }

    async Task ReceiveAsync(string body)
    {
        await _store.AppendAsync("viettel", body);
        Assert.True(await Settler().SettleNewAsync(CancellationToken.None));
    }

    ReceiptSettler Settler() => new(_store, _runs, _accounts, _clock);

    static string OldReference(int position) => MessageReference.Of(OldCode, SomeRun.Seq(position));

    static MessageStatus? StateOf(string path, int position)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return (MessageStatus?)db.ReadNumber($"select status from state where seq = {SomeRun.Seq(position)}");
    }

    string? Oddities()
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(_data, simulated: false)[^1].Path, readOnly: true);
        return db.ReadText(
            "select group_concat(kind || ' ' || coalesce(run, '-')) from oddity") is { Length: > 0 } found
            ? found
            : null;
    }

    static void Execute(string path, string sql)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(sql);
    }
}
