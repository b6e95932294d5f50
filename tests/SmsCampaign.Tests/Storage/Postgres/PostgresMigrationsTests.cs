using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres;

public sealed class PostgresMigrationsTests : IDisposable
{
    readonly PostgresPlace _place = PostgresPlace.Of(new PostgresAddress(PostgresServer.Shared.CreateDatabase()));

    public void Dispose() => _place.Dispose();

    /// <summary>What is kept in one is moved to the other column by column.</summary>
    [Theory]
    [InlineData(nameof(TableSet.Ledger))]
    [InlineData(nameof(TableSet.Run))]
    [InlineData(nameof(TableSet.Receipts))]
    public void PostgreSQL_has_the_tables_and_columns_that_SQLite_has(string set)
    {
        using var sqlite = SqliteDb.Open(":memory:");
        Migrations.Apply(sqlite, Enum.Parse<TableSet>(set));
        using var postgres = _place.Ledger.Open();
        var isRun = set == nameof(TableSet.Run);
        var schema = isRun ? _place.Parents
            : set == nameof(TableSet.Ledger) ? _place.Schema
            : _place.ReceiptsOf(simulated: false);

        var (own, others) = (ColumnsOf(sqlite, """
            select   sqlite_schema.name, cols.name, lower(cols.type), cols."notnull" or cols.pk > 0,
                     coalesce(cols.dflt_value, '')
            from     sqlite_schema
            join     pragma_table_info(sqlite_schema.name) as cols
            where    sqlite_schema.type = 'table' and sqlite_schema.name not like 'sqlite_%'
            order by 1, cols.cid
            """), ColumnsOf(postgres, $"""
            select   table_name::text, column_name::text,
                     case data_type when 'bigint' then 'integer' when 'bytea' then 'blob' else data_type end,
                     is_nullable = 'NO', coalesce(replace(column_default::text, '::text', ''), '')
            from     information_schema.columns
            where    table_schema = '{schema}'
            and      not ({(isRun ? "true" : "false")} and column_name = 'run')
            and      table_name not in ('version', 'run_schema')
            order by table_name collate "C", ordinal_position
            """));

        Assert.NotEmpty(own);
        Assert.Equal(own, others);
    }

    [Fact]
    public void Every_text_is_sorted_and_compared_by_its_bytes()
    {
        using var db = _place.Ledger.Open();

        Assert.Equal(0, db.ReadNumber($"""
            select count(*) from information_schema.columns
            where  table_schema like '{_place.Schema}%' and data_type = 'text'
            and    coalesce(collation_name, '') <> 'C' and table_name not in ('version', 'run_schema')
            """));
    }

    /// <summary>The audit chain holds what was made of it, whichever made it.</summary>
    [Theory]
    [InlineData("Trần Thị B")]
    [InlineData("\"quoted\" \\ / back")]
    [InlineData("tab\tline\nreturn\rbell\afeed\fback\b")]
    [InlineData("\u001f\u007f\u0080\u2028\u2029 \ud83d\ude00")]
    [InlineData("<&'>")]
    [InlineData("")]
    [InlineData(null)]
    public void A_record_is_written_as_the_same_JSON(string? text)
    {
        using var sqlite = SqliteDb.Open(":memory:");
        using var postgres = _place.Ledger.Open();

        Assert.Equal(Json(sqlite), Json(postgres));

        string? Json(Db db) => db.FindText($"select json_array({text}, {12L}, {(long?)null}, {text}, {long.MinValue})");
    }

    /// <summary>Two programs that start at once.</summary>
    [Fact]
    public async Task It_is_made_once_by_several_at_once()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        var places = Enumerable.Range(0, 4)
            .Select(at => PostgresPlace.Of(new PostgresAddress($"{database};Timeout={15 + at}")))
            .ToList();

        await Task.WhenAll(places.Select(place => Task.Run(place.MakeReady)));

        Assert.All(places, place =>
        {
            using var db = place.Ledger.Open();
            Assert.Equal(1, db.ReadNumber("select count(*) from content_key"));
        });
        places.ForEach(place => place.Dispose());
    }

    static List<string> ColumnsOf(Db db, string sql)
    {
        var columns = new List<string>();
        using var rows = db.Prepare(sql);
        while (rows.Step())
            columns.Add(string.Join(' ', Enumerable.Range(0, 5).Select(rows.Text)));
        return columns;
    }
}
