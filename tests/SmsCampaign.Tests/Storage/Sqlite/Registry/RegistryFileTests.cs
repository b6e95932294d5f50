using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite.Registry;

/// <summary>Looks at ledger.db, one after the other, while it is watched.</summary>
public sealed class RegistryFileTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly DataFolder _data;
    readonly RegistryFile _file;

    public RegistryFileTests()
    {
        _data = new DataFolder(_folder.Path);
        _file = RegistryFile.Of(_data);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void While_it_is_watched_one_connection_looks_and_sees_what_others_commit()
    {
        using var other = RegistryFile.OpenToWrite(_data);
        using var watch = _file.Watch();
        var first = _file.Look(db => db);

        other.Execute("create table seen (n integer); insert into seen values (7)");
        Assert.Equal(7, _file.Look(db => db.ReadNumber("select n from seen")));
        other.Execute("update seen set n = 8");

        Assert.Equal(8, _file.Look(db => db.ReadNumber("select n from seen")));
        Assert.Same(first, _file.Look(db => db));
    }

    [Fact]
    public void Without_a_watch_and_once_it_is_over_nothing_is_kept_open()
    {
        Assert.NotSame(_file.Look(db => db), _file.Look(db => db));
        var watch = _file.Watch();
        using (_file.Watch())
            _file.Look(db => db);
        var kept = _file.Look(db => db);
        Assert.Same(kept, _file.Look(db => db));

        watch.Dispose();
        watch.Dispose();

        Assert.NotSame(kept, _file.Look(db => db));
        Assert.False(File.Exists(_data.Ledger + "-wal")); // which SQLite removes with the last connection
    }

    [Fact]
    public void A_transaction_that_a_look_began_is_over_with_it()
    {
        using var watch = _file.Watch();
        _file.Look(db =>
        {
            db.Execute("begin immediate");
            return 0;
        });

        using var other = RegistryFile.OpenToWrite(_data);
        other.WaitFor(TimeSpan.Zero);
        other.Execute("begin immediate; create table free (n integer); commit");

        Assert.Equal(0, _file.Look(db => db.ReadNumber("select count(*) from free")));
    }

    [Fact]
    public void Another_file_of_that_name_is_looked_at_and_not_the_one_that_was()
    {
        using var watch = _file.Watch();
        _file.Look(db => db);
        Replace("create table other (n integer)");

        Assert.Equal(1, _file.Look(db => db.ReadNumber("select count(*) from sqlite_master where name = 'other'")));
    }

    [Fact]
    public void What_has_been_written_over_it_is_found_at_the_next_look()
    {
        using var watch = _file.Watch();
        _file.Look(db => db.ReadNumber("select count(*) from run"));
        File.WriteAllText(_data.Ledger, "hỏng");

        Assert.Throws<LedgerException>(() => _file.Look(db => db.ReadNumber("select count(*) from run")));
    }

    [Fact]
    public void A_look_that_fails_takes_its_connection_with_it()
    {
        using var watch = _file.Watch();
        var first = _file.Look(db => db);
        Assert.Throws<LedgerException>(() => _file.Look(db => db.ReadNumber("select n from nowhere")));

        Assert.NotSame(first, _file.Look(db => db));
    }

    [Fact]
    public async Task Two_that_look_at_once_do_not_share_one()
    {
        using var watch = _file.Watch();
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var one = Task.Run(() => _file.Look(db =>
        {
            inside.Set();
            go.Wait(TestContext.Current.CancellationToken);
            return db;
        }));
        inside.Wait(TestContext.Current.CancellationToken);

        var other = _file.Look(db => db);
        go.Set();

        Assert.NotSame(await one, other);
    }

    void Replace(string sql)
    {
        var made = _folder.File("made.db");
        using (var db = SqliteDb.Open(made))
            db.Execute(sql);
        foreach (var beside in new[] { "-wal", "-shm" })
            File.Delete(_data.Ledger + beside);
        File.Move(made, _data.Ledger, overwrite: true);
    }
}
