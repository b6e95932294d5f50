using System.Reflection;
using System.Text.Json;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Campaigns;

public sealed class CampaignHashTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_hash_is_of_a_known_form() =>
        Assert.Matches("^[0-9a-f]{64}$", CampaignHash.Of(_folder.Read(CampaignFolder.Valid).Campaign!));

    [Theory]
    [InlineData("title: Tin thử", "title:   'Tin thử'   # tên")]
    [InlineData("title: Tin thử\nmode: exercise", "mode: exercise\n\n\ntitle: Tin thử")]
    [InlineData(
        "    text: Toàn dân phòng, chống mua bán người\n",
        "    text: >-\n      Toàn dân phòng,\n      chống mua bán người\n")]
    [InlineData("  date: 2025-07-30", "  date: 30/07/2025")]
    [InlineData("    form: accented\n", "")] // the default
    [InlineData("  timeZone: Asia/Ho_Chi_Minh\n", "")] // the default
    [InlineData("title: Tin thử", "title: Tin thư\u0309")] // the same letter, decomposed
    [InlineData("file: subscribers.csv", "file: ./subscribers.csv")]
    public void Writing_the_same_otherwise_keeps_the_hash(string old, string replacement)
    {
        var before = CampaignHash.Of(_folder.Read(CampaignFolder.Valid).Campaign!);

        Assert.Equal(before, CampaignHash.Of(_folder.ReadWith(old, replacement).Campaign!));
    }

    [Fact]
    public void The_same_folder_elsewhere_keeps_the_hash()
    {
        using var elsewhere = new CampaignFolder();

        Assert.Equal(
            CampaignHash.Of(_folder.Read(CampaignFolder.Valid).Campaign!),
            CampaignHash.Of(elsewhere.Read(CampaignFolder.Valid).Campaign!));
    }

    // A value other than in CampaignFolder.Valid, of every property of the definition for
    // which SimpleChange finds none.
    static readonly Dictionary<string, Func<Campaign, Campaign>> Changes = new()
    {
        ["Campaign.Id"] = campaign => campaign with { Id = "khac" },
        ["Campaign.Mode"] = campaign => campaign with { Mode = CampaignMode.Live },
        ["Campaign.Sender"] = campaign => campaign with { Sender = "Chinh Phu" },
        // Each value of one: HeldSegmentTests.
        ["Campaign.HeldSegments"] = campaign => campaign with
        {
            HeldSegments =
            [
                new HeldSegment("viettel", "viettel", campaign.Messages[0].Name)
                {
                    Areas = ["Đắk Lắk"],
                    Estimate = 1,
                    AcknowledgeBy = new HeldDay(null, 7, 20),
                    ReportBy = new HeldDay(null, 8, 8),
                },
            ],
        },
        ["Campaign.Lanes"] = campaign => campaign with { Lanes = ["viettel"] },
        ["Campaign.SuppressionFiles"] = campaign => campaign with { SuppressionFiles = [] },
        ["Directive.Date"] = campaign => campaign with { Directive = campaign.Directive with { Date = null } },
        ["Directive.ReportBy"] = campaign =>
            campaign with { Directive = campaign.Directive with { ReportBy = new(2025, 10, 1) } },
        ["Directive.ReportByMonth"] = campaign =>
            campaign with { Directive = campaign.Directive with { ReportByMonth = 9 } },
        ["Directive.ReportByDay"] = campaign =>
            campaign with { Directive = campaign.Directive with { ReportByDay = 9 } },
        ["Directive.Reports"] = campaign =>
            campaign with { Directive = campaign.Directive with { Reports = [new(10, 9)] } },
        ["MessageText.Language"] = campaign =>
            campaign with { Messages = [campaign.Messages[0] with { Language = "en" }] },
        ["MessageText.Text"] = campaign =>
            campaign with { Messages = [campaign.Messages[0] with { Text = SmsText.Compose("Khác") }] },
        ["MessageText.Letters"] = campaign =>
            campaign with { Messages = [campaign.Messages[0] with { Letters = ["ĭ"] }] },
        ["Schedule.Date"] = campaign => campaign with { Schedule = campaign.Schedule with { Date = new(2025, 7, 31) } },
        ["Schedule.YearlyMonth"] = campaign => campaign with { Schedule = campaign.Schedule with { YearlyMonth = 7 } },
        ["Schedule.YearlyDay"] = campaign => campaign with { Schedule = campaign.Schedule with { YearlyDay = 7 } },
        ["Schedule.Missed"] = campaign =>
            campaign with { Schedule = campaign.Schedule with { Missed = MissedPolicy.Hold } },
        ["Schedule.Leftovers"] = campaign =>
            campaign with { Schedule = campaign.Schedule with { Leftovers = LeftoverPolicy.Hold } },
        ["SendWindow.Opens"] = campaign => WithWindow(campaign, window => window with { Opens = new(8, 1) }),
        ["SendWindow.Closes"] = campaign => WithWindow(campaign, window => window with { Closes = new(20, 1) }),
        ["SendWindow.Zone"] = campaign => WithWindow(campaign, window => window with { Zone = TimeZoneInfo.Utc }),
        ["Segment.File"] = campaign => WithSegment(campaign, segment => segment with { File = segment.File + "x" }),
        ["Segment.Filter"] = campaign => WithSegment(campaign, segment => segment with { Filter = [] }),
        ["Segment.Sheets"] = campaign => WithSegment(campaign, segment => segment with { Sheets = ["Đợt 1"] }),
        ["Segment.HiddenRows"] = campaign =>
            WithSegment(campaign, segment => segment with { HiddenRows = HiddenRows.Take }),
        ["Segment.Columns"] = campaign => WithSegment(
            campaign, segment => segment with { Columns = new Dictionary<string, string> { ["phone"] = "Máy" } }),
        ["ColumnFilter.Column"] = campaign => WithFilter(campaign, filter => filter with { Column = "Xã" }),
        ["ColumnFilter.Values"] = campaign => WithFilter(campaign, filter => filter with { Values = ["Ea Bung"] }),
        ["Limits.CostVnd"] = campaign => campaign with { Limits = campaign.Limits with { CostVnd = null } },
        ["RetryPolicy.Validity"] = campaign =>
            campaign with { Retry = campaign.Retry with { Validity = TimeSpan.FromHours(2) } },
        ["CanaryPolicy.Within"] = campaign =>
            campaign with { Canary = campaign.Canary with { Within = TimeSpan.FromMinutes(2) } },
        ["GuardPolicy.Over"] = campaign =>
            campaign with { Guard = campaign.Guard with { Over = TimeSpan.FromMinutes(2) } },
    };

    public static TheoryData<string> Changed() =>
        [.. Properties().Where(property => Changes.ContainsKey(property) || SimpleChange.IsKnown(property))];

    [Theory]
    [MemberData(nameof(Changed))]
    public void Any_other_value_changes_the_hash(string property)
    {
        var campaign = _folder.Read(CampaignFolder.Valid).Campaign!;

        Assert.NotEqual(CampaignHash.Of(campaign), CampaignHash.Of(Change(campaign, property)));
    }

    /// <summary>Whoever must approve again is told why.</summary>
    [Theory]
    [MemberData(nameof(Changed))]
    public void Any_other_value_is_named_among_the_differences(string property)
    {
        var campaign = _folder.Read(CampaignFolder.Valid).Campaign!;
        if (property is "Schedule.YearlyMonth"
            or "Schedule.YearlyDay"
            or "Directive.ReportByMonth"
            or "Directive.ReportByDay")
        {
            // A day of every year stands where no date does.
            campaign = campaign with
            {
                Schedule = campaign.Schedule with { Date = null, YearlyMonth = 1, YearlyDay = 1 },
                Directive = campaign.Directive with { ReportBy = null, ReportByMonth = 1, ReportByDay = 1 },
            };
        }

        Assert.NotEmpty(CampaignDifferences.Between(campaign, Change(campaign, property)));
    }

    /// <summary>Approvals given by the program before stand.</summary>
    [Fact]
    public void The_sample_has_the_hash_that_it_had_before()
    {
        using var before = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf("tests/SmsCampaign.Tests/Storage/Cases/run-info-before.json")));

        var campaign =
            CampaignFile.Read(Repository.PathOf("samples/dak-lak-2025/campaign.yaml"), CampaignFolder.Lanes).Campaign!;

        Assert.Equal(before.RootElement.GetProperty("definition_hash").GetString(), CampaignHash.Of(campaign));
    }

    [Fact]
    public void No_property_of_the_definition_is_left_out() =>
        Assert.Equal(Properties().Order(), Changed().Select(row => row.Data).Order());

    static Campaign Change(Campaign campaign, string property) =>
        Changes.TryGetValue(property, out var change) ? change(campaign) : SimpleChange.Of(campaign, property);

    static IEnumerable<string> Properties()
    {
        // Where the file lies and how it is written are not what it means, and a day that closes later is a decision of
        // its own; the rest is made of those listed.
        string[] notMeaning = ["Campaign.File", "Campaign.Source", "SendWindow.ClosesLater"];
        string[] parts =
        [
            "Campaign.Directive", "Campaign.Messages", "Campaign.Schedule", "Campaign.Segments", "Campaign.Limits",
            "Campaign.Retry", "Campaign.Canary", "Campaign.Guard", "Schedule.Window",
        ];
        Type[] types =
        [
            typeof(Campaign), typeof(Directive), typeof(MessageText), typeof(Schedule), typeof(SendWindow),
            typeof(Segment), typeof(ColumnFilter), typeof(Limits), typeof(RetryPolicy),
            typeof(CanaryPolicy), typeof(GuardPolicy),
        ];

        return types.SelectMany(type => type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => $"{type.Name}.{property.Name}"))
            .Except(notMeaning).Except(parts);
    }

    static Campaign WithWindow(Campaign campaign, Func<SendWindow, SendWindow> change) =>
        campaign with { Schedule = campaign.Schedule with { Window = change(campaign.Schedule.Window) } };

    static Campaign WithSegment(Campaign campaign, Func<Segment, Segment> change) =>
        campaign with { Segments = [change(campaign.Segments[0])] };

    static Campaign WithFilter(Campaign campaign, Func<ColumnFilter, ColumnFilter> change) =>
        WithSegment(campaign, segment => segment with { Filter = [change(segment.Filter[0])] });
}
