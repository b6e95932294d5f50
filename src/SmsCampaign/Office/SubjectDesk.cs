using SmsCampaign.Messages;
using SmsCampaign.Orders;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Privacy;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>What is kept of one number in one run.</summary>
public sealed record SubjectRun(RunRecord Run, IReadOnlyList<SubjectRow> Rows);

/// <summary>What the installation keeps of one number.</summary>
/// <param name="Unread">What could not be looked at, and why: of it nothing is known.</param>
/// <param name="Receipts">Raw receipts in which the number stands.</param>
/// <param name="Learned">Where a gateway said that it is on another network.</param>
/// <param name="IsErased">Whether it was asked to be erased before.</param>
public sealed record SubjectData(
    PhoneNumber Number,
    IReadOnlyList<SubjectRun> Runs,
    long Receipts,
    LearnedNumber? Learned,
    bool IsErased,
    IReadOnlyList<Wording> Unread)
{
    /// <summary>Carriers' lists that have it.</summary>
    public IReadOnlyList<SubjectList> Lists { get; init; } = [];
}

/// <summary>A carrier's list that has a number.</summary>
/// <param name="IsFull">Whether the numbers stand there as they are; else their hashes.</param>
/// <param name="Said">What the carrier says became of it.</param>
public sealed record SubjectList(string Run, string Holder, bool IsFull, Wording Said);

/// <summary>What came of erasing one number.</summary>
/// <param name="Erased">Runs it was erased in.</param>
/// <param name="Waiting">Runs that still have it: they are not over, or it is not settled there.</param>
/// <param name="Receipts">Raw receipts it was erased in.</param>
/// <param name="Copies">What still has it and is not touched.</param>
public sealed record SubjectErased(
    IReadOnlyList<RunRecord> Erased,
    IReadOnlyList<RunRecord> Waiting,
    long Receipts,
    IReadOnlyList<NumberCopy> Copies,
    IReadOnlyList<Wording> Unread)
{
    /// <summary>Carriers' lists with numbers in full that had it, and were deleted whole.</summary>
    public long Lists { get; init; }

    /// <summary>Runs that still have it as a person wants their numbers kept.</summary>
    public IReadOnlyList<(RunRecord Run, PurgeStep Hold)> Held { get; init; } = [];

    /// <summary>Raw receipts that still have it: they are not settled, wait, are set aside, or are of a run that has it
    /// still. Run again it does the rest.</summary>
    public long Left { get; init; }

    /// <summary>Why older copies may be left in the gaps of files: run again it does the rest.</summary>
    public IReadOnlyList<Wording> Stale { get; init; } = [];
}

