using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>
/// What sending needs, whoever asks for it: the accounts with what they have handed over before, the runs' ledgers, the
/// receipts and who settles and asks for them. Opened once a process, by the one that holds the
/// <see cref="SendingLock"/>.
/// </summary>
public sealed class Station : IAsyncDisposable
{
    Station(
        DataFolder data,
        IRegistry registry,
        ProcessClock clock,
        LaneAccounts accounts,
        IReceiptLog receipts,
        OpenRuns runs)
    {
        (Data, Registry, Clock, Accounts, Receipts, Runs) = (data, registry, clock, accounts, receipts, runs);
        Settler = new ReceiptSettler(receipts, runs, accounts, clock);
        Inquiry = new ReceiptInquiry(runs, registry, accounts, clock);
    }

    public DataFolder Data { get; }

    public IRegistry Registry { get; }

    public ProcessClock Clock { get; }

    public LaneAccounts Accounts { get; }

    public IReceiptLog Receipts { get; }

    public OpenRuns Runs { get; }

    public ReceiptSettler Settler { get; }

    public ReceiptInquiry Inquiry { get; }

    /// <summary>Tests to a few phones, sent beside the runs.</summary>
    public TestsUnderWay Tests { get; } = new();

    /// <summary>Ledgers that may say what counts towards the contracts today and cannot be read, and why.</summary>
    public IReadOnlyList<(RunAddress Ledger, Wording Reason)> Unread { get; private init; } = [];

    /// <param name="only">The one run it is opened for, which may be a simulated one. Null: every
    /// run that is approved.</param>
    /// <param name="told">As of <see cref="StopSwitch"/>.</param>
    /// <exception cref="Storage.LedgerException">A file of the data folder cannot be opened.</exception>
    public static Station Open(
        DataFolder data,
        IReadOnlyList<Lane> lanes,
        ProcessClock clock,
        RunRecord? only = null,
        Action<string, LaneStop?>? told = null)
    {
        var simulated = only is { Simulated: true };
        var registry = Ledgers.OpenRegistry(data);
        return Open(
            data,
            registry,
            new LaneAccounts(
                lanes, clock, simulated ? null : registry.Stops, told, simulated ? null : registry.Orders),
            clock,
            only);
    }

    /// <summary>For one run, with what stands in for the gateways.</summary>
    /// <param name="accounts">Disposed with it.</param>
    /// <exception cref="Storage.LedgerException">A file of the data folder cannot be opened.</exception>
    public static Station Open(
        DataFolder data, ProcessClock clock, IEnumerable<LaneAccount> accounts, RunRecord only) =>
        Open(data, Ledgers.OpenRegistry(data), new LaneAccounts(accounts, clock), clock, only);

    /// <summary>With accounts made elsewhere, which it disposes.</summary>
    internal static Station Open(
        DataFolder data, IRegistry registry, LaneAccounts accounts, ProcessClock clock, RunRecord? only = null)
    {
        var simulated = only is { Simulated: true };
        IReceiptLog? receipts = null;
        try
        {
            if (!simulated)
                registry.Orders.KeepOutside();
            var unread = Recall(accounts, data, registry, clock, only);
            receipts = Ledgers.OpenReceipts(data, clock, simulated);
            return new Station(
                data, registry, clock, accounts, receipts, new OpenRuns(data, registry, clock, simulated))
            {
                Unread = unread,
            };
        }
        catch
        {
            receipts?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            accounts.Dispose();
            throw;
        }
    }

    /// <summary>Does some work while receipts are settled and asked for beside it, and what persons order is looked
    /// at.</summary>
    /// <param name="work">Is stopped too where receipts cannot be kept or settled any more.</param>
    /// <exception cref="Storage.LedgerException">A ledger cannot be read or written.</exception>
    public async Task<T> WithReceiptsAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken stopping)
    {
        using var over = new CancellationTokenSource();
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] behind =
        [
            Settler.RunAsync(over.Token),
            Inquiry.RunAsync(over.Token),
            Accounts.Orders.WatchAsync(Clock.Time, over.Token),
            Accounts.WatchStopsAsync(over.Token),
        ];
        try
        {
            var working = work(halt.Token);
            if (await Task.WhenAny([working, .. behind]) != working)
                await halt.CancelInTurnAsync();
            return await working;
        }
        finally
        {
            await over.CancelInTurnAsync();
            await Task.WhenAll(behind);
        }
    }

    /// <summary>Ledgers first: what is still being written to them is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await Tests.DisposeAsync();
        await Runs.DisposeAsync();
        await Receipts.DisposeAsync();
        Accounts.Dispose();
    }

    static IReadOnlyList<(RunAddress, Wording)> Recall(
        LaneAccounts accounts, DataFolder data, IRegistry registry, ProcessClock clock, RunRecord? only)
    {
        // Of one run its own ledger tells when it last sent; of all, which one did is not looked for.
        if (only is null
            || (!only.Simulated
                && registry
                    .ReadRuns()
                    .Any(other => other.Key != only.Key && other is { Simulated: false, State: RunState.Sending })))
            accounts.WaitOutOneWindow();

        return accounts.Recall(only is { Simulated: true }
            ? [only.AddressIn(data)]
            : AccountLedgers.Lately(data, registry, clock));
    }
}
