using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SmsCampaign.Installations;

namespace SmsCampaign.App.Worker;

/// <summary>Where and how the worker's log is written: to stderr, for stdout is for what a script reads.</summary>
static class WorkerLog
{
    public static void Add(ILoggingBuilder logging, LogForm form, TimeProvider time)
    {
        var isJournal = IsJournal(Environment.GetEnvironmentVariable);
        logging.ClearProviders();
        logging.AddConsole();
        logging.Services.AddSingleton<ConsoleFormatter>(new LineFormatter(time));
        logging.Services.AddSingleton<ConsoleFormatter>(new JsonFormatter(time, isJournal));

        // Last: under systemd the host would have a form of its own.
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console => (
            console.FormatterName, console.LogToStandardErrorThreshold) = (
            NameOf(form, isJournal), LogLevel.Trace));

        // Requests are not logged at all: a receipt's address can hold a phone number.
        logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Quartz", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning);

        // What keeps it from starting is thrown to the verb, which says it; of what breaks later each service tells.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    /// <summary>The same log, for the pages, which are a host of their own.</summary>
    public static ILoggerProvider ForPages(IServiceProvider services) =>
        services.GetServices<ILoggerProvider>().First();

    /// <summary>The same log, for pages that are a process of their own.</summary>
    /// <returns>Of services that the caller disposes.</returns>
    public static ServiceProvider AddAlone(LogForm form, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => Add(logging, form, time));
        return services.BuildServiceProvider();
    }

    /// <summary>Whether what is written goes to journald. A shell of a desktop has some of the same variables, and no
    /// socket to notify.</summary>
    public static bool IsJournal(Func<string, string?> environment) =>
        SystemdHelpers.IsSystemdService()
        || (environment("JOURNAL_STREAM") is { Length: > 0 } && environment("NOTIFY_SOCKET") is { Length: > 0 });

    public static string NameOf(LogForm form, bool isJournal) => form switch
    {
        LogForm.Json => JsonFormatter.Name,
        LogForm.Text => LineFormatter.Name,
        _ => isJournal ? JsonFormatter.Name : LineFormatter.Name,
    };
}
