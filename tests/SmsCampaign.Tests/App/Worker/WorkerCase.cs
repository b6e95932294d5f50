using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Worker;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>
/// An approved campaign on a clock that only the test moves, with the stages of the engine replaced: what they would
/// leave in a run's ledger is kept here, so that it outlives a restart.
/// </summary>
sealed class WorkerCase : IDisposable
{
    public const string Campaign = "thu-nghiem";

    readonly TempFolder _folder = new();
    readonly string _definition;
    readonly TaskCompletionSource _warmed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="postgres">Where ledgers and triggers are kept; null: in the folder.</param>
    public WorkerCase(string definition, DateTimeOffset now, PostgresAddress? postgres = null)
    {
        _definition = definition;
        Time = new WatchedTime(now);
        Data = new DataFolder(_folder.Path) { Postgres = postgres };
        Registry = Ledgers.OpenRegistry(Data);
        SendAsync = (run, _, _) =>
        {
            Planned[run.Key] = 0;
            return Task.FromResult(SendEnd.Done);
        };
    }

    public WatchedTime Time { get; }

    public DataFolder Data { get; }

    public IRegistry Registry { get; }

    /// <summary>Messages of each run still to be sent.</summary>
    public Dictionary<string, long> Planned { get; } = [];

    /// <summary>How the wait for receipts ends.</summary>
    public ReceiptsWait ReceiptsEnd { get; set; } = ReceiptsWait.Over;

    /// <summary>Each time something was sent: run, day, moment.</summary>
    public List<(string Run, DateOnly Day, DateTimeOffset At)> Sent { get; } = [];

    /// <summary>Each time lanes were made ready: run, opening, moment.</summary>
    public ConcurrentQueue<(string Run, DateTimeOffset Opens, DateTimeOffset At)> WarmedUp { get; } = [];

    /// <summary>Ends when they first are.</summary>
    public Task FirstWarmUp => _warmed.Task;

    public List<string> Reports { get; } = [];

    /// <summary>Each time that what was planned was left over: run, why, lane.</summary>
    public List<(string Run, Reason Why, string? Lane)> Left { get; } = [];

    public Func<RunRecord, DateOnly, CancellationToken, Task<SendEnd>> SendAsync { get; set; }

    /// <summary>Called whenever the messages to be sent have been counted.</summary>
    public Action Counted { get; set; } = () => { };

    /// <summary>Called as a run is prepared.</summary>
    public Action<RunKey> Preparing { get; set; } = _ => { };

    /// <summary>Called as a report is written.</summary>
    public Action Reporting { get; set; } = () => { };

    /// <summary>Whether nothing is sent that one person alone has approved.</summary>
    public bool TakesTwoPersons { get; set; }

    /// <summary>What a preparation finds wrong.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>What the run's ledger says other than what was approved.</summary>
    public List<Wording> Forged { get; } = [];

    /// <summary>What the campaign file says other than when sending began.</summary>
    public List<Problem> Rewritten { get; } = [];

    /// <summary>What differs between the lanes planned and those in use.</summary>
    public List<Wording> Stale { get; } = [];

    /// <summary>The hash of the audience as it is now.</summary>
    public string AudienceHash { get; set; } = "b";

    /// <summary>What a watcher was told.</summary>
    public ToldWatcher Told { get; } = new();

    public IReadOnlyList<string> Decided =>
        [.. Registry.ReadDecisions(Campaign).Select(decision => decision.What.ToWord())];

    public static string Definition(string missed = "start-late", string leftovers = "next-day", bool yearly = false) =>
        CampaignFolder.Valid
            .Replace("missed: start-late", $"missed: {missed}", StringComparison.Ordinal)
            .Replace("leftovers: next-day", $"leftovers: {leftovers}", StringComparison.Ordinal)
            .Replace("date: 2025-07-30", yearly ? "yearly: 30/7" : "date: 2025-07-30", StringComparison.Ordinal);

    public static RunKey Key(int year = 2025) => new(Campaign, new DateOnly(year, 7, 30), Simulated: false);

    public RunState? State(int year = 2025) => Registry.Find(Key(year))?.State;

