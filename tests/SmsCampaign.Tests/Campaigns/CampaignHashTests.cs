using System.Reflection;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

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
    [InlineData("    text: Toàn dân phòng, chống mua bán người\n", "    text: >-\n      Toàn dân phòng,\n      chống mua bán người\n")]
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

    // For every property of the definition, a value other than in CampaignFolder.Valid.
    static readonly Dictionary<string, Func<Campaign, Campaign>> Changes = new()
    {
        ["Campaign.Id"] = campaign => campaign with { Id = "khac" },
        ["Campaign.Title"] = campaign => campaign with { Title = "Tin thử." },
        ["Campaign.Mode"] = campaign => campaign with { Mode = CampaignMode.Live },
        ["Campaign.Sender"] = campaign => campaign with { Sender = "Chinh Phu" },
        ["Campaign.Lanes"] = campaign => campaign with { Lanes = ["viettel"] },
        ["Campaign.SuppressionFiles"] = campaign => campaign with { SuppressionFiles = [] },
        ["Directive.Issuer"] = campaign => campaign with { Directive = campaign.Directive with { Issuer = "Bộ" } },
        ["Directive.Number"] = campaign => campaign with { Directive = campaign.Directive with { Number = "1" } },
        ["Directive.Date"] = campaign => campaign with { Directive = campaign.Directive with { Date = null } },
        ["Directive.Item"] = campaign => campaign with { Directive = campaign.Directive with { Item = "1" } },
        ["Directive.LegalBasis"] = campaign => campaign with { Directive = campaign.Directive with { LegalBasis = "1" } },
        ["Directive.Text"] = campaign => campaign with { Directive = campaign.Directive with { Text = "Khác" } },
        ["Directive.ReportTo"] = campaign => campaign with { Directive = campaign.Directive with { ReportTo = "Bộ" } },
        ["Directive.ReportBy"] = campaign => campaign with { Directive = campaign.Directive with { ReportBy = new(2025, 10, 1) } },
        ["Directive.ReportByMonth"] = campaign => campaign with { Directive = campaign.Directive with { ReportByMonth = 9 } },
        ["Directive.ReportByDay"] = campaign => campaign with { Directive = campaign.Directive with { ReportByDay = 9 } },
        ["MessageText.Name"] = campaign => campaign with { Messages = [campaign.Messages[0] with { Name = "khac" }] },
        ["MessageText.Language"] = campaign => campaign with { Messages = [campaign.Messages[0] with { Language = "en" }] },
        ["MessageText.Text"] = campaign => campaign with { Messages = [campaign.Messages[0] with { Text = SmsText.Compose("Khác") }] },
        ["MessageText.Unaccented"] = campaign => campaign with { Messages = [campaign.Messages[0] with { Unaccented = true }] },
        ["Schedule.Date"] = campaign => campaign with { Schedule = campaign.Schedule with { Date = new(2025, 7, 31) } },
        ["Schedule.YearlyMonth"] = campaign => campaign with { Schedule = campaign.Schedule with { YearlyMonth = 7 } },
        ["Schedule.YearlyDay"] = campaign => campaign with { Schedule = campaign.Schedule with { YearlyDay = 7 } },
        ["Schedule.Missed"] = campaign => campaign with { Schedule = campaign.Schedule with { Missed = MissedPolicy.Hold } },
        ["Schedule.Leftovers"] = campaign => campaign with { Schedule = campaign.Schedule with { Leftovers = LeftoverPolicy.Hold } },
        ["SendWindow.Opens"] = campaign => WithWindow(campaign, window => window with { Opens = new(8, 1) }),
        ["SendWindow.Closes"] = campaign => WithWindow(campaign, window => window with { Closes = new(20, 1) }),
        ["SendWindow.Zone"] = campaign => WithWindow(campaign, window => window with { Zone = TimeZoneInfo.Utc }),
        ["Segment.Name"] = campaign => WithSegment(campaign, segment => segment with { Name = "khac" }),
        ["Segment.File"] = campaign => WithSegment(campaign, segment => segment with { File = segment.File + "x" }),
        ["Segment.Filter"] = campaign => WithSegment(campaign, segment => segment with { Filter = [] }),
        ["Segment.Message"] = campaign => WithSegment(campaign, segment => segment with { Message = "khac" }),
        ["Segment.Priority"] = campaign => WithSegment(campaign, segment => segment with { Priority = 2 }),
        ["Segment.Sheets"] = campaign => WithSegment(campaign, segment => segment with { Sheets = ["Đợt 1"] }),
        ["Segment.HiddenRows"] = campaign => WithSegment(campaign, segment => segment with { HiddenRows = HiddenRows.Take }),
        ["Segment.Columns"] = campaign => WithSegment(campaign, segment => segment with { Columns = new Dictionary<string, string> { ["phone"] = "Máy" } }),
        ["ColumnFilter.Column"] = campaign => WithFilter(campaign, filter => filter with { Column = "Xã" }),
        ["ColumnFilter.Values"] = campaign => WithFilter(campaign, filter => filter with { Values = ["Ea Bung"] }),
        ["Limits.Messages"] = campaign => campaign with { Limits = campaign.Limits with { Messages = 5001 } },
        ["Campaign.UsesFallback"] = campaign => campaign with { UsesFallback = true },
        ["Campaign.Priority"] = campaign => campaign with { Priority = 1 },
        ["Limits.CostVnd"] = campaign => campaign with { Limits = campaign.Limits with { CostVnd = null } },
        ["RetryPolicy.MostTries"] = campaign => campaign with { Retry = campaign.Retry with { MostTries = 3 } },
        ["RetryPolicy.Validity"] = campaign => campaign with { Retry = campaign.Retry with { Validity = TimeSpan.FromHours(2) } },
    };

    public static TheoryData<string> Changed() => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Changed))]
    public void Any_other_value_changes_the_hash(string property)
    {
        var campaign = _folder.Read(CampaignFolder.Valid).Campaign!;

        Assert.NotEqual(CampaignHash.Of(campaign), CampaignHash.Of(Changes[property](campaign)));
    }

    /// <summary>Whoever must approve again is told why.</summary>
    [Theory]
    [MemberData(nameof(Changed))]
    public void Any_other_value_is_named_among_the_differences(string property)
    {
        var campaign = _folder.Read(CampaignFolder.Valid).Campaign!;
        if (property is "Schedule.YearlyMonth" or "Schedule.YearlyDay" or "Directive.ReportByMonth" or "Directive.ReportByDay")
        {
            // A day of every year stands where no date does.
            campaign = campaign with
            {
                Schedule = campaign.Schedule with { Date = null, YearlyMonth = 1, YearlyDay = 1 },
                Directive = campaign.Directive with { ReportBy = null, ReportByMonth = 1, ReportByDay = 1 },
            };
        }

        Assert.NotEmpty(CampaignDifferences.Between(campaign, Changes[property](campaign)));
    }

    [Fact]
    public void No_property_of_the_definition_is_left_out()
    {
        // Where the file lies and how it is written are not what it means; the rest is made of those listed.
        string[] notMeaning = ["Campaign.File", "Campaign.Source"];
        string[] parts = ["Campaign.Directive", "Campaign.Messages", "Campaign.Schedule", "Campaign.Segments", "Campaign.Limits", "Campaign.Retry", "Schedule.Window"];
        Type[] types =
            [typeof(Campaign), typeof(Directive), typeof(MessageText), typeof(Schedule), typeof(SendWindow), typeof(Segment),
                typeof(ColumnFilter), typeof(Limits), typeof(RetryPolicy)];

        var properties = types.SelectMany(type => type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => $"{type.Name}.{property.Name}"));

        Assert.Equal(properties.Except(notMeaning).Except(parts).Order(), Changes.Keys.Order());
    }

    static Campaign WithWindow(Campaign campaign, Func<SendWindow, SendWindow> change) =>
        campaign with { Schedule = campaign.Schedule with { Window = change(campaign.Schedule.Window) } };

    static Campaign WithSegment(Campaign campaign, Func<Segment, Segment> change) =>
        campaign with { Segments = [change(campaign.Segments[0])] };

    static Campaign WithFilter(Campaign campaign, Func<ColumnFilter, ColumnFilter> change) =>
        WithSegment(campaign, segment => segment with { Filter = [change(segment.Filter[0])] });
}
