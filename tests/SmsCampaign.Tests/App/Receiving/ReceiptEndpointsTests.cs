using System.Buffers;
using System.Net;
using System.Text;
using SmsCampaign.App.Receiving;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Receiving;

public sealed class ReceiptEndpointsTests : IAsyncLifetime
{
    readonly TempFolder _folder = new();
    readonly IReceiptLog _store;
    readonly HttpClient _http = new(new SocketsHttpHandler());
    ReceiptServer _server = null!;

    public ReceiptEndpointsTests() =>
        _store = Ledgers.OpenReceipts(new DataFolder(_folder.Path), new ProcessClock(TimeProvider.System));

    public async ValueTask InitializeAsync()
    {
        _server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(_store.AppendAsync, CallbackGuards.Open(["viettel"]), TimeProvider.System),
            CancellationToken.None);
        _http.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_posted_receipt_is_on_disk_as_it_came_when_the_gateway_gets_its_200()
    {
        var body = new byte[] { 0xFF, 0x00, (byte)'{' }; // not even text
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };

        var answer = await _http.PostAsync("/receipts/viettel?a=1&b=%20", content);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var kept = Assert.Single(_store.Read(0));
        Assert.Equal(("viettel", "a=1&b=%20", "application/json"), (kept.Lane, kept.Query, kept.ContentType));
        Assert.Equal(body, kept.Body);
    }

    [Fact]
    public async Task A_receipt_by_get_is_kept_too()
    {
        var answer = await _http.GetAsync("/receipts/viettel?id=7");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("id=7", Assert.Single(_store.Read(0)).Query);
    }

    [Theory]
    [InlineData("/receipts/vnpt/0123456789abcdef", "Basic dTpw", HttpStatusCode.OK)]
    [InlineData("/receipts/vnpt", "Basic dTpw", HttpStatusCode.Forbidden)]
    [InlineData("/receipts/vnpt/0123456789abcdeg", "Basic dTpw", HttpStatusCode.Forbidden)]
    [InlineData("/receipts/vnpt/0123456789abcdef", null, HttpStatusCode.Unauthorized)]
    public async Task A_callback_that_is_not_the_gateways_is_refused_and_not_kept(
        string address, string? authorization, HttpStatusCode expected)
    {
        var options = new HttpLaneOptions
        {
            Receipts = new(),
            Callback = new() { Secret = "0123456789abcdef", User = "u", Password = "p", From = ["127.0.0.0/8"] },
        };
        using var accounts = new LaneAccounts(
            [new LaneAccount(
                new Lane("vnpt", options),
                ScriptedCarrier.ThatAccepts(),
                new Pace(10, new ProcessClock(TimeProvider.System)))]);
        await using var server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(
                _store.AppendAsync, CallbackGuards.Of(accounts, new ReceiptSettings()), TimeProvider.System),
            CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, address))
        {
            Content = new StringContent("{}"),
        };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        var answer = await _http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, _store.Read(0).Count());
        Assert.Equal(expected == HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count > 0);
    }

    [Theory]
    [InlineData("h4s/+bGhJOeP9DBhndk0KUuyhH0=", HttpStatusCode.OK)] // as TwilioCarrierTests has it
    [InlineData("h4s/+bGhJOeP9DBhndk0KUuyhH1=", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task A_callback_that_its_gateway_did_not_sign_is_refused_and_not_kept(
        string? signature, HttpStatusCode expected)
    {
        var options = new TwilioLaneOptions
        {
            Type = "twilio",
            AccountSid = "AC0123456789abcdef0123456789abcdef",
            AuthToken = "s3cret",
            StatusCallback = new Uri("https://sms.example/receipts/twilio"),
        };
        using var accounts = new LaneAccounts([new Lane("twilio", options)], new ProcessClock(TimeProvider.System));
        await using var server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(
                _store.AppendAsync, CallbackGuards.Of(accounts, new ReceiptSettings()), TimeProvider.System),
            CancellationToken.None);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(server.Address, "/receipts/twilio?reference=c1-0000001"))
        {
            Content = new StringContent("MessageSid=SM0123456789abcdef0123456789abcdef&MessageStatus=sent"),
        };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);

        Assert.Equal(expected, (await _http.SendAsync(request)).StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, _store.Read(0).Count());
    }

    [Theory]
    [InlineData("GET", "/receipts/nobody?id=7", HttpStatusCode.NotFound)]
    [InlineData("GET", "/receipts/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/receipts/viettel/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/receipts/viettel", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_no_lanes_address_is_turned_away(string method, string address, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        var answer = await _http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(_store.Read(0));
    }

    [Theory]
    [InlineData(1_000_000, HttpStatusCode.OK, false)]
    [InlineData(1_000_001, HttpStatusCode.RequestEntityTooLarge, false)]
    [InlineData(1_000_001, HttpStatusCode.RequestEntityTooLarge, true)] // its length not told beforehand
    public async Task A_body_over_a_million_bytes_is_refused(int bytes, HttpStatusCode expected, bool chunked)
    {
        using var content = new StringContent(new string('x', bytes), Encoding.ASCII);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/receipts/viettel") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        Assert.Equal(expected, (await _http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_fault_of_the_disk_is_not_told_as_a_callback_that_broke_off(bool isClosed, bool atOnce)
    {
        using var log = new KeptLog();
        Exception fault = isClosed
            ? new UnauthorizedAccessException("the folder is closed")
            : new IOException("the disk is gone");
        var keep = new KeepReceipt((string lane, string query, string contentType, in ReadOnlySequence<byte> body) =>
            atOnce ? throw fault : ValueTask.FromException(fault));
        await using var server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(keep, CallbackGuards.Open(["viettel"]), TimeProvider.System),
            CancellationToken.None,
            log);

        var answer = await _http.GetAsync(new Uri(server.Address, "/receipts/viettel?id=7"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(
            $"Receipts for viettel that could not be kept, since this was last said: 1; the gateway was asked to come "
                + $"again (503): {fault.Message}",
            Assert.Single(log.Lines).Text);
    }

    [Fact]
    public async Task A_receipt_that_cannot_be_kept_is_asked_for_again()
    {
        using (var broken = SqliteDb.Open(ReceiptFiles.Find(new DataFolder(_folder.Path), simulated: false)[^1].Path))
            broken.Execute("drop table receipt");

        var answer = await _http.GetAsync("/receipts/viettel?id=7");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Whoever_watches_over_it_can_ask_how_it_is()
    {
        var answer = await _http.GetAsync("/healthz");

        Assert.Equal((HttpStatusCode.OK, "ok\n"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Of_a_process_that_hangs_it_is_told_so()
    {
        await using var server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(_store.AppendAsync, CallbackGuards.Open(["viettel"]), TimeProvider.System)
            {
                Lives = () => false,
            },
            CancellationToken.None);

        var answer = await _http.GetAsync(new Uri(server.Address, "/healthz"));

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "stuck\n"),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("")] // connected, and says nothing
    [InlineData("GET /receipts/viettel HTTP/1.1\r\nHost: a")]
    [InlineData("POST /receipts/viettel HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx")]
    public async Task A_stop_does_not_wait_for_a_gateway_in_the_middle_of_a_receipt(string said)
    {
        using var gateway = new System.Net.Sockets.TcpClient();
        await gateway.ConnectAsync(_server.Address.Host, _server.Address.Port);
        await gateway.GetStream().WriteAsync(Encoding.ASCII.GetBytes(said));
        await _http.GetAsync("/healthz");

        var since = TimeProvider.System.GetTimestamp();
        await _server.DisposeAsync();

        // the host's own patience: 30
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }
}
