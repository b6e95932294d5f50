using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports;

/// <summary>
/// A ledger small enough to work out by hand, with every status, a lane of every receipt trust, and names that would
/// be formulas. All numbers are synthetic.
/// </summary>
static class SmallLedger
{
    /// <summary>2025-07-30 08:00:00 +07:00 (the window's opening) in UTC microseconds since 1970.</summary>
    public const long Opens = 1_753_837_200_000_000;

    const int Viettel = 1;
    const int VinaPhone = 2;
    const int MobiFone = 3;
    const int Gmobile = 4;

    /// <summary>Makes the ledger with eleven messages and four exclusions, as after some minutes of sending.</summary>
    public static string Make(string folder)
    {
        var path = Path.Combine(folder, "runs", "mau-2025-07-30.db");
        using (var builder = new RunBuilder(path))
        {
            AddRows(builder);
            builder.Complete(Audience, Plan, Description);
        }

        Change(path, StatesSql);
        SomeRun.Recount(path);
        return path;
    }

    public static void Change(string path, string sql)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(sql);
    }

    static void AddRows(RunBuilder builder)
    {
        // Viettel 1 to 4
        builder.AddMessage(Viettel, new MessageRow(84961000101, 1, 1, CarrierRule.Prefix, 1, 2));
        builder.AddMessage(Viettel, new MessageRow(84961000102, 1, 1, CarrierRule.PortedList, 1, 3));
        builder.AddMessage(Viettel, new MessageRow(84961000103, 1, 2, CarrierRule.FileColumn, 1, 4));
        builder.AddMessage(Viettel, new MessageRow(84961000104, 2, 2, CarrierRule.Prefix, 2, 2));

        // VinaPhone 1 to 3
        builder.AddMessage(VinaPhone, new MessageRow(84911000201, 1, 1, CarrierRule.Prefix, 1, 5));
        builder.AddMessage(VinaPhone, new MessageRow(84911000202, 1, 3, CarrierRule.Prefix, 1, 6));
        builder.AddMessage(VinaPhone, new MessageRow(84911000203, 2, 3, CarrierRule.Prefix, 2, 3));

        // MobiFone 1 and 2
        builder.AddMessage(MobiFone, new MessageRow(84901000301, 1, 2, CarrierRule.Prefix, 1, 7));
        builder.AddMessage(MobiFone, new MessageRow(84901000302, 1, 2, CarrierRule.Prefix, 1, 8));

        // Gmobile 1 and 2
        builder.AddMessage(Gmobile, new MessageRow(84991000401, 1, 1, CarrierRule.Prefix, 1, 9));
        builder.AddMessage(Gmobile, new MessageRow(84991000402, 1, 1, CarrierRule.Prefix, 1, 10));

        builder.AddExclusion(new ExclusionRow(1, 11, 1, ExclusionReason.NotANumber, null, "không có"));
        builder.AddExclusion(new ExclusionRow(1, 12, 1, ExclusionReason.Landline, null, "0262***123"));
        builder.AddExclusion(new ExclusionRow(2, 4, 2, ExclusionReason.Duplicate, 84961000102, null));
        builder.AddExclusion(new ExclusionRow(2, 5, 2, ExclusionReason.Suppressed, 84961000199, null));
    }

    static ImportedAudience Audience => new()
    {
        Sources = [new AudienceSource("thue-bao.csv", "a1", 11), new AudienceSource("=nguon, \"hai\".csv", "a2", 4)],
        Segments = [new AudienceSegment("Toàn tỉnh", "chinh", 1, 11), new AudienceSegment("+Vùng sâu", "ede", 2, 4)],
        Carriers =
        [
            new AudienceCarrier("viettel", "Viettel", "viettel-cskh"),
            new AudienceCarrier("vinaphone", "VinaPhone", "vnpt"),
            new AudienceCarrier("mobifone", "MobiFone", "mobifone"),
            new AudienceCarrier("gmobile", "Gmobile", "gmobile"),
        ],
        Areas = ["Phường Buôn Ma Thuột", "=HYPERLINK(\"x\")", ""],
        Recipients = [new AudienceCount(
            1, 1, 3), new AudienceCount(1, 2, 1), new AudienceCount(2, 1, 2), new AudienceCount(2, 2, 1),
            new AudienceCount(3, 1, 2), new AudienceCount(4, 1, 2)],
        Excluded = new Dictionary<ExclusionReason, long>(),
        Repaired = new Dictionary<string, long>(),
        Hash = "audience",
    };

    static Plan Plan => new(
        [
            Lane(1, "viettel-cskh", ReceiptTrust.Handset, 350),
            Lane(2, "vnpt", ReceiptTrust.Network, 300.5m),
            Lane(3, "mobifone", ReceiptTrust.None, 320),
            Lane(4, "gmobile", ReceiptTrust.Gateway, 310),
        ],
        [
            Batch(1, 1, 1, 3, 4), Batch(1, 2, 4, 4, 2),
            Batch(2, 1, 1, 2, 4), Batch(2, 2, 3, 3, 3),
            Batch(3, 1, 1, 2, 4),
            Batch(4, 1, 1, 2, 4),
        ],
        "plan");

    static PlannedLane Lane(int id, string name, ReceiptTrust trust, decimal price) =>
        new(id, name, 100, RateUnit.Parts, trust, TimeSpan.FromHours(72), price, "{}");

    static Batch Batch(int carrier, int segment, int first, int last, int parts) =>
        new(carrier, carrier, segment, MessageSeq.Of(carrier, first), MessageSeq.Of(carrier, last), parts);

    static RunDescription Description => new()
    {
        Key = RunKey.Parse("mau/2025-07-30"),
        Code = "mau1",
        Simulated = true,
        Title = "=Phòng, chống mua bán người",
        Mode = CampaignMode.Exercise,
        Sender = "CHINH PHU",
        TimeZone = "Asia/Ho_Chi_Minh",
        Window = "08:00-20:00",
        DefinitionHash = "definition",
        AudienceHash = "audience",
        PlanHash = "plan",
        Issuer = "UBND tỉnh",
        Directive = "KH 01/KH-UBND",
        ReportTo = "Công an tỉnh",
        ReportBy = new DateOnly(2025, 8, 15),
    };

    /// <summary>
    /// Viettel: delivered, failed, uncertain, planned. VinaPhone: a "delivered" that its lane cannot say, sent, left
    /// over. MobiFone: accepted, in flight. Gmobile: a "sent" that its lane cannot say, planned again after a refusal.
    /// </summary>
    static string StatesSql => $"""
        insert into attempt (id, lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome)
        values (1, 1, {MessageSeq.Of(1, 1)}, {MessageSeq.Of(1, 1)}, 4, {Opens}, {Opens + 2_000_000}, {Opens + 2_200_000}, 1),
               (2, 3, {MessageSeq.Of(3, 2)}, {MessageSeq.Of(3, 2)}, 4, {Opens + 60_000_000}, null, null, null);

        insert into state (seq, status, attempt, failure, reason, code, handed_us, settled_us)
        values ({MessageSeq.Of(1, 1)}, 5, 1, null, 0, 'DELIVRD', {Opens + 1_000_000}, {Opens + 9_999_999}),
               ({MessageSeq.Of(1, 2)}, 6, 1, 5, 0, '=1+1', {Opens + 1_500_000}, {Opens + 61_000_000}),
               ({MessageSeq.Of(1, 3)}, 2, 1, null, 8, 'timeout for 84961000103', {Opens + 2_000_000}, {Opens + 17_000_000}),
               ({MessageSeq.Of(2, 1)}, 5, 1, null, 0, '0', {Opens + 1_000_000}, {Opens + 5_000_000}),
               ({MessageSeq.Of(2, 2)}, 4, 1, null, 0, '0', {Opens + 1_100_000}, {Opens + 5_100_000}),
               ({MessageSeq.Of(2, 3)}, 7, null, null, 20, null, null, {Opens + 43_200_000_000}),
               ({MessageSeq.Of(3, 1)}, 3, 1, null, 0, null, {Opens + 1_000_000}, {Opens + 1_300_000}),
               ({MessageSeq.Of(4, 1)}, 4, 1, null, 0, null, {Opens + 3_600_000_000}, {Opens + 3_601_000_000}),
               ({MessageSeq.Of(4, 2)}, 0, 1, null, 0, '429', {Opens + 3_600_500_000}, {Opens + 3_600_600_000});
        """;
}
