using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>A schema for a package, in the database of the ledgers.</summary>
sealed class PostgresPackageSchema : PackageSchema
{
    const int MostConnections = 20;

    public PostgresPackageSchema(PostgresPlace place, string connection, string what)
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

    public override string Name { get; }

    public override string Quoted => PostgresNames.Quote(Name);

    public override string Place { get; }

    public override DbDataSource Source { get; }

    public override void Make()
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

    public override async Task MakeTablesAsync(Func<string> script)
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

    public override async Task TakeTurnAsync(DbTransaction transaction, string what)
    {
        await using var take = CommandOf(transaction, TurnOf(what));
        await take.ExecuteNonQueryAsync();
    }

    static DbCommand CommandOf(DbTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }

    string TurnOf(string what) => string.Create(
        CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({PostgresNames.LockOf($"{Name}/{what}")})");
}
