using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// The last seconds before a window opens: the lane's carrier is asked something harmless, so that the first message
/// finds a session, the gateway's address and code that has run.
/// </summary>
/// <remarks>
/// Whatever comes of it changes nothing. It is over when the window opens, and the request leaves only so early that
/// the pace lets the first message go at the opening. It is a request as any other: the pace counts it, the ledger has
/// it before it leaves, and nothing leaves on an account that is held, stopped or on trial.
/// </remarks>
public sealed class LaneWarmUp(ISendingLedger ledger, RunLane lane, LaneAccount account, ProcessClock clock)
{
    /// <summary>Time enough for a gateway that takes seconds, and little enough that what is found is still
    /// so at the opening.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    /// <returns>What was found; null where nothing was asked. Never throws.</returns>
    public async Task<AccountFinding?> RunAsync(DateTimeOffset opens, CancellationToken stopping)
    {
        var left = opens - clock.Time.GetUtcNow();
        if (account.Carrier is not IWarmUp carrier || account.Carrier.Session is { IsOpen: true })
            return null;
        if (left <= TimeSpan.Zero || left > Ahead || !account.TryWarmUpFor(opens))
            return null;

        using var opening = new CancellationTokenSource(left, clock.Time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(opening.Token, stopping);
        try
        {
            var opensAt = clock.Now() + (long)left.TotalMicroseconds;
            using var turn = account.Pace.Join(ledger.Info.Priority);
            if (await TakeAsync(turn, opensAt, over.Token) is not { } grant)
                return null;

            // Disk and connection may take their time: what leaves later would be in the first message's way.
            return await AskAsync(
                carrier,
                grant.At,
                new CallDeparture(turn, grant, () => clock.Now() <= LatestBefore(opensAt)),
                over.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return new AccountFinding(null, new Wording(
                "Đến giờ mở mà cổng nhắn tin chưa trả lời.", "The gateway had not answered when the window opened."));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException) // found again by whatever depends on it
        {
            return new AccountFinding(null, new Wording(
                $"Không hỏi trước được: {fault.GetType().Name}.",
                $"It could not be asked ahead: {fault.GetType().Name}."));
        }
    }

    /// <returns>Null where nothing was asked.</returns>
    async Task<AccountFinding?> AskAsync(
        IWarmUp carrier, long granted, CallDeparture departure, CancellationToken cancellationToken)
    {
        var preparations = new Preparations(ledger, lane.Id, account.Pace);
        AccountFinding? found = null;
        try
        {
            await preparations.BeginAsync(granted);

            // On another thread, and left alone when the window opens: an adapter with a bug may do anything.
            found = await Task.Run(() => carrier.WarmUpAsync(departure, cancellationToken), cancellationToken)
                .WaitAsync(cancellationToken);
        }
        finally
        {
            await preparations.EndAsync(granted, departure.End());
        }

        return departure.IsHeldBack ? null : found;
    }

    /// <returns>The pace's leave for the request; null where none may leave early enough.</returns>
    async Task<PaceGrant?> TakeAsync(PaceTurn turn, long opens, CancellationToken cancellationToken)
    {
        while (!account.Pace.IsOnTrial)
        {
            var latest = LatestBefore(opens);
            if (clock.Now() > latest)
                return null;
            if (turn.TryReserve(CallCost.OnlyRequest, out var grant, out var at))
                return grant;
            if (at > latest)
                return null;

            await turn.WaitAsync(at, cancellationToken);
        }

        return null;
    }

    /// <summary>What is handed over within the second before the first message would be in its way; so would the
    /// spacing of few requests a minute.</summary>
    long LatestBefore(long opens) => opens - Math.Max(Pace.Window, account.Pace.SpacingOf(CallCost.OnlyRequest));
}
