using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// The ledger of a run while it is sent, in its database. Says what is to be written together;
/// <see cref="RunWriter"/> writes it.
/// </summary>
/// <remarks>
/// One process at a time writes (<see cref="SendingLock"/>); within it one thread does, a group of calls a commit.
/// Opening it takes the run's lanes, and settles what was on its way under the intents of whoever had them:
/// their messages are uncertain.
/// </remarks>
public sealed class RunLedger : IRunLedger
{
    readonly Database _at;
    readonly RunWriter _writer;
    readonly ProcessClock _clock;
    readonly TrialRows _trials;
    long _repeatsFrom = long.MinValue;

    RunLedger(Database at, RunWriter writer, ProcessClock clock)
    {
        (_at, _writer, _clock) = (at, writer, clock);
        _trials = new TrialRows(at, writer, clock);
    }

    public RunAddress Address => new(_at);

    public RunInfo Info => _writer.Info;

    public RunCounters Counters => _writer.Counters;

    public RunRoutes Routes => _writer.Routes;

    public ILaneTrials Trials => _trials;

    public long Interrupted { get; private init; }

    public IReadOnlyDictionary<int, long> LastHandOver { get; private init; } = new Dictionary<int, long>();

    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold.</exception>
    public static RunLedger Open(Database at, ProcessClock clock) => Open(at, clock, null);

    /// <summary>Opens the ledger of a run that may be sent, where it is all that is known of the run,
    /// and keeps that up.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    /// <exception cref="RunFileException">It is another's, or older than what is known of the run.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold.</exception>
    public static RunLedger Open(Database at, ProcessClock clock, RunKey key, DataFolder data) =>
        Open(at, clock, null, key, data);

    /// <param name="beforeCommit">As of <see cref="CommitSteps"/>.</param>
    /// <param name="data">Where marks are kept; null: nowhere. They are the whole run's: only where
    /// all lanes are taken.</param>
    /// <param name="lanes">Ids of the lanes it takes; null: all.</param>
    internal static RunLedger Open(
        Database at,
        ProcessClock clock,
        Action? beforeCommit,
        RunKey? key = null,
        DataFolder? data = null,
        IReadOnlyCollection<int>? lanes = null)
    {
        // Before anything is written: a stale file must not be settled as if it were the newest.
        var judged = data is null ? null : RunFile.Judge(data, key!, new RunAddress(at)).OrRefuse();
        if (!at.Exists)
            throw at.Missing();

        MarkKeeper? mark = null;
        var db = at.Open();
        try
        {
            // FULL: an intent is on disk when its commit returns, whatever happens to the power.
            if (data is not null)
                db.WaitFor(data.Patience);
            db.MakeReadyToSend();
            db.Flush(data is not { Flushes: false });
            db.Upgrade(TableSet.Run);

            var kept = new TallyRows(db);
            var lastHandOver = RunRecovery.ReadLastHandOver(db);
            var (interrupted, epochs) = RunRecovery.Recover(db, clock, kept, lanes);

            // Where the counts were kept they are believed, and the rows counted beside what is done with them.
            var isCounted = !TallyRows.AreIn(db);
            if ((isCounted ? BalanceRows.Count(db) : BalanceRows.ReadKept(db)) is { Holds: false } balance)
                throw new UnbalancedException(new RunAddress(at), balance.Numbers);
            if (isCounted)
                RunRecovery.KeepSent(db, kept); // before the counts, by which a start knows that this is kept too

            if (judged is not null && !key!.Simulated)
                mark = MarkKeeper.Open(data!, judged, () => AttemptReach.ReadFrontier(db));
            var writer = new RunWriter(
                db,
                clock,
                kept,
                epochs,
                mark,
                info => isCounted ? null : new RunAudit(at, $"audit {info.Key}"),
                beforeCommit);
            foreach (var (lane, last) in lastHandOver)
                writer.Counters.AddHandedOver(lane, Math.Min(last, clock.Now()), 0, 0);
            writer.Counters.Publish();
            return new RunLedger(at, writer, clock)
            {
                Interrupted = interrupted,
                LastHandOver = RunRecovery.WithPreparations(db, lastHandOver),
            };
        }
        catch
        {
            mark?.Dispose();
            db.Dispose();
            throw;
        }
    }

