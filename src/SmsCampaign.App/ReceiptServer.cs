using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Receipts;

namespace SmsCampaign.App;

/// <summary>
/// The receipts endpoint on its own, for a verb that sends without the worker.
/// </summary>
sealed class ReceiptServer : IAsyncDisposable
{
    /// <summary>How long a stop waits for a gateway in the middle of a receipt. It got no 200 and brings it again; the
    /// host's own 30 seconds are more than a stop may take.</summary>
    static readonly TimeSpan Stopping = TimeSpan.FromMilliseconds(200);

    /// <summary>Connections beyond are closed at once. Twice as many as receipts may wait (<see cref="ReceiptBudget"/>):
    /// there is one left to say 503 on.</summary>
    const int MostConnections = 2 * ReceiptBudget.MostReceipts;

    /// <summary>Bytes of a connection that Kestrel reads ahead of the program: the largest head of a request (Kestrel's
    /// own limit, 32 KiB), not its default of 1 MiB.</summary>
    const int MostUnread = 32 * 1024;

    readonly WebApplication _web;

    ReceiptServer(WebApplication web) => _web = web;

    /// <summary>Where it listens, the port chosen included.</summary>
    public Uri Address => new(_web.Urls.First());

    /// <param name="listen">Port 0: any free one.</param>
    /// <exception cref="IOException">The address is taken or not this machine's.</exception>
    public static async Task<ReceiptServer> StartAsync(
        Uri listen, KeepReceipt keep, CallbackGuards guards, CancellationToken cancellationToken, ReceiptBudget? budget = null, TimeProvider? time = null)
    {
        var builder = CreateBuilder(listen);
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Stopping);

        var web = builder.Build();
        ReceiptEndpoints.Run(web, keep, guards, time ?? TimeProvider.System, budget);
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

    /// <summary>A web host that listens at the address and nowhere else, whatever the environment says.</summary>
    public static WebApplicationBuilder CreateBuilder(Uri listen)
    {
        // No settings file and no variable of ours is read by ASP.NET: the installation file is the only one.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        ((IConfigurationManager)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection(); // for the address set here
        builder.WebHost.UseUrls(listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBufferSize = MostUnread;
        });
        return builder;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }
}
