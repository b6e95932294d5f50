using SmsCampaign.Messages;
using SmsCampaign.Orders;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Privacy;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>
/// Erases the numbers of a run that is over: keyed hashes stand in their place, so that figures, reports and the rule
/// that nobody is texted twice stay as they were, and nobody can be found from what is kept.
/// </summary>
/// <remarks>
/// On disk before anything is erased that it is begun, in ledger.db and outside the data folder: from then on nobody
/// sends the run or gives it to be sent, whatever else is cut off. Every step may be done again; the run's own ledger
/// comes last, as by its numbers the others are gone through.
/// </remarks>
public sealed class PurgeDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Before its window opens a run that is approved counts as one that is sent: a large file takes minutes,
    /// and a slow disk more.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    /// <summary>Days after its date on which a run whose schedule cannot be read counts as one that is sent
    /// soon.</summary>
    const int MostDaysUnread = 31;

    /// <summary>Called with the name of each step that is done: stands for a process killed there.</summary>
    internal Action<string>? Reached { get; init; }

    /// <summary>Bytes free where a folder lies; null where it cannot be told. Unset: as the system says.</summary>
    internal Func<string, long?>? Room { get; init; }

    /// <summary>What keeps the numbers of a run from being erased; none: they may be.</summary>
    /// <exception cref="LedgerException">A ledger cannot be read.</exception>
    public IReadOnlyList<Wording> FindObstacles(RunRecord run)
    {
        var registry = Ledgers.OpenRegistry(data);
        var kept = Ledgers.RunAt(run.AddressIn(data));
        var obstacles = new List<Wording>();
        var isOurs = RunLetters.Read(registry, run).HasOwn;
        if (!kept.Exists && isOurs)
        {
            obstacles.Add(new Wording(
                $"Không có sổ gửi tin của lượt này ({run.File}). Nếu đã chuyển đi nơi khác, hãy đưa về hoặc khôi phục "
                    + $"bằng 'restore'.",
                $"The run's ledger is not there ({run.File}). Where it was archived, bring it back, or restore it with "
                    + $"'restore'."));
        }

        if (registry.Audit.FindMissingKey() is { } keyless)
            obstacles.Add(keyless);
        else if (registry.Audit.KeyTrouble is { } trouble)
            obstacles.Add(trouble);
        if (new NumberKeyFile(data, registry).FindTrouble() is { } lost)
            obstacles.Add(lost);
        if (obstacles.Count > 0 || IsBegun(data, registry, run))
            return obstacles;

        if (!run.State.IsOver())
        {
            obstacles.Add(new Wording(
                "Lượt gửi chưa kết thúc. Hãy chờ xong (xem 'status'), hoặc kết thúc bằng 'end'.",
                "The run is not over. Wait until it is (see 'status'), or end it with 'end'."));
            return obstacles;
        }

        if (FindHold(registry, run) is { } hold)
            obstacles.Add(HeldBy(hold));

        if (!isOurs)
            return obstacles; // carriers texted it: nothing of ours is open

        if (kept.CountUnsettled() is > 0 and var open)
        {
            var count = Figures.Counted(open, "message");
            obstacles.Add(new Wording(
                $"Còn {count} tin chưa rõ kết quả hoặc chưa gửi: xóa số rồi thì không hỏi lại được. Hãy xử lý bằng "
                    + $"'resolve' trước.",
                $"{count} uncertain or not sent: once the numbers are gone nobody can ask about them. Settle them with "
                    + $"'resolve' first."));
        }

        FindReceipts(run, obstacles);
        FindReports(registry, run, kept, obstacles);
        FindRest(registry, run, obstacles);
        if (kept.FindNoRoom(Room) is { } full)
        {
            obstacles.Add(new Wording(
                $"Xóa số phải ghi lại cả sổ gửi tin của lượt này ({run.File}): {full}. Hãy giải phóng đĩa.",
                $"To erase numbers the run's whole ledger is written anew ({run.File}): {full}. Make room on the "
                    + $"disk."));
        }

        return obstacles;
    }

    void FindReceipts(RunRecord run, List<Wording> obstacles)
    {
        if (Ledgers.ReceiptsOf(data).FindOldestUnsettled(run.Simulated) is null)
            return;

        obstacles.Add(new Wording(
            "Còn biên nhận chưa xử lý, có thể là của lượt này. Hãy cho dịch vụ gửi chạy để xử lý hết.",
            "There are receipts that are not settled and may be this run's. Let the worker settle them."));
    }

    static Wording HeldBy(PurgeStep hold) => new(
        $"{hold.Person} yêu cầu giữ số điện thoại từ ngày {Figures.Date(hold.Day)}: {hold.Reason}. Không cần giữ nữa "
            + $"thì chạy 'purge --release'.",
        $"{hold.Person} wants the numbers kept since {Figures.Date(hold.Day)}: {hold.Reason}. Where they need be kept "
            + $"no longer, run 'purge --release'.");

    static void FindReports(IRegistry registry, RunRecord run, IKeptRun kept, List<Wording> obstacles)
    {
        if (run.Simulated || run.IsTest || kept.ReadReach().Attempts == 0)
            return;

        var command = $"sms-campaign report {run.Campaign} --date {run.Date}";
        if (registry.FindLastEvent([ReportRecord.Event], $"{run.Key} ") is null)
        {
            obstacles.Add(new Wording(
                $"Báo cáo của lượt này chưa được ghi. Hãy chạy: {command}",
                $"No report on the run was written yet. Run: {command}"));
        }

        if (DueReport.Read(registry, run).Any(report => report is { Report: "", Submission: null }))
        {
            obstacles.Add(new Wording(
                $"Chưa ghi nhận báo cáo của lượt này đã nộp. Nộp rồi thì chạy: {command} --submitted SỐ_VĂN_BẢN --by …",
                $"It is not recorded that the report on the run was handed in. Once it is, run: {command} --submitted "
                    + $"DOCUMENT --by …"));
        }
    }

    static void FindRest(IRegistry registry, RunRecord run, List<Wording> obstacles)
    {
        foreach (var rest in registry.ReadRuns(run.Campaign)
            .Where(other => !other.Simulated && other.RestOf == run.Date && !other.State.IsOver() && !run.Simulated))
        {
            obstacles.Add(new Wording(
                $"Lượt gửi ngày {rest.DateWords} gửi phần còn lại của lượt này và chưa kết thúc. Hãy chờ xong.",
                $"The run of {rest.DateWords} sends what this one left, and is not over. Wait until it is."));
        }
    }

    /// <summary>The last word of a person that the numbers of a run be kept; null where there is none.</summary>
    public static PurgeStep? FindHold(IRegistry registry, RunRecord run) => registry.Purges.FindHold(run.Key, run.Code);

    /// <summary>Erases them, or goes on with that.</summary>
    /// <param name="isNoted">Whether it is on record that it was looked again, also where nothing was found.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public PurgeResult Purge(Who who, RunKey wanted, string reason, bool isNoted = false)
    {
        using var alone = PurgeLock.TryTake(data);
        if (alone is null)
            return new PurgeResult.Refused([PurgeLock.Taken(data)]);

        var registry = Ledgers.OpenRegistry(data);
        if (registry.Find(wanted) is not { } run)
            throw new LedgerException(new Wording($"không có lượt gửi {wanted}", $"there is no run {wanted}"));
        if (FindObstacles(run) is { Count: > 0 } obstacles)
            return new PurgeResult.Refused(obstacles);

        try
        {
            return Purge(who, run, NumberMask.In(reason), registry, isNoted);
        }
        catch (Exception fault) when (fault is LedgerException or IOException or UnauthorizedAccessException)
        {
            if (registry.Find(wanted) is { IsErased: false })
                throw;
            return new PurgeResult.CutOff(StorageFaults.Describe(fault, data) ?? FaultWords.Of(fault));
        }
    }

    PurgeResult Purge(Who who, RunRecord run, string reason, IRegistry registry, bool isNoted)
    {
        var now = time.GetUtcNow();
        var isNew = run.Purge != PurgeState.Done;
        var steps = registry.Purges.Read(run.Key).Where(step => step.Code == run.Code).ToList();

        // What the ledger was held to is told while it still can be; a step that was written past the program says
        // nothing of that.
        var begun = steps.LastOrDefault(step => step.Kind == PurgeStepKind.Begun && step.IsWitnessed);
        var wasKept = begun?.WasKept ?? (IsSubjectOpen(registry, run) || IsAsApproved(registry, run));
        var key = new NumberKeyFile(data, registry).FindOrMake(now);
        Reached?.Invoke("verified");

        // To verify takes minutes, and from here on nothing is kept any more: whoever has said so meanwhile is heard.
        if (begun is null && FindHold(registry, run) is { } hold)
            return new PurgeResult.Refused([HeldBy(hold)]);
        if (begun is null)
            registry.Purges.Add(Step(PurgeStepKind.Begun) with { KeyId = key.Id, WasKept = wasKept });
        Reached?.Invoke("begun");

        var lists = registry.Purges.ForgetListed(
            KeptList.Read(registry, run.ToKey()).Where(list => list.IsFull).Select(list => list.Result));
        if (!Ledgers.RunAt(run.AddressIn(data)).Exists)
            return FinishLists();

        var kept = Ledgers.RunAt(run.AddressIn(data));
        if (kept.ReadErasure() is { } erasure && erasure.KeyId != key.Id)
            throw new LedgerException(NumberKeyFile.OfOtherKey(data, run.ToKey(), erasure.KeyId));

        var numbers = kept.ReadAllNumbers(key);
        var files = UnmaskedFiles.Delete(data, run.ToKey()).Files;
        Reached?.Invoke("files");
        var learned = run.Simulated ? 0 : registry.Purges.ForgetLearned(numbers.Contains, run.FinishedSince);
        registry.Purges.BlindSample(run.Code, key);
        var stale = new List<Wording>();
        if (registry.Purges.Compact(MayWait(registry, time.GetUtcNow())) is { } why)
            stale.Add(why);
        Reached?.Invoke("registry");

        string[] spared = [.. registry.ReadRuns()
            .Where(other => other.Simulated == run.Simulated && other.Code != run.Code && !other.IsErased)
            .Select(other => other.Code)];
        var after = isNew ? 0 : steps.Select(step => step.Through).DefaultIfEmpty(0).Max();
        var (receipts, through, left, gaps) = Ledgers.ReceiptsOf(data).EraseNumbers(
            run.Simulated, key, numbers.Contains, spared, after, () => MayWait(registry, time.GetUtcNow()));
        stale.AddRange(gaps);
        Reached?.Invoke("receipts");

        var (messages, exclusions) = kept.EraseNumbers(key, now);
        Reached?.Invoke("ledger");

        // A report that had read the ledger before is shown by now, or is told to be under way.
        var (late, open) = UnmaskedFiles.Delete(data, run.ToKey());
        files += late;
        stale.AddRange(open);
        var counts = new PurgeCounts(messages, exclusions, receipts, files, learned, lists);
        var copies = NumberCopy.FindAll(data, run);
        KeepLeft(left, stale);
        if (isNew && open.Count > 0) // all else is erased, and done it is once those files are gone
            return new PurgeResult.CutOff(Wording.Join(" ", open));
        if (!isNew && !isNoted && receipts + files + learned + lists == 0)
        {
            var before = steps.Last(step => step.Kind == PurgeStepKind.Done);
            return new PurgeResult.Done(before, false, copies) { Left = left, Stale = stale };
        }

        var done = Step(isNew ? PurgeStepKind.Done : PurgeStepKind.Swept) with
        {
            KeyId = key.Id,
            WasKept = wasKept,
            Counts = counts,
            Through = through,
            Seal = isNew && wasKept ? kept.ReadSeal(CancellationToken.None).ToText() : "",
        };
        registry.Purges.Add(done);
        return new PurgeResult.Done(done, isNew, copies) { Left = left, Stale = stale };

        // A run that carriers texted has no ledger of its own.
        PurgeResult.Done FinishLists()
        {
            IReadOnlyList<Wording> old = registry.Purges.Compact(
                MayWait(registry, time.GetUtcNow())) is { } gap ? [gap] : [];
            var others = NumberCopy.FindAll(data, run);
            KeepLeft(0, old);
            if (!isNew && !isNoted && lists == 0)
            {
                return new PurgeResult.Done(steps.Last(step => step.Kind == PurgeStepKind.Done), false, others)
                {
                    Stale = old,
                };
            }

            var step = Step(isNew ? PurgeStepKind.Done : PurgeStepKind.Swept) with
            {
                KeyId = key.Id,
                WasKept = wasKept,
                Counts = new PurgeCounts(Lists: lists),
            };
            registry.Purges.Add(step);
            return new PurgeResult.Done(step, isNew, others) { Stale = old };
        }

        // Before it is on record as done: killed in between, it is looked at again.
        void KeepLeft(long receipts, IReadOnlyList<Wording> gaps) => registry.Purges.KeepLeft(
            new PurgeLeft(run.Code, receipts, gaps.Count == 0 ? null : Wording.Join(" ", gaps), now));

        PurgeStep Step(PurgeStepKind kind) => StepOf(run, kind, who, reason, now);
    }

    /// <summary>Has them kept whatever the rule says, or no longer than others.</summary>
    /// <param name="run">As whoever asks has seen it: it is read again where nobody erases it meanwhile.</param>
    public PurgeResult Hold(Who who, RunRecord run, string reason, bool isHeld)
    {
        using var alone = PurgeLock.TryTake(data);
        if (alone is null)
            return new PurgeResult.Refused([PurgeLock.Taken(data)]);

        var registry = Ledgers.OpenRegistry(data);
        var current = registry.ReadRuns().FirstOrDefault(each => each.Key == run.Key) ?? run;
        if (current.IsErased)
            return new PurgeResult.NothingToKeep(current.Purge);

        var step = StepOf(
            current, isHeld ? PurgeStepKind.Held : PurgeStepKind.LetGo, who, NumberMask.In(reason), time.GetUtcNow());
        registry.Purges.Add(step);
        return new PurgeResult.Noted(step);
    }

    /// <summary>Whether the program itself has begun it, or done it: a row that was written past it lets nothing pass
    /// for gone on with.</summary>
    internal static bool IsBegun(DataFolder data, IRegistry registry, RunRecord run) => run.IsErased
        && (registry.Purges.Read(run.Key).Any(step =>
                step.Code == run.Code && step.Kind is PurgeStepKind.Begun or PurgeStepKind.Done && step.IsWitnessed)
            || new PurgeMarks(data).Read().Any(mark => mark.Run == run.Key && mark.Code == run.Code && !mark.IsHold));

    /// <summary>Runs whose numbers are being erased: cut off, or brought back by a backup.</summary>
    public static IReadOnlyList<RunRecord> FindCutOff(IRegistry registry) =>
        [.. registry.ReadRuns().Where(run => run.Purge == PurgeState.Begun)];

    /// <summary>Whether erasing a single number in a run was cut off: the ledger was what had been approved, and what
    /// it is since is not sealed.</summary>
    internal static bool IsSubjectOpen(IRegistry registry, RunRecord run) => registry.Purges.Read(run.Key)
        .LastOrDefault(step => step.Code == run.Code && step.Kind == PurgeStepKind.Subject)
        is { IsWitnessed: true, WasKept: true, Seal: "" };

    /// <summary>Whether files that runs share can be written anew: not beside what is sent, or will be soon.</summary>
    internal static bool MayWait(IRegistry registry, DateTimeOffset now) => !registry.ReadRuns().Any(run =>
        !run.Simulated && (run.State == RunState.Sending || (run.State == RunState.Approved && OpensSoon(run, now))));

    static bool OpensSoon(RunRecord run, DateTimeOffset now)
    {
        try
        {
            var schedule = run.ReadSchedule();
            return schedule.SendDays(run.ToKey().Date).Any(day =>
                schedule.Window.OpensOn(day) - Soon <= now && now < schedule.Window.ClosesOn(day));
        }
        catch (LedgerException)
        {
            // Whenever it opens, but not for ever: nothing of before would be erased any more.
            return run.FindKey() is { } key
                && ProcessClock.ToMicros(now) < Month.BeginOf(key.Date.AddDays(MostDaysUnread));
        }
    }

    internal static PurgeStep StepOf(
        RunRecord run, PurgeStepKind kind, Who who, string reason, DateTimeOffset now) => new()
        {
            Run = run.Key,
            Code = run.Code,
            Kind = kind,
            Day = VietnamTime.DateOf(now),
            Person = who.Person,
            ByOs = who.ByOs,
            Reason = reason,
            At = now,
        };

    bool IsAsApproved(IRegistry registry, RunRecord run) => !Ledgers.RunAt(run.AddressIn(data)).Exists
        || RunVerification.FindOf(data, registry, run, rows: true).Count == 0;
}
