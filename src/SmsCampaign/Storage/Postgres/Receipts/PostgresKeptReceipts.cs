using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Receipts;

namespace SmsCampaign.Storage.Postgres.Receipts;

/// <summary>Receipts in PostgreSQL, to be looked at.</summary>
sealed class PostgresKeptReceipts(PostgresPlace place) : IKeptReceipts
{
    public IReadOnlyList<OddReceipts> ReadOdd(RunKey run) => Sum(
        run.Simulated,
        $"select kind, sum(count), null from oddity where run = {run.ToString()} group by kind");

    public IReadOnlyList<OddReceipts> ReadStrays(bool simulated, long since = 0) =>
    [
        .. Sum(simulated, $"""
            select   oddity.kind, sum(oddity.count), receipt.lane
            from     oddity
            join     receipt on receipt.id = oddity.receipt
            where    oddity.run is null
            and      receipt.received_us >= {since}
            group by oddity.kind, receipt.lane
            """).OrderBy(stray => stray.Lane, StringComparer.Ordinal),
    ];

    public IReadOnlyList<MissingReceipts> ReadMissing(bool simulated)
    {
        using var db = Open(simulated);
        var why = new Wording(
            $"máy chủ {place.Name} đã mất những biên nhận cuối, như khi một máy chủ dự phòng lên thay",
            $"{place.Name} has lost the last of them, as where a standby took another's place");
        return
        [
            .. GapRows.Read(db).Select(gap =>
                new MissingReceipts(gap.File, gap.ToWords(why), gap.Since, gap.NotedAt, InTheWay: false)),
        ];
    }

    public long? FindOldestUnsettled(bool simulated)
    {
        using var db = Open(simulated);
        return db.FindNumber(
            $"select received_us from receipt where id > {SettlerRows.ReadProgress(db)} order by id limit 1");
    }

    public IReadOnlyList<KeptMonth> ReadMonths(bool simulated)
    {
        var at = place.Receipts(simulated);
        using var db = at.Open();
        return [.. ReceiptMonths.Find(db).Select(month => ReceiptMonths.Look(db, at, month))];
    }

    public IReadOnlyList<DamagedMonth> ReadSetAside(bool simulated) => [];

    public void Drop(KeptMonth month, DateTimeOffset now)
    {
        var (of, at) = (month.Month!.Value, place.Receipts(simulated: false));
        if (month.Name != ReceiptMonths.NameOf(at, of))
            at = place.Receipts(simulated: true);
        try
        {
            ReceiptMonths.Drop(at, of);
        }
        catch (LedgerException held) when (held.IsBusy)
        {
            throw new IOException(held.Message, held);
        }
    }

    /// <summary>None is ever set aside.</summary>
    public void Drop(DamagedMonth month) => throw new ArgumentOutOfRangeException(nameof(month), month, null);

    public long CountNaming(bool simulated, long number)
    {
        using var db = Open(simulated);
        var national = new PhoneNumber(number).Digits[2..];
        return db.FindNumber($"""
            select count(*)
            from   receipt
            where  strpos(query, {national}) > 0 or position(convert_to({national}, 'UTF8') in body) > 0
            """)!.Value;
    }

    public (long Changed, long Through, long Left, IReadOnlyList<Wording> Stale) EraseNumbers(
        bool simulated,
        NumberKey key,
        Func<long, bool> are,
        IReadOnlyCollection<string> spared,
        long after,
        Func<bool> mayWait)
    {
        byte[][] codes = [.. spared.Select(Encoding.ASCII.GetBytes)];
        var (changed, through, left, firstLeft) = (0L, after, 0L, long.MaxValue);
        var at = place.Receipts(simulated);
        using var db = at.Open();
        var settled = SettlerRows.ReadProgress(db);
        ScrubbedReceipts some;
        do
        {
            var from = through;
            some = db.Transact(() =>
            {
                var scrubbed = ReceiptScrub.EraseSome(db, from, settled, key, are, codes);
                foreach (var month in scrubbed.Months)
                    ReceiptMonths.NoteStale(db, month);
                return scrubbed;
            });
            (through, changed, left) = (some.Last, changed + some.Changed, left + some.Left);
            firstLeft = Math.Min(firstLeft, some.FirstLeft);
        }
        while (some.Rows == ReceiptScrub.Together);

        var stale = new List<Wording>();
        foreach (var month in ReceiptMonths.FindStale(db))
        {
            if (Rewrite(at, month, mayWait()) is { } why)
                stale.Add(why);
        }

        // What was left is gone through again at the next call, and so is whatever is not settled yet.
        return (changed, Math.Min(Math.Min(through, Math.Max(after, settled)), firstLeft - 1), left, stale);
    }

    /// <returns>Why it was not; null where it was.</returns>
    static Wording? Rewrite(PostgresTables at, Month month, bool mayWait)
    {
        var table = ReceiptMonths.NameOf(at, month);
        if (!mayWait)
        {
            return new Wording(
                $"{table}: đã xóa số, nhưng chưa ghi lại bảng nên chỗ trống bên trong còn bản cũ của số: đang gửi tin "
                    + $"hoặc sắp tới giờ gửi, ghi lại bảng sẽ chặn việc nhận biên nhận. Hãy chạy lại lệnh này sau.",
                $"{table}: what was to be erased is, but the table was not written anew, and older copies are left in "
                    + $"its gaps: messages are being sent or will be soon, and to write it anew would keep receipts "
                    + $"waiting. Run this again later.");
        }

        ReceiptMonths.Rewrite(at, month);
        return null;
    }

    Db Open(bool simulated) => place.Receipts(simulated).Open();

    /// <summary>By kind, those last that this program does not know.</summary>
    IReadOnlyList<OddReceipts> Sum(bool simulated, Sql counts)
    {
        using var db = Open(simulated);
        return
        [
            .. db.Read(counts, row => new OddReceipts(row.Text(0)!, row.Number(1), row.Text(2)))
                .OrderBy(receipts => receipts.Kind is null)
                .ThenBy(receipts => receipts.Kind)
                .ThenBy(receipts => receipts.Name, StringComparer.Ordinal),
        ];
    }
}
