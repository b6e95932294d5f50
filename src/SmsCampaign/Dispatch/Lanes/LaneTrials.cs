using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Lets a lane of a run send in full only once a first batch fared well (canary), and holds it where too much of what
/// it sends fails (guard): until a person lets it go on, with a first batch again.
/// </summary>
/// <remarks>
/// How the lane stands is on disk before anything goes by it, and what is on disk says how it goes on: a process that
/// is killed leaves the batch as far as it had come, and the next sends no more of it than is left, whatever is known
/// of the rest. Touched by the lane's loop alone, but for what the recorder notes.
/// </remarks>
/// <param name="isIdle">Whether nothing of the lane stands by, is on its way or is being written.</param>
/// <param name="tell">Takes what is to be in the lane's history.</param>
sealed class LaneTrials(
    ISendingLedger ledger, LaneSetup setup, LaneQueue queue, Func<bool> isIdle, Action<LaneChange> tell)
{
    /// <summary>How often receipts are looked for, and whether a person has let a held lane go on.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    readonly CanaryPolicy _policy = ledger.Info.Canary;
    readonly LaneGuard _guard = new(ledger.Info.Guard, ledger.Counters, setup.Lane.Id);
    LaneTrial? _trial = ledger.Trials.Find(setup.Lane.Id);
    bool _isTold;
    long _lookAt;

    /// <summary>Since when all of the batch is answered, as far as this process knows: while none runs nobody takes
    /// receipts.</summary>
    long? _answeredAt;

    /// <summary>Whether nothing may leave until a person says otherwise.</summary>
    public bool IsHeld => _trial is { IsHeld: true };

    /// <summary>When the loop is to look again although nothing has happened, microseconds;
    /// <see cref="long.MaxValue"/>: never.</summary>
    public long WakeAt =>
        _trial is { State: TrialState.UnderWay } && queue.HasSentAll ? _lookAt : long.MaxValue;

    /// <summary>Whether the lane must send a first batch before anything else. One that handed over before there was
    /// this need not.</summary>
    bool IsToBegin => _policy.IsOn
        && (_trial is { State: TrialState.Released }
            || (_trial is null && ledger.Counters.LastHandOver(setup.Lane.Id) == 0));

    /// <summary>Takes note of what came of a message, from the recorder's thread.</summary>
    public void Note(SendResult result) => _guard.Note(result);

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

            _trial = await ledger.Trials.BeginAsync(setup.Lane.Id, _policy.Messages);
            (_answeredAt, _lookAt) = (null, now + (long)LookEvery.TotalMicroseconds);
            queue.SendOnly(_policy.Messages, []);
            Tell(LaneChangeKind.TrialBegun, now);
        }

        if (_trial is not { State: TrialState.UnderWay } && _guard.Look(now) is { } finding)
        {
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
            queue.SendOnly(trial.Messages, Settled(ledger.Trials.ReadMessages(trial)).Select(message => message.Seq));
            Tell(LaneChangeKind.TrialBegun, now);
        }
        else if (IsHeld)
        {
            Tell(LaneChangeKind.TrialHeld, now);
        }
    }

    async Task JudgeAsync(LaneTrial trial, long now)
    {
        _lookAt = now + (long)LookEvery.TotalMicroseconds;
        var isWhole = queue.HasSentAll && isIdle();
        if (isWhole)
            _answeredAt ??= now;

        var isOver = _answeredAt is { } answered && now >= answered + (long)_policy.Within.TotalMicroseconds;
        if (CanaryVerdict.Of(
            _policy with { Messages = trial.Messages },
            Settled(queue.Sent),
            isWhole,
            setup.BringsReceipts ? _policy.ReceiptsPercent : 0,
            isOver) is not var (state, finding))
            return;

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
        [.. ledger.Trials.ReadStates(messages).Where(message => message.Status != MessageStatus.Planned)];
}
