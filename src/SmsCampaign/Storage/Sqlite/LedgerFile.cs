using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>A database as a file that is copied and moved.</summary>
static class LedgerFile
{
    /// <summary>Takes into it what lies beside it.</summary>
    public static void MakeOne(string path)
    {
        using var db = SqliteDb.Open(path);
        db.ReadText("pragma journal_mode = delete");
    }

    /// <summary>Reads all of it: no page broken, and a run's in balance.</summary>
    /// <exception cref="LedgerException">It is not so.</exception>
    public static void Verify(string path, bool isRun)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        if (db.ReadText("pragma integrity_check") is not "ok" and var broken)
            throw new LedgerException(new Wording("các phần bên trong tệp không khớp nhau", broken ?? ""));
        if (isRun && BalanceRows.Count(db) is { Holds: false } balance)
            throw new UnbalancedException(RunAddress.OfFile(path), balance.Numbers);
    }

    /// <summary>Reads every page, which takes less than <see cref="Verify"/>: indexes are not held to their
    /// tables.</summary>
    /// <returns>Null where it is whole.</returns>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static LedgerException? FindBroken(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return db.ReadText("pragma quick_check(1)") is "ok" ? null
            : new LedgerException(new Wording("các phần bên trong tệp không khớp nhau", "its pages do not fit"))
            {
                File = path,
                Fault = StorageFault.Damaged,
            };
    }

    /// <summary>The key of the run whose ledger it is, as its row says; null where there is none.</summary>
    public static string? ReadKey(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return DescriptionRows.ReadKey(db);
    }
}
