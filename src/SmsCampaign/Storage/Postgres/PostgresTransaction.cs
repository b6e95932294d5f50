using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>A transaction that writes, so that a server can be asked later what became of it.</summary>
/// <param name="Id">As pg_current_xact_id gives it.</param>
/// <param name="Timeline">Of the server's write-ahead log, hexadecimal: another server that was promoted in its place
/// goes on with another (postgresql.org/docs/15/continuous-archiving.html, Timelines).</param>
sealed record PostgresTransaction(string Id, string Timeline)
{
    /// <summary>Within it; gives what <see cref="Parse"/> reads.</summary>
    public const string Select =
        "select pg_current_xact_id()::text || ' ' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)";

    public static PostgresTransaction Parse(string written) =>
        written.Split(' ') is [var id, var timeline] ? new(id, timeline) : throw new FormatException(written);

    /// <summary>Asks a server. What another server says that was promoted since is worth nothing: its transactions
    /// have the same numbers.</summary>
    public PostgresOutcome Find(PostgresPlace place)
    {
        try
        {
            using var connection = place.Source.OpenConnection();
            using var ask = new NpgsqlCommand(
                "select coalesce(pg_xact_status($1::xid8), ''), substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)",
                connection);
            ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Id });
            using var reader = ask.ExecuteReader();
            reader.Read();
            return reader.GetString(1) != Timeline ? PostgresOutcome.Replaced
                : reader.GetString(0) switch
                {
                    "committed" => PostgresOutcome.Committed,
                    "aborted" => PostgresOutcome.TakenBack,
                    _ => PostgresOutcome.NotKnown,
                };
        }
        catch (Exception failed) when (failed is NpgsqlException || PostgresFaults.IsOfConnection(failed))
        {
            return PostgresOutcome.NotKnown;
        }
    }
}

/// <summary>What became of a transaction.</summary>
enum PostgresOutcome
{
    NotKnown,
    Committed,
    TakenBack,

    /// <summary>Another server goes on in the place of the one it was made on.</summary>
    Replaced,
}
