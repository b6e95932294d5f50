namespace SmsCampaign.Storage.Sqlite;

/// <summary>How numbers leave a file: what SQLite deletes stays in its free pages, and beside it in -wal, until it is
/// written over.</summary>
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
}
