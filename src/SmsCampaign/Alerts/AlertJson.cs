using System.Text.Encodings.Web;
using System.Text.Json;
using SmsCampaign.Storage;

namespace SmsCampaign.Alerts;

/// <summary>An alert as a webhook and a command get it; every field stands in config/COMMANDS.md. Times are
/// UTC.</summary>
static class AlertJson
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for programs; no page shows it as it is
    };

    /// <returns>UTF-8.</returns>
    public static byte[] Of(AlertMessage message) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            message.Id,
            message.News,
            message.Kind,
            Severity = message.Severity.ToString().ToLowerInvariant(),
            message.About,
            message.Subject,
            message.Text,
            Since = message.Since.ToSql(),
            OverAt = message.OverAt?.ToSql(),
            At = message.At.ToSql(),
            Installation = message.Place.Name,
            message.Place.Host,
            message.Place.Folder,
        },
        Options);
}
