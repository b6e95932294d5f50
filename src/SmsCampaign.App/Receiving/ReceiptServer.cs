using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Installations;

namespace SmsCampaign.App.Receiving;

/// <summary>
/// The receipts endpoint on its own, for a verb that sends without the worker.
/// </summary>
sealed class ReceiptServer : IAsyncDisposable
{
    /// <summary>How long a stop waits for a gateway in the middle of a receipt. It got no 200 and brings it again; the
    /// host's own 30 seconds are more than a stop may take.</summary>
    static readonly TimeSpan Stopping = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes of a connection that Kestrel reads ahead of the program: the largest head of a request (Kestrel's
    /// own limit, 32 KiB), not its default of 1 MiB.</summary>
    const int MostUnread = 32 * 1024;

    /// <summary>How long a connection may say nothing before its first request (<see cref="ConnectionPlaces"/>), and
    /// how long the head of one may take.</summary>
    internal static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection that has asked something may be idle: longer than the 60 s for which proxies keep
    /// theirs (nginx, HAProxy, Envoy and AWS at their defaults, or less). One that we close while a proxy sends a
    /// callback on it is a callback lost for now.</summary>
    internal static readonly TimeSpan MostIdle = TimeSpan.FromSeconds(75);

    readonly WebApplication _web;

    ReceiptServer(WebApplication web) => _web = web;

    /// <summary>Where it listens, the port chosen included.</summary>
    public Uri Address => new(_web.Urls.First());

    /// <param name="listen">Port 0: any free one.</param>
    /// <param name="log">Null: nothing is logged.</param>
    /// <exception cref="IOException">The address is taken or not this machine's.</exception>
    public static async Task<ReceiptServer> StartAsync(
        Uri listen, ReceiptIntake intake, CancellationToken cancellationToken, ILoggerProvider? log = null)
    {
        var builder = CreateBuilder(listen, intake.Places);
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Stopping);

        var web = builder.Build();
        ReceiptEndpoints.Run(web, intake);
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }

        return new ReceiptServer(web);
    }

    /// <summary>The places of an installation's connections.</summary>
    public static ConnectionPlaces PlacesOf(ReceiptSettings settings, TimeProvider time) =>
        new(time, proxies: settings.ProxyNetworks);

    /// <summary>A web host that listens at the address and nowhere else, whatever the environment says.</summary>
    /// <param name="places">Null: whoever comes is served.</param>
    public static WebApplicationBuilder CreateBuilder(Uri listen, ConnectionPlaces? places = null)
    {
        // No settings file and no variable of ours is read by ASP.NET: the installation file is the only one.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        ((IConfigurationManager)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection(); // for the address set here
        builder.WebHost.UseUrls(listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBufferSize = MostUnread;
            kestrel.Limits.KeepAliveTimeout = MostIdle;
            kestrel.Limits.RequestHeadersTimeout = MostSilence;
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                // one request a connection at a time: places of connections bound all else
                endpoint.Protocols = HttpProtocols.Http1;
                if (places is not null)
                    endpoint.Use(serve => connection => places.ServeAsync(connection, serve));
            });
        });
        return builder;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }
}
