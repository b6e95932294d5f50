using SmsCampaign.Storage.Sqlite;
namespace SmsCampaign.Storage;

/// <summary>A ledger file cannot be read or written: the machine or the file is broken.</summary>
/// <param name="words">What is wrong; in English also what the log says.</param>
/// <param name="code">SQLite's primary result code (sqlite.org/rescode.html); 0 where it was not
/// SQLite that failed.</param>
/// <param name="cause">What was thrown first; null where nothing was.</param>
public class LedgerException(Wording words, int code = 0, Exception? cause = null)
    : Exception(words.En, cause), IWorded
{
    public Wording Words => words;

    public int Code => code;

    /// <summary>The file that failed; null where none is meant.</summary>
    public string? File { get; init; }

    /// <summary>Whether it is kept in PostgreSQL, and is no file.</summary>
    internal bool IsInPostgres { get; init; }

    /// <summary>Whether another process holds it.</summary>
    internal bool IsBusy => Code == ResultCodes.Busy || Fault == StorageFault.Busy;

    /// <summary>Whether a row contradicts the rules of its table, whoever writes it.</summary>
    internal bool IsOfConstraint => Code == ResultCodes.Constraint;

    internal bool IsOfFullDisk => StorageFaults.KindOf(this) == StorageFault.DiskFull;

    /// <summary>Set where it was not SQLite that failed.</summary>
    public StorageFault? Fault { get; init; }
}
