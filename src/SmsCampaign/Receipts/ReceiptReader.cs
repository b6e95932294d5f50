using System.Web;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;

namespace SmsCampaign.Receipts;

/// <summary>
/// Has the lanes' adapters read callbacks.
/// </summary>
sealed class ReceiptReader(LaneAccounts accounts)
{
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
            for (var at = 0; at < receipts.Count; at++)
            {
                var receipt = receipts[at];
                read.Add(new ReadReceipt(
                    raw.Id, receipt.Item, raw.Lane, receipt, source.PartsHaveOwnIds && receipt is { Part: null, CarrierMessageId: not null }, raw.ReceivedAt));
            }

            if (callback.AnyUnread)
                odd.AddRange(callback.Unread.Select(unread => Unreadable(raw, unread.Item, unread.Why)));
        }
        catch (FormatException unreadable)
        {
            odd.Add(Unreadable(raw, 0, unreadable.Message));
        }
        catch (Exception mistake) // the adapter's: one receipt it breaks on must not stop all after it. Its words may hold a number
        {
            odd.Add(Unreadable(raw, 0, $"the adapter failed: {mistake.GetType().Name}"));
        }
    }

    /// <summary>Whether a lane's messages are known by the gateway's ids as well.</summary>
    public bool KeepsIds(string lane) => accounts.Find(lane)?.Receipts is { RepeatsReference: false };

    static OddReceipt Unreadable(RawReceipt raw, int item, string why) => new(raw.Id, item, ReceiptOddity.Unreadable, null, why) { Lane = raw.Lane };

    static Dictionary<string, string> ReadQuery(string query)
    {
        if (query.Length == 0)
            return NoQuery;

        var read = HttpUtility.ParseQueryString(query);
        return read.AllKeys.OfType<string>().ToDictionary(name => name, name => read[name] ?? "");
    }
}
