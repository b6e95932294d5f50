using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What extending today's window of a run would bring.</summary>
/// <param name="Findings">What speaks against it whatever the hour.</param>
/// <param name="Today">In the zone of the run's window.</param>
/// <param name="Present">When it closes today as it is, local time.</param>
/// <param name="Left">Messages that wait to be sent.</param>
/// <param name="IsHeld">Whether the run waits for a person all the same.</param>
/// <param name="LeftThen">Messages left when it closes as it is, at the contracted rates; null where that is not
/// known.</param>
/// <param name="Choices">Hours to which it can be extended, the earliest first.</param>
public sealed record ExtendOutlook(
    IReadOnlyList<ExtendFinding> Findings,
    DateOnly Today,
    TimeOnly Present,
    long Left,
    bool IsHeld,
    long? LeftThen,
    IReadOnlyList<ExtendChoice> Choices);

/// <param name="Left">Messages left when it closes then, at the contracted rates; null where that is not known.</param>
public sealed record ExtendChoice(TimeOnly Until, long? Left);

public sealed partial class ExtendDesk
{
    static readonly TimeSpan Step = TimeSpan.FromMinutes(30);

    /// <summary>Looks, and changes nothing.</summary>
    /// <param name="installation">Path of the installation file: how fast the lanes are.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public ExtendOutlook Look(RunRecord run, string installation)
    {
        var now = time.GetUtcNow();
        var asked = Judge(data, Ledgers.OpenRegistry(data), run, ScheduleReader.LatestCourteous, now);
        if (asked.Findings.Count > 0)
            return new ExtendOutlook(asked.Findings, asked.Today, asked.Present, asked.Left, asked.IsHeld, null, []);

        var window = run.ReadSchedule().Window;
        var lanes = ReadLanes(run, installation);
        return new ExtendOutlook(
            [],
            asked.Today,
            asked.Present,
            asked.Left,
            asked.IsHeld,
            LeftAt(window.ClosesOn(asked.Today)),
            [.. Hours(asked.Present, TimeOnly.FromDateTime(window.ToLocal(now).DateTime)).Select(
                hour => new ExtendChoice(hour, LeftAt(window.Extend(asked.Today, hour).ClosesOn(asked.Today))))]);

        long? LeftAt(DateTimeOffset closes)
        {
            var opens = window.OpensOn(asked.Today);
            var from = now > opens ? now : opens;
            return closes <= from ? asked.Left
                : lanes?.Sum(lane => LeftPace.EndOf(lane.Status, lane.Options, [new OpenHours(from, closes)]).Left);
        }
    }

    /// <summary>Each half hour that is later than today's closing and still to come; at last the latest.</summary>
    static IEnumerable<TimeOnly> Hours(TimeOnly present, TimeOnly now)
    {
        var from = (present > now ? present : now).ToTimeSpan();
        for (var hour = Step * (Math.Floor(from / Step) + 1); hour < ScheduleReader.LatestCourteous.ToTimeSpan();
            hour += Step)
            yield return TimeOnly.FromTimeSpan(hour);
        yield return ScheduleReader.LatestCourteous;
    }

    /// <returns>Null where one that has something to send is not known.</returns>
    List<(LaneStatus Status, LaneOptions Options)>? ReadLanes(RunRecord run, string installation)
    {
        try
        {
            var installed = Installation.Read(installation).Installation;
            var lanes = RunStatus.Read(run.AddressIn(data)).Lanes
                .Where(lane => lane.Count(MessageStatus.Planned) > 0)
                .Select(lane => (Status: lane, installed?.Find(lane.Name)?.Options))
                .ToList();
            return lanes.Exists(lane => lane.Options is null)
                ? null
                : [.. lanes.Select(lane => (lane.Status, lane.Options!))];
        }
        catch (LedgerException)
        {
            return null;
        }
    }
}
