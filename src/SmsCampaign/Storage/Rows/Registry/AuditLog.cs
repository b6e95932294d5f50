using System.Globalization;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The table audit of ledger.db. A row is appended in the transaction of the record it is about.</summary>
sealed class AuditLog : IAuditLog
{
    static readonly SqlText Columns = new("id, at, kind, ref, content, key, hash");

    readonly IRegistryDb _file;
    readonly DataFolder _data;
    readonly VoidedApprovals _voided;

    public AuditLog(IRegistryDb file, DataFolder data) =>
        (_file, _data, _voided) = (file, data, new VoidedApprovals(data));

    public AuditHead Head
    {
        get
        {
            using var db = _file.Open();
            return ReadLast(db) is { } last ? new AuditHead(last.Id, last.Hash) : new AuditHead(0, "");
        }
    }

    public AuditHead HeadBeside(string what)
    {
        using var db = _file.Open();
        var last = db.Find(
            $"""
            select   {Columns}
            from     audit
            where    not (kind = {AuditKinds.Event} and json_valid(content) and json_extract(content, '$[3]') = {what})
            order by id desc limit 1
            """,
            AuditRow.Of);

        // By such an event the chain may have begun.
        return last is null or { Kind: AuditKinds.Start, Ref: "" } ? new AuditHead(0, "")
            : new AuditHead(last.Id, last.Hash);
    }

    public bool Reaches(AuditHead head)
    {
        using var db = _file.Open();
        return head.Row == 0
            || (head.Hash.Length > 0
                && db.FindText($"select hash from audit where id = {head.Row}") is { } hash
                && hash.StartsWith(head.Hash, StringComparison.Ordinal));
    }

    public AuditedEvent? FindEvent(string what, string detail)
    {
        using var db = _file.Open();
        var rows = db.Read(
            $"""
            select    audit.id, audit.at, audit.kind, audit.ref, audit.content, audit.key, audit.hash, coalesce(before.hash, '')
            from      audit
            left join audit before on before.id = audit.id - 1
            where     audit.kind = {AuditKinds.Event} and json_valid(audit.content)
            and       json_extract(audit.content, '$[3]') = {what} and json_extract(audit.content, '$[4]') = {detail}
            order by  audit.id
            """,
            row => (Row: AuditRow.Of(row), Before: row.Text(7)!)).ToList();
        if (rows.Count == 0)
            return null;

        var key = AuditKey.Read(_data.AuditKey, out _);
        var vouched = rows.Find(each => key is not null
            && each.Row.Key == key.Fingerprint
            && each.Row.Hash == each.Row.HashAfter(each.Before, key)).Row;
        return new AuditedEvent(
            SqlTime.FromSql((vouched ?? rows[0].Row).At, "audit", rows[0].Row.Ref),
            key is null && IsKeyClosed ? null : vouched is not null);
    }

    public IReadOnlyList<AuditedRecord> ReadBack(
        long? before, AuditSubject? subject, DateTimeOffset? from, DateTimeOffset? until, int most)
    {
        using var db = _file.Open();
        return [.. db.Read(
            $"""
            select   {Columns}
            from     audit
            where    id < {before ?? long.MaxValue} and at >= {from?.ToSql() ?? ""} and at < {until?.ToSql() ?? "~"}
            and      ({subject is null} = 1 or kind in ({AuditReading.KindsOf(subject)}))
            order by id desc limit {(long)most}
            """,
            AuditRow.Of).Select(row => AuditReading.Read(db, row))];
    }

    public int CountDecisionsSince(AuditHead head, RunKey run) => CountSince(head, run, isOfFigures: false);

    public bool HasChangedSince(AuditHead head, RunKey run) => CountSince(head, run, isOfFigures: true) > 0;

