using System.Collections.Concurrent;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// The schemas of a database of PostgreSQL that an installation is kept in: one of its own tables, one of the tables
/// that those of every run are partitions of, and one a run.
/// </summary>
/// <remarks>Nothing but prepared statements is of a session: every transaction says itself where its tables
/// are.</remarks>
sealed class PostgresPlace : IDisposable
{
    /// <summary>Bytes of a name in PostgreSQL, NAMEDATALEN - 1 (postgresql.org/docs/15/limits.html).</summary>
    public const int LongestName = 63;

    /// <summary>Statements that PostgreSQL keeps prepared a connection: all that sending repeats.</summary>
    const int MostPrepared = 100;

    /// <summary>Of a connection on which an answer is awaited: after so long the other end is asked whether it is
    /// there, and again so often; where it is not, what waits has failed.</summary>
    const int SilentMilliseconds = 5_000;
    const int AskMilliseconds = 1_000;

    static readonly ConcurrentDictionary<PostgresAddress, PostgresPlace> Places = [];

    readonly string _asGiven;
    readonly string _connection;
    readonly Lazy<bool> _ready;
    readonly ConcurrentDictionary<string, Lazy<PackageSchema>> _packages = [];

    PostgresPlace(string connection, string schema)
    {
        _asGiven = connection;
        var given = new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = "sms-campaign",
            NoResetOnClose = true,
            IncludeErrorDetail = false, // a row's values may hold a number
            MaxAutoPrepare = MostPrepared,
            TcpKeepAlive = true,
            TcpKeepAliveTime = SilentMilliseconds,
            TcpKeepAliveInterval = AskMilliseconds,
        };
        _connection = given.ConnectionString;
        Source = Build(_connection);
        Schema = schema;
        Name = $"PostgreSQL {given.Host}:{given.Port}/{given.Database}";

        // Where the server could not be reached it is tried again.
        _ready = new Lazy<bool>(
            () =>
            {
                PostgresMigrations.Apply(this);
                return true;
            },
            LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The same for the same address: connections are kept and shared.</summary>
    public static PostgresPlace Of(PostgresAddress address) =>
        Places.GetOrAdd(address, key => new PostgresPlace(key.Connection, key.Schema));

    public NpgsqlDataSource Source { get; }

    /// <summary>Of the installation's own tables.</summary>
    public string Schema { get; }

    /// <summary>Of the tables that those of every run are partitions of.</summary>
    public string Parents => Schema + "_runs";

    /// <summary>Where it is, for a person; without who signs in.</summary>
    public string Name { get; }

    /// <summary>The installation's own tables, made or brought to the newest schema where that was not done
    /// yet.</summary>
    /// <exception cref="LedgerException">They cannot be.</exception>
    public PostgresTables Ledger =>
        _ready.Value ? new PostgresTables(this, Schema) : throw new InvalidOperationException();

    /// <summary>The tables of a run.</summary>
    /// <param name="name">Its file's name, were it kept in one.</param>
    public PostgresTables Run(string name) => new(this, PostgresNames.Fit($"{Schema}_run_{name}"));

    /// <summary>The schema in which a package keeps what is not the ledgers'.</summary>
    /// <param name="what">Ends its name.</param>
    public PackageSchema Package(string what) => _packages.GetOrAdd(
        what, ends => new Lazy<PackageSchema>(() => new PostgresPackageSchema(this, _asGiven, ends))).Value;

    /// <summary>The schema of raw receipts: of gateways' or, apart, of stand-ins'.</summary>
    public string ReceiptsOf(bool simulated) =>
        PostgresNames.Fit($"{Schema}_receipts{(simulated ? "_simulated" : "")}");

    /// <summary>The tables of raw receipts, made or brought to the newest schema where that was not done yet.</summary>
    /// <exception cref="LedgerException">They cannot be.</exception>
    public PostgresTables Receipts(bool simulated) =>
        _ready.Value ? new PostgresTables(this, ReceiptsOf(simulated)) : throw new InvalidOperationException();

    /// <summary>Connections of another kind to the same, each opened by itself and closed for good. Whoever asks for
    /// them disposes of them.</summary>
    /// <param name="change">What they have otherwise.</param>
    public NpgsqlDataSource OpenApart(Action<NpgsqlConnectionStringBuilder> change)
    {
        var apart = new NpgsqlConnectionStringBuilder(_connection) { Pooling = false };
        change(apart);
        return Build(apart.ConnectionString);
    }

    /// <summary>Closes its connections. Who asks for the same later gets another.</summary>
    public void Dispose()
    {
        foreach (var (key, place) in Places)
        {
            if (place == this)
                Places.TryRemove(key, out _);
        }

        foreach (var package in _packages.Values)
            package.Value.Dispose();
        Source.Dispose();
    }

    /// <summary>Brings the tables of all runs to the newest schema.</summary>
    public void MakeReady() => _ = _ready.Value;

    static NpgsqlDataSource Build(string connection)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connection);
        builder.EnableArrays();
        builder.EnableTransportSecurity(); // whether it is used the connection string says
        return builder.Build();
    }
}
