using System.Net.Sockets;
using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Carriers;

public sealed class CarrierHttpTests
{
    public static TheoryData<Exception> Losses =>
    [
        new HttpRequestException(HttpRequestError.ResponseEnded),
        new SocketException((int)SocketError.NotConnected),
        new IOException("gone"),
        new ObjectDisposedException("socket"),
    ];

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public async Task A_connection_lost_may_have_sent_it_however_that_is_thrown(Exception loss)
    {
        var result = Assert.Single(await ExchangeAsync(loss, repeatsDropped: false));

        Assert.Equal(SendOutcome.Uncertain, result.Outcome);
        Assert.StartsWith("connection lost: ", result.Reason, StringComparison.Ordinal);
        Assert.Equal(Deferral.Lost, Assert.Single(await ExchangeAsync(loss, repeatsDropped: true)).Deferral);
    }

    [Fact]
    public async Task An_exception_that_tells_of_a_bug_comes_through() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => ExchangeAsync(new InvalidOperationException("bug"), repeatsDropped: false));

    static async Task<IReadOnlyList<SendResult>> ExchangeAsync(Exception thrown, bool repeatsDropped)
    {
        using var http = new HttpMessageInvoker(new Throwing(thrown));
        return await CarrierHttp.ExchangeAsync(
            http,
            new HttpRequestMessage(HttpMethod.Post, "http://gateway.invalid/"),
            1,
            _ => null,
            Departure.AtOnce,
            CancellationToken.None,
            repeatsDropped);
    }

    sealed class Throwing(Exception thrown) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(thrown);
    }
}
