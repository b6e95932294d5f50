using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A lane of 120 messages with a first batch of 50, by as many processes one after the other as the test
/// wants, on a clock that leaps from one wait to the next.</summary>
sealed class CanaryCase : IDisposable
{
    public const int Messages = 120;
    public const int Batch = 50;

    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(55);

    readonly TempFolder _folder = new();
    RunLedger? _ledger;

    public CanaryCase(int messages = Messages, int onSecond = 0)
    {
        Time = new JumpingTime(Start, () =>
        {
            Waiting?.Invoke();
            return TimeSpan.Zero;
        });
        Path = SomeRun.Create(_folder.Path, messages, onSecond: onSecond);
        Set(CanaryPolicy.Default, GuardPolicy.None);
    }

    public JumpingTime Time { get; }

    public string Path { get; }

    /// <summary>Whatever waits, before it does.</summary>
    public Action? Waiting { get; set; }

    /// <summary>Whether the gateway brings receipts.</summary>
    public bool BringsReceipts { get; set; }

    /// <summary>How often it was asked where the messages of a first batch stand.</summary>
    public int Readings { get; private set; }

    public TimeSpan Passed => Time.GetUtcNow() - Start;

    /// <summary>The lane's latest trial.</summary>
    public LaneTrial? Trial => TrialRows.ReadLatest(Path).GetValueOrDefault("viettel");

    public void Set(CanaryPolicy canary, GuardPolicy guard)
    {
        using var db = SqliteDb.Open(Path);
        db.Execute("delete from run_info where name like 'canary%' or name like 'guard%'");
        foreach (var (name, value) in (SomeRun.Description with { Canary = canary, Guard = guard }).ToRows()
            .Where(row => row.Key.StartsWith("canary", StringComparison.Ordinal)
                || row.Key.StartsWith("guard", StringComparison.Ordinal)))
            db.Run($"insert into run_info (name, value) values ({name}, {value})");
    }

    /// <summary>Sends as a process does, until the lane ends.</summary>
    public async Task<LaneEnd> RunAsync(
        ScriptedCarrier carrier,
        TimeSpan? open = null,
        int maxInFlight = 1,
        int rate = 100_000,
        CancellationToken stopping = default)
    {
        var clock = new ProcessClock(Time);
        await using var ledger = _ledger = RunLedger.Open(Path, clock);
        var setup = new LaneSetup(
            ledger.Info.Lanes[SomeRun.LaneId],
            carrier,
            new Pace(rate, clock),
            new InFlight(maxInFlight),
            TimeSpan.FromHours(2),
            KeepCarrierReference: false)
        {
            BringsReceipts = BringsReceipts,
        };
        var watched = LedgerSpy.On(ledger, () => Readings++);
        using var runner = new LaneRunner(watched, setup, clock, () => 1);
        return await runner.RunAsync(
            new OpenHours(DateTimeOffset.MinValue, open is { } hours ? Time.GetUtcNow() + hours : LaneCase.Always),
            stopping);
    }

    /// <summary>Receipts of messages that the running process has sent.</summary>
    public void Receive(MessageStatus status, IEnumerable<long> positions)
    {
        var receipts = positions.Select(position => new MatchedReceipt(
            0, SomeRun.Seq(position), 0, SomeRun.LaneId, 0, 0, status, null, null, null));
        _ledger!.ApplyAsync([.. receipts], null).GetAwaiter().GetResult();
    }

    /// <summary>A process that begins a first batch, and is killed while messages of it are on their way.</summary>
    /// <param name="first">Position of the first of them.</param>
    /// <param name="again">Whether it takes the place of one before.</param>
    /// <param name="answer">What they were answered before; null: nothing.</param>
    public async Task KillAsync(
        int first, int count, bool again = false, SendResult? answer = null, bool byAnswersAlone = false)
    {
        var clock = new ProcessClock(Time);
        await using var ledger = RunLedger.Open(Path, clock);
        await ledger.Trials.BeginAsync(SomeRun.LaneId, Batch, again, byAnswersAlone);
        PlannedCall[] calls = [.. Enumerable.Range(first, count).Select(position => new PlannedCall(
            SomeRun.LaneId,
            new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(Messages), 1),
            [new PlannedMessage(SomeRun.Seq(position), SomeRun.Number(position))],
            KeepCarrierReference: false))];
        var attempts = await ledger.BeginAsync(calls);
        if (answer is not null)
            await ledger.FinishAsync([.. calls.Select((call, at) => new CallResult(
                call, attempts[at]!.Value, 0, clock.Now(), [answer]))]);
    }

    /// <summary>As a person decides, in a process of its own.</summary>
    public bool Release(TrialRelease release = TrialRelease.Anew) =>
        TrialRows.Release(Path, Trial!, new ProcessClock(Time), release);

    public Dictionary<MessageStatus, long> Count() => SomeRun.Count(Path);

    /// <summary>The lane's history, as far as trials made it.</summary>
    public string History() => string.Join(' ', LaneHistory.ReadLatest(Path, 1_000).GetValueOrDefault("viettel", [])
        .Reverse()
        .Where(change => change.Trial is not null)
        .Select(change => change.Kind.ToString()["Trial".Length..]));

    public void Dispose() => _folder.Dispose();
}
