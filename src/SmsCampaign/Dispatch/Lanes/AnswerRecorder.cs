using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Writes a lane's answers down: all that have come in while the last were being written go to disk together, and on a
/// slow lane those of some hundredths of a second. Where another program holds the ledger for too long the lane ends,
/// and what it was answered, then and as it ends, is left to the ledger to keep.
/// </summary>
/// <param name="mayWait">Whether the lane has enough standing by to go on for <see cref="Linger"/> without the room
/// these answers give back.</param>
/// <param name="meter">Null: they are not measured.</param>
/// <param name="trials">Take note of what came of each message. Null: nothing does.</param>
sealed class AnswerRecorder(
    ISendingLedger ledger,
    LaneQueue queue,
    InFlightShare room,
    LaneGate gate,
    TimeProvider time,
    Func<bool> mayWait,
    LaneMeter? meter = null,
    LaneTrials? trials = null)
{
    /// <summary>How long an answer may wait for others. Five lanes with an answer every few milliseconds would else
    /// flush the disk hundreds of times a second.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(25);

    readonly Lock _lock = new();
    readonly Signal _recorded = new();
    List<CallResult> _answers = [];
    List<CallResult> _spare = [];
    Task _writing = Task.CompletedTask;
    bool _isWriting;
    bool _isEnding;

    /// <summary>Another program holds the ledger: nothing is tried any more.</summary>
    bool _isHeld;

    /// <summary>Ends when answers have been written. Take it before looking.</summary>
    public Task Recorded => _recorded.Next;

    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return !_isWriting;
        }
    }

    public void Add(in CallResult answer)
    {
        lock (_lock)
        {
            _answers.Add(answer);
            if (_isWriting)
                return;

            _isWriting = true;
            _writing = Turns.RunAsync(WriteAllAsync);
        }
    }

    /// <summary>Waits until all is written. Nothing may be added any more.</summary>
    public Task FinishAsync()
    {
        lock (_lock)
        {
            _isEnding = true;
            return _writing;
        }
    }

    async Task WriteAllAsync()
    {
        try
        {
            while (true)
            {
                if (!Volatile.Read(ref _isEnding) && mayWait())
                    await Task.Delay(Linger, time, CancellationToken.None);
                if (TakeAnswers() is not { } answers)
                    break;

                if (_isHeld)
                    ledger.KeepAnswers(answers);
                else
                    await TryWriteAsync(answers);
                _recorded.Set();
            }

            // Once more, now that nothing is being written: the lane may have looked a moment before.
            _recorded.Set();
        }
        catch (Exception broken) // a ledger that cannot be written: the lane stops
        {
            gate.Break(broken);
            _recorded.Set();
        }
    }

    async Task TryWriteAsync(List<CallResult> answers)
    {
        try
        {
            await WriteAsync(answers);
        }
        catch (LedgerException held) when (StorageFaults.KindOf(held) == StorageFault.Busy)
        {
            _isHeld = true;
            gate.Break(held);
        }
    }

    List<CallResult>? TakeAnswers()
    {
        lock (_lock)
        {
            if (_answers.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            _spare.Clear();
            (_answers, _spare) = (_spare, _answers);
            return _spare;
        }
    }

    async Task WriteAsync(List<CallResult> answers)
    {
        var again = await ledger.FinishAsync(answers);
        meter?.NoteRecorded(answers);
        foreach (var (answer, message) in again)
        {
            var why = answers[answer].Of(message.Seq).Deferral;
            queue.PutBack(
                answers[answer].Call.Batch,
                message,
                alone: why == Deferral.Split,
                isAnswered: why is null or Deferral.Busy or Deferral.Lost);
        }

        var messages = 0;
        var at = 0;
        for (var answer = 0; answer < answers.Count; answer++)
        {
            var results = answers[answer].Results;
            var settled = results.Count;
            messages += settled;
            for (var result = 0; trials is not null && result < results.Count; result++)
                trials.Note(results[result]);
            for (; at < again.Count && again[at].Answer == answer; at++)
                settled--;

            if (settled > 0 && queue.Settle(answers[answer].Call.Batch, settled) is { } finished)
                await ledger.FinishBatchAsync(finished);
        }

        room.Release(messages);
    }
}
