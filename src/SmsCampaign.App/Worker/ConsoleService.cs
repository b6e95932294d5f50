using Microsoft.Extensions.Logging;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.App.Worker;

/// <summary>The web pages beside the worker (<c>console.listen</c>): nothing that goes wrong with them reaches sending
/// or receipts.</summary>
/// <remarks>Where the address cannot be had it says so, goes without, and tries again.</remarks>
sealed partial class ConsoleService(
    ConsolePlace place, IRegistry registry, TimeProvider time, ILoggerProvider log, ILogger<ConsoleService> logger)
    : SideService(time, logger)
{
    static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    readonly TaskCompletionSource<Uri> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where it listens, the port chosen included, once it does.</summary>
    public Task<Uri> Address => _opened.Task;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var told = "";
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var web = await ConsoleServer.CreateAsync(place, Time, log);
                await web.StartAsync(stopping);
                var address = new Uri(web.Urls.First());
                _opened.TrySetResult(address);
                Log.Listens(Logger, address);
                Tell(null);
                await Task.Delay(Timeout.InfiniteTimeSpan, Time, stopping).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
                await web.StopAsync(CancellationToken.None);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception cannot) // the edge of the service: sending goes on, whatever it is
            {
                var trouble = StorageFaults.Describe(cannot, place.Data);
                var why = trouble?.En ?? cannot.Message;
                if (why != told && trouble is not null)
                    Log.CannotOpen(Logger, why);
                else if (why != told)
                    Log.CannotListen(Logger, place.Listen, why);
                told = why;
                if (trouble is not null) // what else keeps them from being served does not mend a file
                    Tell(trouble);
            }

            await Task.Delay(TryAgain, Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Raises that a file keeps the pages from being served, or ends it.</summary>
    /// <param name="trouble">Null where none does.</param>
    void Tell(Wording? trouble)
    {
        try
        {
            AlertDesk.NotePages(registry, trouble, Time.GetUtcNow());
        }
        catch (LedgerException cannot) // the log has it, and the worker tells of its own file
        {
            Log.CannotTell(Logger, cannot.Message);
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "The web pages cannot be served: {Why} Sending and receipts go on without them, and it is tried again "
                + "every minute")]
        public static partial void CannotOpen(ILogger logger, string why);

        [LoggerMessage(LogLevel.Warning, "That the web pages are or are not served cannot be noted: {Why}")]
        public static partial void CannotTell(ILogger logger, string why);

        [LoggerMessage(LogLevel.Information, "The web pages are at {Address}")]
        public static partial void Listens(ILogger logger, Uri address);

        [LoggerMessage(
            LogLevel.Warning,
            "The web pages cannot be served at {Address} ({Why}). Sending and receipts go on without them, and it is "
                + "tried again every minute; end the program that has the address, or change console.listen, "
                + "console.certificate or console.certificateKey")]
        public static partial void CannotListen(ILogger logger, Uri address, string why);
    }
}
