using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// What a run's ledger tells a process that goes on with it: what a crash left, what was
/// tried, when each lane last sent.
/// </summary>
static class RunRecovery
{
    /// <summary>The messages without a status that were tried before, whoever said what became of it.</summary>
    public static List<long> ReadTried(Db db)
    {
        var tried = new List<long>();
        using var statement = db.Prepare(string.Create(CultureInfo.InvariantCulture, $"""
            select distinct seq
            from   tried
            where  (handed_us is not null or deferral not in ({(int)Deferral.TooFast}, {(int)Deferral.Closed}, {(int)Deferral.Configuration}, {(int)Deferral.Split}, {(int)Deferral.Rerouted}))
            and    not exists (select 1 from state where state.seq = tried.seq)
            """));
        while (statement.Step())
            tried.Add(statement.Number(0));
        return tried;
    }

    /// <summary>What is known of the messages that were tried before and not settled by it, since each was last known
    /// not to be sent. Those that are uncertain are among them: they may be put back.</summary>
    public static List<EarlierTries> ReadTries(Db db)
    {
        var tries = new List<EarlierTries>();
        using var statement = db.Prepare(string.Create(CultureInfo.InvariantCulture, $"""
            with before as
            (
                select   seq,
                         count(*) filter (where deferral in ({(int)Deferral.Busy}, {(int)Deferral.Lost})) as counted,
                         min(coalesce(handed_us, answered_us)) as first_us,
                         count(*) filter (where deferral in ({(int)Deferral.Lost}, {(int)Deferral.CutOff})) as may_be_sent,
                         max(id) as last
                from     standing_try
                where    deferral not in ({(int)Deferral.Configuration}, {(int)Deferral.Split}, {(int)Deferral.Rerouted})
                and      (handed_us is not null or deferral in ({(int)Deferral.Busy}, {(int)Deferral.Lost}, {(int)Deferral.CutOff}))
                and      not exists
                         (select 1 from state where state.seq = standing_try.seq and status not in ({(int)MessageStatus.Planned}, {(int)MessageStatus.Uncertain}))
                group by seq
            )
            select before.seq, counted, first_us, may_be_sent, tried.reason, note
            from   before
            join   tried on tried.id = before.last
            """));
        while (statement.Step())
        {
            tries.Add(new EarlierTries(
                statement.Number(0),
                (int)statement.Number(1),
                statement.Number(2),
                statement.Number(3) > 0,
                (Reason)statement.Number(4),
                statement.Text(5)));
        }

        return tries;
    }