    public int? LaneOf(long seq) =>
        Routes.Find(seq) ?? (Info.LaneOfCarrier.TryGetValue(MessageSeq.CarrierOf(seq), out var lane) ? lane : null);

    /// <summary>The last moment a ledger speaks of, microseconds; 0 where nothing has happened yet.</summary>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    public static long ReadLastMoment(Database at)
    {
        using var db = at.Look();
        return Math.Max(
            db.ReadNumber("select max(max(intent_us, coalesce(answered_us, 0))) from attempt") ?? 0,
            db.ReadNumber("select max(settled_us) from state") ?? 0);
    }

    public IPlannedReader ReadPlanned() => new PlannedReader(_at);

    public IUnsettledReader ReadUnsettled() => new UnsettledReader(_at);

    public IReadOnlyList<EarlierTries> ReadTries() => ReadTries(_at);

    public IReadOnlyList<LaneChange> ReadHistory(int lane) => LaneHistory.Read(_at, lane);

    /// <inheritdoc cref="ISendingLedger.ReadTries"/>
    internal static IReadOnlyList<EarlierTries> ReadTries(Database at)
    {
        using var db = at.Look();
        return RunRecovery.ReadTries(db);
    }

    public Task<IReadOnlyList<long?>> BeginAsync(IReadOnlyList<PlannedCall> calls) => _writer.WriteAsync(() =>
    {
        if (_writer.Wrong is { } wrong)
            throw new UnbalancedException(Address, wrong);

        var now = _clock.Now();
        return (IReadOnlyList<long?>)[.. calls.Select(call => _writer.Calls.Begin(call, now))];
    },
    ahead =>
    {
        foreach (var call in calls)
            ahead.Add(call.Messages[0].Seq, call.Messages[^1].Seq);
    });

    public async Task<IReadOnlyList<(int Answer, PlannedMessage Message)>> FinishAsync(
        IReadOnlyList<CallResult> answers)
    {
        try
        {
            return await _writer.WriteAsync(() =>
            {
                var now = _clock.Now();
                var again = new List<(int, PlannedMessage)>();
                for (var answer = 0; answer < answers.Count; answer++)
                    _writer.Calls.Finish(answers[answer], answer, again, now);

                return again;
            },
            ahead =>
            {
                foreach (var answer in answers)
                {
                    if (answer.Results.Count > 0)
                        ahead.Add(
                            answer.Call.Messages[answer.First].Seq,
                            answer.Call.Messages[answer.First + answer.Results.Count - 1].Seq);
                }
            });
        }
        catch (LedgerException held) when (held.IsBusy && held.File == _at.Name)
        {
            // Where it is ledger.db that is held, for the marks, they are written.
            KeepAnswers(answers);
            throw;
        }
    }

    public void KeepAnswers(IReadOnlyList<CallResult> answers) => _writer.KeepAnswers(answers);

    public int Unwritten => _writer.Unwritten;

    public Action<int, Exception>? Dropped { set => _writer.Dropped = value; }

    public void Hurry() => _writer.Hurry();

    public Task GiveUpAsync(IReadOnlyList<(PlannedBatch Batch, long Seq, SendResult Why)> messages) =>
        _writer.WriteAsync(() => _writer.Calls.GiveUp(messages, _clock.Now()));

    public async Task CheckBalanceAsync()
    {
        await _writer.WriteAsync(() =>
        {
            if (_writer.FindDrift() is { } drift)
                throw new UnbalancedException(Address, drift);
        });

        // Beside the writer: the rows of a whole country take minutes.
        using var still = VirtualTime.Holding(_clock.Time);
        if (await Task.Run(Audit) is { } wrong)
            throw new UnbalancedException(Address, wrong);

        Wording? Audit()
        {
            using var db = _at.Look();
            db.BeginReading();
            return BalanceRows.Audit(db);
        }
    }

