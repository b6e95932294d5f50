using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.Benchmarks;

/// <summary>The ledger of a run on one lane, planned and ready to be sent.</summary>
static class BenchmarkRun
{
    public const string Code = "bench234";
    public const string Sender = "CHINH PHU";
    public const string Text = "Toàn dân tích cực tham gia phòng, chống mua bán người.";
    public const string LaneName = "viettel";
    public const int LaneId = 1;

    /// <summary>Messages of a batch, as the planner cuts them.</summary>
    const int MessagesOfBatch = 10_000;

    /// <returns>The path.</returns>
    public static string Create(string path, int messages, int parts = 1)
    {
        using var builder = new RunBuilder(path);
        for (var position = 1; position <= messages; position++)
            builder.AddMessage(1, new MessageRow(84_300_000_000 + position, 1, 1, CarrierRule.Prefix, 1, position + 1));

        var batches = Enumerable.Range(0, (messages + MessagesOfBatch - 1) / MessagesOfBatch).Select(at => new Batch(
            LaneId, 1, 1, MessageSeq.Of(1, at * MessagesOfBatch + 1), MessageSeq.Of(1, Math.Min(messages, (at + 1) * MessagesOfBatch)), parts));

        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", messages)],
                Segments = [new AudienceSegment("toan-tinh", "chinh", 1, messages)],
                Carriers = [new AudienceCarrier(LaneName, "Viettel", LaneName)],
                Areas = [""],
                Recipients = [new AudienceCount(1, 1, messages)],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "0",
            },
            new Plan([new PlannedLane(LaneId, LaneName, 100_000, RateUnit.Requests, ReceiptTrust.Handset, TimeSpan.FromHours(72), 0, "{}")], [.. batches], "0"),
            new Dictionary<string, string>
            {
                ["key"] = "bench/2025-07-30",
                ["code"] = Code,
                ["sender"] = Sender,
                ["text:chinh"] = Text,
                ["time_zone"] = "Asia/Ho_Chi_Minh",
            });
        return path;
    }
}
