using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Settles receipts for as long as the worker runs.
/// </summary>
sealed partial class SettlerService(
    Station station, IHostApplicationLifetime lifetime, ILogger<SettlerService> logger) : VitalService(lifetime)
{
    protected override Task RunAsync(CancellationToken stopping)
    {
        station.Settler.HeldUp = held =>
        {
            if (held is null)
                Log.GoesOn(logger);
            else
                Log.HeldUp(logger, StorageFaults.Describe(held, station.Data)?.En ?? NumberMask.In(held.Message));
        };
        return station.Settler.RunAsync(stopping);
    }

    protected override void LogBroken(string broken) => Log.Broken(logger, broken);

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Critical,
            "Receipts cannot be settled and the worker ends; they are kept and settled at the next start: {Broken}")]
        public static partial void Broken(ILogger logger, string broken);

        [LoggerMessage(
            LogLevel.Warning, "Receipts are kept and cannot be settled now; it is tried every second: {Why}")]
        public static partial void HeldUp(ILogger logger, string why);

        [LoggerMessage(LogLevel.Information, "Receipts are settled again")]
        public static partial void GoesOn(ILogger logger);
    }
}
