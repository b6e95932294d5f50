using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>
/// The ledger of a run while it is sent: intents before effects, outcomes, receipts, and what is left to do.
/// </summary>
/// <remarks>
/// One process at a time writes (<see cref="SendingLock"/>); within it one thread does, a group of calls a commit.
/// Opening it settles what a crash left: every attempt without an answer makes its messages uncertain.
/// </remarks>
public sealed class RunLedger : IAsyncDisposable
{
    readonly SqliteDb _db;
    readonly GroupCommit _writer;
    readonly TallyRows _kept;
    readonly RunStatements _statements;
    readonly RunAudit? _audit;
    readonly OpenAttempts _attempts;
    readonly ReceiptRows _receipts;
    readonly InquiryRows _inquiries;
    readonly MoveRows _moves;
    readonly ResolutionRows _resolutions;
    readonly CallRows _calls;
    readonly ProcessClock _clock;
    readonly MarkKeeper? _mark;

    /// <summary>The last message of each carrier that is in an attempt.</summary>
    readonly long[] _frontier = new long[MessageSeq.MostCarriers + 1];
    long _repeatsFrom = long.MinValue;

    /// <param name="kept">Disposed with the ledger.</param>
    /// <param name="isCounted">Whether the rows have just been counted; else they are, beside what is done with the ledger.</param>
    RunLedger(string path, SqliteDb db, ProcessClock clock, TallyRows kept, bool isCounted, Action? beforeCommit, MarkKeeper? mark)
    {
        Path = path;
        _db = db;
        _clock = clock;
        _mark = mark;
        for (var carrier = 0; mark is not null && carrier < _frontier.Length; carrier++)
            _frontier[carrier] = mark.Frontier[carrier];
        Info = RunInfo.Read(db);
        _kept = kept;
        _statements = new RunStatements(db, kept);

        // At one moment: what a person settles from now on is noticed later, and only then.
        db.Execute("begin immediate");
        Routes = RunRoutes.Read(db);
        var lastMove = db.ReadNumber("select max(at_us) from route") ?? 0;
        Counters = RunCounters.Read(db, Info, Routes, kept);
        var resolved = db.ReadNumber("select max(id) from resolution") ?? 0;
        db.Execute("commit");
        _attempts = new OpenAttempts(
            RunRecovery.ReadTried(db), RunRecovery.ReadTries(db).Where(tries => tries.MayBeSent).Select(tries => tries.Seq));
        _receipts = new ReceiptRows(db, _statements, _attempts, Counters, Info);
        _inquiries = new InquiryRows(db, _statements, _receipts);
        _resolutions = new ResolutionRows(_statements, Counters, resolved);
        _moves = new MoveRows(db, Counters, Routes, _resolutions, lastMove);
        _calls = new CallRows(Info, _statements, _attempts, _receipts, Counters, _moves, _resolutions, _frontier);
        _writer = new GroupCommit(db, $"ledger {Info.Key}", new CommitSteps(() => WriteCounts(beforeCommit), Keep, TakeBack));
        _audit = isCounted ? null : new RunAudit(path, $"audit {Info.Key}");
    }

    public string Path { get; }

    public RunInfo Info { get; }

    /// <summary>How many messages stand where, kept up with every commit.</summary>
    public RunCounters Counters { get; }

    /// <summary>Which messages another lane sends than the plan said, kept up with every commit.</summary>
    public RunRoutes Routes { get; }

    /// <summary>Id of the lane that sends a message; null where the run has no such carrier.</summary>
    public int? LaneOf(long seq) =>
        Routes.Find(seq) ?? (Info.LaneOfCarrier.TryGetValue(MessageSeq.CarrierOf(seq), out var lane) ? lane : null);

    /// <summary>Messages that a crash before this opening left uncertain.</summary>
    public long Interrupted { get; private init; }

    /// <summary>When the lane last handed something over or made a request without a message, as far as is known: microseconds; null where
    /// it never did. <see cref="long.MaxValue"/> where a crash hides it.</summary>
    public IReadOnlyDictionary<int, long> LastHandOver { get; private init; } = new Dictionary<int, long>();

    /// <exception cref="LedgerException">The file is not there, or not a run's ledger.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold.</exception>
    public static RunLedger Open(string path, ProcessClock clock) => Open(path, clock, null);

    /// <summary>Opens the ledger of a run that may be sent, where it is all that is known of the run, and keeps that up.</summary>
    /// <exception cref="LedgerException">The file is not there, or not a run's ledger.</exception>
    /// <exception cref="RunFileException">It is another's, or older than what is known of the run.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold.</exception>
    public static RunLedger Open(string path, ProcessClock clock, RunKey key, DataFolder data) => Open(path, clock, null, key, data);

