using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>A stop while what a stopped lane holds is moved to another, piece by piece.</summary>
public sealed class MoveStopTests : IDisposable
{
    const int Messages = 9_000;
    const int List = 1_000;
    static readonly DateTimeOffset Start = new(2025, 7, 30, 8, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly MovingTime _time = new(Start, TimeSpan.FromMicroseconds(100));
    readonly ProcessClock _clock;
    readonly ScriptedCarrier _standsIn = ScriptedCarrier.ThatAccepts(List);
    readonly string _path;

    public MoveStopTests()
    {
        _clock = new ProcessClock(_time);
        _path = Path.Combine(_folder.Path, "runs", "some.db");
        Create();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stop_ends_the_move_after_the_piece_at_hand_and_the_next_start_moves_and_sends_the_rest()
    {
        using var stop = new CancellationTokenSource();
        var end = await SendAsync(stop.Token, beforeCommit: () =>
        {
            if (Count("select count(*) from route") > 0)
                _ = stop.CancelAsync();
        });

        var (pieces, moved) = (Count("select count(distinct at_us) from route"), Count("select count(*) from route"));
        Assert.Equal(SendEnd.Stopped, end);
        Assert.InRange(pieces, 1, 2);
        Assert.InRange(moved, 1, 4_000);

        Assert.Equal(SendEnd.Done, await SendAsync(CancellationToken.None));

        Assert.Equal(Messages, Count("select count(*) from route"));
        Assert.Equal(Messages, SomeRun.Count(_path)[MessageStatus.Accepted]);
        Assert.Equal((Messages, Messages), (_standsIn.Numbers.Count(), _standsIn.Numbers.Distinct().Count()));
    }

    long Count(string sql)
    {
        using var db = SqliteDb.Open(_path, readOnly: true);
        return db.ReadNumber(sql)!.Value;
    }

    async Task<SendEnd> SendAsync(CancellationToken stopping, Action? beforeCommit = null)
    {
        await using var ledger = RunLedger.Open(_path, _clock, beforeCommit);
        using var accounts = new LaneAccounts(Lanes.Select(lane => new LaneAccount(
            lane,
            lane.Name == "esms" ? _standsIn : new ScriptedCarrier(_ => SendResult.Misconfigured("no money")),
            Pace.Of(lane.Options, _clock))),
            _clock);
        var session = new RunSession(
            ledger, new SendWindow(new TimeOnly(7, 0), new TimeOnly(22, 0), TimeZoneInfo.Utc), accounts, _clock);
        var sending = session.SendAsync(DateOnly.FromDateTime(Start.UtcDateTime), stopping);
        await _time.DriveAsync(sending, ledger.NoticeResolutionsAsync);
        return await sending;
    }

    static IReadOnlyList<Lane> Lanes =>
    [
        new("viettel", new HttpLaneOptions
        {
            Type = "http",
            StandIn = true,
            Rate = 10_000,
            Carriers = ["viettel"],
            ReceiptTrust = ReceiptTrust.None,
            PricePerPart = 300,
            MaxInFlight = 1,
        }),
        new("esms", new HttpLaneOptions
        {
            Type = "http",
            StandIn = true,
            Rate = 10_000,
            Carriers = ["itel"],
            FallbackFor = ["viettel"],
            ReceiptTrust = ReceiptTrust.None,
            PricePerPart = 300,
            MostPerCall = List,
            MaxInFlight = 2 * List,
        }),
    ];

    void Create()
    {
        using var builder = new RunBuilder(_path);
        for (var position = 1; position <= Messages; position++)
            builder.AddMessage(1, new MessageRow(SomeRun.Number(position), 1, 1, CarrierRule.Prefix, 1, position + 1));

        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", Messages)],
                Segments = [new AudienceSegment("toan-tinh", "chinh", 1, Messages)],
                Carriers = [new AudienceCarrier("viettel", "Viettel", "viettel")],
                Areas = ["Xã Ea Bung"],
                Recipients = [new AudienceCount(1, 1, Messages)],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "b",
            },
            new Plan(
                [.. Lanes.Select(
                    (lane, at) => new PlannedLane(at + 1, lane.Name, 10_000, RateUnit.Parts, ReceiptTrust.None,
                        TimeSpan.FromHours(1), 300m, LaneSettings.ToJson(lane.Options)))],
                [new Batch(1, 1, 1, SomeRun.Seq(1), SomeRun.Seq(Messages), SmsText.Compose(SomeRun.Text).PartsIn(
                    LengthTable.Standard))],
                "c"),
            SomeRun.Description with { UsesFallback = true });
    }
}
