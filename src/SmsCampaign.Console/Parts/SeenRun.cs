using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>The run that an address names, as far as somebody may see it.</summary>
static class SeenRun
{
    /// <param name="date">As yyyy-MM-dd.</param>
    /// <returns>Null where there is none, and where they may not see it: the two are told alike.</returns>
    public static RunRecord? Find(ConsolePlace place, CurrentPerson person, string campaign, string date) =>
        person.May(Right.See, campaign)
            ? KnownRuns.Read(place.Data, campaign).FirstOrDefault(run => run.Campaign == campaign
                && run.Date == date
                && (place.ShowsSimulated || !run.Simulated))
            : null;
}
