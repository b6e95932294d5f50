using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Receipts;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Settles receipts for as long as the worker runs.
/// </summary>
sealed partial class SettlerService(ReceiptSettler settler, IHostApplicationLifetime lifetime, ILogger<SettlerService> logger) : BackgroundService
{
    /// <summary>Whether the process ends because something is broken.</summary>
    public bool Failed { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the host's start: it may have much to read.
        await Task.Yield();

        try
        {
            await settler.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception broken) // the edge of the service: whoever watches over it starts it again
        {
            Log.Broken(logger, broken);
            Failed = true;
            lifetime.StopApplication();
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "Receipts cannot be settled and the worker ends; they are kept and settled at the next start")]
        public static partial void Broken(ILogger logger, Exception broken);
    }
}
