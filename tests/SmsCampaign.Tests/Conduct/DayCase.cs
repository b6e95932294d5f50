using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>
/// A real run of the engine, its files, ledgers and lanes, on a clock that leaps from one thing to the next: two lanes
/// of a message a second, by as many processes one after the other as the test wants.
/// </summary>
/// <remarks>On a clock that moves with every reading (<see cref="MovingTime"/>), for what happens within minutes; or on
/// <see cref="VirtualTime"/>, where hours take seconds and everything happens on one thread: then a process works as
/// the worker does, goes on whenever it asks to be called again, and can be killed (<see cref="DayDisk"/>).</remarks>
sealed partial class DayCase : IDisposable
{
    public static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly MovingTime? _moving;
    readonly VirtualTime? _leaping;
    CancellationTokenSource _stopping = new();
    int _waiting;

    /// <param name="now">As of <see cref="Local"/>.</param>
    /// <param name="each">Subscribers of each of the two lanes; 999 at most.</param>
    public DayCase(
        string now,
        int each,
        string from,
        string to,
        string leftovers = "next-day",
        bool vinaphoneDropsRepeats = false,
        bool leaps = false,
        string missed = "start-late")
    {
        if (leaps)
            Time = _leaping = new VirtualTime(Local(now), poolRests: () => true);
        else
            Time = _moving = new MovingTime(Local(now), TimeSpan.FromMicroseconds(50));
        Viettel = new NightGateway(dropsRepeats: false, Time, (at, message) => OfViettel(at, message));
        Vinaphone = new NightGateway(vinaphoneDropsRepeats, Time, (at, message) => OfVinaphone(at, message));
        Folder.Edit("campaign.yaml", "from: \"08:00\", to: \"20:00\"", $"from: \"{from}\", to: \"{to}\"");
        Folder.Edit("campaign.yaml", "leftovers: next-day", $"leftovers: {leftovers}");
        Folder.Edit("campaign.yaml", "missed: start-late", $"missed: {missed}");
        Folder.Edit("campaign.yaml", "messages: 100", "messages: 3000");
        Folder.Edit(
            "campaign.yaml", "suppression:", "canary: { messages: 0 }\nguard: { failuresPercent: 0 }\nsuppression:");
        foreach (var rate in new[] { "500", "300" })
        {
            Folder.Edit("smscampaign.json", $"\"rate\": {rate}", "\"rate\": 1");
            Folder.Edit("smscampaign.json", "\"receiptTimeout\": \"72:00:00\"", "\"receiptTimeout\": \"00:01:00\"");
        }

        File.WriteAllLines(
            Folder.Subscribers,
            ["phone", .. Enumerable.Range(0, each).SelectMany(at => new[] { $"0981235{at:000}", $"0911235{at:000}" })]);
    }

    public PreparationFolder Folder { get; } = new();

    public TimeProvider Time { get; }

    public ToldWatcher Told { get; } = new();

    public NightGateway Viettel { get; }

    public NightGateway Vinaphone { get; }

    /// <summary>What viettel's gateway does at each arrival, counted from 1.</summary>
    public Func<int, OutboundSms, NightAnswer> OfViettel { get; set; } = (_, _) => NightAnswer.Accepted;

    /// <summary>Likewise vinaphone's.</summary>
    public Func<int, OutboundSms, NightAnswer> OfVinaphone { get; set; } = (_, _) => NightAnswer.Accepted;

    public IRegistry Registry => Ledgers.OpenRegistry(Folder.Data);

    public string Decided => string.Join(' ', Registry
        .ReadDecisions(Key.Campaign)
        .Select(decision => decision.What.ToWord()));

    /// <summary>How often each phone received it.</summary>
    public Dictionary<long, int> Received => Viettel.Received.Concat(Vinaphone.Received).ToDictionary();

    /// <summary>Plans and approves the run of 30/7/2025.</summary>
    public void Approve() => Approve(Key, Folder.Prepare().Planned!.ApprovedHash);

    public void Approve(RunKey key, string hash)
    {
        var now = Folder.Time.GetUtcNow() < Time.GetUtcNow() && key != Key ? Time.GetUtcNow() : Folder.Time.GetUtcNow();
        var registry = Registry;
        registry.SetState(key, RunState.Approved, now);
        registry.Approve(new Approval
        {
            Campaign = key.Campaign,
            Date = key.DateText,
            Hash = hash,
            ApprovedBy = "Nguyễn Văn A",
            At = now.ToSql(),
        });
    }

