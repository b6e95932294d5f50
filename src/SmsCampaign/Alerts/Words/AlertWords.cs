using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts.Words;

/// <summary>What alerts are called.</summary>
public static class AlertWords
{
    public static Wording Of(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Info => new Wording("Thông báo", "Note"),
        AlertSeverity.Warning => new Wording("Cảnh báo", "Warning"),
        _ => new Wording("KHẨN", "URGENT"),
    };

    /// <param name="receiver">As it is stored: mail:ADDRESS, webhook or command.</param>
    public static Wording OfReceiver(string receiver) => receiver.Split(':', 2) switch
    {
        ["mail", var address] => new Wording($"địa chỉ thư {address}", $"the mail address {address}"),
        ["command"] => new Wording("lệnh 'command'", "the command"),
        _ => new Wording(receiver, $"the {receiver}"),
    };
}
