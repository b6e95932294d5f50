using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// The one writer of a run's ledger while it is sent: its connection with what is prepared on it, what memory
/// keeps of the rows, and the thread that commits (<see cref="GroupCommit"/>). Memory is set back with a
/// transaction that was taken back.
/// </summary>
/// <remarks>What it gives out is used on its thread, in work that is handed to <see cref="WriteAsync{T}"/>, but for
/// <see cref="Info"/>, <see cref="Counters"/> and <see cref="Routes"/>, which anyone may read.</remarks>
sealed class RunWriter : IAsyncDisposable
{
    readonly Db _db;
    readonly GroupCommit _commits;
    readonly TallyRows _kept;
    readonly RunAudit? _audit;
    readonly OpenAttempts _attempts;
    readonly ProcessClock _clock;
    readonly MarkKeeper? _mark;
    readonly LateAnswers _late = new();
    readonly CancellationTokenSource _closing = new();
    int _isWritingLate;

    /// <summary>How often it is tried to write what could not be written, another program holding the file.</summary>
    static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>The last message of each carrier that is in an attempt.</summary>
    readonly long[] _frontier = new long[MessageSeq.MostCarriers + 1];

    /// <param name="db">Open, and recovered. Disposed with the writer, as are <paramref name="kept"/> and
    /// <paramref name="mark"/>.</param>
    /// <param name="audit">Counts the rows beside; null where they have just been counted.</param>
    /// <param name="beforeCommit">As of <see cref="CommitSteps"/>.</param>
    public RunWriter(
        Db db,
        ProcessClock clock,
        TallyRows kept,
        IReadOnlyDictionary<int, long> epochs,
        MarkKeeper? mark,
        Func<RunInfo, RunAudit?> audit,
        Action? beforeCommit)
    {
        _db = db;
        _clock = clock;
        _mark = mark;
        for (var carrier = 0; mark is not null && carrier < _frontier.Length; carrier++)
            _frontier[carrier] = mark.Frontier[carrier];
        Info = RunInfoRows.Read(db);
        _kept = kept;
        Statements = db.Statements(kept);
        Holds = new LaneHolds(db);
        var names = Info.Lanes.ToDictionary(lane => lane.Key, lane => lane.Value.Name);
        Epochs = new LaneEpochs(db, Statements, names, epochs);

        // At one moment: what a person settles from now on is noticed later, and only then.
        db.Begin();
        Routes = RouteRows.Read(db);
        var lastMove = db.ReadNumber("select max(at_us) from route") ?? 0;
        Counters = CounterRows.Read(db, Info, Routes, kept);
        var resolved = db.ReadNumber("select max(id) from resolution") ?? 0;
        db.Commit();
        _attempts = new OpenAttempts(
            RunRecovery.ReadTried(db),
            RunRecovery.ReadTries(db).Where(tries => tries.MayBeSent).Select(tries => tries.Seq));
        Receipts = new ReceiptRows(db, Statements, _attempts, Counters, Info);
        Inquiries = new InquiryRows(db, Statements, Receipts);
        Resolutions = new ResolutionRows(db, Counters, resolved);
        Moves = new MoveRows(db, Counters, Routes, Resolutions, lastMove);
        Calls = new CallRows(Info, Statements, _attempts, Receipts, Counters, Moves, Resolutions, Epochs, _frontier);
        _commits = new GroupCommit(
            db,
            $"ledger {Info.Key}",
            new CommitSteps(() => WriteCounts(beforeCommit), Keep, TakeBack)
            {
                Look = Statements.LooksAhead ? Statements.Look : null,
            },
            clock.Time,
            "run");
        _audit = audit(Info);
    }

    public RunInfo Info { get; }
    public RunCounters Counters { get; }
    public RunRoutes Routes { get; }
    public RunStatements Statements { get; }
    public LaneHolds Holds { get; }

    /// <summary>For what is done too seldom to be kept prepared.</summary>
    public Db Database => _db;
    public LaneEpochs Epochs { get; }
    public CallRows Calls { get; }
    public ReceiptRows Receipts { get; }
    public InquiryRows Inquiries { get; }
    public MoveRows Moves { get; }
    public ResolutionRows Resolutions { get; }

    /// <summary>What counting the rows has found wrong meanwhile, without a phone number; null while
    /// nothing was found.</summary>
    public Wording? Wrong => _audit?.Wrong;

    /// <inheritdoc cref="GroupCommit.WriteAsync(Action, Action{LookAhead}?)"/>
    public Task WriteAsync(Action work) => _commits.WriteAsync(work);

    /// <inheritdoc cref="GroupCommit.WriteAsync(Action, Action{LookAhead}?)"/>
    /// <param name="ahead">Says what it is about, as far as that is known before.</param>
    public Task<T> WriteAsync<T>(Func<T> work, Action<LookAhead>? ahead = null) =>
        _commits.WriteAsync(work, Statements.LooksAhead ? ahead : null);

    /// <inheritdoc cref="ISendingLedger.Unwritten"/>
    public int Unwritten => _late.Messages;

    /// <inheritdoc cref="IRunLedger.Dropped"/>
    public Action<int, Exception>? Dropped { get; set; }

    /// <inheritdoc cref="GroupCommit.Hurry"/>
    public void Hurry() => _commits.Hurry();

    /// <inheritdoc cref="ISendingLedger.KeepAnswers"/>
    public void KeepAnswers(IReadOnlyList<CallResult> answers)
    {
        _late.Add(answers);
        if (Interlocked.Exchange(ref _isWritingLate, 1) == 0)
            _ = Turns.RunAsync(KeepTryingAsync);
    }

