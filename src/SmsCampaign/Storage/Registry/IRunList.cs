namespace SmsCampaign.Storage.Registry;

/// <summary>The runs of an installation.</summary>
public interface IRunList
{
    /// <summary>Adds a run; one that was planned under the same key gives way to it.</summary>
    void AddRun(RunRecord run, DateTimeOffset now);

    /// <returns>Null where there is no such run.</returns>
    RunRecord? Find(RunKey key);

    /// <returns>Null where no run has the code.</returns>
    RunRecord? FindByCode(string code);

    /// <summary>The codes of all runs.</summary>
    HashSet<string> ReadCodes();

    /// <summary>Runs by date, the newest first. One in a state that nobody knows is held
    /// (<see cref="RunRecord.OddState"/>).</summary>
    IReadOnlyList<RunRecord> ReadRuns();

    /// <summary>Runs of a campaign by date, the newest first.</summary>
    IReadOnlyList<RunRecord> ReadRuns(string campaign);

    /// <summary>Where the ledgers lie of runs that receipts or answers may still concern: under way, held, or finished
    /// since. Asked every second: the long columns are not read.</summary>
    /// <param name="since">Date of the oldest finished run.</param>
    IReadOnlyList<RunPlace> ReadPlaces(bool simulated, DateOnly since);

    void SetState(RunKey key, RunState state, DateTimeOffset now);

    /// <summary>Has the window of one day of a run close later, and records the decision, both or neither.</summary>
    void Extend(RunKey key, WindowExtension extension, Decision decision);
}
