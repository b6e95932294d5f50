using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Lets a lane of a run send in full only once a first batch fared well (canary), and holds it where too much of what
/// it sends fails (guard): until a person lets it go on, with a first batch again or as the person has said.
/// </summary>
/// <remarks>
/// How the lane stands is on disk before anything goes by it, and what is on disk says how it goes on: a process that
/// is killed leaves the batch as far as it had come, and the next sends no more of it than is left, whatever is known
/// of the rest. Where too few are known in the end one more batch is sent, and no third. Touched by the lane's loop
/// alone, but for what the recorder notes.
/// </remarks>
/// <param name="isIdle">Whether nothing of the lane stands by, is on its way or is being written.</param>
/// <param name="takeBack">Takes back what stands by.</param>
/// <param name="tell">Takes what is to be in the lane's history.</param>
sealed class LaneTrials(
    ISendingLedger ledger,
    LaneSetup setup,
    LaneQueue queue,
    Func<bool> isIdle,
    Action takeBack,
    Action<LaneChange> tell)
{
    /// <summary>How often receipts are looked for, and whether a person has let a held lane go on.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    readonly CanaryPolicy _policy = ledger.Info.Canary;
    readonly LaneGuard _guard = new(ledger.Info.Guard, ledger.Counters, setup.Lane.Id, queue.MessagesIn);
    LaneTrial? _trial = ledger.Trials.Find(setup.Lane.Id);
    bool _isTold;
    long _lookAt;

    /// <summary>Since when all of the batch is answered, as far as this process knows: while none runs nobody takes
    /// receipts.</summary>
    long? _answeredAt;

    /// <summary>Answers that speak against the lane, as far as the recorder has noted them and the loop has looked at
    /// them.</summary>
    int _bad;
    int _badSeen;

    /// <summary>Whether nothing may leave until a person says otherwise.</summary>
    public bool IsHeld => _trial is { IsHeld: true };

    /// <summary>When the loop is to look again although nothing has happened, microseconds;
    /// <see cref="long.MaxValue"/>: never.</summary>
    public long WakeAt =>
        _trial is { State: TrialState.UnderWay } && queue.HasSentAll ? _lookAt : long.MaxValue;

    /// <summary>Whether the lane must send a first batch before anything else. One that handed over before there was
    /// this need not; nor one that a person has opened without.</summary>
    bool IsToBegin => _policy.IsOn
        && (_trial is { State: TrialState.Released, Release: not TrialRelease.WithoutFirstBatch }
            || (_trial is null && ledger.Counters.LastHandOver(setup.Lane.Id) == 0));

    /// <summary>Takes note of what came of a message, from the recorder's thread.</summary>
    public void Note(SendResult result)
    {
        _guard.Note(result);
        if (result.Outcome is SendOutcome.Rejected or SendOutcome.Uncertain || result.Deferral == Deferral.Rerouted)
            Interlocked.Increment(ref _bad);
    }

    /// <summary>As a turn begins.</summary>
    public async ValueTask LookAsync(long now)
    {
        if (!_isTold)
            Begin(now);

        if (_trial is { State: TrialState.UnderWay } trial)
            await JudgeAsync(trial, now);
        else if (IsHeld && now >= _lookAt)
            LookForPerson(now);
    }

    /// <summary>Before anything is taken from the queue: begins what is to be begun, and holds the lane where too much
    /// fails.</summary>
    /// <returns>Whether anything may be taken now.</returns>
    public async ValueTask<bool> MaySendAsync(long now)
    {
        if (IsToBegin)
        {
            // What is still on its way is of what was before.
            if (!isIdle() || !queue.HasDue(now))
                return false;

            await BeginAsync(now);
        }

        if (_trial is not { State: TrialState.UnderWay } && _guard.Look(now) is { } finding)
        {
            takeBack();
            _trial = await ledger.Trials.HoldAsync(setup.Lane.Id, finding);
            Tell(LaneChangeKind.TrialHeld, now);
        }

        return !IsHeld;
    }

    /// <summary>Goes on where the ledger says.</summary>
    void Begin(long now)
    {
        _isTold = true;
        if (_trial is { State: TrialState.UnderWay } trial)
        {
            var tried = ledger.Trials.ReadMessages(trial);
            queue.SendOnly(trial.Messages, tried, Settled(tried).Select(message => message.Seq));
            Tell(LaneChangeKind.TrialBegun, now);
        }
        else if (IsHeld)
        {
            Tell(LaneChangeKind.TrialHeld, now);
        }
    }

    /// <param name="again">As of <see cref="ILaneTrials.BeginAsync"/>.</param>
    async Task BeginAsync(long now, bool again = false)
    {
        _trial = await ledger.Trials.BeginAsync(
            setup.Lane.Id,
            _policy.Messages,
            again,
            byAnswersAlone: again ? _trial!.ByAnswersAlone : _trial is { Release: TrialRelease.WithoutReceipts });
        (_answeredAt, _lookAt) = (null, now + (long)LookEvery.TotalMicroseconds);
        queue.SendOnly(_policy.Messages, [], []);
        Tell(LaneChangeKind.TrialBegun, now);
    }

    /// <summary>Receipts are looked for now and then, answers where one says something new: a busy lane turns thousands
    /// of times a second.</summary>
    async Task JudgeAsync(LaneTrial trial, long now)
    {
        var (isWhole, bad) = (queue.HasSentAll && isIdle(), Volatile.Read(ref _bad));
        if (now < _lookAt && bad == _badSeen && (!isWhole || _answeredAt is not null))
            return;

        (_lookAt, _badSeen) = (now + (long)LookEvery.TotalMicroseconds, bad);
        if (isWhole)
            _answeredAt ??= now;

        var sent = queue.Sent;
        var settled = Settled(sent);
        var isOver = _answeredAt is { } answered && now >= answered + (long)_policy.Within.TotalMicroseconds;
        if (CanaryVerdict.Of(
            _policy with { Messages = trial.Messages },
            settled,
            isWhole,
            sent.Count - settled.Count,
            setup.BringsReceipts && !trial.ByAnswersAlone ? _policy.ReceiptsPercent : 0,
            isOver) is not var (state, finding))
            return;

        if (finding.Verdict == TrialVerdict.Unknown && !trial.IsAgain)
        {
            await BeginAsync(now, again: true);
            return;
        }

        if (state == TrialState.Held)
            takeBack();
        _trial = await ledger.Trials.JudgeAsync(trial, state, finding);
        if (state == TrialState.Passed)
        {
            queue.SendAll();
            _guard.Restart();
        }

        Tell(state == TrialState.Passed ? LaneChangeKind.TrialPassed : LaneChangeKind.TrialHeld, now);
    }

    void LookForPerson(long now)
    {
        _lookAt = now + (long)LookEvery.TotalMicroseconds;
        _trial = ledger.Trials.Find(setup.Lane.Id);
        if (_trial is not { State: TrialState.Released })
            return;

        queue.SendAll();
        _guard.Restart();
        Tell(LaneChangeKind.TrialReleased, now);
    }

    void Tell(LaneChangeKind kind, long now) =>
        tell(new LaneChange(kind, now, null, setup.Pace.RateInForce, Trial: _trial));

    List<TrialMessage> Settled(IReadOnlyCollection<long> messages) =>
    [
        .. ledger.Trials.ReadStates(setup.Lane.Id, messages).Where(
            message => message.Status != MessageStatus.Planned),
    ];
}
