using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// The marks of an installation's runs: in ledger.db, and in a folder outside the data folder, so that a restored copy of
/// the whole data folder is known to be old. What either knows counts.
/// </summary>
/// <remarks>Rehearsals have none: they reach nobody.</remarks>
public sealed class RunMarks(DataFolder data)
{
    const string Ending = ".mark";

    const string Table = "run_mark";

    /// <summary>Of 2025-07-30.</summary>
    const int DateLength = 10;

    /// <summary>Notes that a run was planned and nothing of it was handed over.</summary>
    public void Plan(RunKey key, string code)
    {
        using var db = Open();
        using var add = db.Prepare("insert into run_mark (code, key, confirmed, reserved, reach) values (?, ?, 0, 0, '') on conflict do nothing");
        add.Bind(1, code).Bind(2, key.ToString()).Run();
    }

    /// <summary>All that is known of a run, under whatever code it was planned. Those of which nothing was handed over are left out.</summary>
    public IReadOnlyList<RunMark> ReadBegun(RunKey key) =>
        [.. ReadAll(key).Where(mark => mark.HasBegun)];

    /// <returns>Null where nothing is known of it: it was planned by a program that kept no marks, or never.</returns>
    public RunMark? Find(RunKey key, string code) => ReadAll(key).FirstOrDefault(mark => mark.Code == code);

    /// <summary>Whether the mark outside the data folder is there.</summary>
    public bool IsOutside(RunKey key, string code) => MarkFile.Read(PathOf(key, code)) is not null;

    /// <summary>The keys of a campaign's runs of which something was handed over.</summary>
    /// <exception cref="LedgerRowException">A key, of whatever campaign, cannot be read.</exception>
    public IReadOnlyList<RunKey> ReadBegunOf(string campaign) =>
        [.. ReadBegunKeys().Select(key => RunKey.ParseStored(key, Table)).Where(key => key.Campaign == campaign).OrderBy(key => key.Date)];

    /// <summary>The keys of all runs of which something was handed over.</summary>
    /// <param name="unread">Gets those that cannot be read: they are set aside.</param>
    public IReadOnlyList<RunKey> ReadBegunKeys(List<Wording> unread)
    {
        var keys = new List<RunKey>();
        foreach (var text in ReadBegunKeys())
        {
            try
            {
                keys.Add(RunKey.ParseStored(text, Table));
            }
            catch (LedgerRowException unreadable)
            {
                unread.Add(unreadable.Words);
            }
        }

        return keys;
    }

    /// <summary>All that is known of all runs that have begun, wherever it is kept.</summary>
    /// <exception cref="LedgerRowException">A row cannot be read.</exception>
    public IReadOnlyList<RunMark> ReadAllBegun() => [.. ReadBegunKeys().SelectMany(key => ReadBegun(RunKey.ParseStored(key, Table)))];

