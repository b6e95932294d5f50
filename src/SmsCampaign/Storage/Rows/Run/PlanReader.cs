using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Reads of a run's ledger what planning asks of it.</summary>
sealed class PlanReader : IPlanReader
{
    /// <summary>SQL: whether a failed message never was taken: refused in the answer to its attempt, or given up after
    /// refusals that were not for good. A receipt, an id, an inquiry or a person's word tells of more.</summary>
    static readonly string Refused = $"""
        state.carrier_id is null and state.carrier_us is null
        and ((attempt.outcome = {(int)SendOutcome.Rejected} and state.settled_us <= attempt.answered_us)
             or (attempt.id is null and exists (select 1 from tried where tried.seq = state.seq)))
        and not exists (select 1 from resolution where resolution.seq = state.seq)
        and not exists (select 1 from inquiry where inquiry.seq = state.seq)
        """;

    static readonly string HandedOver = string.Create(CultureInfo.InvariantCulture, $"""
        select    message.number
        from      message
        join      state on state.seq = message.seq
        left join attempt on attempt.id = state.attempt
        where     state.status in (1, 2, 3, 4, 5)
        or        (state.status = 6 and not ({Refused}))
        or        (state.status = 0 and {InquiryRows.MayBeSent})
        union all
        select    message.number
        from      attempt
        join      message on message.seq between attempt.first_seq and attempt.last_seq
        where     attempt.answered_us is null
        union all
        select    message.number
        from      standing_try
        join      message on message.seq = standing_try.seq
        where     deferral in ({(int)Deferral.Lost}, {(int)Deferral.CutOff})
        union all
        select    message.number
        from      ({ContradictedRows.Select}) as contradicted
        join      message on message.seq = contradicted.seq
        """);

    readonly Db _db;
    Statement? _has;

    /// <inheritdoc cref="IKeptRun.ReadPlan"/>
    public static PlanReader Open(Database at) => new(at.Look());

    /// <inheritdoc cref="IKeptRun.ReadPlanUpToDate"/>
    public static PlanReader OpenUpToDate(Database at) => new(at.LookUpToDate(TableSet.Run));

    /// <param name="db">Disposed with the reader.</param>
    /// <exception cref="LedgerException">It is of a newer version.</exception>
    public PlanReader(Db db)
    {
        _db = db;
        try
        {
            db.RefuseNewer(TableSet.Run);
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    public RunDescription ReadDescription() => DescriptionRows.Read(_db);

    public RunDescription ReadWhole() => DescriptionRows.ReadWhole(_db);

    public IReadOnlyDictionary<string, string> ReadLaneSettings()
    {
        var settings = new Dictionary<string, string>();
        using var rows = _db.Prepare("select name, settings from lane");
        while (rows.Step())
            settings[rows.Text(0)!] = rows.Text(1)!;
        return settings;
    }

    public bool HasBegun() => IsAny("attempt") || IsAny("state");

    public bool IsUnfinished() =>
        IsAny("attempt where answered_us is null")
        || IsAny("state where status = 0")
        || IsAny("message where not exists (select 1 from state where state.seq = message.seq)");

    public IEnumerable<long> ReadHandedOver()
    {
        using var rows = _db.Prepare(HandedOver);
        while (rows.Step())
            yield return rows.Number(0);
    }

    public IReadOnlyDictionary<int, string> ReadMessageOfSegment()
    {
        var messages = new Dictionary<int, string>();
        using var rows = _db.Prepare("select id, message from segment where id > 0");
        while (rows.Step())
            messages[(int)rows.Number(0)] = rows.Text(1)!;
        return messages;
    }

    public IEnumerable<(int Segment, long Number)> ReadNumbers()
    {
        using var rows = _db.Prepare("select segment, number from message");
        while (rows.Step())
            yield return ((int)rows.Number(0), rows.Number(1));
    }

    public (
        IReadOnlyList<AudienceSource> Sources,
        IReadOnlyList<string> Areas,
        IReadOnlyDictionary<int, string> Carriers) ReadOrigins()
    {
        var sources = new List<AudienceSource>();
        var areas = new List<string>();
        var carriers = new Dictionary<int, string>();
        using (var rows = _db.Prepare("select file, sha256, rows from source order by id"))
        {
            while (rows.Step())
                sources.Add(new AudienceSource(rows.Text(0)!, rows.Text(1)!, rows.Number(2)));
        }

        using (var rows = _db.Prepare("select name from area order by id"))
        {
            while (rows.Step())
                areas.Add(rows.Text(0)!);
        }

        using (var rows = _db.Prepare("select id, name from carrier"))
        {
            while (rows.Step())
                carriers[(int)rows.Number(0)] = rows.Text(1)!;
        }

        return (sources, areas, carriers);
    }

    public IEnumerable<LeftMessage> ReadLeft()
    {
        using var rows = _db.Prepare($"""
            select   message.seq, number, segment, area, rule, source, line
            from     message
            join     state on state.seq = message.seq
            where    state.status = {(int)MessageStatus.Leftover}
            and      state.seq not in (select seq from ({ContradictedRows.Select}) as contradicted)
            order by segment, message.seq
            """);
        while (rows.Step())
        {
            yield return new LeftMessage(MessageSeq.CarrierOf(rows.Number(0)), new MessageRow(
                rows.Number(1),
                (int)rows.Number(2),
                (int)rows.Number(3),
                (CarrierRule)rows.Number(4),
                (int)rows.Number(5),
                (int)rows.Number(6)));
        }
    }

    public IEnumerable<long> ReadWaiting()
    {
        using var rows = _db.Prepare("""
            select    number
            from      message
            left join state on state.seq = message.seq
            where     coalesce(state.status, 0) = 0
            """);
        while (rows.Step())
            yield return rows.Number(0);
    }

    public bool Has(long number)
    {
        _has ??= _db.Prepare("select 1 from message where number = ?");
        var has = _has.Bind(1, number).Step();
        _has.Reset();
        return has;
    }

    public long CountUncertain(Reason reason)
    {
        using var count = _db.Prepare("select count(*) from state where status = ? and reason = ?");
        count.Bind(1, (long)MessageStatus.Uncertain).Bind(2, (long)reason).Step();
        return count.Number(0);
    }

    public void Dispose()
    {
        _has?.Dispose();
        _db.Dispose();
    }

    bool IsAny(string of) => _db.ReadNumber($"select 1 from {of} limit 1") is not null;
}
