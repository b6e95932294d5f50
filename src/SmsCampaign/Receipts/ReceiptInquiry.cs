using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Receipts;

/// <summary>
/// Asks gateways what became of messages that may have been sent, and, where a lane says so, of those whose last
/// receipt has not come. One request at a time a lane, at the pace its inquiry may have, however many runs it has; ends
/// with the lane's receipt time.
/// </summary>
/// <remarks>
/// A status is applied as a receipt is. A message that the gateway does not know goes back to planned only on a lane
/// whose document makes that proof (<see cref="InquiryOptions.AbsentMeansNotTaken"/>), as if a person had decided so:
/// with a resolution in the run's ledger and an event, both by "inquiry". How often each was asked is in the ledger,
/// so that a restart does not begin anew. Of a gateway that drops repeats nothing need be asked: what a crash or a stop
/// cut off goes back to planned at once, by "repeats dropped".
/// </remarks>
public sealed class ReceiptInquiry(OpenRuns runs, IRegistry registry, LaneAccounts accounts, ProcessClock clock)
{
    /// <summary>How often it is looked whether something is to be asked about.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>Most of its time that a lane may spend on walking through all that was taken: on a large run that is
    /// some tenths of a second.</summary>
    const double WalkingShare = 0.05;

    /// <summary>Longest wait a gateway can ask for.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Asks until it is asked to stop.</summary>
    /// <exception cref="LedgerException">A ledger cannot be read or written, and not only for a while.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var lanes = accounts.Names.Select(accounts.Find).OfType<LaneAccount>().ToList();
        List<Task> asking =
        [
            .. lanes.Where(account => account.Query is not null).Select(account => AskAsync(account, together.Token)),
            .. lanes
                .Where(account => account.Carrier.DropsRepeats)
                .Select(account => SendAgainAsync(account, together.Token)),
            Task.Delay(Timeout.InfiniteTimeSpan, clock.Time, together.Token),
        ];

