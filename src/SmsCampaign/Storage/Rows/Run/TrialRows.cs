using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>The table lane_trial of a run's ledger, in one that is open to be sent.</summary>
sealed class TrialRows(Database at, RunWriter writer, ProcessClock clock) : ILaneTrials, IDisposable
{
    readonly Lock _looking = new();

    /// <summary>Kept, as the run's file is by the writer, while a lane that is held is looked at again and again: to
    /// open the file anew at each look was most of the CPU of a rehearsed day on which a lane waits.</summary>
    Db? _kept;
    bool _isDisposed;

    static readonly SqlText Columns = new(
        "id, lane, kind, state, begun_us, state_us, attempt, messages, verdict, judged, found, bound, failure, reason, "
        + "code, release, answers_only");

    public LaneTrial? Find(int lane)
    {
        lock (_looking)
        {
            var db = _kept ?? at.Look();
            _kept = null;
            var isToBeKept = false;
            try
            {
                var found = Find(db, lane);
                isToBeKept = db.IsOrdinary && !_isDisposed;
                return found;
            }
            finally
            {
                if (isToBeKept)
                    _kept = db;
                else
                    db.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_looking)
        {
            _isDisposed = true;
            _kept?.Dispose();
            _kept = null;
        }
    }

    public Task<LaneTrial> BeginAsync(int lane, int messages, bool again, bool byAnswersAlone) =>
        writer.WriteAsync(() => Add(
            lane,
            TrialKind.Canary,
            TrialState.UnderWay,
            messages,
            TrialFinding.Nothing with { Verdict = again ? TrialVerdict.Unknown : TrialVerdict.None },
            byAnswersAlone));

    public Task<LaneTrial> JudgeAsync(LaneTrial trial, TrialState state, TrialFinding finding) =>
        writer.WriteAsync(() =>
        {
            writer.Epochs.Check(trial.Lane);
            writer.Database.Run($"""
                update lane_trial
                set    state = {(int)state}, state_us = {clock.Now()}, verdict = {(int)finding.Verdict},
                       judged = {finding.Judged}, found = {finding.Found}, bound = {finding.Bound},
                       failure = {(int?)finding.Failure}, reason = {(int)finding.Reason}, code = {finding.Code}
                where  id = {trial.Id} and state = {(int)TrialState.UnderWay}
                """);
            return Find(writer.Database, trial.Lane)!;
        });

    public Task<LaneTrial> HoldAsync(int lane, TrialFinding finding) => writer.WriteAsync(() =>
        Add(lane, TrialKind.Guard, TrialState.Held, 0, finding));

    public IReadOnlyCollection<long> ReadMessages(LaneTrial trial)
    {
        using var db = at.Look();
        var messages = new HashSet<long>();
        foreach (var (first, last) in db.Read(
            $"select first_seq, last_seq from attempt where id > {trial.After} and lane = {trial.Lane}",
            row => (row.Number(0), row.Number(1))))
        {
            for (var seq = first; seq <= last; seq++)
                messages.Add(seq);
        }

        return messages;
    }

    public IReadOnlyList<TrialMessage> ReadStates(int lane, IReadOnlyCollection<long> messages)
    {
        using var db = at.Look();
        using var state = db.Prepare("select status, failure, reason, code from state where seq = ?");
        using var away = db.Prepare("select why, code from route where seq = ? and lane <> ?");
        var found = new List<TrialMessage>();
        foreach (var seq in messages)
        {
            if (away.Bind(1, seq).Bind(2, lane).Step())
            {
                if (away.Number(0) == (int)RouteReason.WrongNetwork)
                    found.Add(new TrialMessage(
                        seq, MessageStatus.Failed, FailureClass.Number, Reason.None, away.Text(1)));
            }
            else if (state.Bind(1, seq).Step())
            {
                found.Add(new TrialMessage(
                    seq,
                    (MessageStatus)state.Number(0),
                    (FailureClass?)state.NumberOrNull(1),
                    (Reason)state.Number(2),
                    state.Text(3)));
            }

            away.Reset();
            state.Reset();
        }

        return found;
    }

    /// <summary>The latest of every lane that was ever tried, by the lane's name.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static IReadOnlyDictionary<string, LaneTrial> ReadLatest(Database at)
    {
        using var db = at.LookUpToDate(TableSet.Run);
        return db.Read($"select id, name from lane", row => (Id: (int)row.Number(0), Name: row.Text(1)!))
            .Select(lane => (lane.Name, Trial: Find(db, lane.Id)))
            .Where(lane => lane.Trial is not null)
            .ToDictionary(lane => lane.Name, lane => lane.Trial!);
    }

    /// <summary>Lets a lane go on that is held, as a person has decided, beside whatever process sends the
    /// run.</summary>
    /// <inheritdoc cref="IKeptRun.Release"/>
    public static bool Release(Database at, LaneTrial trial, ProcessClock clock, TrialRelease release)
    {
        using var db = at.Open();
        db.Flush(each: true);
        return db.Transact(() => Find(db, trial.Lane)?.Id == trial.Id && db.Run($"""
            update lane_trial
            set    state = {(int)TrialState.Released}, state_us = {clock.Now()}, release = {(int)release}
            where  id = {trial.Id} and state = {(int)TrialState.Held}
            """) > 0);
    }

    /// <summary>Of the row that a join has.</summary>
    /// <param name="first">Its first column: <see cref="ColumnsOf"/>.</param>
    internal static LaneTrial? Read(Statement row, int first) => row.NumberOrNull(first) is { } id
        ? new LaneTrial(
            id,
            (int)row.Number(first + 1),
            (TrialKind)row.Number(first + 2),
            (TrialState)row.Number(first + 3),
            row.Number(first + 4),
            row.Number(first + 5),
            row.Number(first + 6),
            (int)row.Number(first + 7),
            new TrialFinding(
                (TrialVerdict)row.Number(first + 8),
                (int)row.Number(first + 9),
                (int)row.Number(first + 10),
                (int)row.Number(first + 11),
                (FailureClass?)row.NumberOrNull(first + 12),
                (Reason)row.Number(first + 13),
                row.Text(first + 14)))
        {
            Release = (TrialRelease)row.Number(first + 15),
            ByAnswersAlone = row.Number(first + 16) != 0,
        }
        : null;

    /// <summary>What <see cref="Read"/> takes, of a table by another name.</summary>
    internal static string ColumnsOf(string table) =>
        string.Join(", ", Columns.Text.Split(", ").Select(column => $"{table}.{column}"));

    static LaneTrial? Find(Db db, int lane) => db.Find(
        $"select {Columns} from lane_trial where lane = {lane} order by id desc limit 1", row => Read(row, 0));

    LaneTrial Add(
        int lane, TrialKind kind, TrialState state, int messages, TrialFinding finding, bool byAnswersAlone = false)
    {
        writer.Epochs.Check(lane);
        var now = clock.Now();
        writer.Database.Run($"""
            insert into lane_trial (lane, kind, state, begun_us, state_us, attempt, messages, verdict, judged, found,
                                    bound, failure, reason, code, answers_only)
            values ({lane}, {(int)kind}, {(int)state}, {now}, {now}, {writer.Statements.LastAttempt()}, {messages},
                    {(int)finding.Verdict}, {finding.Judged}, {finding.Found}, {finding.Bound},
                    {(int?)finding.Failure}, {(int)finding.Reason}, {finding.Code}, {(byAnswersAlone ? 1 : 0)})
            """);
        return Find(writer.Database, lane)!;
    }
}
