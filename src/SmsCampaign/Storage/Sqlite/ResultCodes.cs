using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>What SQLite's primary result codes mean here: sqlite.org/rescode.html.</summary>
static class ResultCodes
{
    /// <summary>That another process holds the file.</summary>
    public const int Busy = raw.SQLITE_BUSY;

    /// <summary>That a row contradicts the file's own rules, whoever writes it.</summary>
    public const int Constraint = raw.SQLITE_CONSTRAINT;

    /// <summary>Whether what failed was to write, or to make something beside a file.</summary>
    public static bool IsNotToBeWritten(LedgerException thrown) =>
        thrown.Code is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM;

    /// <summary>Whether the disk has no room: also for the index to -wal, of which SQLite says only that it could not
    /// grow, and for a name in the folder.</summary>
    /// <param name="code">Its extended result code.</param>
    public static bool IsFull(int code, string file) =>
        (code & 0xFF) == raw.SQLITE_FULL
        || code == raw.SQLITE_IOERR_SHMSIZE
        || ((code & 0xFF) is raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN
            && Path.GetDirectoryName(file) is { Length: > 0 } folder
            && DiskFloor.IsFull(folder));

    /// <summary>Of an exception of the package through which Quartz, and the pages' list of persons, keep a file of
    /// their own.</summary>
    /// <returns>Null where it is another's, or something else.</returns>
    public static StorageFault? KindOfPackages(Exception thrown) =>
        thrown is SqliteException sqlite ? KindOf(sqlite.SqliteErrorCode, null) : null;

    /// <summary>The primary result code of such an exception.</summary>
    public static int CodeOf(Exception thrown) => ((SqliteException)thrown).SqliteErrorCode;

    /// <returns>Null where it is something else.</returns>
    public static StorageFault? KindOf(int code, string? file) => code switch
    {
        raw.SQLITE_FULL => StorageFault.DiskFull,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => StorageFault.Busy,
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => StorageFault.Damaged,
        raw.SQLITE_ERROR => StorageFault.Foreign,
        raw.SQLITE_READONLY => StorageFault.ReadOnly,
        raw.SQLITE_CANTOPEN when file is not null && !Path.Exists(file) => StorageFault.Missing,
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => StorageFault.Closed,
        raw.SQLITE_IOERR => StorageFault.Disk,
        _ => null,
    };
}
