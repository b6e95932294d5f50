using System.Runtime.CompilerServices;

namespace SmsCampaign;

/// <summary>How work goes on beside its caller's: on the pool's threads, or, under <see cref="VirtualTime"/>, each in
/// its turn on one.</summary>
static class Turns
{
    /// <summary>Waits for it to end and throws nothing of it.</summary>
    public static ConfiguredTaskAwaitable Quietly(this Task task) => task.ConfigureAwait(
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    /// <summary>Does something soon, and not within this call.</summary>
    public static void Queue<T>(Action<T> work, T state)
    {
        if (VirtualTime.Turns is { } turns)
            turns.Post(_ => work(state), null);
        else
            ThreadPool.UnsafeQueueUserWorkItem(work, state, preferLocal: false);
    }

    /// <summary>Cancels, and ends when whoever waits for that has been told: on the pool's threads, or under
    /// <see cref="VirtualTime"/> at once, so that no time passes meanwhile.</summary>
    public static Task CancelInTurnAsync(this CancellationTokenSource source)
    {
        if (VirtualTime.Turns is null)
            return source.CancelAsync();

        source.Cancel();
        return Task.CompletedTask;
    }

    /// <summary>Begins something soon, and not within this call.</summary>
    public static Task RunAsync(Func<Task> work)
    {
        return VirtualTime.Turns is null ? Task.Run(work) : InTurnAsync();

        async Task InTurnAsync()
        {
            await Task.Yield();
            await work();
        }
    }
}
