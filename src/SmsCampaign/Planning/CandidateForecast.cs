using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>What a campaign would cost, and how long it would take, with another text in place of its own.</summary>
static class CandidateForecast
{
    /// <param name="subscribers">Among whom the carriers have the shares that they have in the campaign's lists; null:
    /// those lists alone.</param>
    /// <param name="accounts">Accounts that share a lane's messages evenly, each at its rate: the forecast is of one of
    /// them.</param>
    /// <param name="from">Nothing leaves before.</param>
    public static Forecast Of(
        PlannedCampaign planned, SmsText text, long? subscribers, int accounts, DateTimeOffset from)
    {
        var campaign = planned.Campaign with
        {
            Messages =
            [
                .. planned.Campaign.Messages.Select(message => message with { Text = text, Unaccented = false }),
            ],
        };
        return Forecaster.Forecast(
            campaign,
            planned.Audience,
            planned.Plan with { Batches = Shared(planned, subscribers, accounts) },
            planned.Lanes,
            planned.Date,
            from);
    }

    /// <summary>A batch for each lane, with its share of the subscribers: together all of them, to the last.</summary>
    static List<Batch> Shared(PlannedCampaign planned, long? subscribers, int accounts)
    {
        var lanes = planned.Plan.Batches.GroupBy(batch => batch.Lane)
            .Select(batches => (First: batches.First(), Own: batches.Sum(batch => batch.Messages)))
            .ToList();
        var listed = lanes.Sum(lane => lane.Own);
        var all = subscribers ?? listed;
        var given = 0L;
        var before = 0L;
        var shared = new List<Batch>();
        foreach (var (first, own) in lanes)
        {
            before += own;
            var share = (long)((decimal)before * all / listed) - given;
            given += share;
            if (share > 0)
                shared.Add(first with { FirstSeq = 1, LastSeq = (share + accounts - 1) / accounts });
        }

        return shared;
    }
}
