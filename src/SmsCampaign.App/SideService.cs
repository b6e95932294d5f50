using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Messages;

namespace SmsCampaign.App;

/// <summary>
/// A part of the worker without which it goes on: what breaks it is logged, and it begins again. Left to the host it
/// would end the process, and sending with it.
/// </summary>
abstract partial class SideService(TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>After how long it begins again.</summary>
    public static readonly TimeSpan BeginAgain = TimeSpan.FromSeconds(10);

    protected TimeProvider Time => time;

    protected ILogger Logger => logger;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // off the host's start
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) // the edge of the service: whatever it is, sending goes on
            {
                Log.Broken(logger, GetType().Name, NumberMask.In($"{broken}"));
            }

            await Task.Delay(BeginAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until it is asked to stop; more than once where it breaks.</summary>
    protected abstract Task RunAsync(CancellationToken stopping);

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "{Service} has met a fault of the program and begins again in seconds; sending and receipts go on: "
                + "{Broken}")]
        public static partial void Broken(ILogger logger, string service, string broken);
    }
}
