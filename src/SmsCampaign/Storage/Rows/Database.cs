using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Rows;

/// <summary>Where tables are kept that belong together, of a run or of the installation: a file of SQLite, or a schema
/// of PostgreSQL. Whether anything is there it does not say. Two are equal where they are the same.</summary>
public abstract record Database
{
    /// <summary>By which a person finds it: the file's path, or the schema's name with its server.</summary>
    internal abstract string Name { get; }

    internal abstract bool Exists { get; }

    /// <summary>When something was last written to it, microseconds, as far as can be told without reading it; no
    /// earlier than that.</summary>
    internal abstract long LastWritten { get; }

    /// <summary>Opens it to read and write.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    internal abstract Db Open();

    /// <summary>Opens it to be read only. Where nothing is there that is an error.</summary>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    internal abstract Db Look();

    /// <summary>As <see cref="Look"/>, brought to the newest schema before where it is not: what is read is then where
    /// this program looks for it.</summary>
    /// <exception cref="LedgerException">It cannot be brought up to date, or is of a newer version.</exception>
    internal abstract Db LookUpToDate(TableSet tables);

    /// <summary>To be thrown where it must be there.</summary>
    internal LedgerException Missing() => new(FaultWords.NoLedger(Name))
    {
        File = Name,
        Fault = StorageFault.Missing,
        IsInPostgres = this is PostgresTables,
    };

    /// <summary>A file of SQLite.</summary>
    public static implicit operator Database(string path) => new SqliteFile(path);

    public sealed override string ToString() => Name;
}

/// <summary>Tables that are brought up to date together. Names of folders under Storage/Migrations.</summary>
enum TableSet
{
    /// <summary>Of a run.</summary>
    Run,

    /// <summary>Of the installation.</summary>
    Ledger,

    /// <summary>Raw receipts.</summary>
    Receipts,
}
