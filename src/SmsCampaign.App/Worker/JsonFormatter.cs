using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SmsCampaign.App.Worker;

/// <summary>
/// A JSON object a record, each on a line: time (UTC), level, category, event, message, what the message is made of as
/// fields, and the fault, numbers masked. To journald the line begins with how urgent it is (sd-daemon(3)), which it
/// takes off and keeps.
/// </summary>
sealed class JsonFormatter(TimeProvider time, bool toJournal) : ConsoleFormatter(Name)
{
    public new const string Name = "json-line";

    /// <summary>Of a record's state: the message with its holes.</summary>
    const string Template = "{OriginalFormat}";

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString().ToLowerInvariant());
            json.WriteString("category", logEntry.Category);
            json.WriteString("event", logEntry.EventId.Name ?? "");
            json.WriteString("message", Show(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            WriteFields(json, logEntry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
            if (logEntry.Exception is { } fault)
                json.WriteString("fault", Show(fault.ToString()));
            json.WriteEndObject();
        }

        if (toJournal)
            textWriter.Write($"<{PriorityOf(logEntry.LogLevel)}>");
        textWriter.WriteLine(Encoding.UTF8.GetString(line.ToArray()));
    }

    /// <summary>Masked first: a mark that is not seen parts no number.</summary>
    static string Show(string text) => UnseenText.Show(LogMask.In(text));

    static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> state)
    {
        json.WriteStartObject("fields");
        foreach (var (name, value) in state)
        {
            if (name == Template)
                continue;

            var field = JsonNamingPolicy.CamelCase.ConvertName(name);
            switch (value)
            {
                case int or long or short or byte:
                    json.WriteNumber(field, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case double number when double.IsFinite(number):
                    json.WriteNumber(field, number);
                    break;
                case bool flag:
                    json.WriteBoolean(field, flag);
                    break;
                case DateTimeOffset moment:
                    json.WriteString(field, moment.UtcDateTime);
                    break;
                default:
                    json.WriteString(field, Show(Convert.ToString(
                        value, System.Globalization.CultureInfo.InvariantCulture) ?? ""));
                    break;
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Of syslog(3).</summary>
    static int PriorityOf(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };
}
