using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using SmsCampaign.App.Receiving;

namespace SmsCampaign.App.Observing;

/// <summary>
/// The address at which monitoring reads: <c>/metrics</c>, <c>/health/live</c>, <c>/health/ready</c>. A server of its
/// own beside the receipts': nothing that goes wrong with it reaches sending or receipts.
/// </summary>
/// <remarks>Where its address cannot be had it says so, goes without, and tries again. It waits until the receipts have
/// theirs, which may be the same by mistake.</remarks>
/// <param name="started">Cancelled when the rest of the host has started.</param>
sealed partial class ManagementServer(
    Uri listen,
    Health health,
    MeterProvider metrics,
    TimeProvider time,
    ILogger<ManagementServer> logger,
    CancellationToken started) : SideService(time, logger)
{
    /// <summary>Most connections at a time: a few scrapers and probes. More are turned away.</summary>
    const int MostConnections = 32;

    /// <summary>How long a scraper may say nothing, or take in nothing of an answer.</summary>
    static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(10);

    static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    static readonly TimeSpan Stopping = TimeSpan.FromMilliseconds(200);

    readonly TaskCompletionSource<Uri> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where it listens, the port chosen included, once it does.</summary>
    public Task<Uri> Address => _opened.Task;

    /// <summary>Ends when it has tried to listen, with or without success.</summary>
    internal Task Tried => _tried.Task;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(started, stopping))
            await Task.Delay(Timeout.InfiniteTimeSpan, Time, either.Token).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        var told = "";
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var web = Build();
                await web.StartAsync(stopping);
                var address = new Uri(web.Urls.First());
                _opened.TrySetResult(address);
                _tried.TrySetResult();
                Log.Listens(Logger, address);
                await Task.Delay(Timeout.InfiniteTimeSpan, Time, stopping).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
                await web.StopAsync(CancellationToken.None);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception cannot) // the edge of the service: sending goes on, whatever it is
            {
                if (cannot.Message != told)
                    Log.CannotListen(Logger, listen, cannot.Message);
                told = cannot.Message;
            }

            _tried.TrySetResult();

            await Task.Delay(TryAgain, Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    WebApplication Build()
    {
        var builder = ReceiptServer.CreateBuilder(listen);
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Stopping);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.KeepAliveTimeout = ReceiptServer.MostIdle;
            kestrel.Limits.RequestHeadersTimeout = MostSilence;
            kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: MostSilence);
        });
        var web = builder.Build();
        web.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, null, "/metrics", null, null);
        web.Run(AnswerAsync);
        return web;
    }

    Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        switch (context.Request.Path.Value)
        {
            case "/health/live":
                return SayAsync(context, health.Live());
            case "/health/ready":
                return SayAsync(context, health.Ready());
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    static Task SayAsync(HttpContext context, HealthReport report)
    {
        context.Response.StatusCode =
            report.IsWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(JsonLine.Of(report) + "\n");
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Monitoring reads at {Address}: /metrics, /health/live, /health/ready")]
        public static partial void Listens(ILogger logger, Uri address);

        [LoggerMessage(
            LogLevel.Warning,
            "The management address {Address} cannot be opened ({Why}). Sending and receipts go on without it, and it "
                + "is tried again every minute; end the program that has it, or change management.listen")]
        public static partial void CannotListen(ILogger logger, Uri address, string why);
    }
}
