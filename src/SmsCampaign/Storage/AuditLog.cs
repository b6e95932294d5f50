using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SmsCampaign.Storage.Marks;

namespace SmsCampaign.Storage;

/// <summary>Where a chain ends: to be kept elsewhere, so that a chain cut short shows.</summary>
public sealed record AuditHead(long Row, string Hash)
{
    /// <summary>As 12 0123456789abcdef; as 0 of a chain that has not begun.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row} {(Hash.Length < 16 ? Hash : Hash[..16])}").TrimEnd();
}

/// <summary>An approval that the audit chain bears witness to and whose row is gone.</summary>
public sealed record MissingApproval
{
    /// <summary>Its number.</summary>
    public required string Ref { get; init; }
    public required string Campaign { get; init; }

    /// <summary>The date approved; null where every year was.</summary>
    public string? Date { get; init; }
    public required string ApprovedBy { get; init; }

    public Wording Words
    {
        get
        {
            var date = Date is null ? new Wording("mọi năm", "every year")
                : DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var one) ? new Wording($"ngày {Figures.Date(one)}", $"{Figures.Date(one)}")
                : new Wording($"ngày {Date}", Date);
            return new Wording(
                $"Phê duyệt số {Ref} (chiến dịch {Campaign}, {date}, người duyệt {ApprovedBy}) có trong chuỗi kiểm toán nhưng đã mất khỏi ledger.db: không gửi theo phê duyệt này. {LedgerRowException.Mend}",
                $"Approval {Ref} (campaign {Campaign}, {date}, by {ApprovedBy}) stands in the audit chain, but is gone from ledger.db: nothing is sent by it. {LedgerRowException.Mend}");
        }
    }
}

/// <summary>
/// The chain over the records of ledger.db: approvals, decisions, events, resolutions and lane stops. A row is appended in the
/// transaction of the record it is about; each holds an HMAC over the one before, under a key that is not in the database.
/// </summary>
/// <remarks>
/// Who can write ledger.db but not read the key cannot add, change or take out a record without its showing, but for cutting off
/// the end of the chain together with the records there: only a head that was kept elsewhere (log, report) shows that. Who can
/// read the key can do everything.
/// </remarks>
public sealed class AuditLog
{
    readonly string _connection;
    readonly string _keyFile;
    readonly VoidedApprovals _voided;

    internal AuditLog(string connection, DataFolder data) => (_connection, _keyFile, _voided) = (connection, data.AuditKey, new VoidedApprovals(data));

    public AuditHead Head
    {
        get
        {
            using var connection = Open();
            return ReadLast(connection, null) is { } last ? new AuditHead(last.Id, last.Hash) : new AuditHead(0, "");
        }
    }

    /// <summary>Why nothing can be relied on: the key is missing, unreadable, or another than the last row's, or the list of voided approvals
    /// cannot be read. Null where all is right.</summary>
    public Wording? KeyTrouble
    {
        get
        {
            using var connection = Open();
            if (ReadLast(connection, null) is not { } last)
                return null;

            if (AuditKey.Read(_keyFile, out var missing) is not { } key)
                return DescribeMissing(missing);

            return last.Key == key.Fingerprint ? _voided.Trouble : last.Key.Length == 0
                ? new Wording(
                    "Dòng cuối của chuỗi kiểm toán được ghi khi không có khóa.", "The last row of the audit chain was written without a key.")
                : new Wording(
                    $"Khóa của chuỗi kiểm toán ({_keyFile}) không phải khóa đã ghi dòng cuối. Hãy đặt lại tệp khóa cũ; nếu khóa cũ đã mất, các phê duyệt cũ không còn dùng được và phải phê duyệt lại.",
                    $"The key of the audit chain ({_keyFile}) is not the one that wrote its last row. Put the old file back; where it is lost, the approvals under it no longer hold and must be given again.");
        }
    }

