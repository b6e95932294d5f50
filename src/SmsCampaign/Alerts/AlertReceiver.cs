using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>Somebody or something that is told, by one channel.</summary>
/// <param name="Key">Stored with what was told: mail:ADDRESS, webhook or command.</param>
/// <param name="Words">As a person calls it.</param>
sealed record AlertReceiver(string Key, Wording Words, AlertSeverity From, QuietHours? Quiet, IAlertChannel Channel)
{
    /// <summary>Every receiver of the settings.</summary>
    /// <param name="time">For the limits of time of its channels.</param>
    public static IReadOnlyList<AlertReceiver> All(AlertSettings settings, TimeProvider time)
    {
        var receivers = new List<AlertReceiver>();
        if (settings.Smtp is { } smtp)
        {
            var mail = new MailChannel(smtp, time);
            receivers.AddRange(settings.Persons.Select(person => new AlertReceiver(
                $"mail:{person.Mail.ToLowerInvariant()}",
                new Wording($"{person.Name}, thư tới {person.Mail}", $"{person.Name}, mail to {person.Mail}"),
                person.SeverityFrom,
                person.Quiet,
                mail)
            {
                Person = person,
            }));
        }

        if (settings.Webhook is { } webhook)
        {
            receivers.Add(new AlertReceiver(
                "webhook",
                new Wording($"webhook {webhook.Url!.Host}", $"webhook {webhook.Url.Host}"),
                webhook.SeverityFrom,
                webhook.Quiet,
                new WebhookChannel(webhook, time)));
        }

        if (settings.Command is { } command)
        {
            var file = Path.GetFileName(command.Path);
            receivers.Add(new AlertReceiver(
                "command",
                new Wording($"lệnh {file}", $"command {file}"),
                command.SeverityFrom,
                command.Quiet,
                new HookChannel(command, time)));
        }

        return receivers;
    }

    /// <summary>Who gets the mail; null of a channel that belongs to nobody.</summary>
    public AlertPerson? Person { get; init; }
}

/// <summary>One way in which receivers are told.</summary>
interface IAlertChannel
{
    /// <summary>Tells each of them within a time of its own, and never throws but where it is cancelled.</summary>
    /// <param name="done">Called as each is done, before the next: its place, and what kept it from being told; null
    /// of one that was.</param>
    Task SendAsync(
        IReadOnlyList<AlertMessage> messages, Action<int, Wording?> done, CancellationToken cancellationToken);
}