    /// <param name="beforeCommit">As of <see cref="CommitSteps"/>.</param>
    /// <param name="data">Where marks are kept; null: nowhere.</param>
    internal static RunLedger Open(string path, ProcessClock clock, Action? beforeCommit, RunKey? key = null, DataFolder? data = null)
    {
        // Before anything is written: a stale file must not be settled as if it were the newest.
        var judged = data is null ? null : RunFile.Judge(data, key!, path).OrRefuse();
        if (!File.Exists(path))
            throw new LedgerException(FaultWords.NoLedger(path)) { File = path, Fault = StorageFault.Missing };

        MarkKeeper? mark = null;
        var db = SqliteDb.Open(path);
        try
        {
            // FULL: an intent is on disk when its commit returns, whatever happens to the power.
            db.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32768");
            Migrations.Upgrade(db, "Run");

            var kept = new TallyRows(db);
            var lastHandOver = RunRecovery.ReadLastHandOver(db);
            var interrupted = RunRecovery.Recover(db, clock, kept);

            // Where the counts were kept they are believed, and the rows counted beside what is done with them.
            var isCounted = !TallyRows.AreIn(db);
            if ((isCounted ? RunBalance.Count(db) : RunBalance.ReadKept(db)) is { Holds: false } balance)
                throw new UnbalancedException(path, balance.Numbers);
            if (isCounted)
                RunRecovery.KeepSent(db, kept); // before the counts, by which a start knows that this is kept too

            if (judged is not null && !key!.Simulated)
                mark = MarkKeeper.Open(data!, judged, db);
            var ledger = new RunLedger(path, db, clock, kept, isCounted, beforeCommit, mark)
            {
                Interrupted = interrupted,
                LastHandOver = RunRecovery.WithPreparations(db, lastHandOver),
            };
            foreach (var (lane, last) in lastHandOver)
                ledger.Counters.AddHandedOver(lane, Math.Min(last, clock.Now()), 0, 0);
            ledger.Counters.Publish();
            return ledger;
        }
        catch
        {
            mark?.Dispose();
            db.Dispose();
            throw;
        }
    }

    /// <summary>The last moment a ledger speaks of, microseconds; 0 where nothing has happened yet.</summary>
    /// <exception cref="LedgerException">The file is not there, or not a run's ledger.</exception>
    public static long ReadLastMoment(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return Math.Max(
            db.ReadNumber("select max(max(intent_us, coalesce(answered_us, 0))) from attempt") ?? 0,
            db.ReadNumber("select max(settled_us) from state") ?? 0);
    }

    /// <summary>A reader of what is still to be sent, on a connection of its own.</summary>
    public PlannedReader ReadPlanned() => new(Path);

    /// <summary>A reader of what gateways may be asked about, on a connection of its own.</summary>
    public UnsettledReader ReadUnsettled() => new(Path);

    /// <summary>
    /// Writes that calls are about to be made (rule 2). On disk when the task ends.
    /// </summary>
    /// <returns>The attempt's id for each call; null for a call with a message that has meanwhile left "planned" (a
    /// receipt came, a person settled it): it must not be made.</returns>
    /// <exception cref="UnbalancedException">Counting the rows has found meanwhile that rule 7 does not hold: nothing more is sent.</exception>
    public Task<IReadOnlyList<long?>> BeginAsync(IReadOnlyList<PlannedCall> calls) => _writer.WriteAsync(() =>
    {
        if (_audit?.Wrong is { } wrong)
            throw new UnbalancedException(Path, wrong);

        var now = _clock.Now();
        return (IReadOnlyList<long?>)[.. calls.Select(call => _calls.Begin(call, now))];
    });

    /// <summary>Writes what came of calls. On disk when the task ends.</summary>
    /// <returns>The messages to try again, by their answer's position, in order: those deferred, unless a receipt says they were sent after all.</returns>
    public Task<IReadOnlyList<(int Answer, PlannedMessage Message)>> FinishAsync(IReadOnlyList<CallResult> answers) => _writer.WriteAsync(() =>
    {
        var now = _clock.Now();
        var again = new List<(int, PlannedMessage)>();
        for (var answer = 0; answer < answers.Count; answer++)
            _calls.Finish(answers[answer], answer, again, now);

        return (IReadOnlyList<(int, PlannedMessage)>)again;
    });

    /// <summary>Settles messages that wait to be tried again and will not be.</summary>
    /// <param name="messages">Each with why: rejected or uncertain.</param>
    public Task GiveUpAsync(IReadOnlyList<(PlannedBatch Batch, long Seq, SendResult Why)> messages) =>
        _writer.WriteAsync(() => _calls.GiveUp(messages, _clock.Now()));

