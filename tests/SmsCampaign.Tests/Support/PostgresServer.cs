using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// A PostgreSQL of the tests' own, on this machine's loopback, in a folder that goes with it. It is gone at the latest
/// with the process of the tests, however that ends.
/// </summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    const string Superuser = "smstest";

    /// <summary>Below those that the kernel gives to whoever asks for any: while the server is down nobody else gets
    /// its port.</summary>
    const int FirstPort = 15_000;
    const int EndOfPorts = 32_000;
    const int MostTries = 20;

    const int LinesOfLogTold = 30;

    /// <summary>Between two looks at the world outside.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Lives until its input ends, which is when this process ends, at the latest. Then it takes away what is
    /// left: processes in the folder of the data, the segment of shared memory that holds others from it, the folder.
    /// </summary>
    const string Keeper =
        """
        trap '' HUP INT TERM
        while read -r _; do :; done
        for each in /proc/[0-9]*; do
            [ "$(readlink "$each/cwd")" != "$1/data" ] || kill -9 "${each#/proc/}"
        done 2>/dev/null
        segment=$(sed -n '7s/.* //p' "$1/data/postmaster.pid" 2>/dev/null)
        [ -z "$segment" ] || ipcrm -m "$segment" 2>/dev/null
        for each in 1 2 3 4 5 6 7 8 9 10; do
            rm -rf "$1" 2>/dev/null && exit
            sleep 0.1
        done
        """;

    static readonly Lazy<Task<PostgresServer>> OfTheRun = new(() => Task.Run(() => StartNewAsync(flushes: false)));

    static int LastDatabase;

    readonly TempFolder _folder = new();
    readonly string _password;
    readonly bool _flushes;
    readonly Process _keeper;
    Process? _process;

    PostgresServer(string password, bool flushes)
    {
        _password = password;
        _flushes = flushes;
        _keeper = Process.Start(new ProcessStartInfo("sh", ["-c", Keeper, "sh", _folder.Path])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
    }

    /// <summary>One for all tests of a run, started by the first that asks for it; nothing of it outlasts a loss of
    /// power. Whoever stops, kills or pauses one starts one of his own. Skips the test where there is no PostgreSQL.
    /// </summary>
    public static PostgresServer Shared
    {
        get
        {
            Machine.NeedsPostgres();
            return OfTheRun.Value.GetAwaiter().GetResult();
        }
    }

    /// <summary>Where it listens, which stays the same as long as it lives.</summary>
    public int Port { get; private set; }

    /// <summary>As one who may do anything.</summary>
    public string SuperuserConnection => ConnectionTo("postgres", Superuser, _password);

    string Data => _folder.File("data");

    string Log => _folder.File("log");

    /// <summary>Makes a server and starts it. Skips the test where there is no PostgreSQL.</summary>
    /// <param name="flushes">Whether what is committed is on disk (fsync).</param>
    public static async Task<PostgresServer> StartNewAsync(bool flushes = true)
    {
        Machine.NeedsPostgres();
        var server = new PostgresServer(NewPassword(), flushes);
        try
        {
            await server.MakeClusterAsync();
            await server.StartOnFreePortAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server of the run where a test has asked for it.</summary>
    internal static async ValueTask EndSharedAsync()
    {
        if (OfTheRun.IsValueCreated)
            await (await OfTheRun.Value).DisposeAsync();
    }

    /// <summary>Starts it, where it was before.</summary>
    /// <exception cref="InvalidOperationException">It ended at once; with the end of its log.</exception>
    public async Task StartAsync()
    {
        if (IsRunning)
            throw new InvalidOperationException("PostgreSQL runs already");
        _process?.Dispose();
        _process = null;
        var process = _process = await PostgresPrograms.StartAsync(_folder.Path, Log, [
            "-D", Data,
            .. Settings().SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })]);
        await UntilAsync(
            async () => await IsReadyAsync() || (process.HasExited
                ? throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode}:\n{EndOfLog()}")
                : false),
            "it is not ready");
    }

    /// <summary>Makes an empty database, and a role that owns it and may do nothing beyond it.</summary>
    /// <returns>How it connects.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        await using var connection = new NpgsqlConnection(SuperuserConnection);
        await connection.OpenAsync();
        var (name, password) = (Invariant($"sms_{Interlocked.Increment(ref LastDatabase)}"), NewPassword());
        string[] statements = [
            $"create role {name} login nosuperuser nocreatedb nocreaterole password '{password}'",
            $"create database {name} owner {name} template template0"];
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }

        return ConnectionTo(name, name, password);
    }

    /// <inheritdoc cref="CreateDatabaseAsync"/>
    public string CreateDatabase() => Task.Run(CreateDatabaseAsync).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await StopAsync(immediate: true);
        _process?.Dispose();
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
        _folder.Dispose();
    }

    async Task MakeClusterAsync()
    {
        var password = _folder.Write("password", _password);
        await PostgresPrograms.GiveAsync(_folder.Path);
        await PostgresPrograms.RunAsync(
            _folder.Path,
            "initdb",
            [
                "-D", Data, "-U", Superuser, $"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8",
                "--locale=C.UTF-8", "--lc-messages=C", "--no-sync", "--no-instructions",
            ]);
        File.Delete(password);
    }

    /// <summary>Somebody may take a port between the look for a free one and the server's start.</summary>
    async Task StartOnFreePortAsync()
    {
        for (var tries = 1; ; tries++)
        {
            Port = FindFreePort();
            try
            {
                await StartAsync();
                return;
            }
            catch (InvalidOperationException)
                when (tries < MostTries && EndOfLog().Contains("could not bind", StringComparison.Ordinal))
            {
                File.Delete(Log);
            }
        }
    }

    /// <summary>Of the command line, so that a copy of its data is started with settings of its own.</summary>
    Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = Invariant($"{Port}"),
            ["unix_socket_directories"] = _folder.Path,
            ["max_connections"] = "100",
            ["max_prepared_transactions"] = "0",
            ["shared_buffers"] = "64MB",
            ["dynamic_shared_memory_type"] = "mmap", // in the folder, that nothing stays elsewhere
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["wal_retrieve_retry_interval"] = "200ms", // a replica finds back soon
            ["log_destination"] = "stderr",
            ["logging_collector"] = "off",
        };
        if (!_flushes)
            settings["fsync"] = settings["full_page_writes"] = "off";
        return settings;
    }

    async Task<bool> IsReadyAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(SuperuserConnection);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    string ConnectionTo(string database, string user, string password)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = database,
            Username = user,
            Password = password,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        if (user == Superuser)
            connection.Pooling = false;
        return connection.ConnectionString;
    }

    Task UntilAsync(Func<bool> isSo, string otherwise) => UntilAsync(() => Task.FromResult(isSo()), otherwise);

    /// <exception cref="TimeoutException">It does not come to be so.</exception>
    async Task UntilAsync(Func<Task<bool>> isSo, string otherwise)
    {
        using var patience = new CancellationTokenSource(Patience.ForAnything);
        while (!await isSo())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"PostgreSQL: {otherwise}\n{EndOfLog()}");
            await Task.Delay(Glance, TimeProvider.System, CancellationToken.None);
        }
    }

    string EndOfLog() =>
        File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(LinesOfLogTold)) : "nothing is in its log";

    static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    static int FindFreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstPort, EndOfPorts);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // somebody's
            }
        }
    }
}
