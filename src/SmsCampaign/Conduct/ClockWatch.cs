using SmsCampaign.Storage;

namespace SmsCampaign.Conduct;

/// <summary>
/// Looks while a run is sent whether the machine's clock was set past an opening or a closing of it, and stops it
/// there: whoever conducts it holds it then for a person. Not left to the lanes: one that sleeps or stands still sees
/// no clock.
/// </summary>
sealed class ClockWatch(ClockSteps clock, Occurrence run, TimeProvider time)
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    public async Task<T> WhileUnpassedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stopping)
    {
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(halt, over.Token);
        try
        {
            return await work(halt.Token);
        }
        finally
        {
            await over.CancelInTurnAsync();
            await watching;
        }
    }

    async Task WatchAsync(CancellationTokenSource halt, CancellationToken over)
    {
        while (true)
        {
            await Task.Delay(LookEvery, time, over).Quietly();
            if (over.IsCancellationRequested || halt.IsCancellationRequested)
                return;

            try
            {
                clock.Look();
                if (clock.FindPassed(run) is not null)
                    await halt.CancelInTurnAsync();
            }
            catch (LedgerException) // how long ledger.db may be unread is ApprovalWatch's
            {
            }
        }
    }
}
