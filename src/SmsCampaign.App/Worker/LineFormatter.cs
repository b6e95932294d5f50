using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SmsCampaign.App.Worker;

/// <summary>
/// A line of the log a record, as <c>2025-07-30T01:00:00Z warn: Category[0] text</c>, whatever stands in it: line
/// breaks become spaces, numbers are masked, and what is not seen is shown by its code point. Under systemd
/// <see cref="JsonFormatter"/> stands in its place.
/// </summary>
sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(Name)
{
    public new const string Name = "line";

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var said = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var fault = logEntry.Exception is { } exception ? $" {exception}" : "";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {NameOf(logEntry.LogLevel)}: "
                + $"{logEntry.Category}[{logEntry.EventId.Id}] {LogMask.In($"{said}{fault}")}");
        textWriter.WriteLine(UnseenText.Show(line.ReplaceLineEndings(" ")));
    }

    static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
