using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SmsCampaign.Tests.Support;

/// <summary>The PostgreSQL that other tests stand on.</summary>
[Trait("Category", "Slow")]
public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_database_is_its_roles_who_may_nothing_beyond_it()
    {
        var own = PostgresServer.Shared.CreateDatabase();
        var other = await PostgresServer.Shared.CreateDatabaseAsync();

        Assert.Equal("f f f f f", await AskAsync(
            own,
            """
            select concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)
            from pg_roles where rolname = current_user
            """));
        await WriteAsync(own, "first");
        await WriteAsync(other, "second");
        Assert.Equal("first", await ReadAsync(own));
        Assert.Equal("UTF8 UTC off", await AskAsync(
            own,
            """
            select concat_ws(' ', current_setting('server_encoding'), current_setting('timezone'),
                current_setting('fsync'))
            """));
    }

    [Fact]
    public async Task What_was_committed_is_there_after_it_was_stopped_and_after_it_was_killed()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await using var open = new NpgsqlConnection(database);
        await open.OpenAsync();
        await WriteAsync(database, "kept");

        await server.StopAsync();
        await Assert.ThrowsAsync<NpgsqlException>(() => ReadAsync(database));
        await server.StartAsync();
        Assert.Equal("kept", await ReadAsync(database));

        await server.KillAsync();
        await Assert.ThrowsAsync<NpgsqlException>(() => ReadAsync(database));
        await server.StartAsync();
        Assert.Equal("kept", await ReadAsync(database));

        await server.StopAsync(immediate: true);
        await server.StartAsync();
        Assert.Equal("kept on", await AskAsync(database, "select text || ' ' || current_setting('fsync') from kept"));
    }

    [Fact]
    public async Task Paused_it_answers_nothing_and_resumed_what_it_was_asked()
    {
        await using var server = await PostgresServer.StartNewAsync(flushes: false);
        var database = await server.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();

        await server.PauseAsync();
        await using var command = new NpgsqlCommand("select 'answered'", connection);
        var asked = command.ExecuteScalarAsync();
        var connecting = ReadAsync(database + ";Timeout=1");
        await Assert.ThrowsAsync<NpgsqlException>(() => connecting);
        Assert.False(asked.IsCompleted);

        server.Resume();
        Assert.Equal("answered", await asked);

        await server.PauseAsync();
        await server.KillAsync();
        await server.StartAsync();
        await WriteAsync(database, "kept");
        await server.PauseAsync(); // and is gone all the same
    }

    [Fact]
    public async Task A_replica_that_is_promoted_has_what_was_written_before()
    {
        await using var primary = await PostgresServer.StartNewAsync(flushes: false);
        var database = await primary.CreateDatabaseAsync();
        await using var replica = await primary.CreateReplicaAsync();
        var followed = replica.SameAt(database);
        await WriteAsync(database, "followed");
        await replica.CatchUpAsync();
        Assert.Equal("followed", await ReadAsync(followed));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => WriteAsync(followed, "refused"));
        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, refused.SqlState);

        // Away for a while, it gets what it has missed.
        await replica.StopAsync();
        await AskAsync(database, "update kept set text = 'missed' returning text");
        await replica.StartAsync();
        await replica.CatchUpAsync();

        await primary.KillAsync();
        await replica.PromoteAsync();
        Assert.Equal("missed", await ReadAsync(followed));
        await AskAsync(followed, "update kept set text = 'written' returning text");
        Assert.Equal("written", await ReadAsync(followed));
    }

    [Fact]
    public async Task Where_it_does_not_start_its_log_says_why()
    {
        await using var server = await PostgresServer.StartNewAsync(flushes: false);
        await server.StopAsync();
        using var taker = new TcpListener(IPAddress.Loopback, server.Port);
        taker.Start();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(server.StartAsync);

        Assert.Contains("could not bind IPv4 address", fault.Message); // whereupon a new one takes another port
    }

    static async Task WriteAsync(string database, string text) =>
        await AskAsync(database, $"create table kept (text text); insert into kept values ('{text}') returning text");

    static Task<string> ReadAsync(string database) => AskAsync(database, "select text from kept");

    static async Task<string> AskAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
