using System.Collections.Concurrent;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// The schemas of a database of PostgreSQL that an installation is kept in: one of its own tables, one of the tables
/// that those of every run are partitions of, and one a run.
/// </summary>
/// <remarks>Nothing is set for a session: every transaction says itself where its tables are, so that a pooler may
/// stand in between that hands connections on after each (pgbouncer.org/features.html, transaction pooling).</remarks>
sealed class PostgresPlace : IDisposable
{
    /// <summary>Bytes of a name in PostgreSQL, NAMEDATALEN - 1 (postgresql.org/docs/15/limits.html).</summary>
    public const int LongestName = 63;

    /// <summary>Statements that PostgreSQL keeps prepared a connection: all that sending repeats.</summary>
    const int MostPrepared = 100;

    static readonly ConcurrentDictionary<PostgresAddress, PostgresPlace> Places = [];

    readonly Lazy<bool> _ready;
    readonly string _connection;
    readonly ConcurrentDictionary<string, Lazy<PackageSchema>> _packages = [];

    PostgresPlace(string connection, string schema)
    {
        _connection = connection;
        var given = new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = "sms-campaign",
            NoResetOnClose = true,
            IncludeErrorDetail = false, // a row's values may hold a number
            MaxAutoPrepare = MostPrepared,
        };
        Source = new NpgsqlSlimDataSourceBuilder(given.ConnectionString).Build();
        Schema = schema;
        Name = $"PostgreSQL {given.Host}:{given.Port}/{given.Database}";
        _ready = new Lazy<bool>(() =>
        {
            PostgresMigrations.Apply(this);
            return true;
        });
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

    /// <summary>The installation's own tables, made or brought to the newest schema where that was not done yet.</summary>
    /// <exception cref="LedgerException">They cannot be.</exception>
    public PostgresTables Ledger =>
        _ready.Value ? new PostgresTables(this, Schema) : throw new InvalidOperationException();

    /// <summary>The tables of a run.</summary>
    /// <param name="name">Its file's name, were it kept in one.</param>
    public PostgresTables Run(string name) => new(this, PostgresNames.Fit($"{Schema}_run_{name}"));

    /// <summary>The schema in which a package keeps what is not the ledgers'.</summary>
    /// <param name="what">Ends its name.</param>
    public PackageSchema Package(string what) => _packages.GetOrAdd(
        what, ends => new Lazy<PackageSchema>(() => new PackageSchema(this, _connection, ends))).Value;

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
}
