using System.Buffers;
using System.Text;
using SmsCampaign.Storage.Sqlite.Receipts;

namespace SmsCampaign.Tests.Support;

static class ReceiptStoreExtensions
{
    /// <summary>Keeps a callback with a text for its body. On disk when the task ends.</summary>
    public static Task AppendAsync(this ReceiptStore store, string lane, string body, string query = "", string contentType = "text/plain") =>
        store.AppendAsync(lane, query, contentType, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body))).AsTask();
}
