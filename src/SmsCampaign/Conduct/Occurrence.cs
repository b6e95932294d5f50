using SmsCampaign.Campaigns;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>
/// A date of a campaign that is approved, or simulated, with everything that decides what is to be done about it.
/// </summary>
/// <param name="Approval">Null of a simulated run, which needs none.</param>
/// <param name="Schedule">As it was approved, whatever the campaign file says by now.</param>
/// <param name="File">The campaign file.</param>
/// <param name="Run">Null where this year's audience is not imported yet.</param>
/// <param name="Decisions">Those about this date, in the order they were made.</param>
public sealed record Occurrence(
    RunKey Key, Approval? Approval, Schedule Schedule, string File, RunRecord? Run, IReadOnlyList<Decision> Decisions)
{
    /// <summary>Whether anything of the run was ever let go.</summary>
    public bool Begun => Run?.State == RunState.Sending
        || Decisions.Any(decision => decision.What is DecisionKind.Fired or DecisionKind.Late or DecisionKind.Resumed);

    /// <summary>Whether it was there to begin since it was approved, and could not read what it needs.</summary>
    bool WasDelayed => Decisions.Any(decision => decision.What == DecisionKind.Delayed && decision.At >= LetGoAt);

    /// <summary>Whether nothing is to be done, or not before a person approves again.</summary>
    public bool IsClosed => Run is null
        ? (Decisions.Count == 0
            ? null
            : Decisions[^1]) is { What: DecisionKind.Held or DecisionKind.Skipped or DecisionKind.Leftover } last
            && last.At >= ApprovedAt
        : Run.State.IsOver() || Run.State == RunState.Held;

    /// <summary>Before everything where nobody has to approve it.</summary>
    DateTimeOffset ApprovedAt => Approval?.ApprovedAt ?? DateTimeOffset.MinValue;

    /// <summary>When a person last let it go: approved it, or let it go on where it was held.</summary>
    public DateTimeOffset LetGoAt => Decisions
        .Where(decision => decision.What == DecisionKind.Released)
        .Select(decision => decision.At)
        .Append(ApprovedAt)
        .Max();

    /// <param name="byHandOn">As of <see cref="StartPolicy"/>.</param>
    public StartPolicy PolicyOf(DateOnly? byHandOn = null) =>
        new(Schedule, Key.Date, LetGoAt, Begun) { ByHandOn = byHandOn, WasDelayed = WasDelayed };

    /// <summary>Every date of every approved campaign up to the next one to come.</summary>
    /// <param name="setAside">Told of campaigns of which a row says nothing that can be read:
    /// they are left out.</param>
    public static IReadOnlyList<Occurrence> ReadAll(
        IRegistry registry, DateTimeOffset now, Action<string, Exception> setAside)
    {
        var all = new List<Occurrence>();
        foreach (var campaign in registry
            .ReadApprovals()
            .Where(approval => approval.Stands)
            .GroupBy(approval => approval.Campaign))
        {
            try
            {
                all.AddRange([.. Read(registry, campaign.Key, [.. campaign], now)]);
            }
            catch (Exception unreadable) when (StorageFaults.KindOf(unreadable) is null)
            {
                setAside(campaign.Key, unreadable);
            }
        }

        return all;
    }

    /// <returns>Null where no approval stands for the date; of a simulated run, where it is not planned.</returns>
    public static Occurrence? Find(IRegistry registry, RunKey key)
    {
        var run = registry.Find(key);
        if (key.Simulated)
            return run is null ? null : Of(key, null, run.ReadSchedule(), run, run, []);

        return registry.FindApproval(key.Campaign, key.Date) is { } approval
            && Basis(ReadRuns(registry, key.Campaign), approval) is { } basis
                ? Of(key, approval, basis.ReadSchedule(), basis, run, registry.ReadDecisions(key.Campaign))
                : null;
    }

    static IEnumerable<Occurrence> Read(
        IRegistry registry, string campaign, IReadOnlyList<Approval> approvals, DateTimeOffset now)
    {
        var runs = ReadRuns(registry, campaign);
        var decisions = registry.ReadDecisions(campaign);
        var seen = new HashSet<DateOnly>();

        // Which of two would count where the time of one cannot be read nobody knows.
        foreach (var approval in approvals)
            _ = approval.ApprovedAt;

        foreach (var approval in approvals)
        {
            if (Basis(runs, approval) is not { } basis)
                continue;

            var schedule = basis.ReadSchedule();
            foreach (var date in DatesOf(approval, schedule, now).Where(seen.Add))
            {
                var key = new RunKey(campaign, date, Simulated: false);
                yield return Of(
                    key, approval, schedule, basis, runs.FirstOrDefault(run => run.Key == key.ToString()), decisions);
            }
        }
    }

    /// <summary>Of a run whose key cannot be read it would look as if it had never been planned.</summary>
    /// <exception cref="LedgerRowException">There is one.</exception>
    static IReadOnlyList<RunRecord> ReadRuns(IRegistry registry, string campaign)
    {
        var runs = registry.ReadRuns(campaign);
        foreach (var run in runs)
            run.ToKey();
        return runs;
    }

    /// <summary>The run that was approved; for a year to come, the last one before it.</summary>
    static RunRecord? Basis(IReadOnlyList<RunRecord> runs, Approval approval)
    {
        var real = runs.Where(run => !run.Simulated).ToList();
        return real.Find(run => run.ApprovedHash == approval.Hash)
            ?? real.FirstOrDefault();
    }

    static IEnumerable<DateOnly> DatesOf(Approval approval, Schedule schedule, DateTimeOffset now)
    {
        if (approval.Date is { } one)
        {
            yield return RunKey.ParseStored($"{approval.Campaign}/{one}", "approval").Date;
            yield break;
        }

        var window = schedule.Window;
        var day = window.DayOf(approval.ApprovedAt);
        if (approval.ApprovedAt >= window.ClosesOn(day))
            day = day.AddDays(1);

        while (schedule.OccurrenceOnOrAfter(day) is { } date)
        {
            yield return date;
            if (window.OpensOn(date) > now)
                yield break;

            day = date.AddDays(1);
        }
    }

    static Occurrence Of(
        RunKey key,
        Approval? approval,
        Schedule schedule,
        RunRecord basis,
        RunRecord? run,
        IReadOnlyList<Decision> decisions) =>
        new(key, approval, schedule, run?.CampaignFile ?? basis.CampaignFile, run, [.. decisions.Where(decision =>
            decision.Run.Date == key.Date)]);
}
