using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Lists and settles the uncertain messages of a run beside whatever process sends it: on a connection of its own, and
/// without <see cref="RunLedger"/>'s recovery, which would take what is in flight at this moment for what a crash left.
/// The sending process takes it in by <see cref="RunLedger.NoticeResolutionsAsync"/>.
/// </summary>
public sealed class RunResolutions : IResolutions
{
    /// <summary>Messages settled in one commit: some 0.2 s for which the process that sends waits at most, of the
    /// 10 s that it would.</summary>
    internal const int Together = 10_000;

    readonly Db _db;
    readonly TallyRows _kept;
    readonly RunStatements _statements;
    readonly string _code;

    /// <exception cref="LedgerException">The file is not there, or not a run's ledger.</exception>
    public RunResolutions(Database at)
        : this(Refuse(at) ?? at.Open(), toSettle: true)
    {
    }

    RunResolutions(Db db, bool toSettle)
    {
        _db = db;
        if (toSettle)
        {
            _db.Flush(each: true);
            _db.Upgrade(TableSet.Run);
        }

        _kept = new TallyRows(_db);
        _statements = new RunStatements(_db, _kept);
        _code = RunInfoRows.Read(_db).Code;
    }

    /// <summary>Only to be read, by an account that may not write.</summary>
    /// <exception cref="LedgerException">The file is not there, or not a run's ledger.</exception>
    public static RunResolutions ToList(Database at) =>
        new(Refuse(at) ?? at.LookUpToDate(TableSet.Run), toSettle: false);

    /// <returns>Null: it is there.</returns>
    static Db? Refuse(Database at) =>
        at.Exists ? null : throw at.Missing();

    /// <summary>In sending order.</summary>
    public IEnumerable<UncertainMessage> Read()
    {
        using var statement = _db.Prepare("""
            select    state.seq, message.number, carrier.display, lane.name, coalesce(state.handed_us, attempt.handed_us),
                      state.reason, state.code, state.settled_us
            from      state
            join      message on message.seq = state.seq
            join      carrier on carrier.id = state.seq >> 28
            left join attempt on attempt.id = state.attempt
            left join lane on lane.id = attempt.lane
            where     state.status = 2
            order by  state.seq
            """);

        while (statement.Step())
        {
            yield return new UncertainMessage(
                statement.Number(0),
                MessageReference.Of(_code, statement.Number(0)),
                new PhoneNumber(statement.Number(1)),
                statement.Text(2)!,
                statement.Text(3) ?? "",
                statement.NumberOrNull(4),
                (Reason)statement.Number(5),
                statement.Text(6),
                statement.Number(7));
        }
    }

    /// <summary>The message of a reference, whatever its status.</summary>
    /// <returns>Null where the run has no such message.</returns>
    public long? Find(string reference)
    {
        if (!MessageReference.TryParse(reference, out var code, out var seq) || code != _code)
            return null;

        using var statement = _db.Prepare("select 1 from message where seq = ?");
        return statement.Bind(1, seq).Step() ? seq : null;
    }

    /// <summary>Settles uncertain messages as a person says, a piece at a time: each is on disk with its witness before
    /// the next, and whoever sends writes in between. After a kill the same call settles the rest.</summary>
    /// <param name="pause">Between two pieces, so that a process that waits for the file has its turn. False:
    /// it is to stop there.</param>
    /// <param name="witness">Told what is settled, just before it is on disk, for each piece.</param>
    /// <returns>How many were settled.</returns>
    public async Task<int> SettleAllAsync(
        IReadOnlyList<long> messages,
        MessageStatus status,
        Who who,
        string reason,
        ProcessClock clock,
        Func<Task<bool>> pause,
        Action<PersonsResolution>? witness = null)
    {
        var (settled, last) = (0, 0L);
        foreach (var piece in messages.Order().Chunk(Together))
        {
            if (last > 0 && !await pause())
                break;

            // A piece is told from the others by its moment.
            last = Math.Max(clock.Now(), last + 1);
            settled += Settle(piece, status, who, reason, last, witness);
        }

        return settled;
    }