    int CountSince(AuditHead head, RunKey run, bool isOfFigures)
    {
        using var db = _file.Open();
        return (int)db.FindNumber($"""
            select count(*) from audit where id > {head.Row} and (
                (kind = {AuditKinds.Decision} and json_valid(content)
                 and json_extract(content, '$[1]') = {run.Campaign} and json_extract(content, '$[2]') = {run.DateText}
                 and not ({isOfFigures} = 1 and json_extract(content, '$[5]') = {DecisionKind.Finished.ToWord()}))
                or ({isOfFigures} = 1 and kind = {AuditKinds.Resolution} and instr(ref, {run + " "}) = 1))
            """)!;
    }

    public Wording? KeyTrouble
    {
        get
        {
            using var db = _file.Open();
            return FindKeyTrouble(db, out _) ?? _voided.Trouble;
        }
    }

    /// <returns>Null also where the chain has not begun.</returns>
    Wording? FindKeyTrouble(Db db, out AuditKey? key)
    {
        key = AuditKey.Read(_data.AuditKey, out var missing);
        if (ReadLast(db) is not { } last)
            return null;

        return key is null ? AuditKey.DescribeMissing(missing)
            : last.Key == key.Fingerprint ? null
            : last.Key.Length == 0
            ? new Wording(
                "Dòng cuối của chuỗi kiểm toán được ghi khi không có khóa.",
                "The last row of the audit chain was written without a key.")
            : new Wording(
                $"Khóa của chuỗi kiểm toán ({_data.AuditKey}) không phải khóa đã ghi dòng cuối. "
                    + $"Hãy đặt lại tệp khóa cũ; nếu khóa cũ đã mất, các phê duyệt cũ không còn dùng "
                    + $"được và phải phê duyệt lại.",
                $"The key of the audit chain ({_data.AuditKey}) is not the one that wrote its last "
                    + $"row. Put the old file back; where it is lost, the approvals under it no longer "
                    + $"hold and must be given again.");
    }