        // One that cannot go on (a ledger that cannot be written) ends them all.
        await Task.WhenAny(asking);
        await together.CancelInTurnAsync();
        await Task.WhenAll(asking).Quietly();
        if (asking.Find(each => each.IsFaulted) is { } broken)
            await broken;
    }

    async Task AskAsync(LaneAccount account, CancellationToken stopping)
    {
        var walks = new Dictionary<ISettlingLedger, Walk>();
        while (!stopping.IsCancellationRequested)
        {
            if (!await AskAboutEachAsync(account, walks, stopping))
                await Task.Delay(Glance, clock.Time, stopping);
        }
    }

    /// <summary>Asks about each run in turn: the pace, and a wait the gateway asks for, are the account's, however
    /// many runs it has.</summary>
    /// <returns>Whether anything was asked.</returns>
    internal async Task<bool> AskAboutEachAsync(
        LaneAccount account, Dictionary<ISettlingLedger, Walk> walks, CancellationToken stopping)
    {
        var asked = false;
        foreach (var run in runs.OpenThoseUnderway())
        {
            if (!walks.TryGetValue(run, out var walk))
                walks[run] = walk = new Walk();

            try
            {
                if (await AskAboutAsync(run, account, walk, stopping) is not { } paced)
                    continue;

                asked = true;
                await Task.Delay(paced, clock.Time, stopping);
            }
            catch (LedgerException damaged) when (runs.TrySetAside(run, damaged)) // its own fault: the others go on
            {
            }
            catch (LedgerException held) when (IsHeld(held)) // asked again at the next glance
            {
            }
        }

        return asked;
    }

    /// <summary>Beside the asking: a gateway that asks for an hour's patience does not keep back what need
    /// not be asked about.</summary>
    async Task SendAgainAsync(LaneAccount account, CancellationToken stopping)
    {
        for (; ; await Task.Delay(Glance, clock.Time, stopping))
        {
            foreach (var run in runs.OpenThoseUnderway())
            {
                try
                {
                    await SendAgainAsync(run, account);
                }
                catch (LedgerException damaged) when (runs.TrySetAside(run, damaged))
                {
                }
                catch (LedgerException held) when (IsHeld(held))
                {
                }
            }
        }
    }

    /// <summary>Whether another program holds a file, which is no reason to end: whoever sends by it says so.</summary>
    static bool IsHeld(LedgerException thrown) => StorageFaults.KindOf(thrown) == StorageFault.Busy;

    internal async Task SendAgainAsync(ISettlingLedger run, LaneAccount account)
    {
        if (LaneOf(run, account) is not { } lane
            || run.Counters.Of(lane.Id, MessageStatus.Uncertain) == 0
            || clock.Now() >= OverAt(run, lane, account))
            return;

        if (await run.SendAgainAsync(lane.Id) is > 0 and var again)
            Record(run, lane, again, Decider.RepeatsDropped.Who);
    }

    /// <summary>Makes one request about messages of a run, where any are due.</summary>
    /// <returns>How long the lane's pace then makes it wait; null where nothing was asked.</returns>
    internal async Task<TimeSpan?> AskAboutAsync(
        ISettlingLedger run, LaneAccount account, Walk walk, CancellationToken stopping)
    {
        var query = account.Query!;
        var options = account.Lane.Options;
        if (LaneOf(run, account) is not { } lane)
            return null;

        // An answer must come while it can still be acted upon.
        var over = OverAt(run, lane, account);
        if (clock.Now() + (long)options.AnswerTimeout.TotalMicroseconds >= over)
            return null;

        var messages = FindDue(run, lane, query, options, walk);
        if (messages.Count == 0)
            return null;

        var asked = clock.Time.GetTimestamp();
        var answers = await query.AskAsync(
            [.. messages.Select(message => ToQueried(run.Info.Code, message))], stopping);

        var terms = new InquiryTerms(
            lane.Id,
            query.Inquiry!.AbsentMeansNotTaken && clock.Now() < over,
            account.Receipts is { RepeatsReference: false },
            query.Inquiry.AskAfter);
        var again = await run.ApplyAsync(
            terms, [.. messages.Zip(answers, (message, answer) => new Inquired(message, answer))]);
        if (again > 0)
            Record(run, lane, again, Decider.Inquiry.Who);

        var pause = query.Inquiry.Between - clock.Time.GetElapsedTime(asked);
        var held = answers.Max(answer => answer.RetryAfter) ?? TimeSpan.Zero;
        return held > LongestWait ? LongestWait : held > pause ? held : pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    void Record(ISettlingLedger run, RunLane lane, int again, string who) => registry.RecordEvent(
        who,
        "resolve",
        $"{run.Info.Key}: {Figures.Counted(again, "message").In(Language.English)} of {lane.Name} as Planned",
        clock.Time.GetUtcNow());

    static QueriedSms ToQueried(string run, UnsettledMessage message) => new(
        MessageReference.Of(run, message.Seq), message.CarrierId)
    {
        Call = message.Call is not { } call ? null : new SentCall(
            new PhoneNumber(call.Number),
            MessageReference.Of(run, call.First),
            call.Attempt,
            ProcessClock.FromMicros(call.HandedAt)),
    };

    static RunLane? LaneOf(ISettlingLedger run, LaneAccount account) =>
        run.Info.Lanes.Values.FirstOrDefault(lane => lane.Name == account.Lane.Name);

    /// <summary>With the receipt time of its lanes a run is over.</summary>
    static long OverAt(ISettlingLedger run, RunLane lane, LaneAccount account) =>
        run.Counters.LastHandOver(lane.Id) + (long)account.Lane.Options.ReceiptTimeout.TotalMicroseconds;

    List<UnsettledMessage> FindDue(
        ISettlingLedger run, RunLane lane, IReceiptQuery query, LaneOptions options, Walk walk)
    {
        var now = clock.Now();
        var carriers =
            run.Info.LaneOfCarrier.Where(pair => pair.Value == lane.Id).Select(pair => pair.Key).Order().ToList();
        var due = new List<UnsettledMessage>();
        using var reader = run.ReadUnsettled();

        var since = now - (long)query.Inquiry!.AskAfter.TotalMicroseconds;
        foreach (var carrier in run.Counters.Of(lane.Id, MessageStatus.Uncertain) > 0 ? carriers : [])
            due.AddRange(
                reader.ReadUncertain(carrier, since, now, query.AsksByReference, query.MostPerQuery - due.Count));
        if (due.Count > 0)
            return due;

        // Few, if any: no need to walk.
        var handedBy = now - (long)(options.ReceiptTimeout - query.Inquiry.BeforeTimeout).TotalMicroseconds;
        due.AddRange(reader.ReadMoved(
            lane.Id,
            since,
            query.Inquiry.BeforeTimeout > TimeSpan.Zero ? handedBy : null,
            lane.AwaitsReceipt(MessageStatus.Sent),
            now,
            query.AsksByReference,
            query.MostPerQuery));
        if (due.Count > 0)
            return due;

        var isWaitedFor = query.Inquiry.BeforeTimeout > TimeSpan.Zero
            && Enum.GetValues<MessageStatus>().Any(status =>
                status != MessageStatus.Uncertain
                && lane.AwaitsReceipt(status)
                && run.Counters.Of(lane.Id, status) > 0);
        if (!isWaitedFor || now < walk.NextAt)
            return due;

        var began = clock.Time.GetTimestamp();
        foreach (var carrier in carriers.Where(carrier => MessageSeq.RangeOf(carrier).Last >= walk.From))
        {
            due.AddRange(reader.ReadTaken(
                carrier,
                walk.From,
                lane.AwaitsReceipt(MessageStatus.Sent),
                handedBy,
                now,
                query.AsksByReference,
                query.MostPerQuery - due.Count));
            if (due.Count < query.MostPerQuery)
                continue;

            walk.From = due[^1].Seq + 1;
            return due;
        }

        var rest = clock.Time.GetElapsedTime(began) / WalkingShare;
        (walk.From, walk.NextAt) =
            (0, now + (long)(rest > query.Inquiry.AskAfter ? rest : query.Inquiry.AskAfter).TotalMicroseconds);
        return due;
    }

    /// <summary>How far all that was taken has been walked through.</summary>
    internal sealed class Walk
    {
        public long From { get; set; }

        public long NextAt { get; set; }
    }
}
