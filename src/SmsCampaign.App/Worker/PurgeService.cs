using Microsoft.Extensions.Logging;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>Erases numbers that were kept as long as the installation file says, when it is on.</summary>
sealed partial class PurgeService(
    DataFolder data, PrivacySettings settings, TimeProvider time, ILogger<PurgeService> logger)
    : SideService(time, logger)
{
    /// <summary>Several times a day: a day on which the worker ran at all is counted.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var rule = new PurgeRule(data, settings, Time);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var (run, result) in rule.Look())
                    Tell(run.Key, result);
            }
            catch (LedgerException cannot) // it is looked again
            {
                Log.Cannot(Logger, NumberMask.In(cannot.Message));
            }

            await Task.Delay(Every, Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Tell(string run, PurgeResult result)
    {
        switch (result)
        {
            case PurgeResult.Done done:
                Log.Done(Logger, run, done.Step.Counts.Messages, done.Step.Counts.Receipts);
                if (done.Left > 0)
                    Log.Left(Logger, run, done.Left);
                foreach (var why in done.Stale)
                    Log.Stale(Logger, run, NumberMask.In(why.En));
                break;
            case PurgeResult.CutOff(var why):
                Log.CutOff(Logger, run, NumberMask.In(why.En));
                break;
            case PurgeResult.Refused(var why):
                Log.Refused(Logger, run, NumberMask.In(string.Join(" ", why.Select(each => each.En))));
                break;
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Run}: numbers erased ({Messages} messages, {Receipts} receipts)")]
        public static partial void Done(ILogger logger, string run, long messages, long receipts);

        [LoggerMessage(LogLevel.Warning, "{Run}: {Receipts} raw receipts still have numbers that were to be erased")]
        public static partial void Left(ILogger logger, string run, long receipts);

        [LoggerMessage(LogLevel.Warning, "{Run}: run 'purge' again: {Why}")]
        public static partial void Stale(ILogger logger, string run, string why);

        [LoggerMessage(LogLevel.Error, "{Run}: erasing numbers was begun and is not done: {Why}")]
        public static partial void CutOff(ILogger logger, string run, string why);

        [LoggerMessage(LogLevel.Warning, "{Run}: numbers are due to be erased and cannot be: {Why}")]
        public static partial void Refused(ILogger logger, string run, string why);

        [LoggerMessage(LogLevel.Warning, "Whether numbers are due to be erased cannot be looked at now: {Why}")]
        public static partial void Cannot(ILogger logger, string why);
    }
}
