using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// alternatives [--rows N] [--runs N]: rows a second of each way to write results into a ledger that was tried, each on
/// a fresh file with journal_mode WAL and, unless it says otherwise, synchronous FULL and 500 rows a commit.
/// </summary>
static class AlternativesBenchmark
{
    const int Rows = 300_000;
    const int Together = 500;

    static readonly Way[] Ways =
    [
        new("Dapper, one row a statement", Insert(Dapper)),
        new("Microsoft.Data.Sqlite, prepared", Insert(DataSqlite)),
        new("C API, prepared (what the ledger does)", Insert(Native)),
        new("C API, ten rows a statement", Insert(TenRows)),
        new("C API, 64 rows a commit", Insert(Native, together: 64)),
        new("C API, 100 rows a commit", Insert(Native, together: 100)),
        new("C API, 5,000 rows a commit", Insert(Native, together: 5_000)),
        new("C API, a row a commit", Insert(Native, together: 1, share: 20)),
        new("C API, synchronous NORMAL", Insert(Native, pragma: "pragma synchronous = normal")),
        new("C API, synchronous OFF", Insert(Native, pragma: "pragma synchronous = off")),
        new("C API, WAL checkpoint every 4,000 pages", Insert(Native, pragma: "pragma wal_autocheckpoint = 4000")),
        new("C API, rollback journal", Insert(Native, pragma: "pragma journal_mode = delete")),
        new("C API, updated in place, in order", Update(random: false)),
        new("C API, updated in place, in random order", Update(random: true)),
        new("C API, claimed by an update a row, then updated", Update(random: false, twice: true)),
    ];

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", Rows);
        var rates = Ways.ToDictionary(way => way.Name, _ => new List<double>());
        for (var run = 0; run < arguments.Number("runs", 5); run++)
        {
            foreach (var way in Ways)
                rates[way.Name].Add(Measure(way, rows));
        }

        var ours = ProgramRun.Median(rates[Ways[2].Name]);
        foreach (var (name, all) in rates)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-50} {ProgramRun.Median(all),10:N0}/s  {ProgramRun.Median(all) / ours:0.00}"));
        return 0;
    }

    static double Measure(Way way, int rows)
    {
        var folder = Directory.CreateTempSubdirectory("alternatives-").FullName;
        try
        {
            return way.Rate(Path.Combine(folder, "ledger.db"), rows);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    static Func<string, int, double> Insert(
        Action<string, string, int, int> insert,
        int together = Together,
        string pragma = "pragma synchronous = full",
        int share = 1) =>
        (path, rows) =>
    {
        BenchmarkRun.Create(path, 1);
        var watch = Stopwatch.StartNew();
        insert(path, $"pragma journal_mode = wal; pragma synchronous = full; {pragma}", rows / share, together);
        return rows / share / watch.Elapsed.TotalSeconds;
    };

    static void Dapper(string path, string pragmas, int rows, int together)
    {
        using var db = Open(path, pragmas);
        for (var first = 0; first < rows; first += together)
        {
            using var transaction = db.BeginTransaction();
            for (var seq = first; seq < first + together; seq++)
            {
                db.Execute(
                    InsertSql("@Seq", "@Attempt", "@Id", "@Handed", "@Now"),
                    new { Seq = MessageSeq.Of(2, seq + 1), Attempt = 1L, Id = IdOf(seq), Handed = 1L, Now = 2L },
                    transaction);
            }

            transaction.Commit();
        }
    }

    static void DataSqlite(string path, string pragmas, int rows, int together)
    {
        using var db = Open(path, pragmas);
        using var command = db.CreateCommand();
        command.CommandText = InsertSql("@seq", "@attempt", "@id", "@handed", "@now");
        var seqIs = command.Parameters.Add("@seq", SqliteType.Integer);
        command.Parameters.AddWithValue("@attempt", 1L);
        var idIs = command.Parameters.Add("@id", SqliteType.Text);
        command.Parameters.AddWithValue("@handed", 1L);
        command.Parameters.AddWithValue("@now", 2L);
        command.Prepare();

        for (var first = 0; first < rows; first += together)
        {
            using var transaction = db.BeginTransaction();
            command.Transaction = transaction;
            for (var seq = first; seq < first + together; seq++)
            {
                seqIs.Value = MessageSeq.Of(2, seq + 1);
                idIs.Value = IdOf(seq);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    static void Native(string path, string pragmas, int rows, int together)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(pragmas);
        using var insert = db.Prepare(InsertSql("?", "?", "?", "?", "?"));
        insert.Bind(2, 1).Bind(4, 1).Bind(5, 2);

        for (var first = 0; first < rows; first += together)
        {
            db.Execute("begin immediate");
            for (var seq = first; seq < first + together; seq++)
                insert.Bind(1, MessageSeq.Of(2, seq + 1)).Bind(3, IdOf(seq)).Run();
            db.Execute("commit");
        }
    }

    static void TenRows(string path, string pragmas, int rows, int together)
    {
        const int ten = 10;
        using var db = SqliteDb.Open(path);
        db.Execute(pragmas);
        using var insert = db.Prepare(
            "insert into state (seq, status, attempt, carrier_id, handed_us, settled_us) values "
            + string.Join(
                ", ", Enumerable.Range(0, ten).Select(at => $"(?{4 + 2 * at}, 3, ?1, ?{5 + 2 * at}, ?2, ?3)")));
        insert.Bind(1, 1).Bind(2, 1).Bind(3, 2);

        for (var first = 0; first < rows; first += together)
        {
            db.Execute("begin immediate");
            for (var seq = first; seq < first + together; seq += ten)
            {
                for (var at = 0; at < ten; at++)
                    insert.Bind(4 + 2 * at, MessageSeq.Of(2, seq + at + 1)).Bind(5 + 2 * at, IdOf(seq + at));
                insert.Run();
            }

            db.Execute("commit");
        }
    }

    static Func<string, int, double> Update(bool random, bool twice = false) => (path, rows) =>
    {
        BenchmarkRun.Create(path, 1);
        Native(path, "pragma journal_mode = wal; pragma synchronous = off", rows, rows);
        var order = Enumerable.Range(0, rows).ToArray();
        if (random)
            new Random(1).Shuffle(order);

        using var db = SqliteDb.Open(path);
        db.Execute("pragma synchronous = full");
        using var update = db.Prepare("update state set status = ?, settled_us = ? where seq = ?");
        var watch = Stopwatch.StartNew();
        for (var first = 0; first < rows; first += Together)
        {
            for (var pass = twice ? 0 : 1; pass < 2; pass++)
            {
                db.Execute("begin immediate");
                for (var at = first; at < first + Together; at++)
                    update.Bind(1, 1 + 3 * pass).Bind(2, 3).Bind(3, MessageSeq.Of(2, order[at] + 1)).Run();
                db.Execute("commit");
            }
        }

        return rows / watch.Elapsed.TotalSeconds;
    };

    static SqliteConnection Open(string path, string pragmas)
    {
        var db = new SqliteConnection($"Data Source={path};Pooling=false");
        db.Open();
        db.Execute(pragmas);
        return db;
    }

    static string InsertSql(string seq, string attempt, string id, string handed, string now) =>
        $"insert into state (seq, status, attempt, carrier_id, handed_us, settled_us) values ({seq}, 3, {attempt}, "
        + $"{id}, {handed}, {now}) on conflict do nothing";

    static string IdOf(int seq) => seq.ToString("D16", CultureInfo.InvariantCulture);

    sealed record Way(string Name, Func<string, int, double> Rate);
}
