using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite;

public sealed class LedgerPlaceTests : IDisposable
{
    readonly TempFolder _folder = new();

    string Ledger => _folder.File("run.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("written", "old")]
    [InlineData("alone", "old")]
    [InlineData("named", "new")]
    [InlineData("nowhere", "new")]
    public void Killed_at_any_step_the_next_start_finds_the_old_ledger_or_the_new_one_whole(
        string killedAfter,
        string expected)
    {
        // The old one's last rows are in its -wal alone, as a crash leaves them.
        Write(Ledger, "old", 2_000, wal: true);
        Assert.True(new FileInfo(Ledger + "-wal").Length > 0);
        Write(Ledger + ".unfinished", "new", 10, wal: false);

        Kill(killedAfter, replace: true);

        Assert.Equal((expected, expected == "old" ? 2_000L : 10L), Read());
    }

    [Theory]
    [InlineData("written", null)]
    [InlineData("alone", null)]
    [InlineData("named", "new")]
    public void What_lies_beside_a_ledger_that_was_lost_is_never_taken_for_the_new_ones(
        string killedAfter, string? expected)
    {
        Write(Ledger, "old", 2_000, wal: true);
        File.Delete(Ledger);
        Write(Ledger + ".unfinished", "new", 10, wal: false);

        Kill(killedAfter, replace: false);

        Assert.Equal(expected is not null, File.Exists(Ledger));
        if (expected is not null)
            Assert.Equal((expected, 10L), Read());
    }

    [Fact]
    public void A_ledger_that_is_not_to_give_way_stays()
    {
        Write(Ledger, "old", 3, wal: false);
        Write(Ledger + ".unfinished", "new", 10, wal: false);

        Assert.Throws<IOException>(() => LedgerPlace.Put(Ledger + ".unfinished", Ledger, replace: false));

        Assert.Equal(("old", 3L), Read());
    }

    [Fact]
    public void A_ledger_that_somebody_reads_does_not_give_way()
    {
        Write(Ledger, "old", 3, wal: true);
        Write(Ledger + ".unfinished", "new", 10, wal: false);
        using (var reader = SqliteDb.Open(Ledger, readOnly: true))
        {
            reader.ReadNumber("select count(*) from row");
            Assert.Throws<LedgerException>(() => LedgerPlace.Put(Ledger + ".unfinished", Ledger, replace: true));
        }

        Assert.Equal(("old", 3L), Read());
    }

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_flushed()
    {
        Disk.FlushFolder(_folder.Path);

        if (!OperatingSystem.IsWindows())
            Assert.Throws<IOException>(() => Disk.FlushFolder(_folder.File("none")));
    }

    void Kill(string after, bool replace)
    {
        try
        {
            LedgerPlace.Put(Ledger + ".unfinished", Ledger, replace, step =>
            {
                if (step == after)
                    throw new OperationCanceledException(step);
            });
        }
        catch (OperationCanceledException)
        {
            // killed
        }
    }

    /// <param name="wal">Leaves the rows in the -wal, as a process that was killed does.</param>
    void Write(string path, string name, int rows, bool wal)
    {
        var made = _folder.File($"made-{name}.db");
        using (var db = SqliteDb.Open(made))
        {
            db.Execute(
                $"create table name (name text); insert into name values ('{name}'); create table row (id integer)");
            if (wal)
                db.Execute("pragma journal_mode = wal; pragma wal_autocheckpoint = 0");
            db.Execute(
                $"insert into row select value from (with recursive n (value) as (select 1 union all select value + 1 "
                + $"from n where value < {rows}) select value from n)");
            foreach (var suffix in LedgerPlace.Beside
                .Prepend("")
                .Where(suffix => suffix != "-shm" && File.Exists(made + suffix)))
                File.Copy(made + suffix, path + suffix, overwrite: true);
        }
    }

    (string? Name, long? Rows) Read()
    {
        using var db = SqliteDb.Open(Ledger);
        Assert.Equal("ok", db.ReadText("pragma integrity_check"));
        return (db.ReadText("select name from name"), db.ReadNumber("select count(*) from row"));
    }
}
