using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Histories;

/// <summary>
/// One history of the whole dispatcher: one or two campaigns on shared accounts, on a moving clock, at gateways that
/// answer by chance, over up to three days, with stops, kills, put-back messages and a person's decisions in between.
/// Afterwards the rules are held against what the gateways know.
/// </summary>
sealed class History : IDisposable
{
    const int Days = 3;
    static readonly DateOnly FirstDay = new(2025, 7, 30);
    static readonly SendWindow Window = new(new TimeOnly(8, 0, 0), new TimeOnly(8, 0, 40), TimeZoneInfo.Utc);

    readonly TempFolder _folder = new();
    readonly Random _chance;
    readonly MovingTime _time;
    readonly HistoryShape _shape;
    readonly HistoryGateway[] _gateways;
    readonly List<string> _paths = [];
    readonly List<string> _told = [];
    readonly HistoryOrders _orders;
    int _deaths;

    public History(int seed)
    {
        _chance = new Random(seed);
        _time = new MovingTime(
            Window.OpensOn(FirstDay).AddSeconds(_chance.Next(-5, 20)), TimeSpan.FromMicroseconds(_chance.Next(1, 40)));
        _shape = HistoryShape.By(_chance);
        _gateways = [.. HistoryRun.LaneNames.Select(name =>
            new HistoryGateway(
                name,
                _shape.DropsRepeats && _chance.Next(3) > 0,
                HistoryOdds.By(_chance),
                new Random(_chance.Next()),
                _time))];

        for (var campaign = _chance.Next(1, 3); campaign > 0; campaign--)
        {
            var code = $"hist{campaign:0000}";
            var each = _chance.Next(1, 60);
            _paths.Add(HistoryRun.Create(
                Path.Combine(_folder.Path, $"{code}.db"), code, each, _chance.Next(1, each + 1), _shape));
        }

        _orders = new HistoryOrders(
            Path.Combine(_folder.Path, "office"),
            _paths.ToDictionary(path => path, path => RunKey.Parse(
                $"{Path.GetFileNameWithoutExtension(path)}/2025-07-30")),
            Window,
            _shape,
            new Random(_chance.Next()),
            _time);
    }

