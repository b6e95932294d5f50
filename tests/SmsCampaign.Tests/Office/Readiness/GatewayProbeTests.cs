using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Tests.Support;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.Office.Readiness;

/// <summary>Against sockets of this machine.</summary>
public sealed class GatewayProbeTests : IDisposable
{
    static readonly DateTimeOffset Ends = new(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly GatewayProbe _probe = new();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_plain_gateway_is_reached_and_asked_nothing()
    {
        _listener.Start();

        Assert.Equal(new Reach.Open(null), await ReachAsync("http"));

        using var client = await _listener.AcceptTcpClientAsync();
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_connection()
    {
        _listener.Start();
        var port = Port;
        _listener.Stop();

        Assert.Equal(
            "máy đó không nhận kết nối ở cổng mạng này",
            Assert.IsType<Reach.NoConnection>(await ReachAsync("http", port)).Why.Vi);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_told_from_a_gateway_that_is_away() => Assert.IsType<Reach.NoName>(
        await _probe.ReachAsync(new Uri("https://khong-co.invalid/"), CancellationToken.None));

    [Fact]
    public async Task An_untrusted_certificate_is_told_with_when_it_ends()
    {
        var serving = ServeAsync();

        var way = Assert.IsType<Reach.NotTrusted>(await ReachAsync("https"));

        Assert.Equal(
            ("certificate not trusted: who issued it is not known to this machine", Ends), (way.Why, way.Ends));
        await serving;
    }

    [Fact]
    public async Task What_speaks_no_tls_is_told_from_what_is_not_there()
    {
        _listener.Start();
        var speaking = Task.Run(async () =>
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });

        Assert.IsType<Reach.NoTls>(await ReachAsync("https"));
        await speaking;
    }

    [Fact]
    public async Task An_answer_by_http_comes_with_its_beginning_and_no_redirect_is_followed()
    {
        using var server = WireMockServer.Start();
        server.Given(Request.Create().WithPath("/receipts/-")).RespondWith(
            Response.Create().WithBody("sms-campaign\n" + new string('x', 10_000)));
        server.Given(Request.Create().WithPath("/elsewhere")).RespondWith(
            Response.Create().WithStatusCode(302).WithHeader("Location", "/receipts/-"));
        var web = new WebProbe();

        var answer = await web.GetAsync(new Uri($"{server.Url}/receipts/-"), CancellationToken.None);
        var moved = await web.GetAsync(new Uri($"{server.Url}/elsewhere"), CancellationToken.None);

        Assert.Equal((200, 4_000), (answer.Status, answer.Body.Length));
        Assert.StartsWith("sms-campaign\n", answer.Body, StringComparison.Ordinal);
        Assert.Equal(302, moved.Status);
        Assert.False(web.IsFree(new Uri(server.Url!)));
    }

    int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    Task<Reach> ReachAsync(string scheme, int? port = null) =>
        _probe.ReachAsync(new Uri($"{scheme}://localhost:{port ?? Port}/"), CancellationToken.None)
            .WaitAsync(Patience.ForAnything);

    async Task ServeAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, Ends);
        _listener.Start();
        using var client = await _listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
        }
    }
}
