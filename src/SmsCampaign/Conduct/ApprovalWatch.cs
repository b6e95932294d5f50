using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>
/// Looks while a run is sent whether its approval still stands, and stops it where it does not: an approval that a
/// person withdraws, or one for another date replaces, lets nothing more go.
/// </summary>
sealed class ApprovalWatch(RunKey key, IRegistry registry, TimeProvider time)
{
    /// <summary>How often it looks: with a look and the end of what is in the air, well within 2 s.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>How long it goes on while ledger.db cannot be read. Then the run stops with what was found: whether it
    /// is still approved nobody knows.</summary>
    public static readonly TimeSpan LongestUnread = TimeSpan.FromSeconds(30);

    /// <summary>Whether the work was stopped as no approval stood.</summary>
    public bool HasStopped { get; private set; }

    /// <param name="hash">What was approved.</param>
    /// <param name="work">Is stopped where no approval of it stands any more.</param>
    /// <exception cref="LedgerException">ledger.db could not be read for too long; the work has ended.</exception>
    public async Task<T> WhileApprovedAsync<T>(
        string hash, Func<CancellationToken, Task<T>> work, CancellationToken stopping)
    {
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var over = new CancellationTokenSource();
        using var looked = registry.Watch();
        var watching = WatchAsync(hash, halt, over.Token);
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

    async Task WatchAsync(string hash, CancellationTokenSource halt, CancellationToken over)
    {
        var lastRead = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(LookEvery, time, over).Quietly();
            if (over.IsCancellationRequested || halt.IsCancellationRequested)
                return;

            try
            {
                HasStopped = !Stands(hash);
                lastRead = time.GetTimestamp();
            }
            catch (LedgerException) when (time.GetElapsedTime(lastRead) < LongestUnread)
            {
                continue;
            }
            catch
            {
                await halt.CancelInTurnAsync();
                throw;
            }

            if (HasStopped)
                await halt.CancelInTurnAsync();
        }
    }

    /// <summary>While the key of the audit chain cannot be read nothing can be verified: what was, as the run was let
    /// go, goes on, unless the record itself says that it is void.</summary>
    bool Stands(string hash)
    {
        var run = registry.Find(key)!;
        var about = registry.ReadApprovals(key.Campaign)
            .Where(approval => approval.VoidedAt is null && approval.Hash == hash && run.IsMeantBy(approval))
            .ToList();
        return about.Exists(approval => approval.Stands || approval.IsUnasked);
    }
}
