using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Tests.Support;

/// <summary>Makes the ledger of a small run: one segment, one carrier and its lane; where asked
/// for, a second of both.</summary>
static class SomeRun
{
    public const string Code = "abcd2345";
    public const string Text = "Toàn dân tích cực tham gia phòng, chống mua bán người.";
    public const int LaneId = 1;
    public const int SecondLaneId = 2;

    /// <summary>What its ledger says of it as a whole. Its lanes send in full from the first message on.</summary>
    public static RunDescription Description { get; } = new()
    {
        Key = RunKey.Parse("some/2025-07-30"),
        Code = Code,
        Sender = "CHINH PHU",
        Canary = CanaryPolicy.None,
        Guard = GuardPolicy.None,
        Texts = new Dictionary<string, string> { ["chinh"] = Text },
    };

    /// <summary>The key of the n-th message, counted from 1.</summary>
    public static long Seq(long position) => MessageSeq.Of(1, position);

    /// <summary>The same on a lane: each carries the messages of the carrier of its number.</summary>
    public static long SeqOn(int lane, long position) => MessageSeq.Of(lane, position);

    public static string Reference(long position) => MessageReference.Of(Code, Seq(position));

    /// <summary>The n-th message's number, counted from 1: 84912000001 and on.</summary>
    public static long Number(long position) => 84912000000 + position;

    /// <param name="onSecond">Messages of a second carrier, on a lane of its own, vinaphone; 0: there is none.</param>
    /// <returns>Path of the ledger.</returns>
    public static string Create(
        string folder, int messages, int batch = 1_000, int parts = 1, int rate = 100_000,
        ReceiptTrust trust = ReceiptTrust.Handset,
        RateUnit unit = RateUnit.Parts,
        string settings = "{}",
        int onSecond = 0)
    {
        var path = Path.Combine(folder, "runs", "some.db");
        using var builder = new RunBuilder(path);
        for (var position = 1; position <= messages; position++)
            builder.AddMessage(1, new MessageRow(Number(position), 1, 1, CarrierRule.Prefix, 1, position + 1));
        for (var position = 1; position <= onSecond; position++)
            builder.AddMessage(
                2, new MessageRow(Number(position) + 30_000_000, 1, 1, CarrierRule.Prefix, 1, messages + position + 1));

        var batches = Enumerable.Range(0, (messages + batch - 1) / batch)
            .Select(
                at => new Batch(LaneId, 1, 1, Seq(at * batch + 1), Seq(Math.Min(messages, (at + 1) * batch)), parts))
            .ToList();
        List<AudienceCarrier> carriers = [new("viettel", "Viettel", "viettel")];
        List<PlannedLane> lanes = [new(LaneId, "viettel", rate, unit, trust, TimeSpan.FromHours(1), 330m, settings)];
        if (onSecond > 0)
        {
            carriers.Add(new AudienceCarrier("vinaphone", "VinaPhone", "vinaphone"));
            lanes.Add(lanes[0] with { Id = SecondLaneId, Name = "vinaphone" });
            batches.Add(new Batch(SecondLaneId, 2, 1, SeqOn(SecondLaneId, 1), SeqOn(SecondLaneId, onSecond), parts));
        }

        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", messages + onSecond)],
                Segments = [new AudienceSegment("toan-tinh", "chinh", 1, messages + onSecond)],
                Carriers = carriers,
                Areas = ["Xã Ea Bung"],
                Recipients = [new AudienceCount(1, 1, messages)],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "b",
            },
            new Plan(lanes, batches, "c"),
            Description);

        Recount(path);
        return path;
    }

    /// <summary>Tests change rows by hand: the ledger is counted when it is next opened, as one of
    /// a version before.</summary>
    public static void Recount(string path)
    {
        using var db = SqliteDb.Open(path);
        db.Execute("delete from tally");
    }

    /// <summary>How many messages stand at each status, by counting rows; open attempts count as submitting.</summary>
    public static Dictionary<MessageStatus, long> Count(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        using var statement = db.Prepare("""
            select    coalesce(state.status, case when attempt.id is null then 0 else 1 end), count(*)
            from      message
            left join state on state.seq = message.seq
            left join attempt on attempt.answered_us is null and message.seq between attempt.first_seq and attempt.last_seq
            group by  1
            """);

        var counts = new Dictionary<MessageStatus, long>();
        while (statement.Step())
            counts[(MessageStatus)statement.Number(0)] = statement.Number(1);
        return counts;
    }
}
