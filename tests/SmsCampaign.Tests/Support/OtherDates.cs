using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Tests.Support;

static class OtherDates
{
    /// <summary>Voids what approves other dates of a campaign, as an approval of this one does.</summary>
    public static void VoidOtherDates(this IRegistry registry, RunKey run, bool yearly, DateTimeOffset now)
    {
        var why = ReplacedWords.OfOtherDate(run.Date, "B", null);
        foreach (var other in registry.FindOtherDates(run, yearly))
            registry.VoidApproval(other.Id, why, now);
    }
}
