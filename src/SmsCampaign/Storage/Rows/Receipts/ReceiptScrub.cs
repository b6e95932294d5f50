using System.Globalization;
using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Receipts;

namespace SmsCampaign.Storage.Rows.Receipts;

/// <summary>Puts hashes in the place of numbers in raw receipts.</summary>
static class ReceiptScrub
{
    /// <summary>Receipts looked at in one commit.</summary>
    public const int Together = 2_000;

    /// <param name="db">In a transaction.</param>
    /// <param name="settled">Id of the last that is: later ones are only counted.</param>
    /// <param name="codes">As of <see cref="IKeptReceipts.EraseNumbers"/>, what is spared.</param>
    public static ScrubbedReceipts EraseSome(
        Db db, long after, long settled, NumberKey key, Func<long, bool> are, byte[][] codes)
    {
        var (rows, last, left, firstLeft) = (0, after, 0, long.MaxValue);
        var found = new List<(long Id, string Query, byte[] Body)>();
        var months = new HashSet<Month>();
        using (var some = db.Prepare(string.Create(CultureInfo.InvariantCulture, $"""
            select   id, query, body, id in (select receipt from oddity where kind in ('Waiting', 'SetAside')),
                     received_us
            from     receipt
            where    id > ?
            order by id
            limit    {Together}
            """)))
        {
            some.Bind(1, after);
            while (some.Step())
            {
                (rows, last) = (rows + 1, some.Number(0));
                var (query, body) = (some.Utf8(1).ToArray(), some.Utf8(2).ToArray());
                var isLeft = last > settled || some.Number(3) != 0 || Array.Exists(
                    codes, code => body.AsSpan().IndexOf(code) >= 0 || query.AsSpan().IndexOf(code) >= 0);
                if (NumberScrub.In(query, key, are) + NumberScrub.In(body, key, are) == 0)
                    continue;

                if (isLeft)
                {
                    (left, firstLeft) = (left + 1, Math.Min(firstLeft, last));
                    continue;
                }

                found.Add((last, Encoding.UTF8.GetString(query), body));
                months.Add(Month.Of(some.Number(4)));
            }
        }

        using var write = db.Prepare("update receipt set query = ?, body = ? where id = ?");
        foreach (var (id, query, body) in found)
            write.Bind(1, query).BindBlob(2, body).Bind(3, id).Run();
        return new ScrubbedReceipts(rows, last, found.Count, left, firstLeft, months);
    }
}

/// <param name="Rows">Looked at.</param>
/// <param name="Last">Id of the last of them.</param>
/// <param name="FirstLeft">Id; the largest of all where none was left.</param>
/// <param name="Months">Of those that were changed.</param>
sealed record ScrubbedReceipts(
    int Rows, long Last, int Changed, int Left, long FirstLeft, IReadOnlyCollection<Month> Months);
