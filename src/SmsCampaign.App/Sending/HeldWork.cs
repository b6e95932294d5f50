namespace SmsCampaign.App.Sending;

/// <summary>
/// Work that reads files, on a thread of its own: a share that does not answer holds whoever reads from it, and whoever
/// is held hears no stop. It is left behind then, and what it was at is told.
/// </summary>
sealed class HeldWork(TimeProvider time)
{
    /// <summary>How long what is stopped may take to end by itself.</summary>
    public static readonly TimeSpan LongestEnding = TimeSpan.FromMilliseconds(700);

    volatile StepWords? _step;

    /// <summary>What is being done, as "reading the file …".</summary>
    public Wording Step => _step?.Words ?? default;

    public void Begin(Wording step) => _step = new StepWords(step);

    /// <summary>Does the work. Once it is stopped it has <see cref="LongestEnding"/> to end.</summary>
    /// <returns>Null where it did not end and was left behind; the process must end soon.</returns>
    public async Task<T?> RunAsync<T>(Func<T> work, CancellationToken stopping)
        where T : class
    {
        var working = Task.Factory.StartNew(
            work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
        if (await Task.WhenAny(working, stopped) != working)
            await Task.WhenAny(working, Task.Delay(LongestEnding, time, CancellationToken.None));

        return working.IsCompleted ? await working : null;
    }

    sealed record StepWords(Wording Words);
}
