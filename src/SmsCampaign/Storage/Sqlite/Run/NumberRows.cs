using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>The numbers of a run's ledger, and the hashes that are put in their place.</summary>
static class NumberRows
{
    /// <summary>Columns that hold what gateways said, in which a number may stand: masked there, as reports have
    /// it.</summary>
    static readonly (string Table, string Column)[] Texts =
    [
        ("state", "code"), ("attempt", "note"), ("tried", "note"), ("hold", "reason"), ("inquiry", "answer"),
        ("route", "code"), ("receipt_note", "detail"), ("resolution", "reason"), ("lane_trial", "code"),
    ];

    /// <summary>Gateways' ids, of which a number may be part: two stay two.</summary>
    static readonly (string Table, string Column)[] Ids =
        [("state", "carrier_id"), ("carrier_reference", "carrier_id")];

    /// <summary>Nine digits and more are looked into.</summary>
    const string MayHoldNumber = "'*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'";

    /// <summary>Two of three million hashes are alike once in two million times; three times in a row never.</summary>
    const int MostSalts = 3;

    /// <summary>The whole index of a province is sorted in memory.</summary>
    const int SortKibibytes = 200_000;

    /// <summary>Of the file's size: what is changed lies in -wal, then the file is written anew, in a copy and in
    /// -wal.</summary>
    const int RoomTimes = 3;

    /// <returns>Null where there is room to erase all of them.</returns>
    public static Wording? FindNoRoom(string path, Func<string, long?> room) =>
        Erasing.FindNoRoom(path, RoomTimes * new FileInfo(path).Length, room);

    public static NumberErasure? ReadErasure(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        return ReadErasure(db);
    }

    /// <returns>Null also of a ledger of before numbers were erased.</returns>
    public static NumberErasure? ReadErasure(SqliteDb db)
    {
        if (db.FindText($"select name from sqlite_schema where type = 'table' and name = 'erasure'") is null)
            return null;

        return db.Find(
            $"select key, max(salt), max(whole) from erasure having count(*) > 0",
            row => new NumberErasure(row.Text(0)!, (int)row.Number(1), row.Number(2) != 0));
    }

    public static long CountUnsettled(string path)
    {
        using var db = Migrations.OpenToRead(path, "Run");
        return db.ReadNumber("""
            select (select count(*) from message)
                 - (select count(*) from state where status not in (0, 2))
                 + (select count(*) from receipt_note)
            """)!.Value;
    }

    public static NumberSet ReadAll(string path, NumberKey? key)
    {
        using var db = Migrations.OpenToRead(path, "Run");
        return ReadAll(db, key);
    }

    static NumberSet ReadAll(SqliteDb db, NumberKey? key)
    {
        var (numbers, erased) = (new NumberSet(), new List<long>());
        using var rows = db.Prepare(
            "select number from message union all select number from exclusion where number is not null");
        while (rows.Step())
        {
            var number = rows.Number(0);
            if (ErasedNumber.Is(number))
                erased.Add(number);
            else
                numbers.Add(number);
        }

        if (erased.Count > 0)
            numbers.AddErased(erased, key!, ReadErasure(db)?.Salt ?? 0);
        return numbers;
    }

    public static IReadOnlyList<SubjectRow> FindSubject(string path, long number, NumberKey? key)
    {
        using var db = Migrations.OpenToRead(path, "Run");
        var found = new List<SubjectRow>();
        foreach (var kept in FormsOf(db, number, key))
        {
            found.AddRange(db.Read(
                $"""
                select    message.seq, source.file, message.line, segment.name, area.name, state.status,
                          state.settled_us
                from      message
                left join source on source.id = message.source
                left join segment on segment.id = message.segment
                left join area on area.id = message.area
                left join state on state.seq = message.seq
                where     message.number = {kept}
                """,
                row => new SubjectRow(
                    row.Number(0),
                    row.Text(1) ?? "",
                    row.Number(2),
                    row.Text(3) ?? "",
                    row.Text(4) ?? "",
                    (MessageStatus)(row.NumberOrNull(5) ?? 0),
                    null,
                    row.NumberOrNull(6),
                    ErasedNumber.Is(kept))));
            found.AddRange(db.Read(
                $"""
                select    source.file, exclusion.line, segment.name, exclusion.reason
                from      exclusion
                left join source on source.id = exclusion.source
                left join segment on segment.id = exclusion.segment
                where     exclusion.number = {kept}
                order by  exclusion.id
                """,
                row => new SubjectRow(
                    null,
                    row.Text(0) ?? "",
                    row.Number(1),
                    row.Text(2) ?? "",
                    "",
                    null,
                    (int)row.Number(3),
                    null,
                    ErasedNumber.Is(kept))));
        }

        return found;
    }