    public async Task<int> MoveAsync(
        int fromLane, int toLane, IReadOnlyDictionary<int, int> partsOfSegment, string why, CancellationToken stopping =
            default)
    {
        var moved = 0;
        foreach (var piece in MoveRows.Pieces(await _writer.WriteAsync(
            () => _writer.Moves.ReadBatches(fromLane, partsOfSegment))))
        {
            if (stopping.IsCancellationRequested)
                break;
            moved += await _writer.WriteAsync(() =>
            {
                _writer.Epochs.Check(fromLane);
                return piece.Sum(range => _writer.Moves.Move(range, toLane, why, _clock.Now()));
            });
        }

        return moved;
    }

    public Task<int> StopRepeatingAsync(long before) => _writer.WriteAsync(() =>
    {
        _writer.Epochs.CheckAll();
        _writer.Resolutions.TakeIn(); // of those put back to planned
        var messages = _writer.Statements.StopRepeating(before, _clock.Now());
        foreach (var seq in messages)
            Counters.Move(seq, MessageStatus.Planned, MessageStatus.Uncertain);
        _repeatsFrom = before;
        return messages.Count;
    });

    public Task<int> InterruptAsync() => _writer.WriteAfterAnswersAsync(() => _writer.Interrupt(_clock.Now()));

    public Task FinishBatchAsync(PlannedBatch batch) => _writer.WriteAsync(() =>
    {
        if (!_writer.Calls.IsReopened(batch))
            _writer.Statements.CloseBatch(batch.Id, _clock.Now());
    });

    public Task HoldAsync(int lane, LaneChange change) =>
        _writer.WriteAsync(() => _writer.Holds.Add(lane, change));

    public Task MovePreparationAsync(int lane, long noted, long? left) =>
        _writer.WriteAsync(() => _writer.Holds.Move(lane, noted, left));

    public Task<long> LeaveAsync(Reason reason, int? lane = null) =>
        _writer.WriteAfterAnswersAsync(() => _writer.Leave(reason, lane, _clock.Now()));

    public Task<IReadOnlyList<(int At, ReceiptOddity Kind)>> ApplyAsync(MatchedReceipt[] receipts, ReceiptMark? mark) =>
        _writer.WriteAsync(() =>
        {
            // What is on its way on a lane its owner alone knows.
            short last = 0;
            foreach (ref readonly var receipt in receipts.AsSpan())
            {
                if (receipt.Lane != last)
                    _writer.Epochs.Check(last = receipt.Lane);
            }

            return _writer.Receipts.Apply(receipts, mark, _clock.Now());
        },
        ahead =>
        {
            foreach (ref readonly var receipt in receipts.AsSpan())
                ahead.Add(receipt.Seq, receipt.Seq);
        });

    public Task<IReadOnlyList<ReceiptNote>> ReadReceiptNotesAsync() => _writer.WriteAsync(_writer.Receipts.ReadNotes);

    public Task ClearReceiptNotesAsync() => _writer.WriteAsync(_writer.Receipts.ClearNotes);

    public Task<IReadOnlyList<NamedMessage?>> FindAsync(IReadOnlyList<(int Lane, string CarrierId)> ids) =>
        _writer.WriteAsync(() => _writer.Receipts.Find(ids));

    public Task<IReadOnlyList<bool>> AreInFlightAsync(IReadOnlyList<long> messages) =>
        _writer.WriteAsync(() => _writer.Receipts.AreInFlight(messages));

    public Task<int> ApplyAsync(InquiryTerms terms, IReadOnlyList<Inquired> answers) =>
        _writer.WriteAsync(() =>
        {
            _writer.Epochs.Check(terms.Lane);
            return _writer.Inquiries.Apply(terms, answers, _clock.Now());
        });

    public Task<int> SendAgainAsync(int lane) => _writer.WriteAsync(() =>
    {
        _writer.Epochs.Check(lane);
        return _writer.Inquiries.PutBackCutOff(
            lane,
            Info.LaneOfCarrier.Where(pair => pair.Value == lane).Select(pair => pair.Key),
            _repeatsFrom,
            _clock.Now());
    });

    public Task<bool> NoticeResolutionsAsync() => _writer.WriteAsync(_writer.Resolutions.TakeIn);

    public ValueTask DisposeAsync()
    {
        _trials.Dispose();
        return _writer.DisposeAsync();
    }
}
