using System.Buffers;
using System.Text;
using SmsCampaign.Storage.Receipts;

namespace SmsCampaign.Tests.Support;

static class ReceiptLogExtensions
{
    /// <summary>Keeps a callback with a text for its body. On disk when the task ends.</summary>
    public static Task AppendAsync(
        this IReceiptLog log, string lane, string body, string query = "", string contentType = "text/plain") =>
        log.AppendAsync(lane, query, contentType, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body))).AsTask();
}
