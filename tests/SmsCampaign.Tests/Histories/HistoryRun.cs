using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Tests.Histories;

/// <summary>A run of a history: two carriers with a lane each, and a third lane that stands in for both.</summary>
static class HistoryRun
{
    public static readonly string[] LaneNames = ["viettel", "vnpt", "esms"];

    /// <summary>One text for all: a part.</summary>
    const string Text = "Toan dan tich cuc tham gia phong, chong mua ban nguoi.";

    public static HttpLaneOptions OptionsOf(int lane, HistoryShape shape)
    {
        var options = new HttpLaneOptions
        {
            Type = "http",
            StandIn = true,
            Rate = shape.Rate,
            Carriers = [lane switch { 0 => "viettel", 1 => "vinaphone", _ => "itel" }],
            ReceiptTrust = ReceiptTrust.None,
            PricePerPart = 300,
            MaxInFlight = shape.MaxInFlight,
            AnswerTimeout = TimeSpan.FromSeconds(5),
        };
        if (lane == 2)
            options.FallbackFor = ["viettel", "vinaphone"];
        return options;
    }

    public static string Create(string path, string code, int each, int batch, HistoryShape shape)
    {
        using var builder = new RunBuilder(path);
        for (var carrier = 1; carrier <= 2; carrier++)
        {
            for (var position = 1; position <= each; position++)
                builder.AddMessage(carrier, new MessageRow(
                    84_900_000_000 + carrier * 1_000_000 + position, 1, 1, CarrierRule.Prefix, 1, position + 1));
        }

        var description = new RunDescription
        {
            Key = RunKey.Parse($"{code}/2025-07-30"),
            Code = code,
            Sender = "CHINH PHU",
            Canary = CanaryPolicy.None,
            Guard = GuardPolicy.None,
            Texts = new Dictionary<string, string> { ["chinh"] = Text },
            UsesFallback = shape.UsesFallback,
        };
        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", 2 * each)],
                Segments = [new AudienceSegment("toan-tinh", "chinh", 1, 2 * each)],
                Carriers =
                [
                    new AudienceCarrier("viettel", "Viettel", "viettel"),
                    new AudienceCarrier("vinaphone", "VinaPhone", "vnpt"),
                ],
                Areas = ["Xã Ea Bung"],
                Recipients = [new AudienceCount(1, 1, each), new AudienceCount(2, 1, each)],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "b",
            },
            new Plan(
                [.. LaneNames.Select((name, at) => new PlannedLane(
                    at + 1,
                    name,
                    shape.Rate,
                    RateUnit.Parts,
                    ReceiptTrust.None,
                    TimeSpan.FromHours(1),
                    300m,
                    LaneSettings.ToJson(OptionsOf(at, shape))))],
                [.. from carrier in Enumerable.Range(1, 2)
                    from first in Enumerable.Range(0, (each + batch - 1) / batch).Select(at => at * batch + 1)
                    select new Batch(
                        carrier,
                        carrier,
                        1,
                        MessageSeq.Of(carrier, first),
                        MessageSeq.Of(carrier, Math.Min(each, first + batch - 1)),
                        1)],
                "c"),
            description);
        return path;
    }
}

/// <summary>What the accounts and runs of a history are like.</summary>
/// <param name="Rate">Parts a second of each account.</param>
sealed record HistoryShape(int Rate, int MaxInFlight, int ListSize, bool UsesFallback, bool DropsRepeats)
{
    public static HistoryShape By(Random chance)
    {
        var list = chance.Next(3) == 0 ? chance.Next(2, 8) : 1;
        return new(
            chance.Next(2, 40), Math.Max(list, chance.Next(1, 24)), list, chance.Next(2) == 0, chance.Next(2) == 0);
    }
}
