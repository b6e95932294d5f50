using System.Buffers.Binary;
using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The tables purge_step, erased_number and number_key of ledger.db.</summary>
sealed class PurgeRows(IRegistryDb file, AuditLog audit, DataFolder data) : IPurges
{
    /// <summary>Low bits of the largest hash of a sample that are not kept: no number has its hash to itself among
    /// those that are left.</summary>
    const int BitsLeftOut = 40;

    static readonly Dictionary<string, PurgeStepKind> Kinds =
        Enum.GetValues<PurgeStepKind>().ToDictionary(WordOf);

    readonly PurgeMarks _marks = new(data);

    public IReadOnlyList<PurgeStep> Read(string? run = null)
    {
        using var db = file.Open();
        return Read(db, run);
    }

    List<PurgeStep> Read(Db db, string? run)
    {
        var rows = db.Read(
            $"""
            select   id, run, code, step, day, key, messages, exclusions, receipts, files, learned, lists, through,
                     seal, kept, person, by_os, reason, at
            from     purge_step
            where    {run} is null or run = {run}
            order by id
            """,
            ReadOne).ToList();
        if (rows.Count == 0)
            return rows;

        var witnessed = audit.ReadWitnessed(db, AuditKinds.PurgeStep);
        return [.. rows.Select(row => row with { IsWitnessed = witnessed.Contains(row.Id) })];
    }

    /// <summary>How far the numbers of each run are erased, by its code: what the table or the marks outside say,
    /// whichever says more. Of one that the marks alone know a backup has brought the numbers back.</summary>
    public Dictionary<string, (PurgeState State, string Seal)> ReadStates(Db db)
    {
        var states = new Dictionary<string, (PurgeState State, string Seal)>();
        foreach (var mark in _marks.Read())
        {
            if (mark is { Run: not null, Code: { } code, IsHold: false })
                states[code] = (PurgeState.Begun, "");
        }

        var steps = db.Read(
            $"select id, code, step, seal from purge_step where step in ('begun', 'done', 'subject') order by id",
            row => (Id: row.Number(0), Code: row.Text(1)!, Step: row.Text(2)!, Seal: row.Text(3)!));
        var witnessed = steps.Count == 0 ? [] : audit.ReadWitnessed(db, AuditKinds.PurgeStep);
        foreach (var (id, code, step, seal) in steps)
        {
            // What was written past the program lets nothing pass for what was approved.
            var (before, sealedAs) = states.GetValueOrDefault(code, (PurgeState.None, ""));
            var state = step == WordOf(PurgeStepKind.Done) ? PurgeState.Done
                : step == WordOf(PurgeStepKind.Begun) ? PurgeState.Begun
                : before;
            states[code] = (state, witnessed.Contains(id) && seal.Length > 0 ? seal : sealedAs);
        }

        return states;
    }

    public void Add(PurgeStep taken)
    {
        // Known outside before anything is erased: whoever is killed in between has a run that nobody sends.
        if (taken.Kind == PurgeStepKind.Begun)
            _marks.Add(new PurgeMark(taken.Run, taken.Code, null, taken.KeyId, taken.At.ToSql()));

        // Nor is what persons want kept erased where ledger.db is an older copy.
        if (taken.Kind == PurgeStepKind.Held)
        {
            _marks.Add(new PurgeMark(taken.Run, taken.Code, null, null, taken.At.ToSql())
            {
                HeldBy = taken.Person,
                HeldFor = taken.Reason,
            });
        }

        AddRow(taken);

        // Let go only once that is on record.
        if (taken.Kind == PurgeStepKind.LetGo)
            _marks.Add(new PurgeMark(taken.Run, taken.Code, null, null, taken.At.ToSql()) { IsLetGo = true });
    }

    void AddRow(PurgeStep taken)
    {
        using var db = file.Open();
        db.Transact(() =>
        {
            var (counts, at) = (taken.Counts, taken.At.ToSql());
            audit.AddRecord(db, AuditKinds.PurgeStep, at, $"""
                insert into purge_step
                       (run, code, step, day, key, messages, exclusions, receipts, files, learned, lists, through, seal,
                        kept, person, by_os, reason, at)
                values ({taken.Run}, {taken.Code}, {WordOf(taken.Kind)}, {taken.Day.ToSql()}, {taken.KeyId},
                        {counts.Messages}, {counts.Exclusions}, {counts.Receipts}, {counts.Files}, {counts.Learned},
                        {counts.Lists}, {taken.Through}, {taken.Seal}, {taken.WasKept},
                        {taken.Person}, {taken.ByOs}, {taken.Reason}, {at})
                """);
        });
    }

