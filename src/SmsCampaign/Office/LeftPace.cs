using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports;

namespace SmsCampaign.Office;

/// <summary>How long a lane takes for what is left of a run, at the contracted rate: an estimate from the ledger's
/// counts, with texts of the average length.</summary>
static class LeftPace
{
    /// <param name="days">What is open; at least one.</param>
    /// <returns>When its last message leaves, and how many do not.</returns>
    public static (DateTimeOffset At, long Left) EndOf(
        LaneStatus lane, LaneOptions options, IReadOnlyList<OpenHours> days)
    {
        var parts = (int)Math.Max(1, (lane.PartsPlanned + lane.Messages - 1) / Math.Max(1, lane.Messages));
        var aSecond = LanePace.MessagesPerSecond(options, parts);
        var aDay = LanePace.MessagesPerDay(options, parts);
        var left = (decimal)lane.Count(MessageStatus.Planned);
        foreach (var day in days)
        {
            var fits = (decimal)(day.Closes - day.Opens).TotalSeconds * aSecond;
            if (aDay < fits)
                fits = aDay.Value;
            if (left <= fits)
                return (day.Opens + TimeSpan.FromSeconds((double)(left / aSecond)), 0);

            left -= fits;
        }

        return (days[^1].Closes, (long)decimal.Ceiling(left));
    }
}
