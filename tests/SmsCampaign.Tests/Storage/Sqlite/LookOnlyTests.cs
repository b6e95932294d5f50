using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite;

/// <summary>What is read where the disk has no room for what SQLite keeps beside a file.</summary>
public sealed class LookOnlyTests(ITestOutputHelper output) : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)] // all of it is in the file
    [InlineData(true)] // its newest part is in -wal, as after a kill
    public void On_a_full_disk_a_file_is_read_as_it_was_last_written(bool withWal)
    {
        using var disk = MountWith(withWal);
        if (disk is null)
            return;

        using (var first = SqliteDb.Open(File, readOnly: true))
        using (var second = SqliteDb.Open(File, readOnly: true)) // one process reads with several at a time
        {
            Assert.Equal(2, first.ReadNumber("select count(*) from t"));
            Assert.Equal(2, second.ReadNumber("select count(*) from t"));
        }

        using (var once = SqliteDb.Open(File, readOnly: true))
            Assert.Equal(2, once.ReadNumber("select count(*) from t"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_cannot_be_written_says_that_the_disk_is_full_until_there_is_room(bool withWal)
    {
        using var disk = MountWith(withWal);
        if (disk is null)
            return;

        using (SqliteDb.OpenAsFarAsDiskAllows(File))
        using (var db = SqliteDb.OpenAsFarAsDiskAllows(File))
        {
            var thrown = Assert.Throws<LedgerException>(() => db.Execute("insert into t values (3)"));
            Assert.Equal(StorageFault.DiskFull, StorageFaults.KindOf(thrown));
        }

        disk.MakeRoom();
        using (var db = SqliteDb.OpenAsFarAsDiskAllows(File))
            db.Execute("insert into t values (3)");
        using (var db = SqliteDb.Open(File, readOnly: true))
            Assert.Equal(3, db.ReadNumber("select count(*) from t"));
    }

    string Disk => _folder.File("disk");

    string File => Path.Combine(Disk, "a.db");

    SmallDisk? MountWith(bool withWal)
    {
        Directory.CreateDirectory(Disk);
        var origin = _folder.File("a.db");
        using (var db = SqliteDb.Open(origin))
        {
            db.Execute("pragma journal_mode = wal; create table t (n); insert into t values (1)");
            db.ReadText("pragma wal_checkpoint(truncate)");
            db.Execute("insert into t values (2)");
            if (!withWal)
                db.ReadText("pragma wal_checkpoint(truncate)");
            System.IO.File.Copy(origin, File);
            System.IO.File.Copy(origin + "-wal", File + "-wal");
        }

        var disk = SmallDisk.TryMount(Disk);
        if (disk is null)
            output.WriteLine("no disk can be mounted here");
        else
            disk.Fill();
        return disk;
    }
}
