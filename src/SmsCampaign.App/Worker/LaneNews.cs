using Microsoft.Extensions.Logging;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Worker;

/// <summary>Logs which lanes stop and go on, and which gateways take nothing and since when.</summary>
sealed partial class LaneNews(ILogger<LaneNews> logger)
{
    readonly OutageNews _outages = new(
        (lane, since, change) =>
            Log.TakesNothing(logger, lane, ProcessClock.FromMicros(since), LaneChangeWords.Of(change with { Until = null }, null, default).In(Language.English)),
        (lane, after) => Log.TakesAgain(logger, lane, after.TotalSeconds));

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

    /// <summary>Of a lane that was stopped before, and stays so whatever its row says.</summary>
    public void TellOfUnreadable(LaneStop stop)
    {
        if (stop.Unreadable is { } unreadable)
            Log.StaysStopped(logger, stop.Lane, unreadable.En, LaneStopWords.Advice(stop).En);
    }

    public void Tell(string lane, LaneChange change) => _outages.Note(lane, change);

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED, its account is not set up: {Reason}. {Advice}")]
        public static partial void Stopped(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED by a fault of the program: {Reason}. {Advice}")]
        public static partial void Faulted(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(LogLevel.Error, "Lane {Lane} stays STOPPED, and what is kept of it cannot be read: {Why} {Advice}")]
        public static partial void StaysStopped(ILogger logger, string lane, string why, string advice);

        [LoggerMessage(LogLevel.Information, "Lane {Lane} goes on")]
        public static partial void GoesOn(ILogger logger, string lane);

        [LoggerMessage(LogLevel.Warning, "Lane {Lane} hands nothing over since {Since:u}: {Why}. It is tried again and again; see 'sms-campaign doctor'.")]
        public static partial void TakesNothing(ILogger logger, string lane, DateTimeOffset since, string why);

        [LoggerMessage(LogLevel.Information, "Lane {Lane}: its gateway takes messages again, after {Seconds:0} s")]
        public static partial void TakesAgain(ILogger logger, string lane, double seconds);
    }
}
