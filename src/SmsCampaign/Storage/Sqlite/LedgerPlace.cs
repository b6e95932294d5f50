
namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// Puts a finished ledger in its place, where another may stand, so that a process killed at any point leaves the old
/// one or the new one, whole.
/// </summary>
/// <remarks>
/// SQLite takes a -wal that lies beside a file for that file's own, whoever wrote it. So nothing of the old ledger but
/// its one file may be there when the new one gets its name: what its -wal holds is written back into it first.
/// </remarks>
static class LedgerPlace
{
    /// <summary>What SQLite keeps beside a file.</summary>
    public static readonly string[] Beside = ["-wal", "-shm", "-journal"];

    /// <param name="unfinished">The new ledger: closed, with nothing beside it.</param>
    /// <param name="path">Where it is to stand.</param>
    /// <param name="replace">Whether one that stands there gives way; else it is an error.</param>
    /// <param name="reached">Called with the name of each step that is done: stands for a process killed there.</param>
    /// <exception cref="IOException">A ledger stands there and is not to give way.</exception>
    /// <exception cref="LedgerException">The old one is in use.</exception>
    public static void Put(string unfinished, string path, bool replace, Action<string>? reached = null)
    {
        Flush(unfinished);
        reached?.Invoke("written");

        if (!File.Exists(path))
            DeleteBeside(path); // of one that was lost
        else if (replace)
            TakeIn(path);
        reached?.Invoke("alone");

        File.Move(unfinished, path, overwrite: replace);
        reached?.Invoke("named");
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Gives a finished ledger its name where none stands, nor anything of one that was lost. Nobody else does
    /// so meanwhile: moving a file takes the place of one that has just come there.</summary>
    public static void PutFirst(string unfinished, string path)
    {
        Flush(unfinished);
        File.Move(unfinished, path);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>On disk before it has its name: a name without content would look like an audience of nobody.</summary>
    static void Flush(string unfinished)
    {
        using var file = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Takes into a ledger what lies beside it, so that it is one file.</summary>
    /// <exception cref="LedgerException">Somebody has it open.</exception>
    static void TakeIn(string path)
    {
        using (var db = SqliteDb.Open(path))
        {
            if (db.ReadText("pragma journal_mode = delete") != "delete")
                throw new LedgerException(InUse(path));
        }

        if (Beside.Any(suffix => File.Exists(path + suffix)))
            throw new LedgerException(InUse(path));
    }

    internal static Wording InUse(string path) =>
        new($"{path} đang do một tiến trình khác dùng", $"{path} is in use by another process");

    static void DeleteBeside(string path)
    {
        foreach (var suffix in Beside)
            File.Delete(path + suffix);
        if (Directory.Exists(Path.GetDirectoryName(path)))
            Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
