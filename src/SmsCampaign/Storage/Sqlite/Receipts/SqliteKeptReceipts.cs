using SmsCampaign.Messages;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Receipts;

namespace SmsCampaign.Storage.Sqlite.Receipts;

/// <summary>The files of receipts of a data folder (<see cref="ReceiptFiles"/>), opened to be looked at.</summary>
sealed class SqliteKeptReceipts(DataFolder data) : IKeptReceipts
{
    public long CountNaming(bool simulated, long number) => ReceiptNumbers.CountNaming(data, simulated, number);

    public (long Changed, long Through, long Left, IReadOnlyList<Wording> Stale) EraseNumbers(
        bool simulated,
        NumberKey key,
        Func<long, bool> are,
        IReadOnlyCollection<string> spared,
        long after,
        Func<bool> mayWait) =>
        ReceiptNumbers.Erase(data, simulated, key, are, spared, after, mayWait);

    public IReadOnlyList<OddReceipts> ReadOdd(RunKey run) => [.. Sum(
        run.Simulated, many => $"select kind, {many}, null from oddity where run = {run.ToString()} group by kind")];

    public IReadOnlyList<OddReceipts> ReadStrays(bool simulated, long since = 0) => [.. Sum(
        simulated,
        many => $"""
            select   oddity.kind, {many}, receipt.lane
            from     oddity
            join     receipt on receipt.id = oddity.receipt
            where    oddity.run is null
            and      receipt.received_us >= {since}
            group by oddity.kind, receipt.lane
            """).OrderBy(stray => stray.Lane, StringComparer.Ordinal)];

    public IReadOnlyList<MissingReceipts> ReadMissing(bool simulated)
    {
        var missing = new List<MissingReceipts>();
        var told = new HashSet<string>();
        foreach (var (path, month) in ReceiptFiles.Find(data, simulated))
        {
            try
            {
                foreach (var gap in ReadGaps(path))
                {
                    var isKept = gap.Kept is { } kept && Path.Exists(Path.Combine(data.Root, kept));
                    missing.Add(new MissingReceipts(gap.File, gap.ToWords(), gap.Since, gap.NotedAt, isKept));
                    if (gap.Kept is not null)
                        told.Add(gap.Kept);
                }
            }
            catch (LedgerException broken) when (StorageFaults.IsOfFile(broken))
            {
                missing.Add(new MissingReceipts(
                    Path.GetFileName(path),
                    OfUnreadable(path, broken),
                    month is { } of ? of.Begin : 0,
                    long.MaxValue,
                    InTheWay: true));
            }
        }

        missing.AddRange(ReceiptFiles.FindSetAside(data, simulated)
            .Where(file => !told.Contains(Path.GetFileName(file.Path)))
            .Select(file => new MissingReceipts(
                Path.GetFileName(file.Path),
                OfKept(file.Path),
                file.Month.Begin,
                file.Month.Next.Begin,
                InTheWay: true)));
        return missing;
    }

    public long? FindOldestUnsettled(bool simulated)
    {
        long? oldest = null;
        foreach (var (path, _) in ReceiptFiles.Find(data, simulated).Reverse())
        {
            var (settled, first) = FindUnsettled(path);
            oldest = first ?? oldest;
            if (settled > 0)
                break; // all that came before
        }

        return oldest;
    }

    public IReadOnlyList<KeptMonth> ReadMonths(bool simulated) =>
        [.. ReceiptFiles.Find(data, simulated).Select(file => Look(file.Path, file.Month))];

    public IReadOnlyList<DamagedMonth> ReadSetAside(bool simulated) =>
        [.. ReceiptFiles.FindSetAside(data, simulated).Select(
            kept => new DamagedMonth(Path.GetFileName(kept.Path), kept.Month))];

    public void Drop(KeptMonth month, DateTimeOffset now)
    {
        var path = Path.Combine(data.Root, month.Name);
        BeginThisMonth(path, Month.Of(ProcessClock.ToMicros(now)));

        // The log first: killed in between, the file is whole. The other way about a log would
        // be left that fits no file.
        using (var db = SqliteDb.Open(path))
            db.TryExecute("pragma wal_checkpoint(truncate)");
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        File.Delete(path);
    }

    public void Drop(DamagedMonth month)
    {
        foreach (var suffix in LedgerPlace.Beside.Append(""))
            File.Delete(Path.Combine(data.Root, month.Name) + suffix);
    }

    /// <summary>Where the last file is dropped, that of this month is begun before.</summary>
    void BeginThisMonth(string dropped, Month month)
    {
        foreach (var simulated in new[] { false, true })
        {
            var files = ReceiptFiles.Find(data, simulated);
            if (files is [.., var last] && last.Path == dropped)
                ReceiptSegment.Begin(ReceiptFiles.PathOf(data, simulated, month), after: dropped);
        }
    }

