using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>Puts hashes in the place of a run's numbers, so that none is left in its file.</summary>
static class NumberErasing
{
    /// <summary>Nine digits and more are looked into.</summary>
    const string MayHoldNumber = "'*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'";

    /// <summary>The whole index of a province is sorted in memory.</summary>
    const int SortKibibytes = 200_000;

    /// <summary>Of the file's size: what is changed lies in -wal, then the file is written anew, in a copy and in
    /// -wal.</summary>
    const int RoomTimes = 3;

    /// <returns>Null where there is room to erase all of them.</returns>
    public static Wording? FindNoRoom(string path, Func<string, long?> room) =>
        Erasing.FindNoRoom(path, RoomTimes * new FileInfo(path).Length, room);

    public static (long Messages, long Exclusions) Erase(string path, NumberKey key, DateTimeOffset now)
    {
        using var db = Open(path);
        var numbers = NumberRows.ReadAll(db, key);
        AddScrub(db, key, numbers.Contains);
        if (NumberRows.ReadErasure(db) is { IsWhole: true })
        {
            db.Transact(() => Scrub(db)); // what gateways said since
        }
        else
        {
            var salt = NumberRows.ReadErasure(db)?.Salt ?? 0;
            while (!TryErase(db, key, salt, now))
            {
                if (++salt > NumberRows.MostSalts)
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
                NumberRows.Note(db, key, salt, whole: true, numbers + db.Changes, now);
            });
            return true;
        }
        catch (LedgerException alike) when (alike.IsOfConstraint)
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
            NumberRows.Note(db, key, 0, whole: false, rows, now);
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
            db.Upgrade(TableSet.Run);
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
        foreach (var (table, column) in NumberRows.Texts)
            Scrub(db, table, column, "masked");
        foreach (var (table, column) in NumberRows.Ids)
            Scrub(db, table, column, "scrubbed");
    }

    static void Scrub(SqliteDb db, string table, string column, string how) => db.Execute(
        $"update {table} set {column} = {how}({column}) where {column} glob {MayHoldNumber} "
        + $"and {how}({column}) <> {column}");
}