    /// <summary>What a number may stand there as.</summary>
    static List<long> FormsOf(SqliteDb db, long number, NumberKey? key)
    {
        List<long> forms = [number];
        if (key is not null && ReadErasure(db) is { } erasure)
            forms.AddRange(Enumerable.Range(0, erasure.Salt + 1).Select(salt => key.Hash(number, salt)));
        return forms;
    }

    public static (long Messages, long Exclusions) Erase(string path, NumberKey key, DateTimeOffset now)
    {
        using var db = Open(path);
        var numbers = ReadAll(db, key);
        AddScrub(db, key, numbers.Contains);
        if (ReadErasure(db) is { IsWhole: true })
        {
            db.Transact(() => Scrub(db)); // what gateways said since
        }
        else
        {
            var salt = ReadErasure(db)?.Salt ?? 0;
            while (!TryErase(db, key, salt, now))
            {
                if (++salt > MostSalts)
                    throw new LedgerException(new Wording(
                        "các mã băm của số điện thoại trùng nhau", "hashes of its numbers are alike"))
                    { File = path };
            }
        }

        // What is free, and the pages of before, go with it. What was cut off here is done again.
        db.Execute("vacuum");
        Erasing.Compact(db);
        if (db.ReadNumber("pragma freelist_count") is not 0
            || db.ReadNumber("select 1 from message where number > 0 limit 1") is not null
            || db.ReadNumber("select 1 from exclusion where number > 0 limit 1") is not null)
            throw new LedgerException(LedgerPlace.InUse(path), ResultCodes.Busy) { File = path };

        return (
            db.ReadNumber("select count(*) from message")!.Value,
            db.ReadNumber("select count(*) from exclusion where number is not null")!.Value);
    }

    /// <returns>False where two numbers have one hash: with another salt they have not.</returns>
    static bool TryErase(SqliteDb db, NumberKey key, int salt, DateTimeOffset now)
    {
        db.AddFunction("erased", number => key.Hash(number, salt));
        try
        {
            db.Transact(() =>
            {
                // Sorted anew at the end, as when it was planned: rule 1 holds by it.
                db.Execute("drop index if exists message_number");
                db.Execute("update message set number = erased(number) where number > 0");
                var numbers = db.Changes;
                db.Execute("update exclusion set number = erased(number) where number > 0");
                Scrub(db);
                db.Execute($"pragma cache_size = -{SortKibibytes}");
                db.Execute("create unique index message_number on message (number)");
                Note(db, key, salt, whole: true, numbers + db.Changes, now);
            });
            return true;
        }
        catch (LedgerException alike) when (alike.Code == ResultCodes.Constraint)
        {
            return false;
        }
    }

    public static (long Rows, Wording? Stale) Erase(
        string path, NumberKey key, Func<long, bool> are, DateTimeOffset now)
    {
        using var db = Open(path);
        var rows = db.Transact(() =>
        {
            db.AddFunction("erased", number => key.Hash(number));
            db.AddFunction("asked", number => are(number) ? 1 : 0);
            db.Execute("update message set number = erased(number) where number > 0 and asked(number)");
            long rows = db.Changes;
            db.Execute("update exclusion set number = erased(number) where number > 0 and asked(number)");
            rows += db.Changes;
            if (rows == 0)
                return 0;

            AddScrub(db, key, are);
            Scrub(db);
            Note(db, key, 0, whole: false, rows, now);
            return rows;
        });

        // Also where nothing is to be done any more: what was cut off here, or left by a program that did less.
        return (rows, Erasing.Rewrite(db, mayWait: true));
    }

    static SqliteDb Open(string path)
    {
        var db = SqliteDb.Open(path);
        try
        {
            Migrations.Upgrade(db, "Run");
            db.Execute(Erasing.Pragma);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    static void AddScrub(SqliteDb db, NumberKey key, Func<long, bool> are)
    {
        db.AddFunction("masked", text => NumberScrub.In(text, are, (_, digits) => PhoneNumber.Mask(digits)));
        db.AddFunction(
            "scrubbed", text => NumberScrub.In(text, are, (number, _) => ErasedNumber.Show(key.Hash(number))));
    }

    static void Scrub(SqliteDb db)
    {
        foreach (var (table, column) in Texts)
            Scrub(db, table, column, "masked");
        foreach (var (table, column) in Ids)
            Scrub(db, table, column, "scrubbed");
    }

    static void Scrub(SqliteDb db, string table, string column, string how) => db.Execute(
        $"update {table} set {column} = {how}({column}) where {column} glob {MayHoldNumber} "
        + $"and {how}({column}) <> {column}");

    static void Note(SqliteDb db, NumberKey key, int salt, bool whole, long numbers, DateTimeOffset now) => db.Run($"""
        insert into erasure (key, salt, whole, numbers, at_us)
        values ({key.Id}, {salt}, {whole}, {numbers}, {ProcessClock.ToMicros(now)})
        """);
}