    /// <summary>Plans and approves the run of 30/7/2025, as <c>approve</c> does.</summary>
    public void Approve(bool everyYear = false)
    {
        AddRun(Key());
        Registry.SetState(Key(), RunState.Approved, Time.GetUtcNow());
        Registry.Approve(new Approval
        {
            Campaign = Campaign,
            Date = everyYear ? null : Key().DateText,
            Hash = Registry.Find(Key())!.ApprovedHash,
            ApprovedBy = "Nguyễn Văn A",
            At = Time.GetUtcNow().ToSql(),
        });
    }

    /// <summary>Has the window of 30/7/2025 close later, as <c>extend</c> does.</summary>
    public void Extend(TimeOnly until)
    {
        var now = Time.GetUtcNow();
        Registry.Extend(
            Key(),
            WindowExtension.Of(Key().Date, until, Who.Here("Nguyễn Văn A"), "thử"),
            new Decision(Key(), now, now, DecisionKind.Extended, new Wording("kéo dài", "later")));
    }

    /// <summary>As where the numbers of the run of 30/7/2025 were erased, whatever a backup has put back.</summary>
    public void Erase() => Registry.Purges.Add(new PurgeStep
    {
        Run = Key().ToString(),
        Code = Registry.Find(Key())!.Code,
        Kind = PurgeStepKind.Begun,
        Day = Key().Date.AddDays(90),
        KeyId = "abcd",
        Person = "Nguyễn Văn A",
        ByOs = "a@may",
        Reason = "hết hạn lưu",
        At = Time.GetUtcNow(),
    });

    /// <summary>Plans and approves another campaign for the same day.</summary>
    public void ApproveAnother(string campaign)
    {
        var run = Registry.Find(Key())!;
        Registry.AddRun(
            run with { Key = $"{campaign}/{run.Date}", Campaign = campaign, Code = campaign }, Time.GetUtcNow());
        Registry.Approve(Registry.FindApproval(Campaign, Key().Date)! with { Campaign = campaign });
    }

    /// <summary>Conducts the run as a process started now does, and goes on whenever it asks to
    /// be called again.</summary>
    public async Task ConductAsync(int year = 2025)
    {
        while (await ConductOnceAsync(year) is { } wake)
            Time.SetUtcNow(wake);
    }

    public Task<DateTimeOffset?> ConductOnceAsync(int year = 2025) =>
        Conductor(year).ConductAsync(CancellationToken.None);

    public RunConductor Conductor(int year = 2025, DateOnly? byHandOn = null) =>
        new(Key(year), Registry, Stages(), Time, Told, byHandOn);

    /// <summary>Starts the worker with its real scheduler.</summary>
    public async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(_ => Station.Open(Data, [], new ProcessClock(Time)));
        builder.Services.AddSingleton<IRunWatcher>(Told);
        WorkerHost.AddWorker(builder.Services, (_, _) => Stages());
        WorkerHost.AddScheduler(builder.Services, Data);