    /// <summary>Settles uncertain messages as a person says, all together or none. On disk when it returns.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="witness">Told what is settled, just before it is on disk; not where nothing is.</param>
    /// <returns>How many were settled: one that is not uncertain any more is left as it is.</returns>
    public int Settle(
        IReadOnlyCollection<long> messages,
        MessageStatus to,
        Who who,
        string reason,
        long now,
        Action<PersonsResolution>? witness = null)
    {
        _db.Begin();
        try
        {
            var decider = new Decider(Settler.Person, who.Person, reason, who.ByOs);
            var settled = messages.Where(seq => _statements.Resolve(seq, to, decider, now) is not null).ToList();
            if (settled.Count > 0)
                witness?.Invoke(PersonsResolution.Of(now, to, who.Person, reason, settled, decider.Os));
            _db.Commit();
            return settled.Count;
        }
        catch
        {
            _db.TakeBack();
            throw;
        }
    }

    /// <summary>As
    /// <see cref="Settle(IReadOnlyCollection{long}, MessageStatus, Who, string, long, Action{PersonsResolution}?)"/>,
    /// by somebody at this process's terminal.</summary>
    internal int Settle(IReadOnlyCollection<long> messages, MessageStatus to, string who, string reason, long now) =>
        Settle(messages, to, Who.Here(who), reason, now);

    /// <summary>What persons have decided in a run's ledger, command by command, in that order.</summary>
    public static IReadOnlyList<PersonsResolution> ReadPersons(Database at)
    {
        using var db = at.Look();

        // A ledger that no newer program has opened tells by name alone, and knows no accounts.
        bool Has(string column) => db.Has("resolution", column);
        var persons = Has("by_kind")
            ? string.Create(CultureInfo.InvariantCulture, $"by_kind = {(int)Settler.Person}")
            : "who not in ('inquiry', 'repeats dropped')";
        var account = Has("by_os") ? "by_os" : "''";
        using var rows = db.Prepare(
            $"select at_us, to_status, who, reason, {account}, seq from resolution where {persons} order by "
            + $"at_us, to_status, who, reason");

        var decided = new Dictionary<(long At, MessageStatus To, string Who, string Reason, string ByOs), List<long>>();
        while (rows.Step())
        {
            var one = (rows.Number(0), (MessageStatus)rows.Number(1), rows.Text(2)!, rows.Text(3)!, rows.Text(4)!);
            if (!decided.TryGetValue(one, out var messages))
                decided.Add(one, messages = []);
            messages.Add(rows.Number(5));
        }

        return [.. decided.Select(each =>
            PersonsResolution.Of(each.Key.At, each.Key.To, each.Key.Who, each.Key.Reason, each.Value, each.Key.ByOs))];
    }

    /// <summary>How many rows neither a person wrote nor the program, which only ever puts a message back to planned
    /// itself, in words of its own and under no account.</summary>
    internal static long CountForeign(Database at)
    {
        using var db = at.Look();
        if (!db.Has("resolution", "by_kind"))
            return 0;

        var account = db.Has("resolution", "by_os") ? "by_os" : "''";
        using var count = db.Prepare(string.Create(CultureInfo.InvariantCulture, $"""
            select count(*)
            from   resolution
            where  by_kind <> {(int)Settler.Person}
            and    not (to_status = {(int)MessageStatus.Planned} and {account} = '' and (by_kind, who, reason) in (values (?, ?, ?), (?, ?, ?)))
            """));
        var place = 0;
        foreach (var own in new[] { Decider.Inquiry, Decider.RepeatsDropped })
            count.Bind(++place, (long)own.Kind).Bind(++place, own.Who).Bind(++place, own.Grounds);
        return count.Step() ? count.Number(0) : 0;
    }

    /// <summary>When what was settled that is marked as the program's doing.</summary>
    internal static IReadOnlySet<(long At, MessageStatus To)> ReadProgramsMoments(Database at)
    {
        var moments = new HashSet<(long, MessageStatus)>();
        using var db = at.Look();
        if (!db.Has("resolution", "by_kind"))
            return moments;

        using var rows = db.Prepare(string.Create(
            CultureInfo.InvariantCulture,
            $"select distinct at_us, to_status from resolution where by_kind <> {(int)Settler.Person}"));
        while (rows.Step())
            moments.Add((rows.Number(0), (MessageStatus)rows.Number(1)));
        return moments;
    }

    public void Dispose()
    {
        _statements.Dispose();
        _kept.Dispose();
        _db.Dispose();
    }
}
