using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers;

public sealed class UntrustedCertificateTests : IDisposable
{
    static readonly DateTimeOffset Long = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly TempFolder _folder = new();

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("localhost", 2099, "who issued it is not known to this machine")]
    [InlineData("gateway.example", 2099, "it is of another host")]
    [InlineData("localhost", 2021, "it is over, or the machine's clock is wrong")]
    public async Task A_gateway_with_an_untrusted_certificate_gets_nothing_and_is_told_from_one_out_of_reach(
        string host, int until, string why)
    {
        Serve(host, until);
        using var http = CarrierHttp.CreateSender(new HttpLaneOptions());

        var results = await CarrierHttp.ExchangeAsync(
            http, new HttpRequestMessage(HttpMethod.Post, Url), 1, _ => null, Departure.AtOnce, CancellationToken.None);

        var result = Assert.Single(results);
        Assert.Equal(
            (SendOutcome.Deferred, HoldCause.NotTrusted, $"certificate not trusted: {why}"),
            (result.Outcome, result.Cause, result.Reason));
    }

    [Fact]
    public async Task One_that_is_not_there_cannot_be_reached()
    {
        _listener.Start();
        var url = Url;
        _listener.Stop();
        using var http = CarrierHttp.CreateSender(new HttpLaneOptions());

        var results = await CarrierHttp.ExchangeAsync(
            http, new HttpRequestMessage(HttpMethod.Post, url), 1, _ => null, Departure.AtOnce, CancellationToken.None);

        Assert.Equal(HoldCause.NoConnection, Assert.Single(results).Cause);
    }

    [Fact]
    public async Task Doctor_says_so()
    {
        Serve("localhost", 2099);
        var installation = _folder.Write("smscampaign.json", $$"""
            { "lanes": { "vnpt": {
                "type": "vnpt", "standIn": true, "carriers": ["vinaphone"], "rate": 10, "pricePerPart": 300, "receiptTrust": "network",
                "url": "{{Url}}", "agentId": "1", "apiUser": "api", "apiPass": "${file:secret}", "userName": "u", "labelId": "7", "contractId": "4",
                "templates": [{ "id": "9" }] } } }
            """);
        _folder.Write("secret", "s3cret");
        using var shown = new StringWriter();

        await CommandLine.RunAsync(
            ["doctor", "--data", _folder.Path, "--installation", installation],
            new Terminal(shown, shown, Language.Vietnamese, outputIsTerminal: false),
            CancellationToken.None);

        Assert.Contains(
            "chứng chỉ của cổng nhắn tin không được tin cậy: máy này không biết nơi cấp",
            Shown.Flat(shown.ToString()),
            StringComparison.Ordinal);
        EnglishWords.AssertNone(shown.ToString());
    }

    Uri Url => new($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    void Serve(string host, int until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(Long, new DateTimeOffset(until, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _listener.Start();
        _ = AcceptAsync(certificate);
    }

    async Task AcceptAsync(X509Certificate2 certificate)
    {
        using var owned = certificate;
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var tls = new SslStream(client.GetStream());
                try
                {
                    await tls.AuthenticateAsServerAsync(certificate);
                    Assert.Equal(0, await tls.ReadAsync(new byte[1])); // nothing of the request
                }
                catch (Exception refused)
                    when (refused is IOException or System.Security.Authentication.AuthenticationException)
                {
                }
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
        }
    }
}
