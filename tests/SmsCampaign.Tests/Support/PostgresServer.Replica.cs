using System.Globalization;
using Npgsql;

namespace SmsCampaign.Tests.Support;

/// <summary>Two of them, one behind the other.</summary>
public sealed partial class PostgresServer
{
    static int LastReplica;

    PostgresServer? _primary;

    /// <summary>Makes another that follows this one and can be read from. This one keeps what it has not got yet for
    /// as long as that takes. The test disposes of both.</summary>
    public async Task<PostgresServer> CreateReplicaAsync()
    {
        var replica = new PostgresServer(_password, _flushes) { _primary = this };
        try
        {
            await PostgresPrograms.GiveAsync(replica._folder.Path);
            await PostgresPrograms.RunAsync(
                replica._folder.Path,
                "pg_basebackup",
                [
                    "--pgdata", replica.Data, "--host", "127.0.0.1", "--port", Invariant($"{Port}"),
                    "--username", Superuser, "--no-password", "--write-recovery-conf", "--create-slot",
                    "--slot", Invariant($"replica_{Interlocked.Increment(ref LastReplica)}"),
                    "--checkpoint", "fast", "--no-sync",
                ],
                _password);
            await replica.StartOnFreePortAsync();
            return replica;
        }
        catch
        {
            await replica.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a replica shows all that was committed before.</summary>
    public async Task CatchUpAsync()
    {
        // What was committed without waiting for the disk is passed on with this at the latest.
        var last = await _primary!.AskAsync<string>(
            "set synchronous_commit = local; select pg_logical_emit_message(true, 'tests', '')::text");
        await UntilAsync(
            () => AskAsync<bool>($"select coalesce(pg_last_wal_replay_lsn() >= '{last}', true)"),
            "it does not follow");
    }

    /// <summary>Makes a replica one that is written to. Returns when it is; who it followed is not told.</summary>
    public async Task PromoteAsync()
    {
        if (!await AskAsync<bool>(Invariant($"select pg_promote(true, {(int)Patience.ForAnything.TotalSeconds})")))
            throw new TimeoutException($"the replica is not promoted:\n{EndOfLog()}");
    }

    /// <summary>A connection to the same database of this server.</summary>
    /// <param name="connection">Of another that this one follows, or that follows it.</param>
    public string SameAt(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { Port = Port }.ConnectionString;

    async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(SuperuserConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
