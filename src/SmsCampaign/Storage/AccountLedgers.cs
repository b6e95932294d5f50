using SmsCampaign.Campaigns;

namespace SmsCampaign.Storage;

/// <summary>Finds the runs that may have sent on the same accounts at the same time.</summary>
public static class AccountLedgers
{
    /// <summary>A run sends for at most <see cref="Schedule.MostDays"/> days; one more, for zones and clocks.</summary>
    const int Days = Schedule.MostDays + 1;

    /// <summary>Ledgers of the runs that may have sent on a day, or within the days a run takes of it.</summary>
    public static IReadOnlyList<string> Around(DataFolder data, RunRegistry registry, DateOnly day) =>
    [
        .. registry.ReadRuns()
            .Where(run => !run.Simulated && Math.Abs(run.ToKey().Date.DayNumber - day.DayNumber) <= Days)
            .Select(run => Path.Combine(data.Root, run.File))
            .Where(File.Exists),
    ];
}
