using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Tells systemd that the worker lives, as long as every loop of it goes on that must not stand still
/// (<see cref="LoopWatch"/>). Where one hangs it says nothing more, and systemd starts the worker again (WatchdogSec).
/// </summary>
sealed partial class Watchdog(
    LoopWatch loops, ISystemdNotifier notifier, TimeSpan every, TimeProvider time, ILogger<Watchdog> logger)
    : BackgroundService
{
    /// <summary>How often systemd must be told, at a quarter of what it waits.</summary>
    /// <param name="environment">Variables: WATCHDOG_USEC, microseconds, and WATCHDOG_PID, whom it is for
    /// (sd_watchdog_enabled(3)).</param>
    /// <returns>Null where it does not wait for this process.</returns>
    public static TimeSpan? FindInterval(Func<string, string?> environment) =>
        long.TryParse(environment("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out var micros)
        && micros > 0
        && (environment("WATCHDOG_PID") is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(micros) / 4
            : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // off the host's start
        while (!stoppingToken.IsCancellationRequested)
        {
            Look();
            await Task.Delay(every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal void Look()
    {
        var stuck = loops.FindStuck();
        if (stuck.Count == 0)
            Tell();
        foreach (var (name, since) in stuck)
            Log.Stuck(logger, name, since);
    }

    void Tell()
    {
        try
        {
            notifier.Notify(new ServiceState("WATCHDOG=1"));
        }
        catch (SocketException) // nobody listens now: it is told the next time
        {
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Critical,
            "The loop '{Loop}' has not gone on since {Since:u}: systemd is not told any more that the worker lives, "
                + "and starts it again. Nothing is sent twice")]
        public static partial void Stuck(ILogger logger, string loop, DateTimeOffset since);
    }
}
