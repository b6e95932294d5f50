using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>A run of a few messages on one lane, a store of receipts and what settles them.</summary>
public abstract class ReceiptCase : IDisposable
{
    private protected static readonly ProcessClock Clock = new(TimeProvider.System);

    readonly TempFolder _folder = new();
    private protected DataFolder Data { get; }
    private protected IRegistry Registry { get; }
    private protected IReceiptLog Store { get; }
    private protected OpenRuns Runs { get; }
    private protected LaneAccounts Accounts { get; private set; } = null!;

    /// <summary>Whose the settler goes by.</summary>
    private protected ProcessClock Watched { get; private set; } = Clock;

    private protected string Ledger { get; private set; } = "";

    protected ReceiptCase()
    {
        Data = new DataFolder(_folder.Path);
        Registry = Ledgers.OpenRegistry(Data);
        Store = Ledgers.OpenReceipts(Data, Clock);
        Runs = new OpenRuns(Data, Registry, Clock);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Runs.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Accounts?.Dispose();
        _folder.Dispose();
    }

    private protected void Create(
        ReceiptTrust trust,
        int messages = 3,
        int parts = 1,
        bool partsHaveOwnIds = false,
        string lane = "viettel",
        ProcessClock? clock = null)
    {
        Watched = clock ?? Clock;
        Ledger = SomeRun.Create(_folder.Path, messages, parts: parts, trust: trust);
        Registry.AddRun(
            new RunRecord
            {
                Key = "some/2025-07-30",
                Campaign = "some",
                Date = "2025-07-30",
                Code = SomeRun.Code,
                File = "runs/some.db",
                CampaignFile = "/some.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            DateTimeOffset.UnixEpoch);
        var carrier = new ScriptedCarrier(_ => SendResult.Accepted("id"))
        {
            RepeatsReference = false,
            PartsHaveOwnIds = partsHaveOwnIds,
        };
        Accounts = new LaneAccounts(
            [new LaneAccount(
                new Lane(lane, new SmsCampaign.Carriers.Http.HttpLaneOptions()), carrier, new Pace(1, Clock))],
            Watched);
    }

    private protected void SetState(int position, MessageStatus status)
    {
        // Before the process opens it, as a process before left it.
        LedgerBuilder.Add(Ledger, rows => rows.State(position, status));
    }

    /// <summary>Of every message.</summary>
    private protected void SetStates(MessageStatus status)
    {
        LedgerBuilder.Add(Ledger, rows => rows.States(status));
    }

    private protected async Task ReceiveAsync(string body)
    {
        await Store.AppendAsync("viettel", body);
        Assert.True(await Settler().SettleNewAsync(CancellationToken.None));
    }

    private protected ReceiptSettler Settler() => new(Store, Runs, Accounts, Watched);

    private protected MessageStatus? StateOf(int position)
    {
        using var db = SqliteDb.Open(Ledger, readOnly: true);
        return (MessageStatus?)db.ReadNumber($"select status from state where seq = {SomeRun.Seq(position)}");
    }

    private protected string? OddityOf(long receipt)
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        return db.ReadText($"select kind from oddity where receipt = {receipt}");
    }

    private protected long Raw()
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        return db.ReadNumber("select count(*) from receipt")!.Value;
    }

    private protected static PlannedCall Call(int position) => new(
        SomeRun.LaneId,
        new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(3), 1),
        [new PlannedMessage(SomeRun.Seq(position), SomeRun.Number(position))],
        KeepCarrierReference: true);

    /// <summary>Makes the one call that hands a message over, and writes its answer.</summary>
    private protected async Task SendAsync(int position, SendResult result) =>
        await AnswerAsync(position, await BeginAsync(position), result);

    /// <summary>Makes the one call that hands a message over: it is on its way.</summary>
    private protected async Task<long> BeginAsync(int position) =>
        (await Runs.FindByCode(SomeRun.Code)!.BeginAsync([Call(position)]))[0]!.Value;

    /// <summary>Writes the answer of such a call.</summary>
    private protected Task AnswerAsync(int position, long attempt, SendResult result) =>
        Runs.FindByCode(SomeRun.Code)!.FinishAsync([new CallResult(Call(position), attempt, 0, Clock.Now(), [result])]);
}
