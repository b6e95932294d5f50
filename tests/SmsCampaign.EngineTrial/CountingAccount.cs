using Npgsql;

namespace SmsCampaign.EngineTrial;

/// <summary>
/// What a node does for an account as long as its engine says that the account is its own: it takes an epoch, and
/// counts under it, so that nobody counts under an epoch that another has followed.
/// </summary>
sealed class CountingAccount(string account, Node node, NpgsqlDataSource database, BeliefLog log)
{
    static readonly TimeSpan BetweenBeliefs = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan BetweenCounts = TimeSpan.FromMilliseconds(50);

    long _epoch;

    /// <summary>Until it is the node's no longer.</summary>
    public async Task RunAsync(CancellationToken ends)
    {
        await Task.WhenAll(BelieveAsync(ends), CountAsync(ends));
    }

    async Task BelieveAsync(CancellationToken ends)
    {
        while (!ends.IsCancellationRequested)
        {
            log.Write(account, _epoch, "owner");
            await DelayAsync(BetweenBeliefs, ends);
        }
    }

    async Task CountAsync(CancellationToken ends)
    {
        while (!ends.IsCancellationRequested)
        {
            try
            {
                if (_epoch == 0)
                    _epoch = await TakeEpochAsync(ends);
                log.Write(account, _epoch, await CountOnceAsync(ends) ? "counted" : "fenced");
            }
            catch (Exception unreachable) when (
                unreachable is NpgsqlException or OperationCanceledException or TimeoutException)
            {
                // The database is away, or the account is: what is next says which.
            }

            await DelayAsync(BetweenCounts, ends);
        }
    }

    async Task<long> TakeEpochAsync(CancellationToken ends)
    {
        await using var command = database.CreateCommand(
            "update trial.account set epoch = epoch + 1, owner = $2 where name = $1 returning epoch");
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = node.Name });
        return (long)(await command.ExecuteScalarAsync(ends))!;
    }

    async Task<bool> CountOnceAsync(CancellationToken ends)
    {
        await using var command = database.CreateCommand(
            "update trial.account set counted = counted + 1 where name = $1 and epoch = $2");
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = _epoch });
        return await command.ExecuteNonQueryAsync(ends) == 1;
    }

    static Task DelayAsync(TimeSpan delay, CancellationToken ends) =>
        Task.Delay(delay, TimeProvider.System, ends).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