/// <summary>Tells what is kept of one number, and erases it, as its subscriber has the right to ask.</summary>
public sealed class SubjectDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Stored: never rename.</summary>
    public const string ExportEvent = "subject-export";

    /// <summary>That a carrier's list with numbers in full is deleted whole. Stored: never rename.</summary>
    public const string ListsEvent = "carrier-list-erased";

    /// <inheritdoc cref="PurgeDesk.Reached"/>
    internal Action<string>? Reached { get; init; }

    /// <summary>The one way from what a person writes to a number: never shown again but masked.</summary>
    /// <returns>Null where it is none.</returns>
    public static PhoneNumber? Read(string written, PrefixTable prefixes) =>
        new NumberReader(prefixes).Read(written.Trim()) is { IsMobile: true } reading ? reading.Number : null;

    /// <summary>Looks, and records that somebody did.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public SubjectData Export(Who who, PhoneNumber number, string reason)
    {
        var registry = Ledgers.OpenRegistry(data);
        var key = new NumberKeyFile(data, registry).Find();
        var (runs, unread) = (new List<SubjectRun>(), new List<Wording>());
        foreach (var run in registry.ReadRuns())
        {
            if (Look(run, number, key, unread) is { Count: > 0 } rows)
                runs.Add(new SubjectRun(run, rows));
        }

        var receipts = Count(simulated: false, number, unread) + Count(simulated: true, number, unread);
        registry.RecordEvent(who, ExportEvent, $"{number.Masked}. {NumberMask.In(reason)}", time.GetUtcNow());
        return new SubjectData(
            number,
            runs,
            receipts,
            registry.Ported.Read()
                .Where(learned => learned.Msisdn == number.Msisdn)
                .Cast<LearnedNumber?>()
                .FirstOrDefault(),
            key is not null && registry.Purges.ReadErased().Any(each => each.Hash == key.Hash(number.Msisdn)),
            unread)
        {
            Lists =
            [
                .. FindLists(registry, number, key).Select(found => new SubjectList(
                    found.List.Order.Run, found.List.Order.Holder, found.List.IsFull, WordsOf(found.Claim))),
            ],
        };
    }

    /// <summary>Writes what was found as files for the subscriber, with the number in full.</summary>
    /// <param name="folder">Not there yet.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteAnswer(SubjectData kept, string folder) =>
        new SubjectAnswer(kept, VietnamTime.DateOf(time.GetUtcNow())).WriteTo(folder);

    static Wording WordsOf(NumberClaim claim) => claim switch
    {
        NumberClaim.Succeeded => new Wording("đã nhắn, thành công", "texted, delivered"),
        NumberClaim.Failed => new Wording("đã nhắn, không thành công", "texted, failed"),
        NumberClaim.Unknown => new Wording("đã nhắn, chưa rõ kết quả", "texted, outcome not known"),
        _ => new Wording("không nhắn", "not texted"),
    };

    /// <summary>How many carriers' lists with numbers in full have it: erasing it deletes them whole.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public long CountFullLists(PhoneNumber number)
    {
        if (!Ledgers.HasRegistry(data))
            return 0;

        var registry = Ledgers.OpenRegistry(data);
        var held = FindHolds(registry);
        return FindLists(registry, number, key: null)
            .Count(found => found.List.IsFull && !held.ContainsKey(found.List.Order.Run));
    }

    /// <summary>The runs whose numbers a person wants kept, by key.</summary>
    static Dictionary<string, (RunRecord Run, PurgeStep Hold)> FindHolds(IRegistry registry)
    {
        var held = new Dictionary<string, (RunRecord, PurgeStep)>();
        foreach (var run in registry.ReadRuns().Where(run => !run.IsErased))
        {
            if (PurgeDesk.FindHold(registry, run) is { } hold)
                held[run.Key] = (run, hold);
        }

        return held;
    }

    static List<(KeptList List, NumberClaim Claim)> FindLists(IRegistry registry, PhoneNumber number, NumberKey? key)
    {
        var found = new List<(KeptList, NumberClaim)>();
        foreach (var list in KeptList.Read(registry))
        {
            if (list.Find(registry, number, key) is { } claim)
                found.Add((list, claim));
        }

        return found;
    }

    List<SubjectRow> Look(RunRecord run, PhoneNumber number, NumberKey? key, List<Wording> unread)
    {
        try
        {
            var kept = Ledgers.RunAt(run.AddressIn(data));
            if (kept.Exists)
                return [.. kept.FindSubject(number.Msisdn, key)];
            if (!RunLetters.Read(Ledgers.OpenRegistry(data), run).HasOwn)
                return []; // carriers texted it: it has no ledger of ours

            unread.Add(new Wording(
                $"{run.Key}: không có sổ {run.File}", $"{run.Key}: the ledger {run.File} is missing"));
        }
        catch (LedgerException broken)
        {
            unread.Add(new Wording($"{run.Key}: {broken.Words}", $"{run.Key}: {broken.Words}"));
        }

        return [];
    }

    long Count(bool simulated, PhoneNumber number, List<Wording> unread)
    {
        try
        {
            return Ledgers.ReceiptsOf(data).CountNaming(simulated, number.Msisdn);
        }
        catch (LedgerException broken)
        {
            unread.Add(broken.Words);
            return 0;
        }
    }

    /// <summary>Never to be texted again from now on, and erased where the run is over; of the others it is kept that
    /// it is to be done.</summary>
    /// <exception cref="LedgerException">Something cannot be read or written: done again it does the rest.</exception>
    public SubjectErased Erase(Who who, PhoneNumber number, string reason)
    {
        using var alone = PurgeLock.TryTake(data) ?? throw new LedgerException(PurgeLock.Taken(data));
        var (registry, now) = (Ledgers.OpenRegistry(data), time.GetUtcNow());
        if ((registry.Audit.FindMissingKey() ?? registry.Audit.KeyTrouble) is { } keyless)
            throw new LedgerException(keyless);

        var key = new NumberKeyFile(data, registry).FindOrMake(now);
        var hash = key.Hash(number.Msisdn);
        var subject = new ErasedSubject
        {
            Hash = hash,
            KeyId = key.Id,
            IsDone = false,
            Runs = 0,
            Person = who.Person,
            ByOs = who.ByOs,
            Reason = $"{number.Masked}. {NumberMask.In(reason)}",
            At = now,
        };

        // Suppressed before anything else: whatever is cut off, it is not planned again.
        if (registry.Purges.ReadErased().All(each => each.Hash != hash))
            registry.Purges.AddErased(subject);

        var (erased, waiting, unread) = (new List<RunRecord>(), new List<RunRecord>(), new List<Wording>());
        var (having, stale) = (new List<RunRecord>(), new List<Wording>());
        var held = new Dictionary<string, (RunRecord Run, PurgeStep Hold)>();
        foreach (var run in registry.ReadRuns())
        {
            if (Look(run, number, key, unread) is not { Count: > 0 } rows)
                continue;

            // One after another takes minutes: each by what persons say as it is its turn.
            var hold = run.IsErased ? null : PurgeDesk.FindHold(registry, run);
            having.Add(run);
            if (rows.TrueForAll(row => row.IsErased) && (run.IsErased || !PurgeDesk.IsSubjectOpen(registry, run)))
            {
                // Of one that was erased whole the file was written anew with it.
                if (!run.IsErased && run.State.IsOver() && hold is null)
                    Note(Ledgers.RunAt(run.AddressIn(data)).EraseNumbers(key, IsIt, now).Stale);
                continue;
            }

            if (!run.State.IsOver() || run.IsErased || rows.Exists(IsOpen))
            {
                waiting.Add(run);
                continue;
            }

            if (hold is not null)
            {
                held[run.Key] = (run, hold);
                continue;
            }

            Note(EraseIn(run, who, key, number, registry, now));
            erased.Add(run);
        }

        var holds = FindHolds(registry);
        string[] spared = [.. registry.ReadRuns()
            .Where(run => !run.State.IsOver() || holds.ContainsKey(run.Key))
            .Select(run => run.Code)];
        registry.Purges.ForgetLearned(IsIt, before: null);
        var full = FindLists(registry, number, key).Where(found => found.List.IsFull).ToList();
        foreach (var (list, _) in full.Where(found => holds.ContainsKey(found.List.Order.Run)))
            held[list.Order.Run] = holds[list.Order.Run];
        full.RemoveAll(found => holds.ContainsKey(found.List.Order.Run));
        foreach (var (list, _) in full)
        {
            registry.RecordEvent(
                who,
                ListsEvent,
                $"{list.Order.Run} {list.Order.Holder}, result {list.Result}, for {number.Masked}",
                now);
        }

        var lists = registry.Purges.ForgetListed(full.Select(found => found.List.Result));
        Note(registry.Purges.Compact(MayWait()));
        var (receipts, left) = (0L, 0L);
        foreach (var simulated in new[] { false, true })
        {
            var gone = Ledgers.ReceiptsOf(data).EraseNumbers(simulated, key, IsIt, spared, after: 0, MayWait);
            (receipts, left) = (receipts + gone.Changed, left + gone.Left);
            stale.AddRange(gone.Stale);
        }

        registry.Purges.AddErased(subject with
        {
            IsDone = waiting.Count + held.Count + unread.Count + stale.Count + left == 0,
            Runs = waiting.Count + held.Count is > 0 and var toDo ? toDo : erased.Count,
        });
        IReadOnlyList<NumberCopy> copies =
        [
            .. NumberCopy.FindShared(data, run: null)
                .Concat(having.SelectMany(run => NumberCopy.FindOwn(data, run)))
                .DistinctBy(copy => copy.Path),
        ];
        return new SubjectErased(erased, waiting, receipts, copies, unread)
        {
            Lists = lists,
            Held = [.. held.Values],
            Left = left,
            Stale = stale,
        };

        bool MayWait() => PurgeDesk.MayWait(registry, time.GetUtcNow());

        bool IsIt(long each) => each == number.Msisdn;

        void Note(Wording? why)
        {
            if (why is { } told)
                stale.Add(told);
        }
    }

    static bool IsOpen(SubjectRow row) =>
        row.Status is MessageStatus.Planned or MessageStatus.Submitting or MessageStatus.Uncertain;

    /// <returns>Why older copies may be left in the file's gaps; null where none are.</returns>
    Wording? EraseIn(
        RunRecord run, Who who, NumberKey key, PhoneNumber number, IRegistry registry, DateTimeOffset now)
    {
        // Held to what was approved while it still can be, and on disk before it cannot: cut off, it is gone on with.
        var wasKept = PurgeDesk.IsSubjectOpen(registry, run)
            || RunVerification.FindOf(data, registry, run, rows: true).Count == 0;
        var kept = Ledgers.RunAt(run.AddressIn(data));
        var step = PurgeDesk.StepOf(run, PurgeStepKind.Subject, who, number.Masked, now) with
        {
            KeyId = key.Id,
            WasKept = wasKept,
        };
        registry.Purges.Add(step);
        Reached?.Invoke("begun");
        var (rows, stale) = kept.EraseNumbers(key, each => each == number.Msisdn, now);
        Reached?.Invoke("ledger");
        registry.Purges.Add(step with
        {
            Counts = new PurgeCounts(Messages: rows),
            Seal = wasKept ? kept.ReadSeal(CancellationToken.None).ToText() : "",
        });
        return stale;
    }
}
