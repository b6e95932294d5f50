using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;

namespace SmsCampaign.Storage.Receipts;

/// <summary>Receipts that came and cannot be read any more, or not now.</summary>
/// <param name="Words">What is missing, and what comes of it.</param>
/// <param name="Since">When the last receipt before them came, microseconds; 0 where that is not known.</param>
/// <param name="Until">When it was found that they are missing; the end of time where they may come back.</param>
/// <param name="InTheWay">Whether a file lies there that a person has to see to.</param>
public sealed record MissingReceipts(string File, Wording Words, long Since, long Until, bool InTheWay)
{
    /// <summary>How long after a run's date its receipts may come: as long as they are looked for in its ledger.</summary>
    const int DaysAwaited = 28;

    /// <summary>All that is known of.</summary>
    public static IReadOnlyList<MissingReceipts> Read(DataFolder data, bool simulated)
    {
        var missing = new List<MissingReceipts>();
        var told = new HashSet<string>();
        foreach (var (path, month) in ReceiptFiles.Find(data, simulated))
        {
            try
            {
                foreach (var gap in ReceiptGap.Read(path))
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
                    Path.GetFileName(path), OfUnreadable(path, broken), month is { } of ? ReceiptFiles.BeginOf(of) : 0, long.MaxValue, InTheWay: true));
            }
        }

        missing.AddRange(ReceiptFiles.FindSetAside(data, simulated)
            .Where(file => !told.Contains(Path.GetFileName(file.Path)))
            .Select(file => new MissingReceipts(
                Path.GetFileName(file.Path), OfKept(file.Path), ReceiptFiles.BeginOf(file.Month), ReceiptFiles.BeginOf(file.Month.Next), InTheWay: true)));
        return missing;
    }

    /// <summary>What a run may have been sent of them.</summary>
    public static IReadOnlyList<MissingReceipts> Of(DataFolder data, RunKey run)
    {
        var (began, ended) = (ReceiptFiles.BeginOf(run.Date), ReceiptFiles.BeginOf(run.Date.AddDays(DaysAwaited)));
        return [.. Read(data, run.Simulated).Where(missing => missing.Until >= began && missing.Since <= ended)];
    }

    static Wording OfUnreadable(string path, LedgerException fault)
    {
        var what = StorageFaults.KindOf(fault) is StorageFault.Damaged or StorageFault.Foreign
            ? new Wording("bị hỏng", "is broken")
            : new Wording("không đọc được", "cannot be read");
        return new Wording(
            $"Tệp biên nhận {path} {what} ({fault.Words}): biên nhận nào trong đó chưa kịp áp dụng thì không áp dụng được. Biên nhận mới vẫn được nhận và áp dụng. Hãy báo kỹ sư phụ trách khôi phục tệp từ bản sao lưu rồi khởi động lại dịch vụ gửi.",
            $"The file of receipts {path} {what} ({fault.Words}): what was not settled of it cannot be. New receipts are taken and settled. Have your engineer restore the file from a backup, then start the worker again.");
    }

    static Wording OfKept(string path) => new(
        $"Tệp biên nhận bị hỏng được giữ ở {path}. Hãy báo kỹ sư phụ trách xem tệp, rồi chuyển đi nơi khác.",
        $"A damaged file of receipts is kept at {path}. Have your engineer look at it, then move it elsewhere.");
}

/// <summary>Ids of receipts that came and are in no file any more.</summary>
/// <param name="Last">The last that may have been given out.</param>
/// <param name="Since">When the last receipt before them came, microseconds; 0 where none is known.</param>
/// <param name="File">Name of the file that held them.</param>
/// <param name="Kept">The name under which it is kept; null where it is an older copy, or gone.</param>
sealed record ReceiptGap(long First, long Last, long Since, long NotedAt, string File, string? Kept)
{
    /// <exception cref="LedgerException">The file cannot be read.</exception>
    public static IReadOnlyList<ReceiptGap> Read(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return db.ReadNumber("select count(*) from sqlite_master where name = 'gap'") == 0 ? [] : Read(db);
    }

    public static IReadOnlyList<ReceiptGap> Read(SqliteDb db)
    {
        var gaps = new List<ReceiptGap>();
        using var read = db.Prepare("select first, last, since_us, noted_us, file, kept from gap order by first");
        while (read.Step())
            gaps.Add(new ReceiptGap(read.Number(0), read.Number(1), read.Number(2), read.Number(3), read.Text(4)!, read.Text(5)));
        return gaps;
    }

    public void Write(SqliteDb db)
    {
        using var add = db.Prepare("insert or ignore into gap (first, last, since_us, noted_us, file, kept) values (?, ?, ?, ?, ?, ?)");
        add.Bind(1, First).Bind(2, Last).Bind(3, Since).Bind(4, NotedAt).Bind(5, File).Bind(6, Kept).Run();
    }

    public Wording ToWords()
    {
        var until = Figures.Moment(ReceiptFiles.ToLocal(NotedAt));
        var since = Since > 0 ? Figures.Moment(ReceiptFiles.ToLocal(Since)) : new Wording("đầu", "the beginning");
        var why = Kept is null
            ? new Wording($"tệp {File} đã mất hoặc là bản cũ", $"the file {File} is gone, or an older copy")
            : new Wording($"tệp {File} bị hỏng, được giữ với tên {Kept}", $"the file {File} was damaged, and is kept as {Kept}");
        return new Wording(
            $"THIẾU biên nhận đã nhận từ {since} tới {until}: {why}. Biên nhận nào chưa kịp áp dụng thì tin của nó giữ kết quả đã biết, trừ khi nhà mạng gửi lại hoặc trả lời khi được hỏi. Biên nhận mới vẫn được nhận và áp dụng.",
            $"Receipts that came from {since} until {until} are MISSING: {why}. Messages whose receipts were not settled stay as they are known, unless the gateway sends them again or answers when it is asked. New receipts are taken and settled.");
    }
}