    static KeptMonth Look(string path, Month? month)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return new KeptMonth(
            Path.GetFileName(path),
            month ?? (db.FindNumber($"select max(received_us) from receipt") is { } last ? Month.Of(last) : null),
            db.FindNumber($"select count(*) from receipt")!.Value,
            db.FindNumber($"select max(id) from receipt") ?? 0,
            db.FindNumber($"select id from progress where name = 'settled'") ?? 0,
            db.FindNumber($"select count(*) from oddity where kind in ({SettlerRows.WaitingKinds})")!.Value);
    }

    /// <returns>Id of the last receipt that was settled, as far as it was noted there, and when the first came
    /// that was not.</returns>
    static (long Settled, long? First) FindUnsettled(string path)
    {
        try
        {
            using var db = SqliteDb.Open(path, readOnly: true);
            if (db.FindNumber($"select count(*) from sqlite_master where name = 'progress'") == 0)
                return (0, null); // begun in this very moment

            var settled = db.FindNumber($"select id from progress where name = 'settled'") ?? 0;
            return (settled, db.FindNumber(
                $"select received_us from receipt where id > {settled} order by id limit 1"));
        }
        catch (LedgerException broken) when (StorageFaults.IsOfFile(broken))
        {
            return (0, null);
        }
    }

    /// <summary>By kind, those last that this program does not know.</summary>
    /// <param name="counts">Given the SQL that counts the receipts of some rows of oddity.</param>
    IEnumerable<OddReceipts> Sum(bool simulated, Func<SqlText, Sql> counts)
    {
        var sums = new Dictionary<(string, string?), long>();
        foreach (var (path, _) in ReceiptFiles.Find(data, simulated))
        {
            foreach (var (key, count) in CountIn(path, counts))
                sums[key] = sums.GetValueOrDefault(key) + count;
        }

        return sums
            .Select(sum => new OddReceipts(sum.Key.Item1, sum.Value, sum.Key.Item2))
            .OrderBy(receipts => receipts.Kind is null)
            .ThenBy(receipts => receipts.Kind)
            .ThenBy(receipts => receipts.Name, StringComparer.Ordinal);
    }

    static List<((string, string?) Key, long Count)> CountIn(string path, Func<SqlText, Sql> counts)
    {
        try
        {
            using var db = SqliteDb.Open(path, readOnly: true);
            if (db.FindNumber($"select count(*) from sqlite_master where name = 'oddity'") == 0)
                return []; // begun in this very moment

            // A file of a month before the column came is looked at as it is.
            var hasCounts = db.FindNumber($"select count(*) from pragma_table_info('oddity') where name = 'count'") > 0;
            return db.Read(
                counts(new SqlText(hasCounts ? "sum(oddity.count)" : "count(*)")),
                row => ((row.Text(0)!, row.Text(2)), row.Number(1)));
        }
        catch (LedgerException broken) when (StorageFaults.IsOfFile(broken))
        {
            return [];
        }
    }

    /// <exception cref="LedgerException">The file cannot be read.</exception>
    static IReadOnlyList<ReceiptGap> ReadGaps(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return db.ReadNumber("select count(*) from sqlite_master where name = 'gap'") == 0 ? [] : GapRows.Read(db);
    }

    static Wording OfUnreadable(string path, LedgerException fault)
    {
        var what = StorageFaults.KindOf(fault) is StorageFault.Damaged or StorageFault.Foreign
            ? new Wording("bị hỏng", "is broken")
            : new Wording("không đọc được", "cannot be read");
        return new Wording(
            $"Tệp biên nhận {path} {what} ({fault.Words}): biên nhận nào trong đó chưa kịp áp dụng thì không áp dụng "
                + $"được. Biên nhận mới vẫn được nhận và áp dụng. Hãy báo kỹ sư phụ trách khôi phục tệp từ bản sao lưu "
                + $"rồi khởi động lại dịch vụ gửi.",
            $"The file of receipts {path} {what} ({fault.Words}): what was not settled of it cannot be. "
                + $"New receipts are taken and settled. Have your engineer restore the file from a backup, "
                + $"then start the worker again.");
    }

    static Wording OfKept(string path) => new(
        $"Tệp biên nhận bị hỏng được giữ ở {path}. Hãy báo kỹ sư phụ trách xem tệp, rồi chuyển đi nơi khác.",
        $"A damaged file of receipts is kept at {path}. Have your engineer look at it, then move it elsewhere.");
}
