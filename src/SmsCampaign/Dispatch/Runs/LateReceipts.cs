namespace SmsCampaign.Dispatch.Runs;

/// <summary>The time for receipts may be over by the clock, after a stop, while those that came before it still lie
/// unread.</summary>
static class LateReceipts
{
    /// <summary>Longest wait, at the end of the time for receipts, for those that came within it and are not settled
    /// yet: they may be millions, or lie in a file that another program holds. Settled later, they change the next
    /// report.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="catchUp">As of <see cref="RunSession.CatchUpAsync"/>.</param>
    /// <returns>Whether every one was tried on its message; false also where the process is to stop.</returns>
    public static async Task<bool> HaveSettledAsync(
        Func<Task>? catchUp, TimeProvider time, CancellationToken stopping)
    {
        if (catchUp is null)
            return true;

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var caughtUp = catchUp();
        await Task.WhenAny(caughtUp, Task.Delay(Longest, time, over.Token));
        await over.CancelInTurnAsync();
        return caughtUp.IsCompletedSuccessfully;
    }
}
