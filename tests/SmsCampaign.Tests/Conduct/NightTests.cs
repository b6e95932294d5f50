using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>
/// A run over two evenings with the night between, by five processes one after the other over the same data folder, at
/// gateways that lose answers, while a person settles what was uncertain. Two lanes of a message a second: of the one
/// what may have been sent is never sent again, the gateway of the other drops repeats, till midnight.
/// </summary>
[Trait("Category", "Slow")]
public sealed class NightTests : IDisposable
{
    const int Each = 110;
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();
    readonly ToldWatcher _told = new();
    readonly MovingTime _time = new(Local("30 19:02:00"), TimeSpan.FromMicroseconds(50));
    readonly NightGateway _viettel;
    readonly NightGateway _vinaphone;
    CancellationTokenSource _stopping = new();
    long _notTaken;
    long _saidDelivered;
    int _waiting;

    public NightTests()
    {
        _viettel = new NightGateway(dropsRepeats: false, _time, AnswerOfViettel);
        _vinaphone = new NightGateway(dropsRepeats: true, _time, AnswerOfVinaphone);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_over_two_evenings_reaches_each_phone_once_whatever_stops_it_and_whoever_decides_meanwhile()
    {
        Approve();

        Assert.Null(await ConductAsync()); // stopped at viettel's 14th
        await ResumeAt("30 19:02:50");
        var beforeNight = Read();
        await ResumeAt("30 23:00:00");
        Assert.Equal(beforeNight, Read());
        Assert.Equal(DateOnly.FromDateTime(Local("30 19:00:00").UtcDateTime), _viettel.Arrived[^1].Day);

        AdvanceTo("31 19:00:00");
        Assert.Null(await ConductAsync()); // stopped at vinaphone's fourth of the second day
        Assert.Null(await ConductAsync());

        Assert.Equal(
            "late resumed closed resumed resumed finished",
            string.Join(' ', Ledgers.OpenRegistry(_folder.Data)
                .ReadDecisions(Key.Campaign)
                .Select(decision => decision.What.ToWord())));
        JudgeOnce(beforeNight);
        JudgeWindows();
        Assert.True(RunStatus.Read(RunAddress.OfFile(_folder.Ledger())).Balances);
        Assert.Equal(RunState.Finished, Ledgers.OpenRegistry(_folder.Data).Find(Key)!.State);
        Assert.Contains("reported", _told.Words);

        async Task ResumeAt(string moment)
        {
            AdvanceTo(moment);
            Assert.Equal(Local("31 19:00:00"), await ConductAsync());
        }
    }

    /// <summary>Each phone at most once, and what the ledger says of it is so; what may have been sent on the first
    /// evening stays as it was.</summary>
    void JudgeOnce(Dictionary<long, (long Phone, MessageStatus Status)> beforeNight)
    {
        var after = Read();
        var received = _viettel.Received.Concat(_vinaphone.Received).ToDictionary();
        Assert.All(received.Values, times => Assert.Equal(1, times));
        Assert.All(after.Values, message => Assert.True(
            message.Status switch
            {
                MessageStatus.Accepted or MessageStatus.Delivered => received.ContainsKey(message.Phone),
                MessageStatus.Uncertain => true,
                _ => false,
            },
            $"{message}"));

        var maybe = beforeNight
            .Where(message => message.Value.Status == MessageStatus.Uncertain)
            .Select(message => message.Key)
            .ToList();
        // of those lost just before closing
        Assert.Contains(maybe, seq => MessageSeq.CarrierOf(seq) != MessageSeq.CarrierOf(_notTaken));
        Assert.All(maybe, seq => Assert.Equal(MessageStatus.Uncertain, after[seq].Status));
        var secondDay = _viettel.Arrived
            .Concat(_vinaphone.Arrived)
            .Where(arrival => arrival.Day > Key.Date)
            .Select(arrival => arrival.Seq)
            .ToHashSet();
        Assert.NotEmpty(secondDay);
        Assert.DoesNotContain(maybe, secondDay.Contains);

        // As the person said: the one goes again and arrives, the other does not.
        Assert.Equal(
            (MessageStatus.Accepted, 2),
            (after[_notTaken].Status, _viettel.Arrived.Count(arrival => arrival.Seq == _notTaken)));
        Assert.Equal(
            (MessageStatus.Delivered, 1),
            (after[_saidDelivered].Status, _viettel.Arrived.Count(arrival => arrival.Seq == _saidDelivered)));
    }

    /// <summary>By the hand-overs in the ledger.</summary>
    void JudgeWindows()
    {
        using var db = SqliteDb.Open(_folder.Ledger(), readOnly: true);
        using var rows = db.Prepare(
            "select handed_us from state where handed_us is not null union all select handed_us from tried "
            + "where handed_us is not null");
        var moments = new List<DateTimeOffset>();
        while (rows.Step())
            moments.Add(ProcessClock.FromMicros(rows.Number(0)));

        Assert.All(moments, at => Assert.True(
            (at >= Local("30 19:00:00") && at < Local("30 19:04:00").AddMilliseconds(2))
                || (at >= Local("31 19:00:00") && at < Local("31 19:04:00").AddMilliseconds(2)),
            $"{at}"));
        Assert.Equal(2, moments.Select(at => at.Date).Distinct().Count());
    }

    NightAnswer AnswerOfViettel(int arrival, OutboundSms message)
    {
        switch (arrival)
        {
            case 3:
                return NightAnswer.Broken(taken: true);
            case 5:
                _notTaken = NightGateway.SeqOf(message);
                return NightAnswer.Broken(taken: false);
            case 7:
                _saidDelivered = NightGateway.SeqOf(message);
                return NightAnswer.Broken(taken: true);
            case 9:
                return new NightAnswer(false, SendResult.Busy("HTTP 503"));
            case 12:
                return new NightAnswer(true, null);
            case 14:
                _stopping.Cancel();
                return NightAnswer.Accepted;
            case 25: // while the second process sends
                Decide(_notTaken, MessageStatus.Planned);
                Decide(_saidDelivered, MessageStatus.Delivered);
                return NightAnswer.Accepted;
            default:
                return NightAnswer.Accepted;
        }
    }

    NightAnswer AnswerOfVinaphone(int arrival, OutboundSms message)
    {
        if (arrival == 12)
            return new NightAnswer(true, null);
        if (_vinaphone.Arrived[^1].Day == Key.Date)
            return _time.GetUtcNow() >= Local("30 19:03:56") ? NightAnswer.LostThoughTaken : NightAnswer.Accepted;
        if (_vinaphone.Arrived.Count(each => each.Day > Key.Date) == 4)
            _stopping.Cancel();
        return NightAnswer.Accepted;
    }

    void Decide(long seq, MessageStatus to)
    {
        using var resolutions = new RunResolutions(_folder.Ledger());
        Assert.Equal(1, resolutions.Settle(
            [seq], to, "Nguyễn Văn B", "the carrier says so", ProcessClock.ToMicros(_time.GetUtcNow())));
    }

    /// <summary>A process of its own.</summary>
    /// <returns>When it would look again; null where it was stopped, or nothing is left.</returns>
    async Task<DateTimeOffset?> ConductAsync()
    {
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var clock = new ProcessClock(_time);
        var lanes = Installation.Read(_folder.Installation).Installation!.Lanes;
        var accounts = new LaneAccounts(
            lanes.Select(lane => new LaneAccount(lane, CarrierOf(lane), Pace.Of(lane.Options, clock))), clock);
        await using var station = Station.Open(_folder.Data, Ledgers.OpenRegistry(_folder.Data), accounts, clock);
        var conductor = new RunConductor(Key, station.Registry, Stages(station), _time, _told);

        var conducting = Task.Run(() => station.WithReceiptsAsync(conductor.ConductAsync, _stopping.Token));
        await _time.DriveAsync(conducting, async () =>
        {
            // Time passes only while something waits for it, not while files are read and reports written.
            while (Volatile.Read(ref _waiting) == 0 && !conducting.IsCompleted)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            foreach (var ledger in station.Runs.All)
                await ledger.NoticeResolutionsAsync();
        });
        return await conducting;
    }

    ScriptedCarrier CarrierOf(Lane lane) => lane.Name switch
    {
        "viettel" => _viettel.Connect(),
        "vinaphone" => _vinaphone.Connect(),
        _ => ScriptedCarrier.ThatAccepts(),
    };

    /// <summary>The engine's own, with note of when they wait.</summary>
    RunStages Stages(Station station)
    {
        var stages = RunStages.At(station, _folder.Installation, _told, Language.English);
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

    Dictionary<long, (long Phone, MessageStatus Status)> Read()
    {
        using var db = SqliteDb.Open(_folder.Ledger(), readOnly: true);
        using var rows = db.Prepare(
            "select message.seq, number, coalesce(status, 0) from message left join state on state.seq = message.seq");
        var found = new Dictionary<long, (long, MessageStatus)>();
        while (rows.Step())
            found[rows.Number(0)] = (rows.Number(1), (MessageStatus)rows.Number(2));
        return found;
    }

    void Approve()
    {
        _folder.Edit(
            "campaign.yaml", """from: "08:00", to: "20:00" """.Trim(), """from: "19:00", to: "19:04" """.Trim());
        _folder.Edit("campaign.yaml", "messages: 100", "messages: 1000");
        foreach (var rate in new[] { "500", "300" })
        {
            _folder.Edit("smscampaign.json", $"\"rate\": {rate}", "\"rate\": 1");
            _folder.Edit("smscampaign.json", "\"receiptTimeout\": \"72:00:00\"", "\"receiptTimeout\": \"00:01:00\"");
        }

        File.WriteAllLines(
            _folder.Subscribers,
            ["phone", .. Enumerable.Range(0, Each).SelectMany(at => new[] { $"0981235{at:000}", $"0911235{at:000}" })]);

        var planned = _folder.Prepare().Planned!;
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.SetState(Key, RunState.Approved, _folder.Time.GetUtcNow());
        registry.Approve(new Approval
        {
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Hash = planned.ApprovedHash,
            ApprovedBy = "Nguyễn Văn A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
    }

    void AdvanceTo(string moment)
    {
        if (Local(moment) - _time.GetUtcNow() is var by && by > TimeSpan.Zero)
            _time.Advance(by);
    }

    /// <param name="text">Day of July 2025 and time in Vietnam, which keeps UTC+7 all year.</param>
    static DateTimeOffset Local(string text) =>
        DateTimeOffset.ParseExact(
            $"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture).ToUniversalTime();
}
