using Microsoft.Extensions.Logging;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Worker;

/// <summary>Logs which lanes stop and go on, and which gateways take nothing and since when.</summary>
sealed partial class LaneNews(ILogger<LaneNews> logger)
{
    readonly OutageNews _outages = new(
        (lane, since, change) =>
            Log.TakesNothing(
                logger,
                lane,
                ProcessClock.FromMicros(since),
                LaneChangeWords.Of(change with { Until = null }, null, default).In(Language.English)),
        (lane, after) => Log.TakesAgain(logger, lane, after.TotalSeconds));

    /// <summary>When it was last told of each lane that it is held as too fast, microseconds.</summary>
    readonly Dictionary<string, long> _throttled = [];

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

    /// <param name="stands">False: not any more.</param>
    public void Tell(StandingOrder order, bool stands)
    {
        if (stands && order.Unreadable is { } unreadable) // whom it names may have ordered nothing
            Log.Doubtful(logger, order.Kind, OrderWords.Scope(order).En, NumberMask.In(unreadable.En));
        else if (stands)
            Log.Ordered(logger, order.Kind, OrderWords.Scope(order).En, OrderWords.Given(
                order, order.At is { } at ? new Wording($"{at.UtcDateTime:u}", $"{at.UtcDateTime:u}") : null).En);
        else
            Log.Lapsed(logger, order.Kind, OrderWords.Scope(order).En);
    }

    /// <param name="trouble">Null: there is none any more.</param>
    public void TellOfTrouble(Exception? trouble)
    {
        if (trouble is null)
            Log.OrdersAreRead(logger);
        else
            Log.OrdersAreUnread(logger, FaultWords.Of(trouble).En);
    }

    /// <summary>Of a lane that was stopped before, and stays so whatever its row says.</summary>
    public void TellOfUnreadable(LaneStop stop)
    {
        if (stop.Unreadable is { } unreadable)
            Log.StaysStopped(logger, stop.Lane, unreadable.En, LaneStopWords.Advice(stop).En);
    }

    public void Tell(string lane, LaneChange change)
    {
        _outages.Note(lane, change);
        TellOfTrial(lane, change);
        if (change is { Kind: LaneChangeKind.Throttled, Until: { } until }
            && until - change.At >= (long)OutageNews.Notable.TotalMicroseconds
            && IsDue(lane, change.At))
            Log.IsThrottled(logger, lane, ProcessClock.FromMicros(until));
    }

    void TellOfTrial(string lane, LaneChange change)
    {
        var words = change.Trial is null ? "" : LaneTrialWords.Of(change).En;
        if (change.Kind == LaneChangeKind.TrialHeld)
            Log.Held(logger, lane, words);
        else if (change.Kind is LaneChangeKind.TrialBegun or LaneChangeKind.TrialPassed or LaneChangeKind.TrialReleased)
            Log.Tried(logger, lane, words);
    }

    /// <summary>A gateway that goes on saying so is told of as seldom as one that is away.</summary>
    bool IsDue(string lane, long at)
    {
        lock (_throttled)
        {
            if (_throttled.TryGetValue(lane, out var told) && at - told < (long)OutageNews.ToldAgain.TotalMicroseconds)
                return false;

            _throttled[lane] = at;
            return true;
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Stands, whoever ordered it: {Kind}, {Scope}. {Why}")]
        public static partial void Doubtful(ILogger logger, OrderKind kind, string scope, string why);

        [LoggerMessage(LogLevel.Warning, "Ordered by a person: {Kind}, {Scope}, {Given}")]
        public static partial void Ordered(ILogger logger, OrderKind kind, string scope, string given);

        [LoggerMessage(LogLevel.Warning, "No longer stands: {Kind}, {Scope}")]
        public static partial void Lapsed(ILogger logger, OrderKind kind, string scope);

        [LoggerMessage(
            LogLevel.Error, "What persons ordered cannot be read, and nothing is sent until it can: {Why}")]
        public static partial void OrdersAreUnread(ILogger logger, string why);

        [LoggerMessage(LogLevel.Warning, "What persons ordered can be read again")]
        public static partial void OrdersAreRead(ILogger logger);

        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED, its account is not set up: {Reason}. {Advice}")]
        public static partial void Stopped(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(LogLevel.Error, "Lane {Lane} has STOPPED by a fault of the program: {Reason}. {Advice}")]
        public static partial void Faulted(ILogger logger, string lane, string reason, string advice);

        [LoggerMessage(
            LogLevel.Error, "Lane {Lane} stays STOPPED, and what is kept of it cannot be read: {Why} {Advice}")]
        public static partial void StaysStopped(ILogger logger, string lane, string why, string advice);

        [LoggerMessage(LogLevel.Error, "Lane {Lane}: {Words}. See 'status' and 'resume'")]
        public static partial void Held(ILogger logger, string lane, string words);

        [LoggerMessage(LogLevel.Information, "Lane {Lane}: {Words}")]
        public static partial void Tried(ILogger logger, string lane, string words);

        [LoggerMessage(LogLevel.Information, "Lane {Lane} goes on")]
        public static partial void GoesOn(ILogger logger, string lane);

        [LoggerMessage(LogLevel.Warning, "Lane {Lane} hands nothing over since {Since:u}: {Why}. "
            + "It is tried again and again; see 'sms-campaign doctor'.")]
        public static partial void TakesNothing(ILogger logger, string lane, DateTimeOffset since, string why);

        [LoggerMessage(LogLevel.Warning, "Lane {Lane}: its gateway says that it is called too fast; "
            + "nothing is handed over until {Until:u}. See 'status --history'")]
        public static partial void IsThrottled(ILogger logger, string lane, DateTimeOffset until);

        // It may take messages, or say why it does not.
        [LoggerMessage(LogLevel.Information, "Lane {Lane}: its gateway answers again, after {Seconds:0} s")]
        public static partial void TakesAgain(ILogger logger, string lane, double seconds);
    }
}
