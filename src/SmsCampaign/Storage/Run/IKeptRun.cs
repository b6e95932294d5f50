using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// What is kept of a run, whether there is anything yet or not: all that can be asked of a place where a run's ledger
/// lies (<see cref="Ledgers.RunAt"/>). A kind of ledger is an implementation of it.
/// </summary>
/// <remarks>Whatever reads throws a <see cref="LedgerException"/> where the ledger is not there, is no run's, or cannot
/// be read, but for <see cref="ReadStretch"/>.</remarks>
interface IKeptRun
{
    /// <summary>Whether there is a ledger; what stands in it may be damaged.</summary>
    bool Exists { get; }

    /// <summary>Opens the ledger of a run that may be sent, where it is all that is known of the run,
    /// and keeps that up.</summary>
    /// <exception cref="RunFileException">It is another's, or older than what is known of the run.</exception>
    /// <exception cref="UnbalancedException">Rule 7 does not hold.</exception>
    IRunLedger Open(ProcessClock clock, RunKey key, DataFolder data);

    /// <summary>To be the ledger of a new run.</summary>
    /// <exception cref="LedgerException">It cannot be written.</exception>
    IRunBuilder Build();

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    IReportReader ReadForReport();

    /// <summary>As it stands; what the ledger lacks is not added.</summary>
    /// <exception cref="LedgerException">It is of a newer version.</exception>
    IPlanReader ReadPlan();

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    IPlanReader ReadPlanUpToDate();

    /// <summary>Brought up to date before, where it is of an older version.</summary>
    IHandOverReader ReadHandOvers();

    /// <summary>Recomputed from the ledger, every row of it; each carrier's by itself.</summary>
    /// <param name="atOnce">Carriers read at a time; -1: as many as there are processors.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    RunSeal ReadSeal(CancellationToken cancellationToken, int atOnce = -1);

    /// <summary>As <see cref="ReadSeal"/> without the audience's rows: takes as long for a million recipients as for
    /// one.</summary>
    RunSeal ReadSealReferences();

    /// <summary>The last moment it speaks of, UTC microseconds since 1970; 0 where nothing has happened yet.</summary>
    long ReadLastMoment();

    /// <summary>From when until when it handed over, UTC microseconds since 1970: no less than it did. Null where it
    /// never has; of one that cannot be read, until it was last written.</summary>
    (long From, long Through)? ReadStretch();

    /// <summary>Its code and the last attempt's id, 0 where there was none.</summary>
    (string Code, long Attempts) ReadReach();

    /// <summary>The last message an attempt has come to, by carrier.</summary>
    long[] ReadFrontier();

    /// <summary>The last receipt it has come to; 0 where there is none.</summary>
    long ReadLastReceipt();

    /// <summary>How many messages are still to be sent.</summary>
    long CountPlanned();

    /// <summary>Makes uncertain what it may have handed over and does not know of. All or nothing; on disk when it
    /// returns.</summary>
    /// <param name="to">How far the run may have come.</param>
    /// <returns>How many messages became uncertain.</returns>
    long DeclareGap(RunMark to, ProcessClock clock);

    /// <summary>How many messages are uncertain by <see cref="DeclareGap"/>.</summary>
    long CountDeclared();

    /// <summary>Where persons settle what is uncertain.</summary>
    IResolutions Resolve();

    /// <summary>As <see cref="Resolve"/>, only to be read, by an account that may not write.</summary>
    IResolutions ListUncertain();

    /// <summary>What persons have decided in it, command by command, in that order.</summary>
    IReadOnlyList<PersonsResolution> ReadPersons();

    /// <summary>The latest changes of every lane's pace, the latest first.</summary>
    /// <param name="most">Of a lane.</param>
    /// <returns>By the lane's name; lanes without history are not in it.</returns>
    IReadOnlyDictionary<string, IReadOnlyList<LaneChange>> ReadLatestChanges(int most);

    /// <summary>The lanes whose gateways were last seen to take nothing, and since when.</summary>
    IReadOnlyList<LaneOutage> ReadOutages();

    /// <summary>How each lane that was ever tried is tried now, by the lane's name.</summary>
    IReadOnlyDictionary<string, LaneTrial> ReadTrials();

    /// <summary>Lets a lane go on that is held, as a person has decided: whoever sends the run goes on within a second
    /// or two.</summary>
    /// <param name="release">How it goes on.</param>
    /// <returns>False where this is not what holds it (any more).</returns>
    bool Release(LaneTrial trial, ProcessClock clock, TrialRelease release = TrialRelease.Anew);

    /// <summary>How numbers of it were erased; null where all of them are there.</summary>
    NumberErasure? ReadErasure();

    /// <summary>Whether it may be erased of its numbers: everything of it is settled, and no receipt is noted in it
    /// that is not noted elsewhere.</summary>
    /// <returns>Messages that are planned, on their way, or uncertain.</returns>
    long CountUnsettled();

    /// <summary>Why the disk has no room to erase all of its numbers, as much as is needed and is there; null where it
    /// has, or that cannot be told.</summary>
    /// <param name="room">Bytes free where a folder lies; null where it cannot be told. Null: as the system
    /// says.</param>
    Wording? FindNoRoom(Func<string, long?>? room);

    /// <summary>Every number of it, excluded ones too, by which texts are searched for them: erased ones by their
    /// hashes.</summary>
    /// <param name="key">Null where none is erased.</param>
    NumberSet ReadAllNumbers(NumberKey? key);

    /// <summary>What it keeps of one number.</summary>
    /// <param name="key">Null where none is erased.</param>
    IReadOnlyList<SubjectRow> FindSubject(long number, NumberKey? key);

    /// <summary>Puts hashes in the place of all its numbers, in one commit, and takes out of the file and of what lies
    /// beside it what is left of them. Done again it does what was cut off.</summary>
    /// <returns>Rows whose numbers are hashes, of messages and exclusions.</returns>
    /// <exception cref="LedgerException">It cannot be written, or somebody holds it: to be done again.</exception>
    (long Messages, long Exclusions) EraseNumbers(NumberKey key, DateTimeOffset now);

    /// <summary>The same of single numbers.</summary>
    /// <param name="are">Whether it is one of them.</param>
    /// <returns>Rows that it was done in, and why older copies may be left in the file's gaps; null where none
    /// are.</returns>
    (long Rows, Wording? Stale) EraseNumbers(NumberKey key, Func<long, bool> are, DateTimeOffset now);

    /// <summary>Reads every page.</summary>
    /// <returns>What is broken; null where it is whole.</returns>
    LedgerException? FindBroken();

    /// <summary>Counts every row of it and holds what is kept and was handed over to them, as whoever sends it does.
    /// Brought up to date before, where it is of an older version.</summary>
    /// <returns>What does not balance: nothing may be sent, ended or sent elsewhere by it; null where it
    /// does.</returns>
    UnbalancedException? FindImbalance();

    /// <summary>Gives another, broken or old ledger another name, under which it is kept.</summary>
    void SetAside(TimeProvider time);
}