    /// <summary>Whether the key is there and this account may not read it, as it should be with any but the account that sends: whether approvals
    /// hold is then not known here.</summary>
    public bool IsKeyClosed
    {
        get
        {
            try
            {
                using var read = new FileStream(_keyFile, FileMode.Open, FileAccess.Read);
                return false;
            }
            catch (UnauthorizedAccessException) when (!Directory.Exists(_keyFile))
            {
                return true;
            }
            catch (Exception other) when (other is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <summary>Why the list of voided approvals cannot be read; null where it can.</summary>
    public Wording? VoidedTrouble => _voided.Trouble;

    /// <summary>Why what is recorded now could not be borne out. Makes the key where no chain has begun.</summary>
    /// <returns>Null where there is a key to record it under.</returns>
    public Wording? FindMissingKey()
    {
        using var connection = Open();
        var begun = ReadLast(connection, null) is not null;
        if (!begun)
            AuditKey.TryCreate(_keyFile);

        if (AuditKey.Read(_keyFile, out var missing) is not null)
            return null;

        return begun ? DescribeMissing(missing) : new Wording(
            $"Khóa của chuỗi kiểm toán: {missing}, và chưa tạo được. Hãy xem lại audit.keyFile và quyền ghi vào thư mục của tệp đó.",
            $"The key of the audit chain: {missing}, and it could not be made. See to audit.keyFile and to the right to write to its folder.");
    }

    /// <summary>Walks the chain and compares it with the records.</summary>
    /// <param name="data">Where the runs' ledgers are looked through for resolutions; null: they are left out.</param>
    public AuditReport Verify(DataFolder? data)
    {
        using var connection = Open();
        using var snapshot = connection.BeginTransaction(deferred: true);
        return AuditWalk.Walk(connection, snapshot, AuditKey.Read(_keyFile, out _), data);
    }

    /// <summary>Ids of the approvals that the chain bears witness to and no later row of it voids.</summary>
    /// <returns>Revived: those that were voided all the same, as the marks outside the data folder say. They do not stand.</returns>
    internal (HashSet<long> Standing, HashSet<long> Revived) ReadStandingApprovals(SqliteConnection connection)
    {
        if (AuditKey.Read(_keyFile, out _) is not { } key || _voided.Read() is not { } voided)
            return ([], []);

        const string sql = """
            select   audit.id as Id, audit.at as At, audit.kind as Kind, audit.ref as Ref, audit.content as Content, audit.key as Key,
                     audit.hash as Hash, coalesce(before.hash, '') as Before
            from     audit
            left join audit before on before.id = audit.id - 1
            where    audit.kind in ('approval', 'void')
            order by audit.id
            """;
        var records = connection.Query<(long Id, string Content)>($"select id, {AuditKinds.Records[AuditKinds.Approval]} from approval").ToDictionary();
        var standing = new HashSet<long>();
        var revived = new HashSet<long>();
        foreach (var (row, before) in connection.Query<AuditRow, string, (AuditRow, string)>(sql, (row, before) => (row, before), splitOn: "Before"))
        {
            var id = long.Parse(row.Ref, CultureInfo.InvariantCulture);
            if (row.Kind == AuditKinds.Void)
                Remove(id);
            else if (row.Key == key.Fingerprint && row.Hash == row.HashAfter(before, key) && records.GetValueOrDefault(id) == row.Content)
                (voided.Contains(row.Hash) ? revived : standing).Add(id);
        }

        return (standing, revived);

        void Remove(long id)
        {
            standing.Remove(id);
            revived.Remove(id);
        }
    }

    /// <summary>The approvals that stand in the chain and no longer in their table: none is ever deleted by the program, and without its row
    /// nobody would miss one.</summary>
    public IReadOnlyList<MissingApproval> FindMissingApprovals()
    {
        const string sql = """
            select   ref as Ref, coalesce(json_extract(valid, '$[1]'), '') as Campaign, json_extract(valid, '$[2]') as Date,
                     coalesce(json_extract(valid, '$[4]'), '') as ApprovedBy
            from     (select id, ref, case when json_valid(content) then content else '[]' end as valid from audit where kind = 'approval')
            where    not exists (select 1 from approval where cast(approval.id as text) = ref)
            order by id
            """;

        using var connection = Open();
        return [.. connection.Query<MissingApproval>(sql)];
    }

    /// <summary>Appends the record that was just written.</summary>
    internal void AppendRecord(SqliteConnection connection, SqliteTransaction transaction, string table, string at)
    {
        var id = connection.ExecuteScalar<long>("select last_insert_rowid()", transaction: transaction);
        var content = connection.ExecuteScalar<string>($"select {AuditKinds.Records[table]} from {table} where id = @id", new { id }, transaction)!;
        Append(connection, transaction, table, id.ToString(CultureInfo.InvariantCulture), content, at);
    }

    internal void AppendVoid(SqliteConnection connection, SqliteTransaction transaction, long approval, string at)
    {
        var content = connection.ExecuteScalar<string>($"select {AuditKinds.VoidContent} from approval where id = @approval", new { approval }, transaction)!;
        const string witness = "select hash from audit where kind = 'approval' and ref = @reference";
        if (connection.QueryFirstOrDefault<string>(witness, new { reference = approval.ToString(CultureInfo.InvariantCulture) }, transaction) is { } hash)
            _voided.Add(hash);
        Append(connection, transaction, AuditKinds.Void, approval.ToString(CultureInfo.InvariantCulture), content, at);
    }

    /// <param name="transaction">An immediate one: nobody else may append between the row before and this.</param>
    internal void Append(SqliteConnection connection, SqliteTransaction transaction, string kind, string reference, string content, string at)
    {
        var last = ReadLast(connection, transaction);
        if (last is null)
        {
            // At the very first use only: a key that is missing later is told, and never made up.
            AuditKey.TryCreate(_keyFile);
            var start = connection.ExecuteScalar<string>("select json_array(approval, decision, event) from audit_start", transaction: transaction)!;
            last = Add(connection, transaction, null, AuditKinds.Start, "", start, at);
        }

        Add(connection, transaction, last, kind, reference, content, at);
    }

    AuditRow Add(SqliteConnection connection, SqliteTransaction transaction, AuditRow? last, string kind, string reference, string content, string at)
    {
        var key = AuditKey.Read(_keyFile, out _);
        var row = new AuditRow { Id = (last?.Id ?? 0) + 1, At = at, Kind = kind, Ref = reference, Content = content, Key = key?.Fingerprint ?? "" };
        row = row with { Hash = row.HashAfter(last?.Hash ?? "", key) };
        connection.Execute("insert into audit (id, at, kind, ref, content, key, hash) values (@Id, @At, @Kind, @Ref, @Content, @Key, @Hash)", row, transaction);
        return row;
    }

    static AuditRow? ReadLast(SqliteConnection connection, SqliteTransaction? transaction) => connection.QueryFirstOrDefault<AuditRow>(
        "select id as Id, at as At, kind as Kind, ref as Ref, content as Content, key as Key, hash as Hash from audit order by id desc limit 1", transaction: transaction);

    static Wording DescribeMissing(Wording missing) => new(
        $"Khóa của chuỗi kiểm toán: {missing}. Không tạo khóa mới thay cho khóa cũ: hãy đặt lại tệp khóa từ bản sao lưu (audit.keyFile).",
        $"The key of the audit chain: {missing}. No new one is made in its place: put the file back from a backup (audit.keyFile).");

    SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }
}
