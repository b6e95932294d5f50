namespace SmsCampaign.Storage.Sqlite;

/// <summary>How numbers leave a file: what SQLite deletes stays in its free pages, and beside it in -wal, until it is
/// written over; and copies of rows that it has moved stay in gaps within its pages, which secure_delete does not reach
/// (sqlite.org/pragma.html#pragma_secure_delete), until the file is written anew.</summary>
static class Erasing
{
    /// <summary>What is deleted is written over with zeros; every commit is on disk.</summary>
    public const string Pragma = "pragma secure_delete = on; pragma synchronous = full";

    /// <summary>Takes what lies in -wal into the file, and cuts -wal to nothing.</summary>
    /// <exception cref="LedgerException">Somebody reads an older state of the file: to be done again.</exception>
    public static void Compact(SqliteDb db)
    {
        using var checkpoint = db.Prepare("pragma wal_checkpoint(truncate)");
        if (checkpoint.Step() && checkpoint.Number(0) != 0)
            throw new LedgerException(LedgerPlace.InUse(db.File), ResultCodes.Busy) { File = db.File };
    }

    /// <summary>Writes the file anew, then does as <see cref="Compact"/>. Nobody else writes to it meanwhile: some
    /// twenty seconds a gigabyte.</summary>
    /// <param name="mayWait">Whether those who write to it can be kept waiting for so long; where not, only
    /// <see cref="Compact"/> is done.</param>
    /// <param name="room">Bytes free where a folder lies; null where it cannot be told.</param>
    /// <returns>Why it was not written anew, and older copies may be left in it; null where it was.</returns>
    /// <exception cref="LedgerException">As of <see cref="Compact"/>.</exception>
    public static Wording? Rewrite(SqliteDb db, bool mayWait, Func<string, long?>? room = null)
    {
        var why = mayWait ? FindNoRoom(db, room ?? DiskFloor.FreeAt) : new Wording(
            "đang gửi tin hoặc sắp tới giờ gửi, ghi lại tệp sẽ chặn việc gửi và nhận biên nhận",
            "messages are being sent or will be soon, and to write it anew would keep them and receipts waiting");
        if (why is null)
            db.Execute("vacuum");
        Compact(db);
        if (why is not { } because)
            return null;

        var file = Path.GetFileName(db.File);
        return new Wording(
            $"{file}: đã xóa số, nhưng chưa ghi lại tệp nên chỗ trống bên trong có thể còn bản cũ của số: {because}. "
                + $"Hãy chạy lại lệnh này sau.",
            $"{file}: what was to be erased is, but the file was not written anew, and older copies may be left in its "
                + $"gaps: {because}. Run this again later.");
    }

    /// <summary>The copy is made apart first, then it lies in -wal.</summary>
    static Wording? FindNoRoom(SqliteDb db, Func<string, long?> room) => FindNoRoom(
        db.File,
        2 * db.ReadNumber("select page_count * page_size from pragma_page_count, pragma_page_size")!.Value,
        room);

    /// <param name="need">Bytes that must be free where the file lies.</param>
    /// <param name="room">As of <see cref="Rewrite"/>.</param>
    /// <returns>Null where they are, or it cannot be told.</returns>
    public static Wording? FindNoRoom(string file, long need, Func<string, long?> room)
    {
        if (room(Path.GetDirectoryName(Path.GetFullPath(file))!) is not { } free || free >= need)
            return null;

        var (needed, there) = (
            Figures.Count(need / DiskRoom.Unit + 1), Figures.Count(free / DiskRoom.Unit));
        return new Wording(
            $"cần {needed} MB trống, đĩa còn {there} MB", $"{needed} MB must be free, and {there} MB are");
    }
}