    /// <exception cref="HistoryException">A rule was broken.</exception>
    public async Task RunAsync()
    {
        for (var day = 0; day < Days; day++)
        {
            await SendDayAsync(FirstDay.AddDays(day));
            if (CountPlanned() == 0)
                break;

            var opens = Window.OpensOn(FirstDay.AddDays(day + 1)).AddSeconds(_chance.Next(-5, 20));
            _time.Advance(opens - _time.GetUtcNow());
        }

        await LeaveAsync();
        foreach (var path in _paths)
            Judge(path);
        JudgeArrivals();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A day's processes, one after the other.</summary>
    async Task SendDayAsync(DateOnly day)
    {
        while (true)
        {
            var process = new HistoryProcess(_chance.Next(3) == 0 ? _chance.Next(1, 60) : null);
            var ends = await LiveAsync(process, day);
            if (ends is null && ++_deaths > 200)
                throw new HistoryException("no process lives long enough to send");
            await _orders.LeaveAsync(new ProcessClock(_time));
            if (ends?.TrueForAll(end => end is SendEnd.Done or SendEnd.Closed or SendEnd.CalledOff) == true
                && (CountPlanned() == 0 || _time.GetUtcNow() >= _orders.ClosesOn(day)))
                return;

            Decide();
            _time.Advance(TimeSpan.FromSeconds(_chance.NextDouble() * 3));
        }
    }

    /// <returns>How each run's day ended; null where the process died.</returns>
    async Task<List<SendEnd>?> LiveAsync(HistoryProcess process, DateOnly day)
    {
        var clock = new ProcessClock(_time);
        var ledgers = new List<RunLedger>();
        try
        {
            foreach (var path in _paths)
                ledgers.Add(RunLedger.Open(path, clock, process.BeforeCommit));

            using var accounts = _orders.Govern(new LaneAccounts(
                [.. HistoryRun.LaneNames.Select((name, at) => AccountOf(process, at, clock))], clock));
            accounts.Recall(_paths.Select(RunAddress.OfFile));
            accounts.WaitOutOneWindow();

            var running = ActAsync(ledgers, accounts, day, clock);
            await _time.DriveAsync(running, async () =>
            {
                foreach (var ledger in ledgers)
                    await ledger.NoticeResolutionsAsync().ContinueWith(_ => { }, TaskScheduler.Default);
            });
            return await running;
        }
        catch (Exception death) when (IsDeath(death))
        {
            _told.Add($"{_time.GetUtcNow():MM-dd HH:mm:ss} died: {death.Message}");
            return null;
        }
        finally
        {
            foreach (var ledger in ledgers)
                await ledger.DisposeAsync();
        }

        bool IsDeath(Exception death) =>
            process.IsKilled || death.Message.Contains("a bug of the adapter", StringComparison.Ordinal);
    }

    LaneAccount AccountOf(HistoryProcess process, int lane, ProcessClock clock)
    {
        var options = HistoryRun.OptionsOf(lane, _shape);
        return new LaneAccount(
            new Lane(HistoryRun.LaneNames[lane], options),
            _gateways[lane].ConnectFrom(process, _shape.ListSize),
            Pace.Of(options, clock));
    }

    async Task<List<SendEnd>> ActAsync(List<RunLedger> ledgers, LaneAccounts accounts, DateOnly day, ProcessClock clock)
    {
        using var over = new CancellationTokenSource();
        using var stop = _chance.Next(3) == 0
            ? new CancellationTokenSource(TimeSpan.FromSeconds(_chance.NextDouble() * 30), _time)
            : new CancellationTokenSource();
        var person = Task.WhenAll(
            MendAsync(accounts, over.Token), _orders.ActAsync(accounts, clock, over.Token));
        try
        {
            await PutBackCutOffAsync(ledgers, accounts);
            return [.. await Task.WhenAll(
                ledgers.Select(ledger => new RunSession(ledger, Window, accounts, clock)
                {
                    ReadWindow = () => _orders.WindowOf(ledger.Info.Key),
                }.SendAsync(day, stop.Token)))];
        }
        finally
        {
            await over.CancelAsync();
            await person;
        }
    }

    /// <summary>As the worker does for gateways that drop repeats.</summary>
    static async Task PutBackCutOffAsync(List<RunLedger> ledgers, LaneAccounts accounts)
    {
        foreach (var ledger in ledgers)
        {
            foreach (var lane in ledger.Info.Lanes.Values.Where(lane => accounts.Find(lane.Name)!.Carrier.DropsRepeats))
                await ledger.SendAgainAsync(lane.Id);
            await ledger.NoticeResolutionsAsync();
        }
    }

    /// <summary>A person who lets a stopped account go on after a while.</summary>
    async Task MendAsync(LaneAccounts accounts, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(7), _time, over).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            foreach (var name in accounts.Names)
                accounts.Find(name)!.Pace.Resume();
        }
    }

    /// <summary>A person who has asked the carrier settles some of what is uncertain, as it was.</summary>
    void Decide()
    {
        foreach (var path in _paths.Where(_ => _chance.Next(3) == 0))
        {
            using var resolutions = new RunResolutions(path);
            foreach (var (seq, number, _) in Read(path).Where(row => row.Status == MessageStatus.Uncertain).ToList())
            {
                if (_chance.Next(2) == 0)
                    resolutions.Settle(
                        [seq],
                        WasReceived(path, number) == 0 ? MessageStatus.Planned : MessageStatus.Delivered,
                        "a person",
                        "the carrier says so",
                        1);
            }
        }
    }

    async Task LeaveAsync()
    {
        var clock = new ProcessClock(_time);
        foreach (var path in _paths)
        {
            await using var ledger = RunLedger.Open(path, clock);
            await ledger.LeaveAsync(Reason.WindowClosed);
            await ledger.CheckBalanceAsync();
        }
    }

    void Judge(string path)
    {
        foreach (var (seq, number, status) in Read(path))
        {
            var received = WasReceived(path, number);
            if (received > 1)
                throw Broken($"message {seq} was received {received} times");

            var holds = status switch
            {
                MessageStatus.Accepted or MessageStatus.Delivered => received == 1,
                MessageStatus.Failed or MessageStatus.Leftover => received == 0,
                MessageStatus.Uncertain => true,
                _ => false,
            };
            if (!holds)
                throw Broken($"message {seq} is {status}, and was received {received} times");
        }
    }

    /// <summary>At the gateways a call may arrive a moment after it was handed over; in the ledgers the contract holds
    /// to the microsecond.</summary>
    void JudgeArrivals()
    {
        for (var lane = 0; lane < _gateways.Length; lane++)
        {
            var gateway = _gateways[lane];
            HoldRate(
                $"at gateway {gateway.Name}",
                [.. gateway.Arrived.Select(call => (ProcessClock.ToMicros(call.At), call.Parts))],
                850_000);
            HoldWindow(gateway.Name, gateway.Arrived.Select(call => call.At), TimeSpan.FromSeconds(1));

            var handed = _paths.SelectMany(path => ReadHandOvers(path, lane + 1)).ToList();
            foreach (var path in _paths)
            {
                if (_orders.FindBroken(path, gateway.Name, ReadHandOvers(path, lane + 1)) is { } broken)
                    throw Broken(broken);
            }

            if (_orders.FindTooFast(gateway.Name, [.. handed]) is { } tooFast)
                throw Broken(tooFast);
            HoldRate($"in the ledgers, lane {gateway.Name}", handed, 1_000_000);
            HoldWindow(
                gateway.Name, handed.Select(call => ProcessClock.FromMicros(call.At)), TimeSpan.FromMilliseconds(2));
        }
    }

    void HoldRate(string where, List<(long At, int Parts)> calls, long window)
    {
        calls.Sort();
        var parts = 0;
        for (int first = 0, last = 0; last < calls.Count; last++)
        {
            parts += calls[last].Parts;
            for (; calls[first].At + window <= calls[last].At; first++)
                parts -= calls[first].Parts;
            if (parts > _shape.Rate)
                throw Broken(
                    $"{parts} parts {where} within {calls[last].At - calls[first].At} us up to "
                    + $"{ProcessClock.FromMicros(calls[last].At):MM-dd HH:mm:ss.ffffff}, contract {_shape.Rate}");
        }
    }

    void HoldWindow(string where, IEnumerable<DateTimeOffset> moments, TimeSpan late)
    {
        foreach (var at in moments)
        {
            var day = DateOnly.FromDateTime(at.UtcDateTime);
            if (at < Window.OpensOn(day) || at >= _orders.ClosesOn(day) + late)
                throw Broken($"handed over at {at:MM-dd HH:mm:ss.ffffff} on {where}");
        }
    }

    int WasReceived(string path, long number) =>
        _gateways.Sum(gateway =>
        {
            lock (gateway)
                return gateway.Received.GetValueOrDefault((Path.GetFileNameWithoutExtension(path), number));
        });

    long CountPlanned() =>
        _paths.Sum(path => Read(path).Count(row => row.Status is MessageStatus.Planned or MessageStatus.Submitting));

    static List<(long Seq, long Number, MessageStatus Status)> Read(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var rows = db.Prepare(
            "select message.seq, number, coalesce(status, 0) from message left join state on state.seq = message.seq");
        var found = new List<(long, long, MessageStatus)>();
        while (rows.Step())
            found.Add((rows.Number(0), rows.Number(1), (MessageStatus)rows.Number(2)));
        return found;
    }

    static List<(long At, int Parts)> ReadHandOvers(string path, int lane)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var rows = db.Prepare($"""
            select handed_us, parts from attempt where lane = {lane} and calls = 1 and handed_us is not null
            union all
            select each.handed_us, 1
            from   (select seq, attempt, handed_us from state union select seq, attempt, handed_us from tried) as each
            join   attempt on attempt.id = each.attempt
            where  attempt.lane = {lane} and attempt.calls > 1 and each.handed_us is not null
            """);
        var found = new List<(long, int)>();
        while (rows.Step())
            found.Add((rows.Number(0), (int)rows.Number(1)));
        return found;
    }

    HistoryException Broken(string rule) => new($"{rule} ({_shape}; {string.Join("; ", _told)})");
}

/// <summary>A history in which a rule was broken.</summary>
sealed class HistoryException(string message) : Exception(message);