    /// <summary>Proves by counting that nobody is lost and that every number shown is what the rows say.</summary>
    /// <exception cref="UnbalancedException">It is not so.</exception>
    public async Task CheckBalanceAsync()
    {
        await _writer.WriteAsync(() =>
        {
            // What persons settled through another process is kept already.
            _resolutions.TakeIn();
            Counters.Write(_kept);
            Counters.ForgetUnwritten();
            var kept = RunBalance.ReadKept(_db);
            if (!kept.Holds || kept.ByStatus.Any(pair => Counters.Written(pair.Key) != pair.Value))
                throw new UnbalancedException(Path, kept.NumbersBeside(kept.ByStatus.Keys.ToDictionary(status => status, Counters.Written)));
        });

        // Beside the writer: the rows of a whole country take minutes.
        if (await Task.Run(Audit) is { } wrong)
            throw new UnbalancedException(Path, wrong);

        Wording? Audit()
        {
            using var db = SqliteDb.Open(Path, readOnly: true);
            db.Execute("begin");
            return RunBalance.Audit(db);
        }
    }

    /// <summary>What is known of the messages that were tried before and not settled by it.</summary>
    public static IReadOnlyList<EarlierTries> ReadTries(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return RunRecovery.ReadTries(db);
    }

    /// <summary>Moves to another lane what is planned on one that has stopped, but for what has moved before and what may have
    /// been sent. In pieces, between which others write; cut off at any moment, what was moved is, and the rest can be moved later. Only
    /// while nothing of the lane is on its way.</summary>
    /// <param name="partsOfSegment">Parts of one message as the other lane counts, by segment: those of other segments stay.</param>
    /// <param name="stopping">Ends it after the piece at hand.</param>
    /// <returns>How many messages.</returns>
    public async Task<int> MoveAsync(
        int from, int to, IReadOnlyDictionary<int, int> partsOfSegment, string why, CancellationToken stopping = default)
    {
        var moved = 0;
        foreach (var piece in MoveRows.Pieces(await _writer.WriteAsync(() => _moves.ReadBatches(from, partsOfSegment))))
        {
            if (stopping.IsCancellationRequested)
                break;
            moved += await _writer.WriteAsync(() => piece.Sum(range => _moves.Move(range, to, why, _clock.Now())));
        }

        return moved;
    }

    /// <summary>What waits to be repeated, and may have been sent before a moment, becomes uncertain: a gateway that drops repeats does not
    /// know them for ever. From then on <see cref="SendAgainAsync"/> puts back nothing from before it either. Only while nothing is being sent.</summary>
    /// <param name="before">Microseconds; <see cref="long.MaxValue"/> for all that waits.</param>
    /// <returns>How many messages.</returns>
    public Task<int> StopRepeatingAsync(long before) => _writer.WriteAsync(() =>
    {
        _resolutions.TakeIn(); // of those put back to planned
        var messages = _statements.StopRepeating(before, _clock.Now());
        foreach (var seq in messages)
            Counters.Move(seq, MessageStatus.Planned, MessageStatus.Uncertain);
        _repeatsFrom = before;
        return messages.Count;
    });

    /// <summary>
    /// Makes uncertain, as after a crash, what is still under an intent of this process although nothing is being sent: its answer
    /// could not be written when it came. Nothing is read as planned that may have been handed over. Only while nothing is being sent.
    /// </summary>
    /// <returns>How many messages.</returns>
    public Task<int> InterruptAsync() => _writer.WriteAsync(() => Interrupt(_clock.Now()));

    /// <summary>Notes that no message of a batch is planned any more, so that the next start need not look.</summary>
    public Task FinishBatchAsync(PlannedBatch batch) => _writer.WriteAsync(() =>
    {
        if (!_calls.IsReopened(batch))
            _statements.CloseBatch(batch.Id, _clock.Now());
    });

    /// <summary>Notes a change of a lane's pace.</summary>
    public Task HoldAsync(int lane, LaneChange change) => _writer.WriteAsync(() => _statements.AddHold(lane, change));

    /// <summary>Notes when a request without a message left that was noted before.</summary>
    /// <param name="noted">Microseconds, as is <paramref name="left"/>; null: it never did.</param>
    public Task MovePreparationAsync(int lane, long noted, long? left) => _writer.WriteAsync(() => _statements.MovePreparation(lane, noted, left));

