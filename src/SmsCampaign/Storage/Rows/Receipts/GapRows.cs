using SmsCampaign.Storage.Receipts;

namespace SmsCampaign.Storage.Rows.Receipts;

/// <summary>The table gap: receipts that came and are kept no more.</summary>
static class GapRows
{
    /// <summary>In the order of their ids.</summary>
    public static IReadOnlyList<ReceiptGap> Read(Db db) => db.Read(
        $"select first, last, since_us, noted_us, file, kept from gap order by first",
        row => new ReceiptGap(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Text(4)!, row.Text(5)));

    public static void Write(Db db, ReceiptGap gap) => db.Run($"""
        insert into gap (first, last, since_us, noted_us, file, kept)
        values ({gap.First}, {gap.Last}, {gap.Since}, {gap.NotedAt}, {gap.File}, {gap.Kept})
        on conflict (first) do nothing
        """);
}
