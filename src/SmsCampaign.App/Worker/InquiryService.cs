using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Receipts;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Asks gateways what became of messages for as long as the worker runs.
/// </summary>
sealed partial class InquiryService(ReceiptInquiry inquiry, IHostApplicationLifetime lifetime, ILogger<InquiryService> logger) : BackgroundService
{
    /// <summary>Whether the process ends because something is broken.</summary>
    public bool Failed { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the host's start.
        await Task.Yield();

        try
        {
            await inquiry.RunAsync(stoppingToken);
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
        [LoggerMessage(LogLevel.Critical, "Answers of gateways to inquiries cannot be recorded and the worker ends; they are asked again after the next start")]
        public static partial void Broken(ILogger logger, Exception broken);
    }
}
