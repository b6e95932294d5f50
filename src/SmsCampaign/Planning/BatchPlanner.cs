using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>
/// Divides an audience among the lanes, in batches. Works on counts alone, so a million recipients cost what one does.
/// </summary>
static class BatchPlanner
{
    /// <summary>Below it, what is noted for each batch would outweigh the batch.</summary>
    const int FewestMessages = 100;

    /// <summary>Above it, progress by batches would say little for minutes.</summary>
    const int MostMessages = 10_000;

    /// <summary>A batch is about this much work at the contracted rate.</summary>
    static readonly TimeSpan BatchWork = TimeSpan.FromMinutes(1);

    /// <param name="lanes">The campaign's lanes. Carriers of the audience that none of them serves
    /// have no recipients.</param>
    /// <returns>Lanes in the order given, also those with nothing to do; batches lane by lane, each lane's in the order
    /// it sends them.</returns>
    public static Plan Plan(Campaign campaign, ImportedAudience audience, IReadOnlyList<Lane> lanes)
    {
        var planned = lanes.Select((lane, at) => Describe(at + 1, lane)).ToList();
        var batches = new List<Batch>();

        for (var at = 0; at < lanes.Count; at++)
            batches.AddRange(PlanLane(at + 1, lanes[at], campaign, audience));

        return new Plan(planned, batches, HashOf(planned, batches));
    }

    static PlannedLane Describe(int id, Lane lane) => new(
        id,
        lane.Name,
        lane.Options.Rate,
        lane.Options.RateUnit,
        lane.Options.ReceiptTrust ?? ReceiptTrust.None,
        lane.Options.ReceiptTimeout,
        lane.Options.PricePerPart ?? 0,
        LaneSettings.ToJson(lane.Options));

    /// <summary>
    /// By segment; within a segment the lane's carriers take turns, each in proportion to its size, so that none of
    /// them waits for another's whole audience.
    /// </summary>
    static IEnumerable<Batch> PlanLane(int id, Lane lane, Campaign campaign, ImportedAudience audience) =>
        Ranges(audience)
            .Where(range => audience.Carriers[range.Carrier - 1].Lane == lane.Name)
            .SelectMany(range => Cut(id, lane, range, PartsOf(campaign, audience, range.Segment, lane)))
            .OrderBy(turn => turn.Batch.Segment)
            .ThenBy(turn => turn.Share)
            .ThenBy(turn => turn.Batch.Carrier)
            .Select(turn => turn.Batch);

    /// <summary>Where each carrier's and segment's messages lie: one count after the other, from position 1.</summary>
    static IEnumerable<Range> Ranges(ImportedAudience audience)
    {
        var next = new long[MessageSeq.MostCarriers + 1];

        foreach (var count in audience.Recipients.OrderBy(count => count.Carrier).ThenBy(count => count.Segment))
        {
            var first = next[count.Carrier] + 1;
            next[count.Carrier] += count.Messages;
            yield return new Range(count.Carrier, count.Segment, first, next[count.Carrier]);
        }
    }

    static int PartsOf(Campaign campaign, ImportedAudience audience, int segment, Lane lane)
    {
        var name = audience.Segments[segment - 1].Message;
        return campaign.Messages.First(message => message.Name == name).Text.PartsIn(lane.Options.LengthTable);
    }

    static IEnumerable<Turn> Cut(int id, Lane lane, Range range, int parts)
    {
        var minute = LanePace.MessagesPerSecond(lane.Options, parts) * (decimal)BatchWork.TotalSeconds;
        var size = (long)Math.Clamp(minute, FewestMessages, MostMessages);
        var count = (range.Last - range.First + size) / size;

        for (var at = 0L; at < count; at++)
        {
            var first = range.First + (at * size);
            var last = Math.Min(first + size - 1, range.Last);

            yield return new Turn(
                new Batch(
                    id,
                    range.Carrier,
                    range.Segment,
                    MessageSeq.Of(range.Carrier, first),
                    MessageSeq.Of(range.Carrier, last),
                    parts),
                ((2 * at) + 1m) / (2 * count));
        }
    }

    static string HashOf(IReadOnlyList<PlannedLane> lanes, IReadOnlyList<Batch> batches)
    {
        var text = new StringBuilder("plan 2\n");

        foreach (var lane in lanes)
            text.Append(CultureInfo.InvariantCulture, $"lane {lane.Id} {lane.Name} {lane.Settings}\n");

        foreach (var batch in batches)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{batch.Lane} {batch.Carrier} {batch.Segment} {batch.FirstSeq} {batch.LastSeq} {batch.Parts}\n");

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <param name="First">Position in the carrier's sending order, counted from 1.</param>
    /// <param name="Last">Included.</param>
    readonly record struct Range(int Carrier, int Segment, long First, long Last);

    /// <param name="Share">How much of its carrier's segment has gone when half the batch has: 0 to 1.</param>
    readonly record struct Turn(Batch Batch, decimal Share);
}
