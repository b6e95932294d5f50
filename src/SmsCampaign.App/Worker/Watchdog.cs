using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Looks whether the loops go on that must not stand still (<see cref="LoopWatch"/>), logs which hang, and tells
/// systemd, where it waits for that, that the worker lives. Where one hangs that is vital it says nothing more, and
/// systemd starts the worker again (WatchdogSec). A lane that hangs keeps nothing from going on but itself, and may
/// hang again as often as the worker is started: of that the log, the alerts and the health say what persons must know.
/// </summary>
/// <param name="notifier">Null where systemd does not wait for this process.</param>
sealed partial class Watchdog(
    LoopWatch loops, ISystemdNotifier? notifier, TimeSpan every, TimeProvider time, ILogger<Watchdog> logger)
    : SideService(time, logger)
{
    /// <summary>How often it is looked where nobody says.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    IReadOnlyList<StuckLoop> _told = [];

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

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Look();
            await Task.Delay(every, Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Each that hangs is logged once, and once more when it goes on.</summary>
    internal void Look()
    {
        var stuck = loops.FindStuck();
        foreach (var loop in stuck.Except(_told))
        {
            if (loop.IsVital)
                Log.Stuck(Logger, loop.Name, loop.Since);
            else
                Log.StandsStill(Logger, loop.Name, loop.Since);
        }

        foreach (var loop in _told.Except(stuck))
            Log.GoesOn(Logger, loop.Name, loop.Since);
        _told = stuck;
        if (!stuck.Any(loop => loop.IsVital))
            Tell();
    }

    void Tell()
    {
        try
        {
            notifier?.Notify(new ServiceState("WATCHDOG=1"));
        }
        catch (SocketException) // nobody listens now: it is told the next time
        {
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Critical,
            "The loop '{Loop}' has not gone on since {Since:u}, and the worker does nothing of it any more: under "
                + "systemd it is started again by itself, elsewhere start it again. Nothing is sent twice")]
        public static partial void Stuck(ILogger logger, string loop, DateTimeOffset since);

        [LoggerMessage(
            LogLevel.Critical,
            "The loop '{Loop}' has not gone on since {Since:u}: what it does stands still, everything else goes on. "
                + "Tell your engineer; the service started again begins it anew, and nothing is sent twice")]
        public static partial void StandsStill(ILogger logger, string loop, DateTimeOffset since);

        [LoggerMessage(
            LogLevel.Warning, "The loop '{Loop}', which had not gone on since {Since:u}, goes on or has ended")]
        public static partial void GoesOn(ILogger logger, string loop, DateTimeOffset since);
    }
}
