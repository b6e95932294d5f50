using System.Web;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>
/// Has the lanes' adapters read callbacks.
/// </summary>
sealed class ReceiptReader(LaneAccounts accounts)
{
    /// <summary>Receipts of one callback that are read. What a gateway gathers has some hundreds, and 1 MB would hold
    /// 20,000 of the shortest.</summary>
    internal const int MostItems = 10_000;

    static readonly Dictionary<string, string> NoQuery = [];

    /// <summary>Adds what a callback says, or that it cannot be read.</summary>
    public void Read(RawReceipt raw, List<ReadReceipt> read, List<OddReceipt> odd)
    {
        if (accounts.Find(raw.Lane)?.Receipts is not { } source)
        {
            odd.Add(Unreadable(raw, 0, "the installation's lane takes no receipts"));
            return;
        }

        try
        {
            var callback = new ReceiptCallback(ReadQuery(raw.Query), raw.Body, raw.ContentType);
            var receipts = source.ReadReceipts(callback);
            for (var at = 0; at < receipts.Count && at < MostItems; at++)
            {
                var receipt = receipts[at];
                if (receipt is { Reference.Length: > CarrierIds.Longest }
                    or { CarrierMessageId.Length: > CarrierIds.Longest })
                {
                    odd.Add(Unreadable(raw, receipt.Item, $"an id of more than {CarrierIds.Longest} characters"));
                    continue;
                }

                read.Add(new ReadReceipt(
                    raw.Id,
                    receipt.Item,
                    raw.Lane,
                    receipt,
                    source.PartsHaveOwnIds && receipt is { Part: null, CarrierMessageId: not null },
                    raw.ReceivedAt));
            }

            var unread = callback.AnyUnread ? callback.Unread : [];
            var mostUnread = Math.Max(0, MostItems - receipts.Count);
            odd.AddRange(unread.Take(mostUnread).Select(each => Unreadable(raw, each.Item, each.Why)));
            if (receipts.Count + unread.Count is var all && all > MostItems)
            {
                var first = receipts.Count > MostItems ? receipts[MostItems].Item : unread[mostUnread].Item;
                odd.Add(
                    Unreadable(raw, first, $"{Figures.Counted(all - MostItems, "receipt").In(Language.English)} beyond "
                        + $"the {MostItems} that are read of one callback") with
                    {
                        Count = all - MostItems,
                    });
            }
        }
        catch (FormatException unreadable)
        {
            odd.Add(Unreadable(raw, 0, unreadable.Message));
        }
        catch (Exception mistake)
        {
            // the adapter's: one receipt it breaks on must not stop all after it. Its words may hold a number
            odd.Add(Unreadable(raw, 0, $"the adapter failed: {mistake.GetType().Name}"));
        }
    }

    /// <summary>Whether a lane's messages are known by the gateway's ids as well.</summary>
    public bool KeepsIds(string lane) => accounts.Find(lane)?.Receipts is { RepeatsReference: false };

    static OddReceipt Unreadable(RawReceipt raw, int item, string why) =>
        new(raw.Id, item, ReceiptOddity.Unreadable, null, why) { Lane = raw.Lane };

    static Dictionary<string, string> ReadQuery(string query)
    {
        if (query.Length == 0)
            return NoQuery;

        var read = HttpUtility.ParseQueryString(query);
        return read.AllKeys.OfType<string>().ToDictionary(name => name, name => read[name] ?? "");
    }
}