    /// <summary>As they are stored, in both places.</summary>
    IReadOnlyList<string> ReadBegunKeys()
    {
        var keys = ReadAllBegunOutside().Select(mark => mark.Key).ToHashSet();
        if (File.Exists(data.Ledger))
        {
            using var db = Migrations.OpenToRead(data.Ledger, "Ledger");
            using var read = db.Prepare("select distinct key from run_mark where reserved > 0");
            while (read.Step())
                keys.Add(read.Text(0)!);
        }

        return [.. keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether any run's mark is outside the data folder, also one of which nothing was handed over.</summary>
    public bool IsAnyOutside => FilesOf("*").Any(file => Outside(file) is not null);

    /// <summary>What the marks outside the data folder know.</summary>
    public IReadOnlyList<RunMark> ReadAllBegunOutside() =>
        [.. FilesOf("*").Select(Outside).OfType<RunMark>().Where(mark => mark.HasBegun)];

    /// <summary>The last message of each carrier that is in an attempt of a run's file.</summary>
    internal static long[] FrontierOf(SqliteDb db)
    {
        var frontier = new long[MessageSeq.MostCarriers + 1];
        using var read = db.Prepare("select last_seq >> 28, max(last_seq) from attempt where last_seq > 0 group by 1");
        while (read.Step())
            frontier[read.Number(0)] = read.Number(1);
        return frontier;
    }

    /// <summary>Notes in both places how far a run's file goes: it is whole again. On disk when it returns.</summary>
    internal void Complete(RunFile file)
    {
        var (code, attempts) = RunFile.Read(file.Path);
        using var db = SqliteDb.Open(file.Path, readOnly: true);
        using var outside = new MarkFile(PathOf(file.Key, code));
        var frontier = FrontierOf(db);
        var mark = new RunMark(file.Key.ToString(), code) { Confirmed = attempts, Reserved = attempts, Frontier = frontier, Reach = frontier };
        Write(mark.With(Find(file.Key, code)), outside);
    }

    /// <summary>Writes what is known of a run to both places. On disk when it returns.</summary>
    internal void Write(RunMark mark, MarkFile outside)
    {
        using (var db = Open())
            Write(db, mark);
        outside.Write(mark, flush: true);
    }

    internal static void Write(SqliteDb db, RunMark mark)
    {
        using var write = db.Prepare("""
            insert into run_mark (code, key, confirmed, reserved, reach)
            values (?1, ?2, ?3, ?4, ?5)
            on conflict (code) do update set confirmed = ?3, reserved = ?4, reach = ?5
            """);
        write.Bind(1, mark.Code).Bind(2, mark.Key).Bind(3, mark.Confirmed).Bind(4, mark.Reserved)
            .Bind(5, string.Join(',', mark.Reach)).Run();
    }

    internal SqliteDb Open()
    {
        var db = SqliteDb.Open(data.Ledger);
        try
        {
            db.Execute("pragma journal_mode = wal; pragma synchronous = full");
            Migrations.Apply(db, "Ledger");
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    internal string PathOf(RunKey key, string code) => Path.Combine(data.Marks, $"{key.FileName}.{code}{Ending}");

    List<RunMark> ReadAll(RunKey key)
    {
        var marks = new Dictionary<string, RunMark>();
        if (File.Exists(data.Ledger))
        {
            using var db = Migrations.OpenToRead(data.Ledger, "Ledger");
            using var read = db.Prepare("select code, confirmed, reserved, reach from run_mark where key = ?");
            read.Bind(1, key.ToString());
            while (read.Step())
            {
                var reach = ReachOf(read.Text(3)!, key);
                marks[read.Text(0)!] = new RunMark(key.ToString(), read.Text(0)!)
                {
                    Confirmed = read.Number(1),
                    Reserved = read.Number(2),
                    Reach = reach,
                };
            }
        }

        foreach (var file in FilesOf($"{key.FileName}.*"))
        {
            if (Outside(file) is { } outside)
                marks[outside.Code] = outside.With(marks.GetValueOrDefault(outside.Code));
        }

        return [.. marks.Values];
    }

    /// <summary>Numbers with commas between; none where nothing was handed over.</summary>
    static IReadOnlyList<long> ReachOf(string text, RunKey key)
    {
        var reach = new List<long>();
        foreach (var each in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            reach.Add(long.TryParse(each, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw LedgerRowException.Of(
                Table, key.ToString(), text, new Wording("dãy số thứ tự tin (dạng đúng: 0,12,0)", "list of message numbers (expected one as 0,12,0)")));
        }

        return reach.Count == 0 ? RunMark.None : reach;
    }

    /// <summary>Named CAMPAIGN-2025-07-30.CODE.mark; the key is in the name.</summary>
    static RunMark? Outside(string file)
    {
        var name = Path.GetFileName(file);
        var end = name.IndexOf('.', StringComparison.Ordinal);
        return end > DateLength + 1
            && DateOnly.TryParseExact(name.AsSpan(end - DateLength, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && MarkFile.Read(file) is { } read
            ? read.Mark with { Key = new RunKey(name[..(end - DateLength - 1)], date, Simulated: false).ToString() }
            : null;
    }

    string[] FilesOf(string pattern) => Directory.Exists(data.Marks) ? Directory.GetFiles(data.Marks, pattern + Ending) : [];
}
