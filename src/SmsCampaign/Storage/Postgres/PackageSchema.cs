using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// A schema beside those of the ledgers, in which a package keeps tables of its own: the web pages those of their
/// users, the scheduler those of its triggers.
/// </summary>
/// <remarks>Its connections are its own, and few: however much is asked of the pages, who sends has his.</remarks>
public sealed class PackageSchema : IDisposable
{
    const int MostConnections = 20;

    internal PackageSchema(PostgresPlace place, string connection, string what)
    {
        var given = new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = "sms-campaign",
            NoResetOnClose = true,
            IncludeErrorDetail = false, // a row's values may be somebody's
        };
        given.MaxPoolSize = Math.Min(given.MaxPoolSize, MostConnections);
        given.MinPoolSize = Math.Min(given.MinPoolSize, given.MaxPoolSize);
        Source = new NpgsqlDataSourceBuilder(given.ConnectionString).Build();
        Name = PostgresNames.Fit($"{place.Schema}_{what}");
        Place = $"{place.Name}/{Name}";
    }

    public string Name { get; }

    /// <summary>As it stands in SQL.</summary>
    public string Quoted => PostgresNames.Quote(Name);

    /// <summary>Where it is, for a person; without who signs in.</summary>
    public string Place { get; }

    public DbDataSource Source { get; }

    /// <summary>Makes the schema where there is none.</summary>
    /// <exception cref="LedgerException">It cannot be.</exception>
    public void Make()
    {
        try
        {
            using var connection = Source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            using var command = CommandOf(transaction, $"{TurnOf("make")}; create schema if not exists {Quoted}");
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (NpgsqlException failed)
        {
            throw PostgresFaults.Of(failed, Place, "create schema");
        }
    }

    /// <summary>Makes the tables where none are. Of several processes that do so at once one makes them, whole or not
    /// at all; the others wait, and find them.</summary>
    /// <param name="script">What makes them; asked for where they are to be made.</param>
    /// <exception cref="LedgerException">They cannot be.</exception>
    public async Task MakeTablesAsync(Func<string> script)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await TakeTurnAsync(transaction, "make");
            await using var ask = CommandOf(transaction, $"""
                select count(*) from pg_catalog.pg_class
                where relkind in ('r', 'p') and relnamespace = to_regnamespace({PostgresNames.Literal(Quoted)})
                """);
            if (await ask.ExecuteScalarAsync() is > 0L)
                return;

            await using var make = CommandOf(transaction, $"create schema if not exists {Quoted}; {script()}");
            await make.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        catch (NpgsqlException failed)
        {
            throw PostgresFaults.Of(failed, Place, "create tables");
        }
    }

    /// <summary>Waits until nobody on any machine is at the same: until the transaction ends nobody comes to
    /// be.</summary>
    /// <param name="transaction">On a connection of <see cref="Source"/>.</param>
    public async Task TakeTurnAsync(DbTransaction transaction, string what)
    {
        await using var take = CommandOf(transaction, TurnOf(what));
        await take.ExecuteNonQueryAsync();
    }

    public void Dispose() => Source.Dispose();

    static DbCommand CommandOf(DbTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }

    string TurnOf(string what) => string.Create(
        CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({PostgresNames.LockOf($"{Name}/{what}")})");
}
