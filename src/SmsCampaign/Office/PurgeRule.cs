using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Erases numbers by themselves once they were kept as long as the installation file says. One reading of a clock
/// erases nothing: it is announced first, and must then be seen to be due on as many different days as persons are
/// warned for.
/// </summary>
/// <remarks>A day counts that the audit chain bears witness to, behind the last step of the clock. Where something was
/// seen on a day still to come, the clock was wrong then or is now: it begins anew, as it does after days on which
/// nothing was seen.</remarks>
public sealed class PurgeRule(DataFolder data, PrivacySettings settings, TimeProvider time)
{
    /// <summary>Who does it, in the records.</summary>
    public const string Person = "worker";

    /// <summary>From one day that counts to the next: more, and nobody was warned in between.</summary>
    const int MostDaysBetween = 2;

    /// <summary>From one look at what was left to the next: whole files are written anew by it.</summary>
    static readonly TimeSpan AgainAfter = TimeSpan.FromDays(1);

    /// <summary>Looks once; called several times a day.</summary>
    /// <returns>What was done, by run.</returns>
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public IReadOnlyList<(RunRecord Run, PurgeResult Result)> Look()
    {
        var done = new List<(RunRecord, PurgeResult)>();
        if (!settings.Automatic)
            return done;

        // Whole files are written anew: not beside what is sent. A rehearsal that was left is not.
        var registry = Ledgers.OpenRegistry(data);
        if (!PurgeDesk.MayWait(registry, time.GetUtcNow()))
            return done;

        foreach (var run in registry.ReadRuns())
        {
            try
            {
                if (Look(registry, run) is { } result)
                    done.Add((run, result));
            }
            catch (Exception fault) when (fault is LedgerException or IOException or UnauthorizedAccessException)
            {
                // One that cannot be read keeps the others waiting for nothing.
                done.Add((run, new PurgeResult.Refused([StorageFaults.Describe(fault, data) ?? FaultWords.Of(fault)])));
            }
        }

        return done;
    }

    /// <returns>Null where there is nothing to do now.</returns>
    PurgeResult? Look(IRegistry registry, RunRecord run)
    {
        if (run.Purge == PurgeState.Begun && !PurgeDesk.IsBegun(data, registry, run))
        {
            return new PurgeResult.Refused([new Wording(
                $"ledger.db ghi việc xóa số của lượt gửi {run.Key} đã bắt đầu, nhưng chuỗi kiểm toán và thư mục "
                    + $"{data.Marks} không xác nhận. Không tự xóa tiếp. Hãy xem 'audit verify'; đúng là cần xóa thì "
                    + $"chạy 'purge'.",
                $"ledger.db says that erasing the numbers of the run {run.Key} was begun, and neither the audit chain "
                    + $"nor the folder {data.Marks} bears witness to it. Nothing is erased by itself. See 'audit "
                    + $"verify'; where they are to be erased, run 'purge'.")]);
        }

        var isDue = run.Purge switch
        {
            PurgeState.None => IsDue(registry, run),
            PurgeState.Done => IsAgain(registry, run),
            _ => true,
        };
        return !isDue ? null : new PurgeDesk(data, time).Purge(
            Who.Here(Person),
            run.ToKey(),
            $"privacy.keepDays = {settings.KeepDays}",
            isNoted: run.Purge == PurgeState.Done && FindLeft(registry, run) is null);
    }

    /// <summary>Whether a run whose numbers are erased is gone through again: a day after something was left, and once
    /// more when its time is over where a person had them erased before.</summary>
    bool IsAgain(IRegistry registry, RunRecord run)
    {
        var now = time.GetUtcNow();
        if (FindLeft(registry, run) is { } left)
            return now - left.At >= AgainAfter || left.At > now;

        return run.KeptSince is { } since
            && now - since >= TimeSpan.FromDays(settings.KeepDays)
            && LastOf(registry, run) is { } last
            && last.At - since < TimeSpan.FromDays(settings.KeepDays);
    }

    static PurgeLeft? FindLeft(IRegistry registry, RunRecord run) =>
        registry.Purges.ReadLeft().FirstOrDefault(left => left.Code == run.Code);

    static PurgeStep? LastOf(IRegistry registry, RunRecord run) => registry.Purges.Read(run.Key).LastOrDefault(step =>
        step.Code == run.Code && step.Kind is PurgeStepKind.Done or PurgeStepKind.Swept);

    /// <summary>Announces, or counts a day, where it is time for that.</summary>
    /// <returns>Whether it is to be done now.</returns>
    bool IsDue(IRegistry registry, RunRecord run)
    {
        var now = time.GetUtcNow();
        if (!run.State.IsOver()
            || run.FindKey() is null
            || run.KeptSince is not { } over
            || now - over < TimeSpan.FromDays(settings.KeepDays - settings.WarnDays)
            || PurgeDesk.FindHold(registry, run) is not null)
            return false;

        var today = VietnamTime.DateOf(now);
        var steps = registry.Purges.Read(run.Key).Where(step => step.Code == run.Code && step.IsWitnessed).ToList();
        var clock = registry.ReadClockSteps(approval: 0) is [.., var last] ? last.To : DateTimeOffset.MinValue;
        var announced = steps.LastOrDefault(step => step.Kind == PurgeStepKind.Announced);
        var seen = steps.Where(step => step.Kind == PurgeStepKind.Seen && step.Id > announced?.Id).ToList();
        if (announced is null
            || announced.At <= clock
            || announced.Day > today
            || today.DayNumber - (seen.LastOrDefault() ?? announced).Day.DayNumber > MostDaysBetween
            || seen.Exists(step => step.Day > today)
            || steps.Exists(step => step.Kind == PurgeStepKind.LetGo && step.Id > announced.Id))
        {
            Add(PurgeStepKind.Announced);
            return false;
        }

        if (today > announced.Day && seen.TrueForAll(step => step.Day != today))
        {
            var step = Add(PurgeStepKind.Seen);
            seen.Add(step);
        }

        return now - over >= TimeSpan.FromDays(settings.KeepDays)
            && seen.DistinctBy(step => step.Day).Count() >= settings.WarnDays;

        PurgeStep Add(PurgeStepKind kind)
        {
            var step = PurgeDesk.StepOf(run, kind, Who.Here(Person), $"privacy.keepDays = {settings.KeepDays}", now);
            registry.Purges.Add(step);
            return step;
        }
    }
}