    public IReadOnlyList<PurgeLeft> ReadLeft()
    {
        using var db = file.Open();
        return db.Read(
            $"select code, receipts, stale_vi, stale_en, at from purge_left",
            row => new PurgeLeft(
                row.Text(0)!,
                row.Number(1),
                row.Text(2) is { Length: > 0 } stale ? new Wording(stale, row.Text(3)!) : null,
                SqlTime.FromSql(row.Text(4)!, "purge_left", row.Text(0)!)));
    }

    public void KeepLeft(PurgeLeft left)
    {
        using var db = file.Open();
        var (vi, en) = (left.Stale?.Vi ?? "", left.Stale?.En ?? "");
        db.Transact(() =>
        {
            db.Run($"delete from purge_left where code = {left.Code}");
            if (left.IsAny)
            {
                db.Run($"""
                    insert into purge_left (code, receipts, stale_vi, stale_en, at)
                    values ({left.Code}, {left.Receipts}, {vi}, {en}, {left.At})
                    """);
            }
        });
    }

    public PurgeStep? FindHold(string run, string code)
    {
        var row = Read(run)
            .Where(step => step.Code == code)
            .LastOrDefault(step => step.Kind == PurgeStepKind.Held
                || (step.Kind == PurgeStepKind.LetGo && step.IsWitnessed));
        if (row is { Kind: PurgeStepKind.Held })
            return row;

        // One that ledger.db does not have (any more), and nobody has let go since.
        var mark = _marks.Read().LastOrDefault(each => each.Run == run && each.Code == code && each.IsHold);
        return mark is { HeldBy: { } person } && (row is null || string.CompareOrdinal(mark.At, row.At.ToSql()) > 0)
            ? HoldOf(mark, person)
            : null;
    }

    static PurgeStep HoldOf(PurgeMark mark, string person)
    {
        var at = SqlTime.FromSql(mark.At, "numbers.erased", mark.Run!);
        return new PurgeStep
        {
            Run = mark.Run!,
            Code = mark.Code!,
            Kind = PurgeStepKind.Held,
            Day = VietnamTime.DateOf(at),
            Person = person,
            ByOs = "",
            Reason = mark.HeldFor ?? "",
            At = at,
        };
    }

    public IReadOnlyList<string> ReadKeys()
    {
        using var db = file.Open();
        return db.Read($"select id from number_key", row => row.Text(0)!);
    }

    public void KeepKey(string id, DateTimeOffset now)
    {
        _marks.Add(new PurgeMark(null, null, null, id, now.ToSql()));
        using var db = file.Open();
        db.Run($"insert into number_key (id, at) values ({id}, {now}) on conflict do nothing");
    }

    public IReadOnlyList<ErasedSubject> ReadErased()
    {
        using var db = file.Open();
        var erased = db.Read(
            $"select hash, key, step, runs, person, by_os, reason, at from erased_number order by id",
            row => new ErasedSubject
            {
                Hash = row.Number(0),
                KeyId = row.Text(1)!,
                IsDone = row.Text(2) == "done",
                Runs = row.Number(3),
                Person = row.Text(4)!,
                ByOs = row.Text(5)!,
                Reason = row.Text(6)!,
                At = SqlTime.FromSql(row.Text(7)!, "erased_number", row.Text(0)!),
            }).ToDictionaryOfLast(subject => subject.Hash);

        // What a restored backup does not know of is to be done again.
        foreach (var mark in _marks.Read())
        {
            if (mark is { Hash: { } hash, KeyId: { } key } && !erased.ContainsKey(hash))
            {
                erased[hash] = new ErasedSubject
                {
                    Hash = hash,
                    KeyId = key,
                    IsDone = false,
                    Runs = 0,
                    Person = "",
                    ByOs = "",
                    Reason = "",
                    At = SqlTime.FromSql(mark.At, "numbers.erased", key),
                };
            }
        }

        return [.. erased.Values];
    }

    public void AddErased(ErasedSubject subject)
    {
        _marks.Add(new PurgeMark(null, null, subject.Hash, subject.KeyId, subject.At.ToSql()));
        var step = subject.IsDone ? "done" : "asked";
        using var db = file.Open();
        db.Transact(() =>
        {
            audit.AddRecord(db, AuditKinds.ErasedNumber, subject.At.ToSql(), $"""
                insert into erased_number (hash, key, step, runs, person, by_os, reason, at)
                values ({subject.Hash}, {subject.KeyId}, {step}, {subject.Runs}, {subject.Person},
                        {subject.ByOs}, {subject.Reason}, {subject.At})
                """);
        });
    }

