using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>The proxies of config/proxy as they are given, before an endpoint that tells what reached it: only places
/// and names are those of the test.</summary>
[Trait("Category", "Slow")]
public sealed class ProxySampleTests : IAsyncLifetime
{
    const string Number = "84912345678";
    const string Secret = "mat-khau-cua-kenh";

    readonly TempFolder _folder = new();
    readonly int _port = FindFreePort();
    WebApplication? _endpoint;
    Process? _proxy;
    string _upstream = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _endpoint = builder.Build();
        _endpoint.Run(async call =>
        {
            var body = await new StreamReader(call.Request.Body).ReadToEndAsync();
            await call.Response.WriteAsync(
                $"{call.Request.Path}{call.Request.QueryString} for {call.Request.Headers["X-Forwarded-For"]} "
                    + $"{body.Length}");
        });
        await _endpoint.StartAsync();
        _upstream = new Uri(_endpoint.Urls.Single()).Authority;
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            if (!_proxy.HasExited)
                _proxy.Kill(entireProcessTree: true);
            await _proxy.WaitForExitAsync();
            _proxy.Dispose();
        }

        await _endpoint!.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task Callbacks_pass_with_their_callers_address_and_nothing_else_does(string proxy)
    {
        using var client = await StartAsync(proxy);
        var address = $"/receipts/viettel/{Secret}?msisdn={Number}";
        using var claimed = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("dlr=1") };
        claimed.Headers.Add("X-Forwarded-For", "203.0.113.9");

        using var passed = await client.SendAsync(claimed, TestContext.Current.CancellationToken);
        var reached = await passed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"{address} for 127.0.0.1 5", reached);
        foreach (var other in new[] { "/healthz", "/health/live", "/metrics", "/", "/receipts/../healthz" })
        {
            using var refused = await client.GetAsync(other, TestContext.Current.CancellationToken);
            Assert.Equal((other, HttpStatusCode.NotFound), (other, refused.StatusCode));
        }
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task A_body_beyond_what_the_program_takes_does_not_reach_it(string proxy)
    {
        using var client = await StartAsync(proxy);

        using var refused = await client.PostAsync(
            "/receipts/viettel", new ByteArrayContent(new byte[1_200_000]), TestContext.Current.CancellationToken);

        Assert.False(refused.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task Neither_a_number_nor_a_lanes_secret_stands_in_its_log(string proxy)
    {
        using (var client = await StartAsync(proxy))
        {
            foreach (var path in new[] { $"/receipts/viettel/{Secret}?msisdn={Number}", $"/{Secret}?msisdn={Number}" })
                using (await client.GetAsync(path, TestContext.Current.CancellationToken))
                {
                }

            // With the endpoint gone, what went wrong is logged as well.
            await _endpoint!.StopAsync(TestContext.Current.CancellationToken);
            using var failed = await client.GetAsync(
                $"/receipts/viettel/{Secret}?msisdn={Number}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);
        }

        var logged = await StopAsync();

        Assert.Contains("502", logged);
        Assert.DoesNotContain(Number, logged);
        Assert.DoesNotContain(Secret, logged);
    }

    async Task<HttpClient> StartAsync(string proxy)
    {
        Machine.Needs(proxy, "the sample of config/proxy runs in it");
        var client = proxy == "nginx" ? StartNginx() : StartCaddy();
        while (!_proxy!.HasExited)
        {
            using var tried = new TcpClient();
            try
            {
                await tried.ConnectAsync(IPAddress.Loopback, _port);
                return client;
            }
            catch (SocketException)
            {
                await Task.Delay(
                    TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        client.Dispose();
        throw new InvalidOperationException(
            await _proxy.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    HttpClient StartNginx()
    {
        WriteCertificate();
        var site = Take("config/proxy/nginx.conf")
            .Put("listen 443 ssl;", $"listen 127.0.0.1:{_port} ssl;")
            .Put("/etc/letsencrypt/live/sms.example.vn/fullchain.pem", _folder.File("certificate.pem"))
            .Put("/etc/letsencrypt/live/sms.example.vn/privkey.pem", _folder.File("key.pem"))
            .Put("/var/log/nginx/sms-campaign.log", _folder.File("access.log"))
            .Put("/var/log/nginx/sms-campaign.error.log", _folder.File("error.log"))
            .Put("127.0.0.1:8090", _upstream);
        var main = $"pid {_folder.File("pid")}; daemon off; error_log {_folder.File("main.log")};\nevents {{ }}\n"
            + $"http {{ client_body_temp_path {_folder.File("body")}; proxy_temp_path {_folder.File("proxy")};\n"
            + $"fastcgi_temp_path {_folder.File("f")}; uwsgi_temp_path {_folder.File("u")};\n"
            + $"scgi_temp_path {_folder.File("s")};\n{site.Text} }}";
        _proxy = Launch("nginx", "-p", _folder.Path, "-c", _folder.Write("nginx.conf", main));
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{_port}") };
    }

    HttpClient StartCaddy()
    {
        var site = Take("config/proxy/Caddyfile")
            .Put("\nsms.example.vn {", $"\nhttp://127.0.0.1:{_port} {{")
            .Put("\n{\n", "\n{\n\tadmin off\n")
            .Put("127.0.0.1:8090", _upstream);
        _proxy = Launch(
            "caddy", "run", "--adapter", "caddyfile", "--config", _folder.Write("Caddyfile", site.Text));
        return new HttpClient(new HttpClientHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
    }

    /// <returns>All that it logged.</returns>
    async Task<string> StopAsync()
    {
        var told = _proxy!.StandardError.ReadToEndAsync();
        _proxy.Kill(entireProcessTree: true);
        await _proxy.WaitForExitAsync(TestContext.Current.CancellationToken);
        var logs = Directory.EnumerateFiles(_folder.Path, "*.log").Select(File.ReadAllText);
        return string.Concat([await told, .. logs]);
    }

    Process Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = _folder.Path;
        return Process.Start(start)!;
    }

    void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _folder.Write("certificate.pem", certificate.ExportCertificatePem());
        _folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
    }

    static Sample Take(string path) => new(File.ReadAllText(Repository.PathOf(path)));

    static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    sealed record Sample(string Text)
    {
        /// <summary>What a line marked in the sample is for must be there.</summary>
        public Sample Put(string given, string own)
        {
            Assert.Contains(given, Text);
            return new Sample(Text.Replace(given, own));
        }
    }
}
