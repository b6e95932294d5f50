using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Rehearsing;

/// <summary>
/// Plays a campaign through: its real plan, rates and hours, by what sends it on the day, on virtual time and with
/// stand-in gateways.
/// </summary>
/// <remarks>
/// At a power cut time stands still while everybody does what they were about to do, which is what a disk may have of
/// it; then an image of the disk is taken. Whatever the process does as it ends after that is thrown away, and the
/// next one opens the image. Each has its own clock.
/// </remarks>
sealed class Rehearsal(RehearsalDay day, RehearsalFolder folder)
{
    /// <summary>How long before the opening, or before the first power cut, the day begins.</summary>
    static readonly TimeSpan Before = TimeSpan.FromMinutes(1);

    /// <summary>How often it is looked whether a process that ends has ended, by the machine's clock.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>How often at most, until a process that does not end is left to itself: a minute.</summary>
    const int MostGlances = 3_000;

    /// <summary>Plays the day. Called on a thread that is not the pool's.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="LedgerException">A ledger cannot be read or written.</exception>
    public RehearsalResult Run(CancellationToken stopping)
    {
        var cuts = new Queue<Stretch>(day.Scenario.PowerCuts.SelectMany(On).OrderBy(cut => cut.From));
        var opens = day.Window.OpensOn(day.Planned.Date);
        var first = cuts.TryPeek(out var earliest) && earliest.From < opens ? earliest.From : opens;
        var time = new VirtualTime(first - Before);
        for (var isRestart = false; ; isRestart = true)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var clock = time;
            var process = time.Within(() => RehearsedProcess.Start(day, clock));
            if (isRestart)
                SayPowerBack(process.Ledger, time);

            var work = time.Within(() => process.ConductAsync(ending.Token));
            Stretch cut;
            try
            {
                if (DriveToCut(process, time, work, cuts, stopping) is not { } next)
                    return Finish(process, time, [.. cuts.Where(IsOfFirstDay)]);

                cut = next;

                folder.TakeImage();
                SayPowerCut(process.Ledger, cut);
                process.CutOff();
                ending.Cancel();
                End(process, time, work);
            }
            catch
            {
                ending.Cancel();
                Abandon(process, time, work);
                throw;
            }

            folder.PutImageBack();
            time = new VirtualTime(cut.To);
        }
    }

    /// <summary>Lets go of what a process holds whose day is broken off; what it meets then is no news.</summary>
    static void Abandon(RehearsedProcess process, VirtualTime time, Task work)
    {
        try
        {
            End(process, time, work);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
        }
    }

    /// <returns>The next power cut, which has come; null where it is done. One on a later day that finds nothing to be
    /// sent is left out.</returns>
    Stretch? DriveToCut(
        RehearsedProcess process, VirtualTime time, Task work, Queue<Stretch> cuts, CancellationToken stopping)
    {
        while (cuts.TryPeek(out var cut))
        {
            if (Drive(time, work, cut.From, stopping))
                return null;

            cuts.Dequeue();
            if (IsOfFirstDay(cut) || process.Ledger.Counters.Of(MessageStatus.Planned) > 0)
                return cut;
        }

        Drive(time, work, DateTimeOffset.MaxValue, stopping);
        return null;
    }

    /// <returns>Whether it is done; else the moment has come.</returns>
    static bool Drive(VirtualTime time, Task work, DateTimeOffset until, CancellationToken stopping)
    {
        while (!time.Drive(work, until))
        {
            if (stopping.IsCancellationRequested)
                work.Wait(Glance, CancellationToken.None); // a stop has a time of its own, by the machine's clock
            else if (until < DateTimeOffset.MaxValue)
                return false;
            else
                throw new InvalidOperationException("nobody waits for time to pass, and the day is not over");
        }

        work.GetAwaiter().GetResult();
        stopping.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Lets a process that has no power any more come to its end: what it meets there never was.</summary>
    static void End(RehearsedProcess process, VirtualTime time, Task work)
    {
        for (var glances = 0; !time.Drive(work, DateTimeOffset.MaxValue); glances++)
        {
            if (glances == MostGlances)
                throw new InvalidOperationException("the rehearsed process does not end");
            ((IAsyncResult)work).AsyncWaitHandle.WaitOne(Glance);
        }

        _ = work.Exception; // seen
        Close(process, time);
    }

    static void Close(RehearsedProcess process, VirtualTime time) => Drive(
        time,
        time.Within(() => process.DisposeAsync().AsTask()),
        DateTimeOffset.MaxValue,
        CancellationToken.None);

    /// <param name="unreached">Power cuts that the day did not come to.</param>
    RehearsalResult Finish(RehearsedProcess process, VirtualTime time, IReadOnlyList<Stretch> unreached)
    {
        SayScenario(time.GetUtcNow());
        foreach (var cut in unreached)
            SayUnreached(cut, new Wording("Mất điện", "The power cut"));

        var (watcher, counters) = (process.Watcher, process.Ledger.Counters);
        if (watcher.Report is null && watcher.Unwritable is null)
            process.WriteReport();
        List<RehearsedLane> lanes = [.. process.Ledger.Info.Lanes.Values.Select(lane => Read(lane, counters))];
        var planned = counters.Of(MessageStatus.Planned);
        Close(process, time);

        foreach (var lane in lanes)
            SayLane(lane);
        SayReceipts();
        var run = Ledgers.OpenRegistry(day.Data).Find(day.Planned.Key)!;
        return new RehearsalResult(day.Timeline.Events, lanes, new RecordDesk(day.Data).Prove(run), watcher.Report)
        {
            Unwritable = watcher.Unwritable,
            WaitsForPerson = planned > 0,
            Repeated = day.Gateways.Values.Sum(gateway => gateway.Repeated),
        };
    }

    RehearsedLane Read(RunLane lane, RunCounters counters)
    {
        var gateway = day.Gateways[lane.Name];
        return new RehearsedLane(lane.Name, counters.Total(lane.Id))
        {
            Left = counters.Of(lane.Id, MessageStatus.Planned) + counters.Of(lane.Id, MessageStatus.Leftover),
            Settled = counters.Of(lane.Id, MessageStatus.Delivered)
                + counters.Of(lane.Id, MessageStatus.Sent)
                + counters.Of(lane.Id, MessageStatus.Accepted),
            Failed = counters.Of(lane.Id, MessageStatus.Failed),
            Uncertain = counters.Of(lane.Id, MessageStatus.Uncertain),
            First = gateway.First,
            Last = gateway.Last,
            ReceiptsBrought = gateway.ReceiptsBrought,
        };
    }

    IEnumerable<Stretch> On(DayHours hours) => hours.OnEach(day.Planned.Campaign.Schedule, day.Planned.Date);

    bool IsOfFirstDay(Stretch stretch) => stretch.From < day.Window.OpensOn(day.Planned.Date.AddDays(1));

    /// <summary>Those of the first day, and those of the days behind it on which it still sent.</summary>
    IEnumerable<Stretch> SeenOf(DayHours hours)
    {
        var last = day.Gateways.Values.Max(gateway => gateway.Last);
        return On(hours).Where(stretch => IsOfFirstDay(stretch) || stretch.From < last);
    }

    /// <param name="over">When the day that was played was over; what the scenario has later did not come.</param>
    void SayScenario(DateTimeOffset over)
    {
        foreach (var (lane, hours) in day.Scenario.Outages.SelectMany(
            outage => SeenOf(outage.Hours).Select(hours => (outage.Lane, hours))))
        {
            if (hours.From >= over)
            {
                SayUnreached(hours, new Wording(
                    $"Mất kết nối của kênh '{lane}'", $"The outage of the lane '{lane}'"));
                continue;
            }

            Add(hours.From, RehearsalEventKind.OutageBegan, lane, new Wording(
                $"Cổng nhắn tin của kênh '{lane}' mất kết nối.", $"The gateway of the lane '{lane}' goes away."));
            Add(hours.To, RehearsalEventKind.OutageEnded, lane, new Wording(
                $"Cổng nhắn tin của kênh '{lane}' có kết nối trở lại.",
                $"The gateway of the lane '{lane}' is back."));
        }

        foreach (var (lane, hours, share) in day.Scenario.Slow.SelectMany(
            slow => SeenOf(slow.Hours).Select(hours => (slow.Lane, hours, slow.Share))))
        {
            if (hours.From >= over)
            {
                SayUnreached(hours, new Wording(
                    $"Tốc độ chậm của kênh '{lane}'", $"The slowness of the lane '{lane}'"));
                continue;
            }

            var percent = (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
            var comma = percent.Replace('.', ',');
            Add(hours.From, RehearsalEventKind.SlowBegan, lane, new Wording(
                $"Cổng nhắn tin của kênh '{lane}' chỉ nhận được {comma}% tốc độ hợp đồng.",
                $"The gateway of the lane '{lane}' takes {percent} % of its contract only."));
            Add(hours.To, RehearsalEventKind.SlowEnded, lane, new Wording(
                $"Cổng nhắn tin của kênh '{lane}' nhận đủ tốc độ hợp đồng trở lại.",
                $"The gateway of the lane '{lane}' takes all of its contract again."));
        }
    }

    void SayUnreached(Stretch stretch, Wording what) =>
        Add(stretch.From, RehearsalEventKind.NotReached, null, what + new Wording(
            " chưa tới: diễn tập xong trước giờ này, nên không được thử.",
            " did not come: the rehearsal was over before it, so it was not tried."));

    void SayPowerCut(IRunLedger ledger, Stretch cut)
    {
        var sending = ledger.Counters.Of(MessageStatus.Submitting);
        day.Timeline.Add(new RehearsalEvent(
            cut.From,
            RehearsalEventKind.PowerCut,
            new Wording(
                $"Mất điện: chương trình tắt ngay, {Figures.Counted(sending, "message")} tin đang gửi dở.",
                $"The power fails: the program is gone at once, {Figures.Counted(sending, "message")} on the way."),
            Count: sending));
    }

    void SayPowerBack(IRunLedger ledger, VirtualTime time)
    {
        var interrupted = Figures.Counted(ledger.Interrupted, "message");
        day.Timeline.Add(new RehearsalEvent(
            time.GetUtcNow(),
            RehearsalEventKind.PowerBack,
            new Wording(
                $"Có điện, chương trình chạy lại: {interrupted} tin đang gửi dở được ghi là chưa rõ và không gửi lại.",
                $"The power is back, the program starts: {interrupted} in flight, uncertain now and not sent again."),
            Count: ledger.Interrupted));
    }

    void SayLane(RehearsedLane lane)
    {
        if (lane is not { First: { } first, Last: { } last })
            return;

        Add(first, RehearsalEventKind.LaneBegan, lane.Name, new Wording(
            $"Kênh gửi '{lane.Name}' chuyển tin đầu tiên.", $"The lane '{lane.Name}' hands over its first message."));
        var (count, took) = (lane.Messages - lane.Left, Figures.Duration(last - first));
        if (lane.Left == 0)
            Add(last, RehearsalEventKind.LaneDone, lane.Name, new Wording(
                $"Kênh gửi '{lane.Name}' chuyển xong {Figures.Counted(count, "message")} tin, sau {took}.",
                $"The lane '{lane.Name}' has handed over {Figures.Counted(count, "message")}, after {took}."), count);
        else
            Add(last, RehearsalEventKind.LaneEnded, lane.Name, new Wording(
                $"Kênh gửi '{lane.Name}' chuyển tin cuối cùng, còn {Figures.Count(lane.Left)} tin chưa gửi.",
                $"The lane '{lane.Name}' hands over its last with {Figures.Counted(lane.Left, "message")} not sent."),
                lane.Left);
    }

    void SayReceipts()
    {
        if (day.Gateways.Values.Max(gateway => gateway.LastReceipt) is not { } last)
            return;

        var count = day.Gateways.Values.Sum(gateway => gateway.ReceiptsBrought);
        Add(last, RehearsalEventKind.ReceiptsDone, null, new Wording(
            $"Nhận được biên nhận cuối cùng, tất cả {Figures.Counted(count, "receipt")} biên nhận.",
            $"The last receipt comes, of {Figures.Counted(count, "receipt")} in all."), count);
    }

    void Add(DateTimeOffset at, RehearsalEventKind kind, string? lane, Wording words, long? count = null) =>
        day.Timeline.Add(new RehearsalEvent(at, kind, words, lane, count));
}

/// <summary>What became of a lane's messages.</summary>
sealed record RehearsedLane(string Name, long Messages)
{
    /// <summary>Not handed over.</summary>
    public long Left { get; init; }

    /// <summary>Taken by the gateway, as far as its receipts can say.</summary>
    public long Settled { get; init; }

    public long Failed { get; init; }

    public long Uncertain { get; init; }

    public long ReceiptsBrought { get; init; }

    /// <summary>When its gateway took the first; null where it took none.</summary>
    public DateTimeOffset? First { get; init; }

    public DateTimeOffset? Last { get; init; }
}

/// <summary>What came of a rehearsal.</summary>
/// <param name="Events">In the order of time.</param>
/// <param name="Proof">The rates that were kept, as <c>prove</c> has them.</param>
/// <param name="Report">Null where it could not be written.</param>
sealed record RehearsalResult(
    IReadOnlyList<RehearsalEvent> Events, IReadOnlyList<RehearsedLane> Lanes, ProvenRun Proof, ReportResult? Report)
{
    /// <summary>Why the report could not be written.</summary>
    public Exception? Unwritable { get; init; }

    /// <summary>Whether messages wait for a person's decision.</summary>
    public bool WaitsForPerson { get; init; }

    /// <summary>Messages to a phone that had one already. There must be none.</summary>
    public long Repeated { get; init; }

    public long Left => Lanes.Sum(lane => lane.Left);

    /// <summary>Whether all would be sent inside the window, no contract broken, and everything adds up.</summary>
    public bool IsGood => Left == 0 && Repeated == 0 && Proof.Holds && Report is { Balance.Holds: true };
}
