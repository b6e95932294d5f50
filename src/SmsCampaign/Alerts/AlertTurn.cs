using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>What a receiver is to be told of an alert now.</summary>
abstract record AlertTurn
{
    /// <summary>How long after something happened or was over it is tried to tell it. While it is so it is never given
    /// up: <see cref="MostWait"/> apart at the most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>How long after it was over it is told by whom nothing is known: a kill may have come between.</summary>
    public static readonly TimeSpan Afterwards = TimeSpan.FromHours(1);

    /// <summary>First wait after a failed try; doubles.</summary>
    static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    static readonly TimeSpan MostWait = TimeSpan.FromMinutes(30);

    AlertTurn()
    {
    }

    public sealed record Nothing : AlertTurn;

    /// <summary>It is told after the quiet hours: that is noted, as it may be over by then.</summary>
    public sealed record Owed : AlertTurn;

    public sealed record Tell(AlertNews News) : AlertTurn;

    /// <param name="raised">Not past for longer than <see cref="Patience"/>.</param>
    /// <param name="told">What the receiver knows of it; null: nothing.</param>
    public static AlertTurn Of(
        RaisedAlert raised, AlertTelling? told, AlertReceiver receiver, TimeSpan remindEvery, DateTimeOffset now)
    {
        if (FindNews(raised, told, receiver, remindEvery, now) is not { } news)
            return new Nothing();

        if (receiver.Quiet is { } quiet && raised.Alert.Severity < AlertSeverity.Urgent && quiet.Hold(now))
            return told is null ? new Owed() : new Nothing();

        // A clock that was set back must not keep anybody waiting.
        var isWaiting = told?.Failing is { } failing && failing.NextTry > now && failing.NextTry - now <= MostWait;
        return isWaiting ? new Nothing() : new Tell(news);
    }

    /// <summary>How it stands once it was told.</summary>
    public static AlertTelling Told(
        RaisedAlert raised, AlertTelling? before, AlertReceiver receiver, AlertNews news, DateTimeOffset now) =>
        new(
            raised.Id,
            receiver.Key,
            new AlertTold(news, raised.Alert.Severity, now),
            (before?.Times ?? 0) + 1,
            Failing: null);

    /// <summary>How it stands once a try has failed.</summary>
    public static AlertTelling Failed(
        RaisedAlert raised, AlertTelling? before, AlertReceiver receiver, Wording trouble, DateTimeOffset now)
    {
        var tries = (before?.Failing?.Tries ?? 0) + 1;
        return new AlertTelling(
            raised.Id,
            receiver.Key,
            before?.Told,
            before?.Times ?? 0,
            new AlertFailure(
                tries, before?.Failing?.Since ?? now, now + WaitAfter(tries), trouble));
    }

    /// <summary>When it was last tried in vain.</summary>
    public static DateTimeOffset LastTryOf(AlertFailure failing) => failing.NextTry - WaitAfter(failing.Tries);

    static TimeSpan WaitAfter(int tries)
    {
        var wait = tries > 10 ? MostWait : FirstWait * Math.Pow(2, tries - 1);
        return wait < MostWait ? wait : MostWait;
    }

    static AlertNews? FindNews(
        RaisedAlert raised, AlertTelling? known, AlertReceiver receiver, TimeSpan remindEvery, DateTimeOffset now)
    {
        var alert = raised.Alert;
        if (known is null && alert.Severity < receiver.From)
            return null;

        var told = known?.Told;
        if (alert.Kind.IsEvent())
            return told is null ? AlertNews.Raised : null;

        if (!raised.IsOpen)
            return told is { News: AlertNews.Over } || (known is null && now - raised.OverAt > Afterwards)
                ? null
                : AlertNews.Over;

        if (told is null || told.News == AlertNews.Over || alert.Severity > told.Severity)
            return AlertNews.Raised;

        return alert.Severity > AlertSeverity.Info && (now - told.At).Duration() >= remindEvery
            ? AlertNews.Reminder
            : null;
    }
}
