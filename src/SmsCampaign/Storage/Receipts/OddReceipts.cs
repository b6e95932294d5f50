using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;

namespace SmsCampaign.Storage.Receipts;

/// <summary>How many receipts of a run were odd in one way. All are kept as they came (rule 6).</summary>
/// <param name="Name">What it is stored as: the name of a <see cref="ReceiptOddity"/>, or one that only a newer program knows.</param>
/// <param name="Lane">Of those that belong to no run: whose gateway brought them. Null for those of a run.</param>
public sealed record OddReceipts(string Name, long Count, string? Lane = null)
{
    public OddReceipts(ReceiptOddity kind, long count, string? lane = null)
        : this(kind.ToString(), count, lane)
    {
    }

    /// <summary>Null where this program does not know it.</summary>
    public ReceiptOddity? Kind => StoredName.Find<ReceiptOddity>(Name);

    internal Wording What => Kind switch
    {
        ReceiptOddity.Waiting => new("biên nhận chưa biết của tin nào, còn chờ", "receipts of no known message yet, waiting"),
        ReceiptOddity.Unknown => new("biên nhận không thuộc tin nào", "receipts of no known message"),
        ReceiptOddity.Unreadable => new("biên nhận không đọc được", "unreadable receipts"),
        ReceiptOddity.Repeated => new("biên nhận lặp lại", "repeated receipts"),
        ReceiptOddity.Outdated => new("biên nhận đến sai thứ tự", "receipts out of order"),
        ReceiptOddity.Contradicting => new("biên nhận trái với kết quả đã có", "receipts that contradict the result"),
        ReceiptOddity.Ambiguous => new("biên nhận mang mã mà nhà mạng đã cấp cho hai tin", "receipts with an id that two messages were given"),
        ReceiptOddity.Unexpected => new("biên nhận của tin chưa gửi", "receipts of messages never tried"),
        ReceiptOddity.Untrusted => new("biên nhận của kênh không được tin cậy", "receipts of a lane that is not trusted"),
        ReceiptOddity.SetAside => new("biên nhận của lượt gửi có sổ bị hỏng, còn giữ", "receipts of a run whose ledger is damaged, kept"),
        null => new(
            $"biên nhận bất thường loại '{NumberMask.In(Name)}' mà bản chương trình này chưa biết",
            $"receipts odd in a way that this program does not know, '{NumberMask.In(Name)}'"),
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
    };

    /// <summary>Those of a lane that no run can take, in words.</summary>
    public Wording Stray => new($"{What}, kênh {Lane}", $"{What}, lane {Lane}");

    /// <summary>Counts the odd receipts of a run, by kind.</summary>
    /// <returns>None where the installation has had no receipts.</returns>
    /// <exception cref="LedgerException">A file of receipts cannot be read.</exception>
    public static IReadOnlyList<OddReceipts> Read(DataFolder data, RunKey run) => [.. Sum(data, run.Simulated, (db, many) =>
    {
        var counts = db.Prepare($"select kind, {many}, null from oddity where run = ? group by kind");
        return counts.Bind(1, run.ToString());
    })];

    /// <summary>Counts by lane the receipts that belong to no run: unreadable ones, those of no known message, and those that wait
    /// for theirs.</summary>
    /// <param name="since">Those that came since then: microseconds.</param>
    /// <exception cref="LedgerException">A file of receipts cannot be read.</exception>
    public static IReadOnlyList<OddReceipts> ReadStrays(DataFolder data, bool simulated, long since = 0) => [.. Sum(data, simulated, (db, many) =>
    {
        var counts = db.Prepare($"""
            select   oddity.kind, {many}, receipt.lane
            from     oddity
            join     receipt on receipt.id = oddity.receipt
            where    oddity.run is null
            and      receipt.received_us >= ?
            group by oddity.kind, receipt.lane
            """);
        return counts.Bind(1, since);
    }).OrderBy(stray => stray.Lane, StringComparer.Ordinal)];

    /// <summary>Those since a run's date began in its country, for its report.</summary>
    /// <exception cref="LedgerException">A file of receipts cannot be read.</exception>
    public static IReadOnlyList<OddReceipts> ReadStrays(DataFolder data, RunKey run) =>
        ReadStrays(data, run.Simulated, ReceiptFiles.BeginOf(run.Date));

    /// <summary>By kind, those last that this program does not know. A file that cannot be read is left out: <see cref="MissingReceipts"/> tells of it.</summary>
    /// <param name="prepare">Given a file, and the SQL that counts the receipts of some rows of oddity.</param>
    static IEnumerable<OddReceipts> Sum(DataFolder data, bool simulated, Func<SqliteDb, string, Statement> prepare)
    {
        var sums = new Dictionary<(string, string?), long>();
        foreach (var (path, _) in ReceiptFiles.Find(data, simulated))
        {
            foreach (var (key, count) in CountIn(path, prepare))
                sums[key] = sums.GetValueOrDefault(key) + count;
        }

        return sums
            .Select(sum => new OddReceipts(sum.Key.Item1, sum.Value, sum.Key.Item2))
            .OrderBy(receipts => receipts.Kind is null)
            .ThenBy(receipts => receipts.Kind)
            .ThenBy(receipts => receipts.Name, StringComparer.Ordinal);
    }

    static List<((string, string?) Key, long Count)> CountIn(string path, Func<SqliteDb, string, Statement> prepare)
    {
        var found = new List<((string, string?), long)>();
        try
        {
            using var db = SqliteDb.Open(path, readOnly: true);
            if (db.ReadNumber("select count(*) from sqlite_master where name = 'oddity'") == 0)
                return []; // begun in this very moment

            // A file of a month before the column came is looked at as it is.
            var hasCounts = db.ReadNumber("select count(*) from pragma_table_info('oddity') where name = 'count'") > 0;
            using var counts = prepare(db, hasCounts ? "sum(oddity.count)" : "count(*)");
            while (counts.Step())
                found.Add(((counts.Text(0)!, counts.Text(2)), counts.Number(1)));
            return found;
        }
        catch (LedgerException broken) when (StorageFaults.IsOfFile(broken))
        {
            return [];
        }
    }
}