        var host = builder.Build();
        var armed = Time.NextGlance;
        await host.StartAsync();
        await armed.WaitAsync(Patience.ForAnything);
        return host;
    }

    /// <summary>Moves the clock and waits until the worker has looked.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var armed = Time.NextGlance;
        Time.Advance(by);
        await armed.WaitAsync(Patience.ForAnything);
    }

    public void Dispose()
    {
        if (Data.Postgres is { } postgres)
            PostgresPlace.Of(postgres).Dispose();
        _folder.Dispose();
    }

    public RunStages Stages() => new()
    {
        Prepare = (key, _, _) =>
        {
            Preparing(key);
            if (Problems.Count > 0)
                return new Preparation(null, null, Problems);

            AddRun(key);
            return new Preparation(null, new PreparedRun(key, key.DateText, Data.AddressOf(key), Reused: true), []);
        },
        TakesTwoPersons = () => TakesTwoPersons,
        Verify = (_, _, _) => Forged,
        HasBegun = run => Sent.Exists(sent => sent.Run == run.Key),
        FindRewritten = _ => Rewritten,
        FindStale = _ => Stale,
        CountPlanned = run =>
        {
            var planned = Planned.GetValueOrDefault(run.Key);
            Counted();
            return planned;
        },
        CountLeft = run => Planned.GetValueOrDefault(run.Key),
        WarmUpAsync = (run, opens, _) =>
        {
            WarmedUp.Enqueue((run.Key, opens, Time.GetUtcNow()));
            _warmed.TrySetResult();
            return Task.CompletedTask;
        },
        OpenAsync = _ => Task.CompletedTask,
        SendAsync = (run, day, stopping) =>
        {
            Sent.Add((run.Key, day, Time.GetUtcNow()));
            return SendAsync(run, day, stopping);
        },
        AwaitReceiptsAsync = (run, _) => Planned.GetValueOrDefault(run.Key) == 0
            ? Task.FromResult(ReceiptsEnd)
            : throw new InvalidOperationException("waits for receipts with messages still to be sent"),
        LeaveAsync = (run, why, lane, _) =>
        {
            Left.Add((run.Key, why, lane));
            if (lane is null)
                Planned[run.Key] = 0;
            return Task.CompletedTask;
        },
        WriteReport = (run, _) =>
        {
            Reports.Add(run.Key);
            Reporting();
            return new ReportResult([], new Balance(0, [], 0, []), new ReportTotals(0, 0, 0, null, null));
        },
    };

    void AddRun(RunKey key)
    {
        if (Registry.Find(key) is { } there && there.AudienceHash == AudienceHash)
            return;

        Planned[key.ToString()] = 100;
        Registry.AddRun(
            new RunRecord
            {
                Key = key.ToString(),
                Campaign = key.Campaign,
                Date = key.DateText,
                Code = key.DateText,
                File = "runs/none.db",
                CampaignFile = "campaign.yaml",
                Definition = _definition,
                DefinitionHash = "a",
                AudienceHash = AudienceHash,
                PlanHash = "c",
            },
            Time.GetUtcNow());
    }
}

/// <summary>Remembers what it was told, for a test to look at.</summary>
sealed class ToldWatcher : IRunWatcher
{
    public ConcurrentQueue<string> Words { get; } = new();

    public Action OnDecided { get; set; } = () => { };

    public void Decided(Decision decision)
    {
        Words.Enqueue(decision.What.ToWord());
        OnDecided();
    }

    public void Sent(RunKey run, SendEnd how, long left) => Words.Enqueue($"sent {how}, {left} left");

    public void LaneUnready(RunKey run, string lane, AccountFinding found) =>
        Words.Enqueue($"lane {lane} unready: {found.Words.En}");

    public void ReceiptsBehind(RunKey run) => Words.Enqueue($"{run} behind");

    public void LaneReopened(RunKey run, string lane) => Words.Enqueue($"lane {lane} reopened");

    public void LaneFaulted(RunKey run, string lane, Exception why) => Words.Enqueue($"lane {lane} faulted");

    public void Faulted(string run, Wording reason, Exception why) => Words.Enqueue($"{run} faulted");

    public void HeldUp(RunKey run, Wording reason, bool isOnRecord) =>
        Words.Enqueue($"{run} held up{(isOnRecord ? ", on record" : "")}");

    public void Reported(RunKey run, ReportResult report) => Words.Enqueue("reported");

    public void ReportUnwritable(RunKey run, Exception why) => Words.Enqueue("report unwritable");

    public void Ended(RunKey run, RunState state) => Words.Enqueue($"ended {state}");
}

/// <summary>A clock the test moves, which tells when the worker has looked and sleeps again.</summary>
sealed class WatchedTime(DateTimeOffset now) : FakeTimeProvider(now)
{
    TaskCompletionSource _glance = Create();

    /// <summary>Told for how long each time that somebody begins to wait.</summary>
    public Action<TimeSpan> Armed { get; set; } = _ => { };

    /// <summary>Ends when the worker next goes to sleep.</summary>
    public Task NextGlance => Volatile.Read(ref _glance).Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == CampaignWorker.Glance)
            Interlocked.Exchange(ref _glance, Create()).SetResult();
        Armed(dueTime);
        return timer;
    }

    static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
