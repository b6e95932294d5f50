using Microsoft.Extensions.Logging;
using SmsCampaign.Reports;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>Logs which lanes stop and go on.</summary>
sealed partial class LaneNews(ILogger<LaneNews> logger)
{
    /// <param name="stop">Null: it goes on.</param>
    public void Tell(string lane, LaneStop? stop)
    {
        if (stop is null)
            Log.GoesOn(logger, lane);
        else if (stop.Kind == LaneStopKind.Fault)
            Log.Faulted(logger, lane, NumberMask.In(stop.Reason), LaneStopWords.Advice(stop).En);
        else
            Log.Stopped(logger, lane, NumberMask.In(stop.Reason), LaneStopWords.Advice(stop).En);
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED, its account is not set up: {Reason}. {Advice}")]
        public static partial void Stopped(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED by a fault of the program: {Reason}. {Advice}")]
        public static partial void Faulted(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(LogLevel.Information, "Lane {Lane} goes on")]
        public static partial void GoesOn(ILogger logger, string lane);
    }
}
