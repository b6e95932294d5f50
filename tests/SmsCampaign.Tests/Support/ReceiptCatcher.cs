using System.Text.Json;
using System.Threading.Channels;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.Support;

/// <summary>An HTTP server that takes the simulator's receipts and hands them over one by one.</summary>
sealed class ReceiptCatcher : IDisposable
{
    readonly WireMockServer _server = WireMockServer.Start();
    readonly Channel<JsonElement> _receipts = Channel.CreateUnbounded<JsonElement>();
    int _refusals;

    /// <param name="refusals">So many calls are answered 500 before one is taken.</param>
    public ReceiptCatcher(int refusals = 0)
    {
        _refusals = refusals;
        _server.Given(Request.Create().UsingPost()).RespondWith(Response.Create().WithCallback(request =>
        {
            if (Interlocked.Decrement(ref _refusals) >= 0)
                return new WireMock.ResponseMessage { StatusCode = 500 };

            foreach (var receipt in JsonDocument.Parse(request.Body!).RootElement
                .GetProperty("receipts")
                .EnumerateArray())
                _receipts.Writer.TryWrite(receipt);

            return new WireMock.ResponseMessage { StatusCode = 200 };
        }));
    }

    public Uri Url => new(_server.Url + "/receipts");

    /// <summary>Waits for the next receipt.</summary>
    public async Task<JsonElement> NextAsync() =>
        await _receipts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public bool TryNext(out JsonElement receipt) => _receipts.Reader.TryRead(out receipt);

    public void Dispose() => _server.Dispose();
}
