using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SmsCampaign.Tests.Support;

/// <summary>Keeps what is logged.</summary>
sealed class KeptLog : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<(string Text, Exception? Thrown)> _lines = new();

    /// <summary>What is below it is left out.</summary>
    public LogLevel From { get; init; } = LogLevel.Warning;

    public IReadOnlyCollection<(string Text, Exception? Thrown)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= From;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _lines.Enqueue((formatter(state, exception), exception));
    }

    public void Dispose()
    {
    }
}
