using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// Brings the schemas of an installation to the newest version: numbered scripts embedded under
/// Storage/Migrations/Postgres, never edited once released. All runs' tables go with it, as partitions of one parent
/// do.
/// </summary>
static partial class PostgresMigrations
{
    /// <exception cref="LedgerException">They cannot be, or were made by a newer version of the program.</exception>
    public static void Apply(PostgresPlace place)
    {
        try
        {
            using var connection = place.Source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            Run(connection, string.Create(
                CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({PostgresNames.LockOf(place.Schema)})"));
            Run(connection, $"""
                create schema if not exists {PostgresNames.Quote(place.Schema)};
                create schema if not exists {PostgresNames.Quote(place.Parents)};
                create schema if not exists {PostgresNames.Quote(place.ReceiptsOf(simulated: false))};
                create schema if not exists {PostgresNames.Quote(place.ReceiptsOf(simulated: true))};
                create table if not exists {PostgresNames.Quote(place.Parents)}.version
                    (tables text primary key, version bigint not null);
                create table if not exists {PostgresNames.Quote(place.Parents)}.run_schema
                    (
                        run       bigint generated always as identity primary key,
                        name      text not null unique,
                        set_aside boolean not null default false -- kept under another name, and no run's any more
                    );
                """);
            Apply(connection, place, "Ledger", place.Schema);
            Apply(connection, place, "Run", place.Parents);
            Apply(connection, place, "Receipts", place.ReceiptsOf(simulated: false));
            Apply(connection, place, "Receipts", place.ReceiptsOf(simulated: true), "Receipts simulated");
            Run(connection, $"set local search_path to {PostgresNames.Quote(place.Schema)}; {Read("functions")}");
            transaction.Commit();
        }
        catch (Exception failed) when (failed is NpgsqlException || PostgresFaults.IsOfConnection(failed))
        {
            throw PostgresFaults.Of(failed, place.Name, "migrate");
        }
    }

    /// <summary>Names of all tables and views that an installation or a run has.</summary>
    public static IReadOnlyList<string> Tables =>
    [
        .. ReadScripts("Ledger").Concat(ReadScripts("Run")).Concat(ReadScripts("Receipts")).Append(Keys)
            .SelectMany(script => Made().Matches(script))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .OrderByDescending(name => name.Length),
    ];

    /// <summary>What a run's own tables have beyond their columns.</summary>
    public static string Keys => Read("Run.keys");

    /// <param name="name">By which the version is kept. Null: the set's.</param>
    static void Apply(
        NpgsqlConnection connection, PostgresPlace place, string set, string schema, string? name = null)
    {
        var scripts = ReadScripts(set);
        name ??= set;
        using var ask = new NpgsqlCommand(
            $"select version from {PostgresNames.Quote(place.Parents)}.version where tables = $1", connection);
        ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        var version = (int)((long?)ask.ExecuteScalar() ?? 0);
        if (version > scripts.Count)
        {
            throw new LedgerException(new Wording(
                $"cấu trúc bản {version}, chương trình này biết tới bản {scripts.Count}",
                $"schema version {version}, this program knows {scripts.Count}"))
            { File = $"{place.Name}/{schema}", Fault = StorageFault.Newer, IsInPostgres = true };
        }

        foreach (var script in scripts[version..])
            Run(connection, $"set local search_path to {PostgresNames.Quote(schema)}; {script}");
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
            insert into {PostgresNames.Quote(place.Parents)}.version (tables, version)
            values ('{name}', {scripts.Count})
            on conflict (tables) do update set version = excluded.version
            """));
    }

    static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    static List<string> ReadScripts(string set) =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.Contains($".Migrations.Postgres.{set}.0", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(ReadResource),
    ];

    static string Read(string name) => ReadResource(Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Single(each => each.EndsWith($".Migrations.Postgres.{name}.sql", StringComparison.Ordinal)));

    static string ReadResource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"create (?:table|view) (\w+)")]
    private static partial Regex Made();
}
