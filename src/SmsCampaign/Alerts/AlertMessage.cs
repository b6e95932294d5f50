using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>Where this is told from.</summary>
/// <param name="Name">Of the installation.</param>
/// <param name="Host">Name of the machine.</param>
/// <param name="Folder">Data folder.</param>
public sealed record AlertPlace(string Name, string Host, string Folder)
{
    public static AlertPlace Of(AlertSettings settings, string folder) =>
        new(settings.Name ?? Environment.MachineName, Environment.MachineName, folder);
}

/// <summary>One message to one receiver, as it is read. No number in it is whole.</summary>
/// <param name="Id">The same of each try, so that a receiver can tell a message that came twice.</param>
sealed record AlertMessage(
    string Id,
    string News,
    string Kind,
    AlertSeverity Severity,
    string About,
    string Subject,
    string Text,
    DateTimeOffset Since,
    DateTimeOffset? OverAt,
    DateTimeOffset At,
    AlertPlace Place,
    AlertPerson? Person)
{
    /// <param name="news">What is said of it.</param>
    /// <param name="times">How often this receiver was told of it before.</param>
    public static AlertMessage Of(
        RaisedAlert raised,
        AlertNews news,
        int times,
        AlertReceiver receiver,
        AlertPlace place,
        Language language,
        DateTimeOffset now)
    {
        var text = new AlertText(raised, news, times, place);
        return new AlertMessage(
            $"{place.Host}-{ProcessClock.ToMicros(raised.RaisedAt)}-{raised.Id}-{times}",
            news.ToString().ToLowerInvariant(),
            raised.Alert.Kind.ToWord(),
            raised.Alert.Severity,
            NumberMask.In(raised.Alert.About),
            NumberMask.In(text.Subject.In(language)),
            NumberMask.In(text.Body.In(language)),
            raised.Alert.Since,
            raised.OverAt,
            now,
            place,
            receiver.Person);
    }

    /// <summary>One that only shows that it comes.</summary>
    public static AlertMessage Test(AlertReceiver receiver, AlertPlace place, Language language, DateTimeOffset now) =>
        new(
            $"{place.Host}-{ProcessClock.ToMicros(now)}-test",
            "test",
            "test",
            AlertSeverity.Info,
            "",
            AlertText.TestSubject(place).In(language),
            AlertText.TestBody(place, receiver.Words).In(language),
            now,
            null,
            now,
            place,
            receiver.Person);
}