    /// <summary>Every message still planned becomes leftover. Only while nothing is being sent.</summary>
    /// <returns>How many.</returns>
    public Task<long> LeaveAsync(Reason reason) => _writer.WriteAsync(() =>
    {
        Interrupt(_clock.Now());
        var left = _statements.LeavePlanned(reason, _clock.Now());

        // Counted anew below: what persons have settled so far is in it.
        _resolutions.TakeIn();
        Counters.Recount(_db);
        return left;
    });

    /// <summary>Applies receipts. On disk when the task ends.</summary>
    /// <param name="receipts">In the order of their messages; those of one message in the order they came.</param>
    /// <param name="mark">How far they go: not applied again after a crash, but for those that waited. Null where all did.</param>
    /// <returns>Those that were odd: their place and why.</returns>
    public Task<IReadOnlyList<(int At, ReceiptOddity Kind)>> ApplyAsync(MatchedReceipt[] receipts, ReceiptMark? mark) =>
        _writer.WriteAsync(() => _receipts.Apply(receipts, mark, _clock.Now()));

    /// <summary>What this run has settled of receipts and the file of receipts may not know yet: see <see cref="ReceiptNote"/>.</summary>
    internal Task<IReadOnlyList<ReceiptNote>> ReadReceiptNotesAsync() => _writer.WriteAsync(_receipts.ReadNotes);

    /// <summary>Forgets them: they are in the file of receipts.</summary>
    internal Task ClearReceiptNotesAsync() => _writer.WriteAsync(_receipts.ClearNotes);

    /// <summary>The messages to which gateways gave ids, on lanes whose receipts do not repeat our reference.</summary>
    /// <returns>One for each; null where there is none (yet).</returns>
    public Task<IReadOnlyList<NamedMessage?>> FindAsync(IReadOnlyList<(int Lane, string CarrierId)> ids) => _writer.WriteAsync(() =>
        _receipts.Find(ids));

    /// <summary>Which messages are on their way: their calls are begun, and no answer is written yet.</summary>
    /// <returns>One for each.</returns>
    public Task<IReadOnlyList<bool>> AreInFlightAsync(IReadOnlyList<long> messages) => _writer.WriteAsync(() => _receipts.AreInFlight(messages));

    /// <summary>Applies what a gateway answered when it was asked about messages. On disk when the task ends.</summary>
    /// <returns>How many messages were put back to planned. They are noticed as a person's decision is:
    /// <see cref="NoticeResolutionsAsync"/>.</returns>
    public Task<int> ApplyAsync(InquiryTerms terms, IReadOnlyList<Inquired> answers) =>
        _writer.WriteAsync(() => _inquiries.Apply(terms, answers, _clock.Now()));

    /// <summary>Puts back to planned what a crash or a stop cut off on a lane whose gateway drops repeats.</summary>
    /// <returns>How many messages. They are noticed as a person's decision is.</returns>
    public Task<int> SendAgainAsync(int lane) => _writer.WriteAsync(() =>
        _inquiries.PutBackCutOff(lane, Info.LaneOfCarrier.Where(pair => pair.Value == lane).Select(pair => pair.Key), _repeatsFrom, _clock.Now()));

    /// <summary>Takes in what persons have settled through another process (<see cref="RunResolutions"/>) since it was
    /// last looked.</summary>
    /// <returns>Whether any message was put back to planned.</returns>
    public Task<bool> NoticeResolutionsAsync() => _writer.WriteAsync(_resolutions.TakeIn);

    public async ValueTask DisposeAsync()
    {
        _audit?.Dispose();
        await _writer.DisposeAsync();
        _mark?.Dispose();
        _inquiries.Dispose();
        _receipts.Dispose();
        _moves.Dispose();
        _statements.Dispose();
        _kept.Dispose();

        // Leaves one file behind, not three, where nobody else reads.
        _db.TryExecute("pragma wal_checkpoint(truncate)");
        _db.Dispose();
    }

    void WriteCounts(Action? beforeCommit)
    {
        Counters.Write(_kept);
        beforeCommit?.Invoke();
    }

    /// <summary>What the last transaction wrote is on disk: what is kept in memory of it holds from now on.</summary>
    void Keep()
    {
        _attempts.Keep();
        Routes.Publish();
        Counters.Publish();
        _resolutions.Keep();

        // Before anybody learns that its attempts are on disk, so that none is handed over of which only this file knows.
        _mark?.Reached(_statements.LastAttempt(), _frontier);
    }

    /// <summary>What it wrote was taken back, and with it what memory had of it.</summary>
    void TakeBack()
    {
        _attempts.TakeBack();
        Routes.TakeBack();
        Counters.TakeBack();
        _resolutions.TakeBack();
    }

    int Interrupt(long now)
    {
        if (_calls.Interrupt(now, out var messages))
            RunRecovery.AddOpening(_db, _clock, now);
        return messages;
    }
}
