using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

public sealed class RehearsalFolderTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly RehearsalDesk _desk;

    public RehearsalFolderTests() =>
        _desk = new RehearsalDesk(new DataFolder(_folder.File("data")), TimeProvider.System);

    [Fact]
    public void It_is_gone_with_its_rehearsal()
    {
        using (var folder = _desk.MakeFolder())
        {
            Write(folder, "runs/a.db", "numbers");
            folder.TakeImage();
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("data")));
    }

    [Fact]
    public void After_a_power_cut_the_disk_is_as_it_was()
    {
        using var folder = _desk.MakeFolder();
        Write(folder, "runs/a.db", "before");
        Write(folder, "runs/a.db-wal", "newest");
        Write(folder, "runs/a.db-shm", "of the process");

        folder.TakeImage();
        Write(folder, "runs/a.db", "after");
        Write(folder, "runs/b.db", "after");
        folder.PutImageBack();

        Assert.Equal("before", Read(folder, "runs/a.db"));
        Assert.Equal("newest", Read(folder, "runs/a.db-wal"));
        Assert.Equal(["a.db", "a.db-wal"], Directory.EnumerateFiles(Path.Combine(folder.Data.Root, "runs"))
            .Select(file => Path.GetFileName(file))
            .Order());
    }

    [Fact]
    public void What_one_that_was_killed_left_the_next_takes_away_and_leaves_another_alone()
    {
        using var alive = _desk.MakeFolder();
        Write(alive, "runs/a.db", "alive");
        var killed = _folder.File("data/rehearsal.unfinished-0123456789abcdef/data/runs");
        Directory.CreateDirectory(killed);
        File.WriteAllText(Path.Combine(killed, "a.db"), "numbers of everybody");

        using var next = _desk.MakeFolder();

        Assert.False(Directory.Exists(killed));
        Assert.Equal("alive", Read(alive, "runs/a.db"));
        Assert.NotEqual(alive.Data.Root, next.Data.Root);
    }

    public void Dispose() => _folder.Dispose();

    static void Write(RehearsalFolder folder, string name, string content)
    {
        var path = Path.Combine(folder.Data.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    static string Read(RehearsalFolder folder, string name) => File.ReadAllText(Path.Combine(folder.Data.Root, name));
}
