using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>The ledger of a run, planned and ready to be sent. Each lane has a carrier of its own with the same
/// number of messages.</summary>
static class BenchmarkRun
{
    public const string Code = "bench234";

    /// <summary>As the ledger has it.</summary>
    public static readonly RunKey Key = new("bench", new DateOnly(2025, 7, 30), Simulated: false);

    public const string Sender = "CHINH PHU";
    public const string Text = "Toàn dân tích cực tham gia phòng, chống mua bán người.";
    public const string LaneName = "viettel";
    public const int LaneId = 1;

    /// <summary>Messages of a batch, as the planner cuts them.</summary>
    const int MessagesOfBatch = 10_000;

    /// <summary>Lays a copy of a ledger into a data folder of its own, where nothing is known of the run: what is sent
    /// from it keeps the high-water marks as the program does, in ledger.db and outside.</summary>
    /// <param name="folder">A name that was not used before, without its folder: the marks lie beside it.</param>
    public static DataFolder Install(string fresh, string folder)
    {
        var data = new DataFolder(folder, marks: folder + ".marks");
        Directory.CreateDirectory(Path.GetDirectoryName(data.AddressOf(Key).KeptIn.Name)!);
        File.Copy(fresh, data.AddressOf(Key).KeptIn.Name);
        _ = Ledgers.OpenRegistry(data);
        return data;
    }

    /// <summary>Takes away what <see cref="Install"/> made and what came of it.</summary>
    public static void Remove(DataFolder data)
    {
        Directory.Delete(data.Root, recursive: true);
        Directory.Delete(data.Marks, recursive: true);
    }

    /// <summary>As the program opens the ledger of a run that it sends.</summary>
    public static RunLedger Open(DataFolder data, ProcessClock clock) =>
        RunLedger.Open(data.AddressOf(Key).KeptIn.Name, clock, Key, data);

    /// <param name="lanes">Names; one unless given.</param>
    /// <returns>The path.</returns>
    public static string Create(string path, int messages, int parts = 1, params string[] lanes)
    {
        using var builder = new RunBuilder(path);
        Create(builder, messages, parts, lanes);
        return path;
    }

    /// <inheritdoc cref="Create(string, int, int, string[])"/>
    public static void Create(IRunBuilder builder, int messages, int parts = 1, params string[] lanes)
    {
        if (lanes.Length == 0)
            lanes = [LaneName];

        for (var at = 0; at < messages * lanes.Length; at++)
            builder.AddMessage(
                at / messages + 1, new MessageRow(84_300_000_000 + at, 1, 1, CarrierRule.Prefix, 1, at + 2));

        var batches =
            from carrier in Enumerable.Range(1, lanes.Length)
            from first in Enumerable.Range(0, (messages + MessagesOfBatch - 1) / MessagesOfBatch).Select(
                at => at * MessagesOfBatch + 1)
            select new Batch(
                carrier,
                carrier,
                1,
                MessageSeq.Of(carrier, first),
                MessageSeq.Of(carrier, Math.Min(messages, first + MessagesOfBatch - 1)),
                parts);

        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", messages * lanes.Length)],
                Segments = [new AudienceSegment("toan-tinh", "chinh", 1, messages * lanes.Length)],
                Carriers = [.. lanes.Select(lane => new AudienceCarrier(lane, lane, lane))],
                Areas = [""],
                Recipients = [.. lanes.Select((_, at) => new AudienceCount(at + 1, 1, messages))],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "0",
            },
            new Plan(
                [.. lanes.Select((lane, at) => new PlannedLane(
                    at + 1,
                    lane,
                    100_000,
                    parts == 1 ? RateUnit.Requests : RateUnit.Parts,
                    ReceiptTrust.Handset,
                    TimeSpan.FromHours(72),
                    0,
                    "{}"))],
                [.. batches],
                "0"),
            new RunDescription
            {
                Key = RunKey.Parse("bench/2025-07-30"),
                Code = Code,
                Sender = Sender,
                Canary = CanaryPolicy.None, // full speed is what is measured
                Texts = new Dictionary<string, string> { ["chinh"] = Text },
                TimeZone = "Asia/Ho_Chi_Minh",
            });
    }
}
