using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>What sending needs of a run's ledger: intents before effects, outcomes, and what is left to do.</summary>
/// <remarks>
/// What a task says is on disk when it ends. Writes of a lane that somebody else has taken over since it was opened are
/// refused (<see cref="LaneTakenException"/>), and nothing of them is written.
/// </remarks>
public interface ISendingLedger : IRunView
{
    /// <summary>When the lane last handed something over or made a request without a message before this
    /// opening, as far as is known: microseconds. <see cref="long.MaxValue"/> where a crash hides it; lanes
    /// that never did are not in it.</summary>
    IReadOnlyDictionary<int, long> LastHandOver { get; }

    /// <summary>How its lanes are tried before they send in full.</summary>
    ILaneTrials Trials { get; }

    /// <summary>A reader of what is still to be sent.</summary>
    IPlannedReader ReadPlanned();

    /// <summary>What is known of the messages that were tried before and not settled by it.</summary>
    IReadOnlyList<EarlierTries> ReadTries();

    /// <summary>Every change of one lane's pace, the first first.</summary>
    IReadOnlyList<LaneChange> ReadHistory(int lane);

    /// <summary>Writes that calls are about to be made (rule 2).</summary>
    /// <returns>The attempt's id for each call; null for a call with a message that has meanwhile left "planned" (a
    /// receipt came, a person settled it): it must not be made.</returns>
    /// <exception cref="LaneTakenException">A lane is somebody else's by now: none of the
    /// calls may be made.</exception>
    /// <exception cref="UnbalancedException">Counting the rows has found meanwhile that rule 7 does not hold:
    /// nothing more is sent.</exception>
    Task<IReadOnlyList<long?>> BeginAsync(IReadOnlyList<PlannedCall> calls);

    /// <summary>Writes what came of calls. Where another program holds the file and it throws for that, the answers are
    /// kept as <see cref="KeepAnswers"/> keeps them.</summary>
    /// <returns>The messages to try again, by their answer's position, in order: those deferred, unless a receipt says
    /// they were sent after all.</returns>
    /// <exception cref="LaneTakenException">A lane is somebody else's by now, who has made uncertain what
    /// was on its way.</exception>
    Task<IReadOnlyList<(int Answer, PlannedMessage Message)>> FinishAsync(IReadOnlyList<CallResult> answers);

    /// <summary>Takes answers that cannot be written now, another program holding the file: they are kept in memory and
    /// written in order as soon as it is free, and before what is under an intent is made uncertain. A process that
    /// ends before that leaves them uncertain.</summary>
    void KeepAnswers(IReadOnlyList<CallResult> answers);

    /// <summary>Of how many messages the answers are kept in memory so.</summary>
    int Unwritten { get; }

    /// <summary>Settles messages that wait to be tried again and will not be.</summary>
    /// <param name="messages">Each with why: rejected or uncertain.</param>
    Task GiveUpAsync(IReadOnlyList<(PlannedBatch Batch, long Seq, Carriers.SendResult Why)> messages);

    /// <summary>Notes that no message of a batch is planned any more, so that the next start need not look.</summary>
    Task FinishBatchAsync(PlannedBatch batch);

    /// <summary>Moves to another lane what is planned on one that has stopped, but for what has moved before and what
    /// may have been sent. In pieces, between which others write; cut off at any moment, what was moved is, and the
    /// rest can be moved later. Only while nothing of the lane is on its way.</summary>
    /// <param name="partsOfSegment">Parts of one message as the other lane counts, by segment: those of
    /// other segments stay.</param>
    /// <param name="stopping">Ends it after the piece at hand.</param>
    /// <returns>How many messages.</returns>
    Task<int> MoveAsync(
        int fromLane,
        int toLane,
        IReadOnlyDictionary<int, int> partsOfSegment,
        string why,
        CancellationToken stopping = default);

    /// <summary>What waits to be repeated, and may have been sent before a moment, becomes uncertain: a gateway that
    /// drops repeats does not know them for ever. From then on <see cref="ISettlingLedger.SendAgainAsync"/> puts back
    /// nothing from before it either. Only while nothing is being sent.</summary>
    /// <param name="before">Microseconds; <see cref="long.MaxValue"/> for all that waits.</param>
    /// <returns>How many messages.</returns>
    Task<int> StopRepeatingAsync(long before);

    /// <summary>
    /// Makes uncertain, as after a crash, what is still under an intent of this process although nothing is being sent:
    /// its answer could not be written when it came. Nothing is read as planned that may have been handed over. Only
    /// while nothing is being sent.
    /// </summary>
    /// <returns>How many messages.</returns>
    Task<int> InterruptAsync();

    /// <summary>Every message still planned becomes leftover, but for those that may have been sent: these are
    /// uncertain. Only while nothing is being sent.</summary>
    /// <param name="lane">Those that stand on this lane alone; null: on every one.</param>
    /// <returns>How many.</returns>
    Task<long> LeaveAsync(Reason reason, int? lane = null);

    /// <summary>Proves by counting that nobody is lost and that every number shown is what the rows say.</summary>
    /// <exception cref="UnbalancedException">It is not so.</exception>
    Task CheckBalanceAsync();

    /// <summary>Notes a change of a lane's pace.</summary>
    Task HoldAsync(int lane, LaneChange change);

    /// <summary>Notes when a request without a message left that was noted before.</summary>
    /// <param name="noted">Microseconds, as is <paramref name="left"/>; null: it never did.</param>
    Task MovePreparationAsync(int lane, long noted, long? left);
}
