using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Settles receipts for as long as the worker runs.
/// </summary>
sealed partial class SettlerService(
    Station station, IHostApplicationLifetime lifetime, ILogger<SettlerService> logger) : VitalService(lifetime)
{
    protected override Task RunAsync(CancellationToken stopping) => station.Settler.RunAsync(stopping);

    protected override void LogBroken(string broken) => Log.Broken(logger, broken);

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Critical,
            "Receipts cannot be settled and the worker ends; they are kept and settled at the next start: {Broken}")]
        public static partial void Broken(ILogger logger, string broken);
    }
}
