using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Postgres;

/// <summary>What PostgreSQL's codes mean here: postgresql.org/docs/15/errcodes-appendix.html.</summary>
static class PostgresFaults
{
    /// <summary>Whether the connection is gone, and whatever was asked last may have been done or not.</summary>
    public static bool IsOfConnection(Exception thrown) => thrown switch
    {
        // 57P01 to 57P03: it is being shut down, or started. 08: connection exception.
        PostgresException { SqlState: ['5', '7', 'P', '0', '1' or '2' or '3'] or ['0', '8', ..] } => true,
        PostgresException => false,
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <param name="file">By which a person finds what was written to or read.</param>
    /// <param name="doing">What was asked.</param>
    public static LedgerException Of(Exception thrown, string file, string doing)
    {
        var result = CodeOf(thrown).StartsWith("23", StringComparison.Ordinal) ? ResultCodes.Constraint : 0;
        return new LedgerException(WordsOf(thrown, doing), result, thrown)
        {
            File = file,
            Fault = KindOf(thrown),
            IsInPostgres = true,
        };
    }

    /// <summary>Of an exception of the package through which Quartz, and the pages' list of persons, ask it.</summary>
    /// <returns>Null where it is another's, or something else.</returns>
    public static StorageFault? KindOfPackages(DbException thrown) => thrown is NpgsqlException ? KindOf(thrown) : null;

    /// <param name="doing">What was asked; null where it is not known.</param>
    public static Wording WordsOf(Exception thrown, string? doing = null)
    {
        var said = NumberMask.In(thrown is PostgresException { MessageText: var text } ? text : thrown.Message);
        var asked = doing is null ? "" : $" ({Shorten(doing)})";
        return new Wording($"PostgreSQL: {said}", $"PostgreSQL {CodeOf(thrown)}: {said}{asked}");
    }

    static string CodeOf(Exception thrown) => (thrown as PostgresException)?.SqlState ?? "";

    static StorageFault? KindOf(Exception thrown) => CodeOf(thrown) switch
    {
        "53100" => StorageFault.DiskFull, // disk_full
        ['5', '3', ..] => StorageFault.Unreachable, // too_many_connections, out_of_memory: later there may be room
        "55P03" or "40001" or "40P01" => StorageFault.Busy, // lock_not_available, serialization_failure, deadlock
        "57014" => StorageFault.Busy, // query_canceled, as by statement_timeout
        "3F000" or "42P01" or "42703" or "42883" => StorageFault.Foreign, // no such schema, table, column, function
        "42501" => StorageFault.Closed, // insufficient_privilege
        "25006" => StorageFault.ReadOnly, // read_only_sql_transaction, as of a replica
        "28000" or "28P01" or "3D000" => StorageFault.Closed, // who may sign in, and no such database
        "58030" => StorageFault.Disk, // io_error
        ['X', 'X', ..] => StorageFault.Damaged, // data_corrupted, index_corrupted, internal_error
        _ when IsOfConnection(thrown) => StorageFault.Unreachable,
        _ => null,
    };

    static string Shorten(string sql) => sql.Length <= 120 ? sql : sql[..120] + "…";
}
