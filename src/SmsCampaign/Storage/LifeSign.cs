using System.Text.Json;

namespace SmsCampaign.Storage;

/// <summary>What the process that sends from a data folder last wrote of itself.</summary>
/// <param name="Verb">worker or send.</param>
/// <param name="Pid">Of the operating system.</param>
/// <param name="Host">Name of its machine.</param>
/// <param name="Since">When it began.</param>
/// <param name="At">When it wrote this.</param>
/// <param name="EndedAt">When it ended as it was asked to; null while it runs, and where it was cut off.</param>
public sealed record LifeSign(
    string Verb, int Pid, string Host, DateTimeOffset Since, DateTimeOffset At, DateTimeOffset? EndedAt = null)
{
    /// <summary>A process that runs writes more often than this; one that has not for longer is stuck.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);

    /// <summary>Of the program (<see cref="ProgramVersion"/>); null of a version before this was written.</summary>
    public string? Version { get; init; }

    /// <summary>The account it runs by, as of <see cref="Who.Account"/>; null as above.</summary>
    public string? Account { get; init; }

    public bool IsStale(DateTimeOffset now) => now - At > StaleAfter;

    /// <returns>Null where no process has written one, or it cannot be read: nothing is known then.</returns>
    public static LifeSign? Read(DataFolder data)
    {
        try
        {
            return File.Exists(data.LifeSign)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(data.LifeSign), StorageJson.Default.LifeSign)
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// Writes the signs of life of this process, which holds the <see cref="SendingLock"/>. Whoever looks at the data
/// folder sees by them whether it still does its work, which the lock alone does not tell.
/// </summary>
public sealed class LifeSigns(DataFolder data, string verb, TimeProvider time)
{
    /// <summary>How often one is written at most.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    readonly DateTimeOffset _since = time.GetUtcNow();
    DateTimeOffset _lastAt = DateTimeOffset.MinValue;

    /// <summary>It goes on. To be called from the loop that must not stand still.</summary>
    public void Give()
    {
        var now = time.GetUtcNow();
        if (now >= _lastAt && now - _lastAt < Every)
            return;

        _lastAt = now;
        Write(now, endedAt: null);
    }

    /// <summary>Gives signs while work goes on, and says that it ended where it did as it should: of what breaks off
    /// the last sign stays.</summary>
    public async Task WhileAsync(Func<Task> work)
    {
        using var over = new CancellationTokenSource();
        var giving = GiveUntilAsync(over.Token);
        try
        {
            await work();
        }
        finally
        {
            await over.CancelAsync();
            await giving;
        }

        End();
    }

    async Task GiveUntilAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            Give();
            await Task.Delay(Every, time, done).Quietly();
        }
    }

    /// <summary>It ends as it was asked to.</summary>
    public void End()
    {
        var now = time.GetUtcNow();
        Write(now, endedAt: now);
    }

    /// <summary>Under its name at once: nobody reads half of it. Nothing depends on it, so that what cannot be
    /// written now is not.</summary>
    void Write(DateTimeOffset now, DateTimeOffset? endedAt)
    {
        try
        {
            var unfinished = data.LifeSign + ".unfinished";
            File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(
                new LifeSign(verb, Environment.ProcessId, Environment.MachineName, _since, now, endedAt)
                {
                    Version = ProgramVersion.Current,
                    Account = Who.Here(null).Account,
                },
                StorageJson.Default.LifeSign));
            File.Move(unfinished, data.LifeSign, overwrite: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // It goes stale, and so says that something is wrong.
        }
    }
}
