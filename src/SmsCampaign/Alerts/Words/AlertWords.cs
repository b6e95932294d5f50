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
}
