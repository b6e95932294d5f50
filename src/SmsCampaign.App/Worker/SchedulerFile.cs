using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Quartz's own store, which holds nothing that ledger.db does not: where it is damaged it is put aside and made anew.
/// </summary>
static class SchedulerFile
{
    /// <summary>Ends the name of a store that was put aside; one of before is replaced.</summary>
    public const string DamagedSuffix = ".damaged";

    /// <summary>Of the tables and indexes that this version of Quartz makes: <see cref="FingerprintOf"/>.</summary>
    internal const string Schema = "0e68b49d56c56186";

    static readonly string[] Suffixes = ["", "-wal", "-shm", "-journal"];

    /// <summary>Puts a store aside that cannot be used. One in PostgreSQL is left as it is.</summary>
    /// <returns>What is wrong with it, in English; null where nothing is.</returns>
    /// <exception cref="LedgerException">A folder stands in its place, or it may not be opened.</exception>
    public static string? Mend(DataFolder data)
    {
        if (data.Postgres is not null)
            return null;

        var file = data.Scheduler;
        if (Directory.Exists(file))
            throw new LedgerException(new Wording("đó là một thư mục", "it is a folder"))
            {
                File = file,
                Fault = StorageFault.Closed,
            };
        if (FindDamage(file) is not { } damage)
            return null;

        foreach (var suffix in Suffixes.Where(suffix => File.Exists(file + suffix)))
            File.Move(file + suffix, file + DamagedSuffix + suffix, overwrite: true);
        return damage;
    }

    static string? FindDamage(string file)
    {
        // What belongs to no file any more would be taken for a part of the next.
        if (!File.Exists(file))
            return Suffixes.Any(suffix => File.Exists(file + suffix)) ? "its journal lies there without it" : null;

        try
        {
            using var db = SqliteDb.Open(file);
            if (db.ReadText("pragma quick_check(1)") is var check && check != "ok")
                return check;

            return FingerprintOf(db) is var schema && schema.Length > 0 && schema != Schema
                ? "its tables are not those that this program makes"
                : null;
        }
        catch (LedgerException broken)
            when (StorageFaults.KindOf(broken) is StorageFault.Damaged or StorageFault.Foreign or StorageFault.Disk)
        {
            return broken.Message;
        }
    }

    /// <returns>Empty where Quartz has made no tables yet.</returns>
    internal static string FingerprintOf(SqliteDb db)
    {
        var tables = db.ReadText(
            "select group_concat(sql, ';') from (select sql from sqlite_master where upper(tbl_name) like 'QRTZ%' and "
            + "sql is not null order by name)");
        return string.IsNullOrEmpty(tables)
            ? ""
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tables)))[..16];
    }
}
