using System.Net;
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

    readonly SampleProxy _proxy = new();
    WebApplication? _endpoint;
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
        await _proxy.DisposeAsync();
        await _endpoint!.DisposeAsync();
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

        var logged = await _proxy.StopAsync();

        Assert.Contains("502", logged);
        Assert.DoesNotContain(Number, logged);
        Assert.DoesNotContain(Secret, logged);
    }

    async Task<HttpClient> StartAsync(string proxy)
    {
        Machine.Needs(proxy, "the sample of config/proxy runs in it");
        const string name = "sms.example.vn", given = "127.0.0.1:8090";
        var isNginx = proxy == "nginx";
        if (isNginx)
            await _proxy.StartNginxAsync("config/proxy/nginx.conf", name, given, _upstream);
        else
            await _proxy.StartCaddyAsync("config/proxy/Caddyfile", name, given, _upstream, secure: false);
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri($"{(isNginx ? "https" : "http")}://127.0.0.1:{_proxy.Port}"),
        };
    }
}
