using Microsoft.Extensions.Logging;
using SmsCampaign.Reports;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>Logs which lanes stop and go on, and which gateways take nothing and since when.</summary>
sealed partial class LaneNews(ILogger<LaneNews> logger)
{
    /// <summary>A gateway that is back sooner is no news.</summary>
    public static readonly TimeSpan Notable = TimeSpan.FromSeconds(10);

    /// <summary>How often it is said that a gateway still takes nothing.</summary>
    public static readonly TimeSpan SaidAgain = TimeSpan.FromMinutes(10);

    readonly Lock _lock = new();
    readonly Dictionary<string, Outage> _outages = [];

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

    /// <summary>A gateway is tried every few seconds while it takes nothing, and each try is a change.</summary>
    public void Tell(string lane, LaneChange change)
    {
        lock (_lock)
        {
            switch (change.Kind)
            {
                case LaneChangeKind.NotTaken or LaneChangeKind.Breaker:
                    Note(lane, change);
                    break;
                case LaneChangeKind.Answered when _outages.Remove(lane, out var outage) && outage.SaidAt is not null:
                    Log.TakesAgain(logger, lane, TimeSpan.FromMicroseconds(change.At - outage.Since).TotalSeconds);
                    break;
            }
        }
    }

    void Note(string lane, LaneChange change)
    {
        if (!_outages.TryGetValue(lane, out var outage))
            _outages[lane] = outage = new Outage(change.At, SaidAt: null);

        var isDue = outage.SaidAt is { } said
            ? change.At - said >= (long)SaidAgain.TotalMicroseconds
            : change.Kind == LaneChangeKind.Breaker || change.At - outage.Since >= (long)Notable.TotalMicroseconds;
        if (!isDue)
            return;

        _outages[lane] = outage with { SaidAt = change.At };
        Log.TakesNothing(logger, lane, ProcessClock.FromMicros(outage.Since), LaneChangeWords.Of(change with { Until = null }, null, default).En);
    }

    /// <param name="Since">Microseconds, as are all of a <see cref="LaneChange"/>.</param>
    /// <param name="SaidAt">Null where it is not said yet.</param>
    readonly record struct Outage(long Since, long? SaidAt);

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED, its account is not set up: {Reason}. {Advice}")]
        public static partial void Stopped(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED by a fault of the program: {Reason}. {Advice}")]
        public static partial void Faulted(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(LogLevel.Information, "Lane {Lane} goes on")]
        public static partial void GoesOn(ILogger logger, string lane);

        [LoggerMessage(LogLevel.Warning, "Lane {Lane} hands nothing over since {Since:u}: {Why}. It is tried again and again; see 'sms-campaign doctor'.")]
        public static partial void TakesNothing(ILogger logger, string lane, DateTimeOffset since, string why);

        [LoggerMessage(LogLevel.Information, "Lane {Lane}: its gateway takes messages again, after {Seconds:0} s")]
        public static partial void TakesAgain(ILogger logger, string lane, double seconds);
    }
}
