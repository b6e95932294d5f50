using Npgsql;

namespace SmsCampaign.Tests.Support;

/// <summary>The PostgreSQL that other tests stand on.</summary>
[Trait("Category", "Slow")]
public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_database_is_its_roles_who_may_nothing_else()
    {
        await using var database = NpgsqlDataSource.Create(await PostgresServer.Shared.CreateDatabaseAsync());

        await using var command = database.CreateCommand(
            """
            create table public.kept (number int);
            select concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)
            from pg_roles where rolname = current_user
            """);
        Assert.Equal("f f f f f", await command.ExecuteScalarAsync());
    }
}
