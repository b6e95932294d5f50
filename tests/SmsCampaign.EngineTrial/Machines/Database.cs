using Npgsql;

namespace SmsCampaign.EngineTrial.Machines;

/// <summary>A PostgreSQL of its own, from Debian's package, in a folder that goes with it.</summary>
sealed class Database : IDisposable
{
    const int Port = 15432;

    readonly string _folder = Path.Combine(Path.GetTempPath(), $"engine-trial-{Guid.NewGuid():N}");
    readonly string _programs = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin";

    public Database()
    {
        Directory.CreateDirectory(_folder);
        Shell.Run("chown", "postgres", _folder);
        As($"{_programs}/initdb", "-D", Data, "-A", "trust", "-U", "trial", "--no-sync");
        File.AppendAllText(
            $"{Data}/postgresql.conf",
            $"listen_addresses = '{Network.Database}'\nport = {Port}\nunix_socket_directories = '{_folder}'\n"
                + "max_connections = 300\n"
                // A connection whose other end is silent is given up within 4 s; for a paused process the kernel
                // answers.
                + "tcp_keepalives_idle = 2\ntcp_keepalives_interval = 1\ntcp_keepalives_count = 2\n"
                + "tcp_user_timeout = 4000\n");
        File.AppendAllText($"{Data}/pg_hba.conf", "host all all 10.77.0.0/24 trust\n");
        Start();
    }

    public static string Connection =>
        $"Host={Network.Database};Port={Port};Username=trial;Database=postgres;Timeout=5;Command Timeout=5;Keepalive=1;"
            + "No Reset On Close=true";

    string Data => $"{_folder}/data";

    public void Start() => As($"{_programs}/pg_ctl", "-D", Data, "-w", "-l", $"{_folder}/log", "start");

    public void Restart() =>
        As($"{_programs}/pg_ctl", "-D", Data, "-w", "-m", "fast", "-l", $"{_folder}/log", "restart");

    public void Kill()
    {
        var id = File.ReadLines($"{Data}/postmaster.pid").First();
        Shell.Run("pkill", "-9", "-P", id);
        Shell.Run("kill", "-9", id);
    }

    /// <summary>Empty, and with the accounts to be counted.</summary>
    public static void Prepare(string? schema)
    {
        Execute(
            """
            do $$ declare each text; begin
              for each in select nspname from pg_namespace where nspname !~ '^pg_|information_schema|public' loop
                execute format('drop schema %I cascade', each);
              end loop;
              drop schema public cascade;
              create schema public;
            end $$;
            create schema trial;
            create table trial.account (name text primary key, epoch bigint not null, owner text, counted bigint not null);
            insert into trial.account select 'account-' || each, 0, null, 0 from generate_series(0, 9) as each;
            """);
        if (schema is not null)
            Execute(schema);
    }

    public static T Read<T>(string sql)
    {
        using var database = NpgsqlDataSource.Create(Connection + ";Pooling=false");
        using var command = database.CreateCommand(sql);
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        As($"{_programs}/pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    static void Execute(string sql)
    {
        using var database = NpgsqlDataSource.Create(Connection + ";Pooling=false");
        using var command = database.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    static void As(string command, params string[] arguments) =>
        Shell.Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", command, .. arguments]);
}
