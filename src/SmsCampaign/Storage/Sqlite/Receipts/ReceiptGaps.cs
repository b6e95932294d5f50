using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Sqlite.Receipts;

/// <summary>The table gap of a file of receipts.</summary>
static class ReceiptGaps
{
    /// <exception cref="LedgerException">The file cannot be read.</exception>
    public static IReadOnlyList<ReceiptGap> Read(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return db.ReadNumber("select count(*) from sqlite_master where name = 'gap'") == 0 ? [] : Read(db);
    }

    public static IReadOnlyList<ReceiptGap> Read(SqliteDb db) => db.Read(
        $"select first, last, since_us, noted_us, file, kept from gap order by first",
        row => new ReceiptGap(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Text(4)!, row.Text(5)));

    public static void Write(SqliteDb db, ReceiptGap gap) => db.Run($"""
        insert or ignore into gap (first, last, since_us, noted_us, file, kept)
        values ({gap.First}, {gap.Last}, {gap.Since}, {gap.NotedAt}, {gap.File}, {gap.Kept})
        """);
}