    /// <summary>Takes lanes, makes uncertain what was on its way under the intents of whoever had them before, and
    /// notes that this process begins.</summary>
    /// <param name="lanes">Ids; null for all.</param>
    public static TakenLanes Recover(
        Db db, ProcessClock clock, TallyRows kept, IReadOnlyCollection<int>? lanes = null)
    {
        var now = clock.Now();
        db.Begin();
        AddOpening(db, clock, now);
        var epochs = TakeLanes(db, clock, now, lanes);

        // Every intent of the lanes is of an epoch before: nobody can have written one since.
        db.Execute(
            "create temp table cut_off (id integer primary key, lane integer, first_seq integer, last_seq integer)");
        using (var find = db.Prepare("""
            insert into cut_off
            select id, lane, first_seq, last_seq from attempt where answered_us is null and lane = ? and epoch < ?
            """))
        {
            foreach (var (lane, epoch) in epochs)
                find.Bind(1, lane).Bind(2, epoch).Run();
        }

        // Of those that a person had put back, the kept counts have it that they are planned.
        db.Execute("""
            create temp table put_back as
            select seq from state
            where  status = 0
            and    exists (select 1 from cut_off where state.seq between first_seq and last_seq);

            delete from state
            where  status = 0
            and    exists (select 1 from cut_off where state.seq between first_seq and last_seq)
            """);

        // Answered already, and known not sent: planned, though other calls under the intent were not answered.
        db.Execute("""
            create temp table open_tried as
            select tried.seq, tried.attempt from tried join cut_off on cut_off.id = tried.attempt
            """);

        // Whatever may have been on its way is uncertain now; a receipt that came before the
        // answer has settled its own.
        var interrupted = 0L;
        using (var interrupt = db.Prepare(string.Create(CultureInfo.InvariantCulture, $"""
            insert into state (seq, status, attempt, reason, settled_us)
            select     message.seq, {(int)MessageStatus.Uncertain}, cut_off.id, {(int)Reason.Interrupted}, {now}
            from       cut_off
            cross join message on message.seq between cut_off.first_seq and cut_off.last_seq
            where      not exists (select 1 from state where state.seq = message.seq)
            and        not exists (select 1 from open_tried where open_tried.attempt = cut_off.id and open_tried.seq = message.seq)
            on conflict do nothing
            returning seq, exists (select 1 from put_back where put_back.seq = state.seq)
            """)))
        {
            while (interrupt.Step())
            {
                interrupted++;
                kept.Move(
                    interrupt.Number(0),
                    interrupt.Number(1) == 1 ? MessageStatus.Planned : MessageStatus.Submitting,
                    MessageStatus.Uncertain);
            }
        }

        using (var sent = db.Prepare("select distinct lane from cut_off"))
        {
            while (sent.Step())
                kept.AddSent((int)sent.Number(0), now, now);
        }

        db.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            update attempt
            set    answered_us = {now}, outcome = {(int)SendOutcome.Uncertain}, cut_off = 1
            where  id in (select id from cut_off)
            """));

        db.Execute("drop table open_tried; drop table put_back; drop table cut_off");
        db.Commit();
        return new TakenLanes(interrupted, epochs);
    }

    /// <summary>A new epoch of each lane: whoever had it can write no intent from the commit on. Within the
    /// caller's transaction.</summary>
    /// <returns>By lane id.</returns>
    static Dictionary<int, long> TakeLanes(Db db, ProcessClock clock, long now, IReadOnlyCollection<int>? lanes)
    {
        var epochs = new Dictionary<int, long>();
        using var all = db.Prepare("select id from lane union select lane from attempt where answered_us is null");
        while (all.Step())
        {
            if (lanes?.Contains((int)all.Number(0)) != false)
                epochs[(int)all.Number(0)] = 0;
        }

        using var take = db.Prepare("""
            insert into lane_owner (lane, epoch, process, at_us) values (?, 1, ?, ?)
            on conflict (lane) do update set epoch = lane_owner.epoch + 1, process = excluded.process, at_us = excluded.at_us
            returning epoch
            """);
        foreach (var lane in epochs.Keys.ToList())
        {
            take.Bind(1, lane).Bind(2, clock.Id).Bind(3, now).Step();
            epochs[lane] = take.Number(0);
            take.Reset();
        }

        return epochs;
    }

    /// <summary>Notes whose clock the moments are by from now on. Within the caller's transaction.</summary>
    public static void AddOpening(Db db, ProcessClock clock, long now)
    {
        using var opening = db.Prepare("""
            insert into opening (process, anchor_us, at_us, first_attempt, first_hold, host, pid)
            values (?, ?, ?, (select coalesce(max(id), 0) + 1 from attempt), (select coalesce(max(id), 0) + 1 from hold), ?, ?)
            """);
        opening
            .Bind(1, clock.Id)
            .Bind(2, clock.Anchor)
            .Bind(3, now)
            .Bind(4, Environment.MachineName)
            .Bind(5, Environment.ProcessId)
            .Run();
    }

    /// <summary>Keeps when each lane first and last handed something over, as the attempts say. Once in a ledger of
    /// a version before.</summary>
    public static void KeepSent(Db db, TallyRows kept)
    {
        using var statement = db.Prepare(
            $"select lane, {LastHandOver.Replace("max(", "min(", StringComparison.Ordinal)}, {LastHandOver} "
            + $"from attempt group by lane having {LastHandOver} is not null");
        while (statement.Step())
            kept.AddSent((int)statement.Number(0), statement.Number(1), statement.Number(2));
    }

    /// <summary>Of a lane's answered attempts. When a call left that a crash cut off nobody knows; at the latest, when
    /// the start after the crash took note.</summary>
    public const string LastHandOver = "max(case when cut_off = 1 then answered_us else handed_us end)";

    /// <summary>When each lane last handed something over; <see cref="long.MaxValue"/>
    /// where a crash hides it.</summary>
    public static Dictionary<int, long> ReadLastHandOver(Db db)
    {
        var last = new Dictionary<int, long>();
        if (TallyRows.AreIn(db))
        {
            foreach (var (lane, sent) in TallyRows.ReadSent(db))
                last[lane] = sent.Last;
            using var open = db.Prepare("select distinct lane from attempt where answered_us is null");
            while (open.Step())
                last[(int)open.Number(0)] = long.MaxValue;
            return last;
        }

        // A ledger of a version before, once: all attempts are looked at, some tenths of a second a million.
        using var statement = db.Prepare($"""
            select   lane, {LastHandOver}, count(*) filter (where answered_us is null)
            from     attempt
            group by lane
            """);

        while (statement.Step())
            last[(int)statement.Number(0)] = statement.Number(2) > 0 ? long.MaxValue : statement.Number(1);

        return last;
    }

    /// <summary>The same with requests that carried no message: they count towards the contract as well.</summary>
    public static IReadOnlyDictionary<int, long> WithPreparations(
        Db db, IReadOnlyDictionary<int, long> lastHandOver)
    {
        var last = lastHandOver.ToDictionary();
        using var rows = db.Prepare(
            $"select lane, max(from_us) from hold where kind = {(int)LaneChangeKind.Prepared} group by lane");
        while (rows.Step())
            last[(int)rows.Number(0)] = Math.Max(last.GetValueOrDefault((int)rows.Number(0)), rows.Number(1));
        return last;
    }
}

/// <summary>What opening a ledger to send came to.</summary>
/// <param name="Interrupted">Messages that are uncertain by it.</param>
/// <param name="Epochs">Of the lanes that were taken, by id.</param>
readonly record struct TakenLanes(long Interrupted, IReadOnlyDictionary<int, long> Epochs);
