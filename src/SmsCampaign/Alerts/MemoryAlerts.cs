using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>What persons are to be told where ledger.db cannot be read or written: of that they must be told too. Gone
/// with the process. Safe for several threads.</summary>
public sealed class MemoryAlerts : IAlerts
{
    readonly Lock _lock = new();
    readonly List<RaisedAlert> _alerts = [];
    readonly Dictionary<(long, string), AlertTelling> _told = [];

    public void Raise(Alert alert, DateTimeOffset now)
    {
        lock (_lock)
        {
            var at = _alerts.FindLastIndex(
                each => each.Alert.IsOf(alert) && (each.IsOpen || alert.Kind.IsEvent()));
            if (at < 0)
                _alerts.Add(new RaisedAlert(_alerts.Count + 1, alert, now, alert.Kind.IsEvent() ? now : null));
            else if (_alerts[at].IsOpen)
                _alerts[at] = _alerts[at] with { Alert = alert with { Since = _alerts[at].Alert.Since } };
        }
    }

    public bool SetOver(AlertKind kind, string about, DateTimeOffset now, Wording? how = null)
    {
        lock (_lock)
        {
            var at = _alerts.FindIndex(each => each.IsOpen && (each.Alert.Kind, each.Alert.About) == (kind, about));
            if (at >= 0)
                _alerts[at] = _alerts[at] with
                {
                    Alert = _alerts[at].Alert with { What = how ?? _alerts[at].Alert.What },
                    OverAt = now,
                };
            return at >= 0;
        }
    }

    public IReadOnlyList<RaisedAlert> Read(DateTimeOffset overSince)
    {
        lock (_lock)
            return [.. _alerts.Where(each => each.IsOpen || each.OverAt >= overSince)];
    }

    public IReadOnlyList<AlertTelling> ReadTold(DateTimeOffset overSince)
    {
        lock (_lock)
            return [.. _told.Values];
    }

    public void Note(AlertTelling telling)
    {
        lock (_lock)
            _told[(telling.Alert, telling.Receiver)] = telling;
    }
}
