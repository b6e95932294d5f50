using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Planning;

/// <summary>
/// A campaign, an audience in numbers and lanes, put together in memory: what the pure parts of planning need.
/// </summary>
sealed class PlanningCase
{
    public static readonly DateOnly Day = new(2025, 7, 30);

    /// <summary>46 letters: one part, with diacritics and without.</summary>
    const string Vietnamese = "Phòng, chống mua bán người là việc của mọi nhà";

    public CampaignMode Mode { get; init; } = CampaignMode.Exercise;
    public string Text { get; init; } = Vietnamese;
    public bool Unaccented { get; init; }
    public string? Directive { get; init; }
    public TimeOnly Opens { get; init; } = new(8, 0);
    public TimeOnly Closes { get; init; } = new(20, 0);
    public LeftoverPolicy Leftovers { get; init; } = LeftoverPolicy.NextDay;
    public Limits Limits { get; init; } = new(null, null);
    public IReadOnlyList<Lane> Lanes { get; init; } = [Lane("viettel_test")];

    /// <summary>Carrier by carrier the lane that serves it, and its recipients segment by segment.</summary>
    public IReadOnlyList<(string? Lane, long[] BySegment)> Carriers { get; init; } = [("viettel_test", [1_000])];

    public Dictionary<ExclusionReason, long> Excluded { get; init; } = [];

    public bool Simulated { get; init; }

    public Campaign Campaign => new()
    {
        Id = "case",
        Title = "Case",
        Mode = Mode,
        Directive = new Directive(
            "UBND", null, null, null, null, Directive ?? Text, "Công an tỉnh", new DateOnly(2025, 9, 30)),
        Sender = "CHINH PHU",
        Messages = [new MessageText("chung", "vi", Sent, Unaccented)],
        Schedule = new Schedule(
            Day,
            null,
            null,
            new SendWindow(Opens, Closes, TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh")),
            MissedPolicy.StartLate,
            Leftovers),
        Segments =
            [.. Enumerable.Range(1, SegmentCount).Select(at => new Segment($"s{at}", "/nowhere.csv", [], "chung", at))],
        SuppressionFiles = [],
        Lanes = [.. Lanes.Select(lane => lane.Name)],
        Limits = Limits,
        File = "/nowhere/campaign.yaml",
        Source = "",
    };

    public ImportedAudience Audience => new()
    {
        Sources = [new AudienceSource("subscribers.csv", "00", Carriers.Sum(carrier => carrier.BySegment.Sum()))],
        Segments = [.. Enumerable.Range(1, SegmentCount).Select(at => new AudienceSegment(
            $"s{at}", "chung", at, Carriers.Sum(carrier => carrier.BySegment[at - 1])))],
        Carriers =
            [.. Carriers.Select((carrier, at) => new AudienceCarrier($"c{at + 1}", $"Mạng {at + 1}", carrier.Lane))],
        Areas = [""],
        Recipients = [.. Carriers.SelectMany((carrier, at) => carrier.BySegment
            .Select((messages, segment) => new AudienceCount(at + 1, segment + 1, messages))
            .Where(count => count.Messages > 0))],
        Excluded = Excluded,
        Repaired = new Dictionary<string, long>(),
        Hash = "audience",
    };

    public Plan Plan => BatchPlanner.Plan(Campaign, Audience, Lanes);

    public Forecast Forecast => ForecastFrom(DateTimeOffset.MinValue);

    public IReadOnlyList<Problem> Problems => new PlanProblems(
        Campaign, Audience, Lanes, Plan, Forecast, Simulated, key => new Place("campaign.yaml", Key: key)).Find();

    SmsText Sent => Unaccented ? SmsText.Compose(Text).Unaccented() : SmsText.Compose(Text);

    int SegmentCount => Carriers.Count == 0 ? 1 : Carriers.Max(carrier => carrier.BySegment.Length);

    /// <summary>A Vietnamese text that takes so many parts with diacritics.</summary>
    public static string TextOfParts(int parts) => parts == 1 ? Vietnamese : "ộ" + new string('a', (67 * parts) - 10);

    public static Lane Lane(
        string name,
        int rate = 100,
        RateUnit unit = RateUnit.Parts,
        decimal price = 300,
        bool standIn = true,
        bool unicode = true,
        int mostParts = 6,
        int mostPerCall = 1,
        TimeSpan? receiptTimeout = null,
        bool bringsReceipts = false) => new(name, new StandInOptions
        {
            Type = "http",
            StandIn = standIn,
            Carriers = ["viettel"],
            Rate = rate,
            RateUnit = unit,
            PricePerPart = price,
            Unicode = unicode,
            MostParts = mostParts,
            MostPerCall = mostPerCall,
            Brings = bringsReceipts,
            ReceiptTrust = ReceiptTrust.Handset,
            ReceiptTimeout = receiptTimeout ?? TimeSpan.FromHours(72),
        });

    public Forecast ForecastFrom(DateTimeOffset now) => Forecaster.Forecast(Campaign, Audience, Plan, Lanes, Day, now);

    sealed class StandInOptions : LaneOptions
    {
        public bool Brings { get; init; }

        internal override bool TakesCallbacks => Brings;

        protected internal override IEnumerable<LaneAddress> Addresses => [];
    }
}