    public bool IsKeyClosed
    {
        get
        {
            try
            {
                using var read = new FileStream(_data.AuditKey, FileMode.Open, FileAccess.Read);
                return false;
            }
            catch (UnauthorizedAccessException) when (!Directory.Exists(_data.AuditKey))
            {
                return true;
            }
            catch (Exception other) when (other is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    public Wording? VoidedTrouble => _voided.Trouble;

    public Wording? FindMissingKey()
    {
        using var db = _file.Open();
        var begun = ReadLast(db) is not null;
        if (!begun)
            AuditKey.TryCreate(_data.AuditKey);

        if (AuditKey.Read(_data.AuditKey, out var missing) is not null)
            return null;

        return begun ? AuditKey.DescribeMissing(missing) : new Wording(
            $"Khóa của chuỗi kiểm toán: {missing}, và chưa tạo được. Hãy xem lại audit.keyFile và quyền "
                + $"ghi vào thư mục của tệp đó.",
            $"The key of the audit chain: {missing}, and it could not be made. See to audit.keyFile and to the "
                + $"right to write to its folder.");
    }

    public AuditReport Verify(bool ledgers)
    {
        using var db = _file.Open();
        db.BeginReading(); // it is read as it is at one moment
        return AuditWalk.Walk(db, AuditKey.Read(_data.AuditKey, out _), ledgers ? _data : null);
    }

    /// <summary>Ids of the approvals that the chain bears witness to and no later row of it voids.</summary>
    /// <returns>Revived: those that were voided all the same, as the marks outside the data folder say. They do not
    /// stand. IsAsked: whether the chain's own key and the marks could be read; all by one reading of them.</returns>
    public (HashSet<long> Standing, HashSet<long> Revived, bool IsAsked) ReadStandingApprovals(Db db)
    {
        var trouble = FindKeyTrouble(db, out var key);
        if (key is null || _voided.Read() is not { } voided)
            return ([], [], ReadLast(db) is null);

        var records = db.Read($"select id, {AuditKinds.Records[AuditKinds.Approval]} from approval", row =>
            (Id: row.Number(0), Content: row.Text(1)!)).ToDictionary();
        var standing = new HashSet<long>();
        var revived = new HashSet<long>();
        var witnesses = db.Read(
            $"""
            select    audit.id, audit.at, audit.kind, audit.ref, audit.content, audit.key, audit.hash, coalesce(before.hash, '')
            from      audit
            left join audit before on before.id = audit.id - 1
            where     audit.kind in ('approval', 'void')
            order by  audit.id
            """,
            row => (AuditRow.Of(row), row.Text(7)!));
        foreach (var (row, before) in witnesses)
        {
            if (!long.TryParse(row.Ref, CultureInfo.InvariantCulture, out var id))
                continue; // written past the program: it bears witness to none, and `audit verify` names it
            if (row.Kind == AuditKinds.Void)
                Remove(id);
            else if (row.Key == key.Fingerprint
                && row.Hash == row.HashAfter(before, key)
                && records.GetValueOrDefault(id) == row.Content)
                (voided.Contains(row.Hash) ? revived : standing).Add(id);
        }

        return (standing, revived, trouble is null);

        void Remove(long id)
        {
            standing.Remove(id);
            revived.Remove(id);
        }
    }

    /// <summary>Ids of the records of a table that the chain bears witness to, as they are.</summary>
    public HashSet<long> ReadWitnessed(Db db, string table)
    {
        if (AuditKey.Read(_data.AuditKey, out _) is not { } key)
            return [];

        var records = db.Read($"select id, {AuditKinds.Records[table]} from {new SqlText(table)}", row =>
            (Id: row.Number(0), Content: row.Text(1)!)).ToDictionary();
        return [.. AuditWitnesses.Read(db, key, table)
            .Select(each => (Id: long.Parse(each.Ref, CultureInfo.InvariantCulture), each.Content))
            .Where(each => records.GetValueOrDefault(each.Id) == each.Content)
            .Select(each => each.Id)];
    }

    /// <summary>How the chain bears out records of a table that can be over: by the first row about each that was
    /// written with the key.</summary>
    /// <param name="over">Kind of the row that says so.</param>
    public IReadOnlyDictionary<long, Vouching> Judge(
        Db db, string table, string over, IReadOnlyCollection<long> ids)
    {
        var keyless = ReadLast(db) is null ? Vouching.Missing : Vouching.NoKey;
        var key = AuditKey.Read(_data.AuditKey, out _);
        return ids.ToDictionary(id => id, id => key is null ? keyless : JudgeOne(id, key));

        Vouching JudgeOne(long id, AuditKey key)
        {
            var reference = id.ToString(CultureInfo.InvariantCulture);
            var witness = AuditWitnesses.Read(db, key, table, reference).FirstOrDefault();
            if (witness is null)
                return Vouching.Missing;

            var content = db.FindText(
                $"select {AuditKinds.Records[table]} from {new SqlText(table)} where id = {id}");
            return content != witness.Content ? Vouching.Changed
                : db.FindNumber($"""
                    select 1 from audit where kind = {over} and ref = {reference} and id > {witness.Id}
                    """) is not null ? Vouching.Over
                : Vouching.Vouched;
        }
    }

    /// <summary>How the chain bears out a lane's stop as it stands in its table.</summary>
    public Vouching JudgeStop(Db db, string lane) =>
        AuditKey.Read(_data.AuditKey, out _) is { } key ? AuditWitnesses.JudgeStop(db, key, lane)
        : ReadLast(db) is null ? Vouching.Missing
        : Vouching.NoKey;

    /// <summary>What the chain last says of something by a kind of row; null where it says nothing.</summary>
    public static string? FindContent(Db db, string kind, long id) => db.FindText($"""
        select   content
        from     audit
        where    kind = {kind} and ref = {id.ToString(CultureInfo.InvariantCulture)}
        order by id desc
        limit    1
        """);

    /// <summary>Extensions of runs' windows that the chain bears witness to, by run, in order. Of one that stands in
    /// the table alone nobody decided.</summary>
    public ILookup<string, WindowExtension> ReadExtensions(Db db)
    {
        var rows = db.Read(
            $"select id, run, day, closes, person, by_os, reason from window_extension order by id",
            row => (
                Id: row.Number(0),
                Run: row.Text(1)!,
                Of: new WindowExtension(row.Text(2)!, row.Text(3)!, row.Text(4)!, row.Text(5)!, row.Text(6)!)));
        var witnessed = rows.Count == 0 ? [] : ReadWitnessed(db, AuditKinds.Extension);
        return rows.Where(row => witnessed.Contains(row.Id)).ToLookup(row => row.Run, row => row.Of);
    }

    public IReadOnlyList<MissingApproval> FindMissingApprovals()
    {
        using var db = _file.Open();
        return db.Read(
            $"""
            select   ref, coalesce(json_extract(valid, '$[1]'), ''), json_extract(valid, '$[2]'), coalesce(json_extract(valid, '$[4]'), '')
            from     (select id, ref, case when json_valid(content) then content else '[]' end as valid from audit where kind = 'approval') as witness
            where    not exists (select 1 from approval where cast(approval.id as text) = ref)
            order by id
            """,
            row => new MissingApproval
            {
                Ref = row.Text(0)!,
                Campaign = row.Text(1)!,
                Date = row.Text(2),
                ApprovedBy = row.Text(3)!,
            });
    }

    /// <summary>Inserts a record, and a row that bears witness to it.</summary>
    /// <param name="insert">Of one row of the table.</param>
    /// <returns>The record's id.</returns>
    public long AddRecord(Db db, string table, string at, Sql insert)
    {
        var id = db.Insert(insert)!.Value;
        AppendRecord(db, table, id, at);
        return id;
    }

    /// <summary>Appends a record that was just written.</summary>
    /// <returns>As of <see cref="Append"/>.</returns>
    public string AppendRecord(Db db, string table, long id, string at)
    {
        var content = db.FindText($"select {AuditKinds.Records[table]} from {new SqlText(table)} where id = {id}")!;
        return Append(db, table, id.ToString(CultureInfo.InvariantCulture), content, at);
    }

    public void AppendVoid(Db db, long approval, string at)
    {
        var reference = approval.ToString(CultureInfo.InvariantCulture);
        var content = db.FindText($"select {AuditKinds.VoidContent} from approval where id = {approval}")!;
        if (db.FindText($"select hash from audit where kind = {AuditKinds.Approval} and ref = {reference}") is { } hash)
            _voided.Add(hash);
        Append(db, AuditKinds.Void, reference, content, at);
    }

    /// <param name="db">In a transaction: nobody else may append between the row before and this.</param>
    /// <returns>The hash of the new row.</returns>
    public string Append(Db db, string kind, string reference, string content, string at)
    {
        var last = ReadLast(db);
        if (last is null)
        {
            // At the very first use only: a key that is missing later is told, and never made up.
            AuditKey.TryCreate(_data.AuditKey);
            var start = db.FindText($"select json_array(approval, decision, event) from audit_start")!;
            last = Add(db, null, AuditKinds.Start, "", start, at);
        }

        return Add(db, last, kind, reference, content, at).Hash;
    }

    AuditRow Add(Db db, AuditRow? last, string kind, string reference, string content, string at)
    {
        var key = AuditKey.Read(_data.AuditKey, out _);
        var row = new AuditRow
        {
            Id = (last?.Id ?? 0) + 1,
            At = at,
            Kind = kind,
            Ref = reference,
            Content = content,
            Key = key?.Fingerprint ?? "",
        };
        row = row with { Hash = row.HashAfter(last?.Hash ?? "", key) };
        db.Run(
            $"insert into audit ({Columns}) values ({row.Id}, {row.At}, {row.Kind}, {row.Ref}, "
            + $"{row.Content}, {row.Key}, {row.Hash})");
        return row;
    }

    static AuditRow? ReadLast(Db db) =>
        db.Find($"select {Columns} from audit order by id desc limit 1", AuditRow.Of);
}
