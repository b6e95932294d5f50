namespace SmsCampaign.Storage.Registry;

/// <summary>The record of what was decided and done. Only ever added to.</summary>
public interface IRecords
{
    void Record(Decision decision);

    /// <summary>The same with where its run stands by it: both or neither, whenever the process is killed.</summary>
    void Record(Decision decision, RunState state);

    /// <summary>Why a run waits for a person.</summary>
    /// <returns>Null where it does not, and for a rehearsal.</returns>
    /// <exception cref="LedgerRowException">The decision's moment is no time.</exception>
    RunHold? FindHold(RunKey run);

    /// <summary>Records that a person lets a held run go on under the approval it has, with its state: both or neither,
    /// and only as long as it is held as it was looked at.</summary>
    /// <param name="seen">As of <see cref="FindHold"/>, when it was looked at.</param>
    /// <returns>False where it is not held any more, or otherwise: nothing is recorded then.</returns>
    bool Release(Decision decision, RunHold seen);

    /// <summary>The decisions about a campaign in the order they were made.</summary>
    /// <exception cref="LedgerRowException">One says what no program has written.</exception>
    IReadOnlyList<Decision> ReadDecisions(string campaign);

    /// <summary>Records that the machine's clock was set: what it would have said, and what it said instead.</summary>
    void RecordClockStep(DateTimeOffset expected, DateTimeOffset said);

    /// <summary>The oldest first.</summary>
    /// <exception cref="LedgerRowException">One says what no program has written.</exception>
    /// <param name="approval">Those alone that were not past when this approval was given.</param>
    IReadOnlyList<ClockStep> ReadClockSteps(long approval);

    /// <summary>Whether a person has let a held run go on since a step was kept, whatever either clock says.</summary>
    bool IsReleasedSince(ClockStep kept, RunKey run);

    /// <summary>Records what a person did that has to be accounted for. Holds no phone number in full.</summary>
    void RecordEvent(Who who, string what, string detail, DateTimeOffset now);

    /// <summary>As <see cref="RecordEvent(Who, string, string, DateTimeOffset)"/>, of this
    /// process's own account.</summary>
    void RecordEvent(string who, string what, string detail, DateTimeOffset now);

    /// <summary>The latest event of some kinds whose detail begins so; null where there is none.</summary>
    RecordedEvent? FindEvent(IReadOnlyCollection<string> what, string beginning);

    /// <summary>All of a kind whose detail begins so, the oldest first.</summary>
    IReadOnlyList<RecordedEvent> ReadEvents(string what, string beginning);

    /// <summary>The detail alone of <see cref="FindEvent"/>.</summary>
    string? FindLastEvent(IReadOnlyCollection<string> what, string beginning) => FindEvent(what, beginning)?.Detail;

    /// <summary>What the worker found before openings.</summary>
    ReadyBook ReadyBook => new(this);

    /// <summary>Bears witness to what a person is about to settle in a run's ledger, before that is on disk: cut off in
    /// between, the chain says more than was done, never less.</summary>
    void Witness(RunKey run, PersonsResolution resolution, DateTimeOffset now);
}
