using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Reports;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Settles receipts for as long as the worker runs.
/// </summary>
sealed partial class SettlerService(Station station, IHostApplicationLifetime lifetime, ILogger<SettlerService> logger) : VitalService(lifetime)
{
    protected override Task RunAsync(CancellationToken stopping) => station.Settler.RunAsync(stopping);

    protected override void LogBroken(Exception broken) => Log.Broken(logger, NumberMask.In($"{broken}"));

    static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "Receipts cannot be settled and the worker ends; they are kept and settled at the next start: {Broken}")]
        public static partial void Broken(ILogger logger, string broken);
    }
}