    public long ForgetLearned(Func<long, bool> are, DateTimeOffset? before)
    {
        using var db = file.OpenToErase();
        return db.Transact(() =>
        {
            var limit = before?.ToSql();
            var learned = db.Read(
                $"select number from ported where {limit} is null or at <= {limit}", row => row.Number(0))
                .Where(are)
                .ToList();
            foreach (var number in learned)
                db.Run($"delete from ported where number = {number}");
            return (long)learned.Count;
        });
    }

    public void BlindSample(string code, NumberKey key)
    {
        using var db = file.OpenToErase();
        db.Transact(() =>
        {
            foreach (var (text, total, sample) in db.Read(
                $"select text, total, sample from content where code = {code} and key = ''",
                row => (row.Text(0)!, row.Number(1), Convert.FromHexString(row.Text(2)!))))
            {
                var (blind, upTo) = Blind(sample, total, key);
                db.Run($"""
                    update content
                    set    sample = {Convert.ToHexString(blind)}, key = {key.Id}, up_to = {(long)upTo}
                    where  code = {code} and text = {text}
                    """);
            }
        });
    }

    /// <summary>In the order of the new hashes, which says nothing of the old ones.</summary>
    static (byte[] Sample, ulong UpTo) Blind(byte[] sample, long total, NumberKey key)
    {
        var hashes = new List<ulong>();
        for (var at = 0; at < sample.Length; at += sizeof(ulong))
            hashes.Add(BinaryPrimitives.ReadUInt64LittleEndian(sample.AsSpan(at)));

        // Of an audience that it has whole it has everything there is.
        var upTo = hashes.Count == total || hashes.Count == 0
            ? ulong.MaxValue
            : (hashes[^1] >> BitsLeftOut << BitsLeftOut) - 1;
        long[] blind = [.. hashes.Where(hash => hash <= upTo).Select(key.Blind).Order()];
        var bytes = new byte[blind.Length * sizeof(long)];
        for (var at = 0; at < blind.Length; at++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at * sizeof(long)), blind[at]);
        return (bytes, upTo);
    }

    public long ForgetListed(IEnumerable<long> results)
    {
        using var db = file.OpenToErase();
        return db.Transact(() => results.Sum(result =>
        {
            db.Run($"delete from carrier_number where result = {result}");
            return db.Changes > 0 ? 1L : 0;
        }));
    }

    public Wording? Compact(bool mayWait) => file.Rewrite(mayWait);

    static string WordOf(PurgeStepKind kind) => kind.ToString().ToLowerInvariant();

    static PurgeStep ReadOne(Statement row)
    {
        const string table = "purge_step";
        var id = row.Number(0).ToString(CultureInfo.InvariantCulture);
        return new PurgeStep
        {
            Id = row.Number(0),
            Run = row.Text(1)!,
            Code = row.Text(2)!,
            Kind = Kinds.TryGetValue(row.Text(3)!, out var kind) ? kind : throw LedgerRowException.Of(
                table,
                id,
                row.Text(3)!,
                new Wording("bước xóa số mà chương trình biết", "step that this program knows")),
            Day = DateOnly.TryParseExact(
                row.Text(4), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw LedgerRowException.Of(
                    table, id, row.Text(4)!, new Wording("ngày (yyyy-MM-dd)", "date (yyyy-MM-dd)")),
            KeyId = row.Text(5)!,
            Counts = new PurgeCounts(
                row.Number(6), row.Number(7), row.Number(8), row.Number(9), row.Number(10), row.Number(11)),
            Through = row.Number(12),
            Seal = row.Text(13)!,
            WasKept = row.Number(14) != 0,
            Person = row.Text(15)!,
            ByOs = row.Text(16)!,
            Reason = row.Text(17)!,
            At = SqlTime.FromSql(row.Text(18)!, table, id),
        };
    }
}

static class LastOfEach
{
    /// <summary>Of several with one key the last.</summary>
    public static Dictionary<TKey, T> ToDictionaryOfLast<TKey, T>(this IEnumerable<T> each, Func<T, TKey> key)
        where TKey : notnull
    {
        var last = new Dictionary<TKey, T>();
        foreach (var one in each)
            last[key(one)] = one;
        return last;
    }
}
