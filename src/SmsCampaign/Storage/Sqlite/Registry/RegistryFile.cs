namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>ledger.db, opened anew for each thing that is asked or done: several processes use it,
/// each for a moment.</summary>
/// <param name="readOnly">Whether this account may look at it and no more.</param>
sealed class RegistryFile(string path, bool readOnly)
{
    /// <summary>Made, or brought to the newest schema, where it may be written to.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static RegistryFile Of(DataFolder data)
    {
        try
        {
            using var db = SqliteDb.Open(data.Ledger);
            db.Execute("pragma journal_mode = wal");
            Migrations.Apply(db, "Ledger");
            return new RegistryFile(data.Ledger, readOnly: false);
        }
        catch (LedgerException closed) when (ResultCodes.IsNotToBeWritten(closed) && File.Exists(data.Ledger))
        {
            // To look at it is enough to read it; whatever is to be written fails by itself.
            using var db = Migrations.OpenToRead(data.Ledger, "Ledger");
            return new RegistryFile(data.Ledger, readOnly: true);
        }
    }

    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public SqliteDb Open() => SqliteDb.Open(path, readOnly);
}