    /// <summary>Ends the process that conducts, as a stop does.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>Conducts a run as a process of its own does.</summary>
    /// <returns>When it would look again; null where it was stopped, or nothing is left.</returns>
    public async Task<DateTimeOffset?> ConductAsync(RunKey? run = null)
    {
        if (_leaping is not null)
            return await WorkThroughAsync(run ?? Key);

        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var clock = new ProcessClock(Time);
        var accounts = Accounts(clock, () => false);
        await using var station = Station.Open(Folder.Data, Registry, accounts, clock);
        var conductor = new RunConductor(run ?? Key, station.Registry, Stages(station), Time, Told);

        var conducting = Task.Run(() => station.WithReceiptsAsync(conductor.ConductAsync, _stopping.Token));
        await _moving!.DriveAsync(conducting, async () =>
        {
            // Time passes only while something waits for it, not while files are read and reports written.
            while (Volatile.Read(ref _waiting) == 0 && !conducting.IsCompleted)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            foreach (var ledger in station.Runs.All)
                await ledger.NoticeResolutionsAsync();
        });
        return await conducting;
    }

    /// <summary>When each message was handed over, by the run's ledger, in order.</summary>
    public IReadOnlyList<DateTimeOffset> ReadHandOvers(RunKey? run = null)
    {
        using var db = SqliteDb.Open(Folder.Data.Run(run ?? Key), readOnly: true);
        using var rows = db.Prepare(
            "select handed_us from state where handed_us is not null union all select handed_us from tried "
            + "where handed_us is not null order by 1");
        var moments = new List<DateTimeOffset>();
        while (rows.Step())
            moments.Add(ProcessClock.FromMicros(rows.Number(0)));
        return moments;
    }

    /// <summary>Phone and status of each message of a run.</summary>
    public IReadOnlyList<(long Phone, MessageStatus Status)> ReadMessages(RunKey? run = null)
    {
        using var db = SqliteDb.Open(Folder.Data.Run(run ?? Key), readOnly: true);
        using var rows = db.Prepare(
            "select number, coalesce(status, 0) from message left join state on state.seq = message.seq "
            + "order by message.seq");
        var found = new List<(long, MessageStatus)>();
        while (rows.Step())
            found.Add((rows.Number(0), (MessageStatus)rows.Number(1)));
        return found;
    }

    public void AdvanceTo(string moment) => AdvanceTo(Local(moment));

    public void AdvanceTo(DateTimeOffset moment)
    {
        if (_leaping is not null)
            _leaping.Drive(new TaskCompletionSource().Task, moment);
        else if (moment - Time.GetUtcNow() is var by && by > TimeSpan.Zero)
            _moving!.Advance(by);
    }

    /// <param name="text">Day of July 2025 and time in Vietnam, which keeps UTC+7 all year.</param>
    public static DateTimeOffset Local(string text) => DateTimeOffset.ParseExact(
        $"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture).ToUniversalTime();

    public void Dispose()
    {
        _stopping.Dispose();
        Folder.Dispose();
    }

    /// <param name="isDead">Whether the process is: nothing of it reaches a gateway any more.</param>
    LaneAccounts Accounts(ProcessClock clock, Func<bool> isDead) => new(
        Installation.Read(Folder.Installation).Installation!.Lanes.Select(lane =>
        {
            var pace = Pace.Of(lane.Options, clock);
            return new LaneAccount(lane, CarrierOf(lane, isDead), pace)
            {
                Stop = new StopSwitch(lane.Name, pace, _leaping is null ? null : Registry.Stops),
            };
        }), clock);

    ScriptedCarrier CarrierOf(Lane lane, Func<bool> isDead) => lane.Name switch
    {
        "viettel" => Viettel.Connect(isDead),
        "vinaphone" => Vinaphone.Connect(isDead),
        _ => ScriptedCarrier.ThatAccepts(),
    };

    /// <summary>The engine's own, with note of when they wait.</summary>
    RunStages Stages(Station station)
    {
        var stages = RunStages.At(station, Folder.Installation, Told, Language.English);
        return stages with
        {
            SendAsync = (run, day, stopping) => WaitAsync(stages.SendAsync(run, day, stopping)),
            AwaitReceiptsAsync = (run, stopping) => WaitAsync(stages.AwaitReceiptsAsync(run, stopping)),
        };

        async Task<T> WaitAsync<T>(Task<T> stage)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                return await stage;
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }
}
