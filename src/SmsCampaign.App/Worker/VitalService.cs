using Microsoft.Extensions.Hosting;
using SmsCampaign.Messages;

namespace SmsCampaign.App.Worker;

/// <summary>
/// A part of the worker without which it must not go on: where it breaks the process ends, and whoever watches over it
/// starts it again.
/// </summary>
abstract class VitalService(IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>Whether the process ends because something is broken.</summary>
    public bool Failed => Broken is not null;

    /// <summary>What broke first; null where nothing did.</summary>
    public Exception? Broken { get; private set; }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the host's start: there may be much to read.
        await Task.Yield();

        await GuardAsync(() => RunAsync(stoppingToken), stoppingToken);
        await GuardAsync(EndAsync, stoppingToken);
    }

    protected abstract Task RunAsync(CancellationToken stopping);

    /// <param name="broken">Where and how, without a whole number: what was thrown may hold
    /// whatever it was about.</param>
    protected abstract void LogBroken(string broken);

    /// <summary>Whether an exception is how it ends when it is asked to stop.</summary>
    protected virtual bool EndsSo(Exception ended) => ended is OperationCanceledException;

    /// <summary>What is left to do however it ended.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    protected void Fail(Exception broken)
    {
        LogBroken(NumberMask.In($"{broken}"));
        Broken ??= broken;
    }

    async Task GuardAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (Exception ended) when (
            (stopping.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested) && EndsSo(ended))
        {
        }
        catch (Exception broken) // the edge of the service
        {
            Fail(broken);
            lifetime.StopApplication();
        }
    }
}
