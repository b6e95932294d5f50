using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Alerts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Alerts;

/// <summary>A book in a data folder, and a channel that keeps what it is given.</summary>
public abstract class AlertCase : IDisposable
{
    /// <summary>08:00 in Vietnam.</summary>
    private protected static readonly DateTimeOffset Eight = new(2026, 7, 30, 1, 0, 0, TimeSpan.Zero);
    private protected static readonly AlertPlace Place = new("Sở KH&CN", "may-1", "/var/lib/sms-campaign");

    private protected readonly TempFolder _folder = new();
    private protected readonly FakeTimeProvider _time = new(Eight);
    private protected readonly KeptChannel _channel = new();
    private protected readonly AlertSettings _settings = new();
    private protected readonly List<AlertReceiver> _receivers = [];
    private protected IRegistry _registry;

    protected AlertCase()
    {
        _registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));
        _receivers.Add(Receiver("An"));
    }

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected IAlerts Book => _registry.Alerts;

    private protected AlertPost Post => new(Book, _settings, Place, _time) { Receivers = _receivers };

    private protected AlertReceiver Receiver(
        string name, AlertSeverity from = AlertSeverity.Info, string? quiet = null) =>
        new(
            $"mail:{name}",
            new Wording(name, name),
            from,
            quiet is null ? null : QuietHours.Parse(quiet),
            _channel)
        {
            Person = new AlertPerson { Name = name, Mail = $"{name.ToLowerInvariant()}@so.example" },
        };

    private protected static Alert Some(
        AlertSeverity severity = AlertSeverity.Urgent,
        AlertKind kind = AlertKind.LaneStopped,
        string about = "viettel") =>
        new(
            kind,
            about,
            severity,
            Eight,
            new Wording($"kênh gửi '{about}' đã dừng hẳn", $"the lane '{about}' has stopped"),
            new Wording("Số 84912345678 bị từ chối.", "The number 84912345678 was refused."),
            new Wording("chạy 'sms-campaign resume'", "run 'sms-campaign resume'"));

    private protected void Raise(Alert alert) => Book.Raise(alert, _time.GetUtcNow());

    /// <summary>A turn.</summary>
    /// <returns>The subjects of what was told by it, without the installation's name.</returns>
    private protected async Task<IReadOnlyList<string>> TurnAsync(AlertPost? post = null)
    {
        var before = _channel.Told.Count;
        await (post ?? Post).PostAsync(CancellationToken.None);
        return [.. _channel.Told.Skip(before).Select(
            message => $"{message.Person!.Name}: {message.Subject["[SmsCampaign Sở KH&CN] ".Length..]}")];
    }

    private protected async Task<IReadOnlyList<string>> AfterAsync(TimeSpan wait)
    {
        _time.Advance(wait);
        return await TurnAsync();
    }

    /// <summary>Tells by keeping.</summary>
    private protected sealed class KeptChannel : IAlertChannel
    {
        public List<AlertMessage> Told { get; } = [];

        public int Tries { get; private set; }

        /// <summary>Why nothing is told now; null: it is.</summary>
        public Wording? Trouble { get; set; }

        /// <summary>Told so many, it is cut off; null: it is not.</summary>
        public int? CutOffAfter { get; set; }

        public Task SendAsync(
            IReadOnlyList<AlertMessage> messages, Action<int, Wording?> done, CancellationToken cancellationToken)
        {
            Tries++;
            for (var at = 0; at < messages.Count; at++)
            {
                if (Trouble is null)
                    Told.Add(messages[at]);
                if (at + 1 == CutOffAfter)
                    throw new OperationCanceledException();
                done(at, Trouble);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Sends, and says what came of each.</summary>
    private protected static async Task<IReadOnlyList<Wording?>> SendAsync(
        IAlertChannel channel, params IReadOnlyList<AlertMessage> messages)
    {
        var troubles = new Wording?[messages.Count];
        await channel.SendAsync(messages, (at, trouble) => troubles[at] = trouble, CancellationToken.None)
            .WaitAsync(Patience.ForAnything);
        return troubles;
    }
}
