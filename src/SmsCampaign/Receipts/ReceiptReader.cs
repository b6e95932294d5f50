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
            odd.Add(new OddReceipt(raw.Id, 0, ReceiptOddity.Unreadable, null, "the installation's lane takes no receipts"));
            return;
        }

        try
        {
            var callback = new ReceiptCallback(ReadQuery(raw.Query), raw.Body, raw.ContentType);
            foreach (var receipt in source.ReadReceipts(callback))
            {
                read.Add(new ReadReceipt(
                    raw.Id, receipt.Item, raw.Lane, receipt, source.PartsHaveOwnIds && receipt is { Part: null, CarrierMessageId: not null }));
            }

            foreach (var (item, why) in callback.Unread)
                odd.Add(new OddReceipt(raw.Id, item, ReceiptOddity.Unreadable, null, why));
        }
        catch (FormatException unreadable)
        {
            odd.Add(new OddReceipt(raw.Id, 0, ReceiptOddity.Unreadable, null, unreadable.Message));
        }
        catch (Exception mistake) // the adapter's: one receipt it breaks on must not stop all after it. Its words may hold a number
        {
            odd.Add(new OddReceipt(raw.Id, 0, ReceiptOddity.Unreadable, null, $"the adapter failed: {mistake.GetType().Name}"));
        }
    }

    static Dictionary<string, string> ReadQuery(string query)
    {
        if (query.Length == 0)
            return NoQuery;

        var read = HttpUtility.ParseQueryString(query);
        return read.AllKeys.OfType<string>().ToDictionary(name => name, name => read[name] ?? "");
    }
}
