using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>What came of telling somebody.</summary>
/// <param name="Receiver">As a person calls it.</param>
/// <param name="Trouble">Null where it was delivered.</param>
public sealed record AlertDelivery(RaisedAlert Alert, AlertNews News, Wording Receiver, Wording? Trouble);

/// <summary>What came of a test.</summary>
/// <param name="Key">As of <see cref="AlertReceiver.Key"/>.</param>
/// <param name="Receiver">As a person calls it.</param>
/// <param name="Trouble">Null where it was delivered.</param>
public sealed record TestDelivery(string Key, Wording Receiver, Wording? Trouble);

/// <summary>
/// Tells whoever is to be told, once each, and notes it. What was told and not noted, as a kill came between, is told
/// once more; nothing is lost. Used by one thread at a time.
/// </summary>
/// <param name="place">Where it is told from.</param>
public sealed class AlertPost(IAlerts book, AlertSettings settings, AlertPlace place, TimeProvider time)
{
    /// <summary>How long after something happened or was over it is tried to tell it; while it is so, always.</summary>
    public static readonly TimeSpan Patience = AlertTurn.Patience;

    /// <summary>Most that is told by one channel in a turn: what is worst first, the rest in the next.</summary>
    const int MostAtOnce = 50;

    /// <summary>What was told and could not be noted: it is not told again by this process.</summary>
    readonly Dictionary<(long, string), AlertTelling> _unnoted = [];

    internal IReadOnlyList<AlertReceiver> Receivers { get; init; } = AlertReceiver.All(settings, time);

    /// <summary>One for each channel of the settings, always in the same order.</summary>
    public static IReadOnlyList<AlertPost> OfEachChannel(
        IAlerts book, AlertSettings settings, AlertPlace place, TimeProvider time) =>
    [
        .. AlertReceiver.All(settings, time)
            .GroupBy(receiver => receiver.Channel)
            .Select(channel => new AlertPost(book, settings, place, time) { Receivers = [.. channel] }),
    ];

    Language Language => settings.Language == AlertLanguage.En ? Language.English : Language.Vietnamese;

    /// <summary>Tells what is due.</summary>
    /// <returns>What came of it.</returns>
    /// <exception cref="LedgerException">The book cannot be read or written now. What was told is not told again by
    /// this process.</exception>
    public async Task<IReadOnlyList<AlertDelivery>> PostAsync(CancellationToken cancellationToken)
    {
        NoteAgain();
        var now = time.GetUtcNow();
        var due = FindDue(now);
        var deliveries = new List<AlertDelivery>();
        Exception? unwritable = null;
        await Task.WhenAll(due
            .GroupBy(each => each.Receiver.Channel)
            .Select(channel => SendAsync(
                channel.Key,
                [.. channel.OrderByDescending(each => each.Raised.Alert.Severity).Take(MostAtOnce)],
                Done,
                cancellationToken)));

        if (unwritable is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(unwritable);
        return deliveries;

        // Each before the next is told: a kill leaves one that is told and not noted.
        void Done(Due each, Wording? trouble)
        {
            var telling = trouble is { } why
                ? AlertTurn.Failed(each.Raised, each.Before, each.Receiver, why, time.GetUtcNow())
                : AlertTurn.Told(each.Raised, each.Before, each.Receiver, each.News, time.GetUtcNow());
            lock (deliveries)
            {
                deliveries.Add(new AlertDelivery(each.Raised, each.News, each.Receiver.Words, trouble));
                try
                {
                    Note(telling);
                }
                catch (LedgerException cannot)
                {
                    unwritable = cannot;
                }
            }
        }
    }

    /// <summary>Tells every receiver that this is a test, and notes nothing.</summary>
    public async Task<IReadOnlyList<TestDelivery>> TestAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sent = await Task.WhenAll(Receivers.GroupBy(receiver => receiver.Channel).Select(async channel =>
        {
            var receivers = channel.ToList();
            var troubles = new Wording?[receivers.Count];
            await channel.Key.SendAsync(
                [.. receivers.Select(receiver => AlertMessage.Test(receiver, place, Language, now))],
                (at, trouble) => troubles[at] = trouble,
                cancellationToken);
            return receivers.Zip(troubles, (receiver, trouble) => new TestDelivery(
                receiver.Key, receiver.Words, trouble));
        }));
        return [.. sent.SelectMany(channel => channel)];
    }

    List<Due> FindDue(DateTimeOffset now)
    {
        var since = now - AlertTurn.Patience;
        var alerts = book.Read(since);
        if (alerts.Count == 0)
            return [];

        var known = book.ReadTold(since).ToDictionary(told => (told.Alert, told.Receiver));
        foreach (var (key, telling) in _unnoted)
            known[key] = telling;

        var due = new List<Due>();
        foreach (var raised in alerts)
        {
            foreach (var receiver in Receivers)
            {
                var before = known.GetValueOrDefault((raised.Id, receiver.Key));
                switch (AlertTurn.Of(raised, before, receiver, settings.RemindEvery, now))
                {
                    case AlertTurn.Owed:
                        Note(new AlertTelling(raised.Id, receiver.Key, Told: null, Times: 0, Failing: null));
                        break;
                    case AlertTurn.Tell tell:
                        due.Add(new Due(raised, tell.News, receiver, before));
                        break;
                }
            }
        }

        return due;
    }

    Task SendAsync(
        IAlertChannel channel,
        IReadOnlyList<Due> due,
        Action<Due, Wording?> done,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return channel.SendAsync(
            [.. due.Select(each => AlertMessage.Of(
                each.Raised, each.News, each.Before?.Times ?? 0, each.Receiver, place, Language, now))],
            (at, trouble) => done(due[at], trouble),
            cancellationToken);
    }

    void NoteAgain()
    {
        foreach (var telling in _unnoted.Values.ToList())
            Note(telling);
    }

    void Note(AlertTelling telling)
    {
        _unnoted[(telling.Alert, telling.Receiver)] = telling;
        book.Note(telling);
        _unnoted.Remove((telling.Alert, telling.Receiver));
    }

    sealed record Due(RaisedAlert Raised, AlertNews News, AlertReceiver Receiver, AlertTelling? Before);
}