    /// <summary>Writes the answers that are kept, and does work once none is: it makes uncertain what has
    /// none.</summary>
    /// <exception cref="LedgerException">Another program holds the file still, say.</exception>
    public async Task<T> WriteAfterAnswersAsync<T>(Func<T> work)
    {
        while (true)
        {
            await WriteLateAsync();
            var (isDone, result) = await WriteAsync(() => _late.IsEmpty ? (true, work()) : (false, default!));
            if (isDone)
                return result;
        }
    }

    /// <summary>Makes uncertain what is under an intent whose answer could not be written.</summary>
    /// <returns>How many messages.</returns>
    public int Interrupt(long now)
    {
        if (Calls.Interrupt(now, out var messages))
            RunRecovery.AddOpening(_db, _clock, now);
        return messages;
    }

    /// <summary>Every message still planned becomes leftover.</summary>
    /// <param name="lane">Those of this lane alone; null: of every one.</param>
    /// <returns>How many.</returns>
    public long Leave(Reason reason, int? lane, long now)
    {
        Epochs.CheckAll();
        Interrupt(now);
        var left = lane is { } one
            ? Statements.LeavePlanned(reason, one, now)
            : Statements.LeavePlanned(reason, now);

        // Counted anew: what persons have settled so far is in it.
        Resolutions.TakeIn();
        CounterRows.Recount(_db, Counters);
        return left;
    }

    /// <summary>Holds what memory shows to what is kept in the file.</summary>
    /// <returns>Both; null where they are the same and add up.</returns>
    public Wording? FindDrift()
    {
        // What persons settled through another process is kept already.
        Resolutions.TakeIn();
        Counters.Write(_kept);
        Counters.ForgetUnwritten();
        var kept = BalanceRows.ReadKept(_db);
        if (!kept.Holds)
            return kept.Numbers;

        // What stands on the lanes of others they alone know at this moment.
        var own =
            TallyRows.Read(_db).Where(row => Epochs.IsOwn(row.Lane)).ToLookup(row => row.Status, row => row.Messages);
        var shown = kept.ByStatus.Keys.ToDictionary(status => status, status => Counters.Written(status, Epochs.IsOwn));
        return shown.All(pair => own[pair.Key].Sum() == pair.Value) ? null : kept.NumbersBeside(shown);
    }

    public async ValueTask DisposeAsync()
    {
        _audit?.Dispose();
        await _closing.CancelInTurnAsync();
        var last = Task.CompletedTask;
        if (!_late.IsEmpty)
        {
            Hurry();
            last = TryWriteLateAsync();
        }

        await _commits.DisposeAsync();
        await last;
        if (!Epochs.AreHeld())
            _mark?.LeaveAlone();
        _mark?.Dispose();
        Inquiries.Dispose();
        Receipts.Dispose();
        Moves.Dispose();
        Resolutions.Dispose();
        Holds.Dispose();
        Statements.Dispose();
        _kept.Dispose();

        if (_commits.IsHurried)
            _db.WaitFor(TimeSpan.Zero);
        _db.Tidy();
        _db.Dispose();
    }

    /// <summary>Within a transaction.</summary>
    void WriteNext() => _late.WriteNext(answer =>
    {
        try
        {
            Calls.Finish(answer, 0, [], _clock.Now());
        }
        catch (LaneTakenException) // whoever has the lane by now has made them uncertain
        {
        }
    });

    /// <summary>Each in work of its own: what is wrong with one keeps none of the others.</summary>
    async Task WriteLateAsync()
    {
        while (_late.Count is > 0 and var kept)
            await Task.WhenAll([.. Enumerable.Range(0, kept).Select(_ => WriteOneAsync())]);
    }

    async Task WriteOneAsync()
    {
        try
        {
            await WriteAsync(WriteNext);
        }
        catch (LateAnswerException fault)
        {
            if (_late.Drop(fault.Late))
                Dropped?.Invoke(fault.Late.Answer.Results.Count, fault.InnerException!);
        }
    }

    /// <summary>Until all is written, or the ledger is closed.</summary>
    async Task KeepTryingAsync()
    {
        while (true)
        {
            await Task.Delay(TryAgain, _clock.Time, _closing.Token).Quietly();
            if (_closing.IsCancellationRequested)
                return;

            await TryWriteLateAsync();
            if (!_late.IsEmpty)
                continue;

            Volatile.Write(ref _isWritingLate, 0);
            if (_late.IsEmpty || Interlocked.Exchange(ref _isWritingLate, 1) == 1)
                return;
        }
    }

    async Task TryWriteLateAsync()
    {
        try
        {
            await WriteLateAsync();
        }
        catch (Exception) // the file is held: tried again; or the ledger is closed
        {
        }
    }

    void WriteCounts(Action? beforeCommit)
    {
        Counters.Write(_kept);
        beforeCommit?.Invoke();
    }

    /// <summary>What the last transaction wrote is on disk: what is kept in memory of it holds from now on.</summary>
    void Keep()
    {
        Epochs.Forget();
        _late.Keep();
        _attempts.Keep();
        Routes.Publish();
        Counters.Publish();
        Resolutions.Keep();

        // Before anybody learns that its attempts are on disk, so that none is handed over of
        // which only this file knows.
        _mark?.Reached(Statements.LastAttempt(), _frontier);
    }

    /// <summary>What it wrote was taken back, and with it what memory had of it.</summary>
    void TakeBack()
    {
        Statements.TakeBack();
        Epochs.Forget();
        _late.TakeBack();
        _attempts.TakeBack();
        Routes.TakeBack();
        Counters.TakeBack();
        Resolutions.TakeBack();
    }
}
