using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmsCampaign.Alerts;
using SmsCampaign.Storage.Registry;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.Alerts;

/// <summary>What a webhook on loopback gets.</summary>
public sealed class WebhookChannelTests : AlertCase
{
    const string Secret = "khoa-bi-mat-cua-webhook";

    readonly WireMockServer _server = WireMockServer.Start();

    public override void Dispose()
    {
        _server.Stop();
        base.Dispose();
    }

    [Fact]
    public async Task It_gets_json_that_is_signed_by_the_secret()
    {
        Answer(204);

        Assert.Null(await SendAsync());

        var request = Assert.Single(_server.LogEntries).RequestMessage!;
        var (body, time) = (request.BodyAsBytes!, request.Headers!["X-SmsCampaign-Time"][0]);
        Assert.Equal("1785373200", time);
        Assert.Equal(
            "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(time + ".").Concat(body).ToArray())),
            request.Headers["X-SmsCampaign-Signature"][0]);
        var told = JsonDocument.Parse(body).RootElement;
        Assert.Equal("lane-stopped", told.GetProperty("kind").GetString());
        Assert.Equal("urgent", told.GetProperty("severity").GetString());
        Assert.Equal("viettel", told.GetProperty("about").GetString());
        Assert.Equal("2026-07-30T01:00:00.000Z", told.GetProperty("since").GetString());
        Assert.StartsWith(
            "kênh gửi 'viettel' đã dừng hẳn.", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("84912345678", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)] // and is not followed
    public async Task What_is_not_taken_is_said_with_the_answer(int status)
    {
        Answer(status);

        Assert.EndsWith($" trả lời HTTP {status}", (await SendAsync())?.Vi, StringComparison.Ordinal);
        Assert.Single(_server.LogEntries);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_said()
    {
        _server.Stop();

        Assert.StartsWith("không kết nối được localhost:", (await SendAsync())?.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_the_others_of_the_turn_do_not_wait_as_long_again()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Raise(Some());
        var message = AlertMessage.Of(
            Book.Read(Eight)[0], AlertNews.Raised, 0, Receiver("An"), Place, Language.Vietnamese, Eight);
        var settings = new WebhookSettings { Url = new Uri($"http://{silent.LocalEndpoint}"), Secret = Secret };
        var sending = SendAsync(new WebhookChannel(settings, _time), message, message, message);
        using var waiting = await silent.AcceptTcpClientAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.All(await sending, trouble => Assert.EndsWith(
            " không trả lời trong 10 giây", trouble?.Vi, StringComparison.Ordinal));
    }

    void Answer(int status) => _server
        .Given(Request.Create().UsingPost())
        .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", _server.Url! + "/other"));

    async Task<Wording?> SendAsync()
    {
        Raise(Some());
        var channel = new WebhookChannel(new WebhookSettings { Url = new Uri(_server.Url!), Secret = Secret }, _time);
        var message = AlertMessage.Of(
            Book.Read(Eight)[0], AlertNews.Raised, 0, Receiver("An"), Place, Language.Vietnamese, Eight);
        return Assert.Single(await SendAsync(channel, message));
    }
}
