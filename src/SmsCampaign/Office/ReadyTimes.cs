using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>A look that is due.</summary>
/// <param name="Opens">The opening it is about.</param>
public sealed record DueLook(RunKey Run, DateTimeOffset Opens, ReadyStage Stage);

/// <summary>
/// Says when the worker looks whether all is ready: at 17:00 the day before an opening, while somebody is still at the
/// desk; an hour before it; five minutes before it; and every 15 minutes after a look that was red. What was missed
/// (the machine was off, the approval came late) is due at once, the latest alone.
/// </summary>
public static class ReadyTimes
{
    /// <summary>Local time of the day before.</summary>
    public static readonly TimeOnly EveningBefore = new(17, 0);

    public static readonly TimeSpan HourBefore = TimeSpan.FromHours(1);

    public static readonly TimeSpan MinutesBefore = TimeSpan.FromMinutes(5);

    /// <summary>How soon what was red is looked at again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    /// <summary>The looks that are due now, the next opening first. Of what is planned for its day and not approved
    /// as well: nobody else would say in time that it is not.</summary>
    /// <param name="twoPersons">Whether nothing is sent that one person alone has approved.</param>
    public static IReadOnlyList<DueLook> FindDue(IRegistry registry, bool twoPersons, DateTimeOffset now) =>
    [
        .. OpeningsOf(registry, twoPersons, now)
            .OrderBy(opening => opening.Opens)
            .Select(opening => FindDue(registry, opening.Run, opening.Opens, opening.Window, now))
            .OfType<DueLook>(),
    ];

    /// <summary>The last look before each opening to come, as far as one was taken.</summary>
    /// <inheritdoc cref="FindDue(IRegistry, bool, DateTimeOffset)"/>
    public static IReadOnlyList<ReadyLook> FindTaken(IRegistry registry, bool twoPersons, DateTimeOffset now) =>
    [
        .. OpeningsOf(registry, twoPersons, now)
            .Select(opening => registry.ReadyBook.FindLast(opening.Run, opening.Opens))
            .OfType<ReadyLook>(),
    ];

    static DueLook? FindDue(IRegistry registry, RunKey run, DateTimeOffset opens, SendWindow window, DateTimeOffset now)
    {
        if (StageAt(opens, window, now) is not { } stage)
            return null;
        if (!registry.ReadyBook.Has(run, opens, stage))
            return new DueLook(run, opens, stage);

        return registry.ReadyBook.FindLast(run, opens) is { Light: ReadyLight.Red } last && now - last.At >= Again
            ? new DueLook(run, opens, ReadyStage.Again)
            : null;
    }

    /// <returns>Null before the first, and once it opens.</returns>
    static ReadyStage? StageAt(DateTimeOffset opens, SendWindow window, DateTimeOffset now)
    {
        var evening = window with { Opens = EveningBefore };
        return now >= opens ? null
            : now >= opens - MinutesBefore ? ReadyStage.MinutesBefore
            : now >= opens - HourBefore ? ReadyStage.HourBefore
            : now >= evening.OpensOn(window.DayOf(opens).AddDays(-1)) ? ReadyStage.DayBefore
            : null;
    }

    static IEnumerable<(RunKey Run, DateTimeOffset Opens, SendWindow Window)> OpeningsOf(
        IRegistry registry, bool twoPersons, DateTimeOffset now)
    {
        var approved = RunOpening.ReadAll(registry, _ => false, twoPersons, now)
            .Where(opening => !opening.IsOpen)
            .ToList();
        foreach (var opening in approved)
        {
            if (Occurrence.Find(registry, opening.Run) is { } occurrence)
                yield return (opening.Run, opening.Opens, occurrence.Schedule.Window);
        }

        foreach (var run in registry.ReadRuns().Where(run =>
            run is { Simulated: false, State: RunState.Planned or RunState.Approved }))
        {
            if (run.FindKey() is { } key
                && approved.TrueForAll(opening => opening.Run != key)
                && TryReadWindow(run) is { } window
                && window.OpensOn(key.Date) > now)
                yield return (key, window.OpensOn(key.Date), window);
        }
    }

    static SendWindow? TryReadWindow(RunRecord run)
    {
        try
        {
            return run.ReadSchedule().Window;
        }
        catch (LedgerRowException)
        {
            return null; // status names the row
        }
    }
}
