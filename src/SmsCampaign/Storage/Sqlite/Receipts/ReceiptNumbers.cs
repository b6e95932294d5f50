using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Receipts;

namespace SmsCampaign.Storage.Sqlite.Receipts;

/// <summary>The numbers in raw receipts, and the hashes that are put in their place.</summary>
static class ReceiptNumbers
{
    /// <summary>Row of progress: that the file was written anew since something was last changed in it. Stored: never
    /// rename.</summary>
    const string Rewritten = "rewritten";

    public static long CountNaming(DataFolder data, bool simulated, long number)
    {
        var national = new PhoneNumber(number).Digits[2..];
        var count = 0L;
        foreach (var (path, _) in ReceiptFiles.Find(data, simulated))
        {
            using var db = SqliteDb.Open(path, readOnly: true);
            count += db.FindNumber($"""
                select count(*)
                from   receipt
                where  instr(query, {national}) > 0 or instr(cast(body as text), {national}) > 0
                """)!.Value;
        }

        return count;
    }

    public static (long Changed, long Through, long Left, IReadOnlyList<Wording> Stale) Erase(
        DataFolder data,
        bool simulated,
        NumberKey key,
        Func<long, bool> are,
        IReadOnlyCollection<string> spared,
        long after,
        Func<bool> mayWait)
    {
        var stale = new List<Wording>();
        byte[][] codes = [.. spared.Select(Encoding.ASCII.GetBytes)];
        var (changed, through, left, firstLeft) = (0L, after, 0L, long.MaxValue);
        var files = ReceiptFiles.Find(data, simulated);
        var settled = files.Max(file => (long?)ReadSettled(file.Path)) ?? 0;
        foreach (var (path, _) in files)
        {
            using var db = SqliteDb.Open(path);
            Migrations.Upgrade(db, TableSet.Receipts);
            db.Execute(Erasing.Pragma);
            var at = after;
            while (true)
            {
                var from = at;
                var some = db.Transact(() => EraseSome(db, from, settled, key, are, codes));
                (at, changed, left) = (some.Last, changed + some.Changed, left + some.Left);
                firstLeft = Math.Min(firstLeft, some.FirstLeft);
                if (some.Rows < ReceiptScrub.Together)
                    break;
            }

            through = Math.Max(through, at);
            if (Rewrite(db, mayWait()) is { } why)
                stale.Add(why);
        }

        // What was left is gone through again at the next call, and so is whatever is not settled yet.
        return (changed, Math.Min(Math.Min(through, Math.Max(after, settled)), firstLeft - 1), left, stale);
    }

    /// <summary>In one transaction: cut off after it, the next call writes the file anew.</summary>
    static ScrubbedReceipts EraseSome(
        SqliteDb db, long after, long settled, NumberKey key, Func<long, bool> are, byte[][] codes)
    {
        var some = ReceiptScrub.EraseSome(db, after, settled, key, are, codes);
        if (some.Changed > 0)
            db.Execute($"delete from progress where name = '{Rewritten}'");
        return some;
    }

    /// <summary>A file is written anew once for what was changed in it, whichever call changed it.</summary>
    static Wording? Rewrite(SqliteDb db, bool mayWait)
    {
        if (db.ReadNumber($"select 1 from progress where name = '{Rewritten}'") is not null)
        {
            Erasing.Compact(db);
            return null;
        }

        if (Erasing.Rewrite(db, mayWait) is { } stale)
            return stale;

        db.Execute($"insert into progress (name, id) values ('{Rewritten}', 0)");
        return null;
    }

    static long ReadSettled(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return db.ReadNumber("select id from progress where name = 'settled'") ?? 0;
    }
}
