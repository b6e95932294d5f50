using SmsCampaign.Campaigns;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>Segments that a carrier holds and texts itself, as an officer writes them.</summary>
public sealed class HeldSegmentTests : IDisposable
{
    const string Held = """
          - name: thue-bao-viettel
            heldBy: viettel
            areas: [tỉnh Đắk Lắk]
            estimate: 1450000
            acknowledgeBy: 20/7/2025
            reportBy: 8/8/2025
            message: chinh
        suppression:
        """;

    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_segment_that_a_carrier_holds_stands_beside_our_own()
    {
        var campaign = Read(Held).Campaign!;

        var held = Assert.Single(campaign.HeldSegments);
        Assert.Equal(("viettel", "chinh", 1_450_000), (held.HeldBy, held.Message, held.Estimate));
        Assert.Equal(["tỉnh Đắk Lắk"], held.Areas);
        Assert.Equal([SubscriberClass.Prepaid, SubscriberClass.Postpaid], held.Classes);
        Assert.Equal(AreaCriterion.Registered, held.Criterion);
        Assert.Equal(new DateOnly(2025, 7, 20), held.AcknowledgeBy.Before(new DateOnly(2025, 7, 29)));
        Assert.Equal("toan-tinh", Assert.Single(campaign.Segments).Name);
    }

    [Fact]
    public void Where_carriers_hold_all_of_it_no_lanes_are_needed()
    {
        var text = CampaignFolder.With("suppression:", Held)
            .Replace(
                """
                  - name: toan-tinh
                    file: subscribers.csv
                    filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }
                    message: chinh
                    priority: 1

                """, "", StringComparison.Ordinal)
            .Replace("lanes: [viettel, gmobile]\n", "", StringComparison.Ordinal);

        var reading = ReadText(text);

        Assert.DoesNotContain(reading.Problems, problem => problem.Severity == Severity.Error);
        Assert.Empty(reading.Campaign!.Segments);
        Assert.Empty(reading.Campaign.Lanes);
    }

    [Fact]
    public void With_numbers_of_our_own_lanes_are_needed()
    {
        var reading = ReadText(CampaignFolder
            .With("suppression:", Held)
            .Replace("lanes: [viettel, gmobile]\n", "", StringComparison.Ordinal));

        Assert.Contains("lanes", Assert.Single(reading.Problems).Where!.Key);
    }

    [Fact]
    public void All_that_is_wrong_with_one_is_told_at_once()
    {
        var reading = Read("""
              - name: sai
                heldBy: vietel
                file: subscribers.csv
                message: chinh
              - name: thieu
                heldBy: viettel
                filter: { a: b }
                subscribers: [tra-truoc]
                acknowledgeBy: 30/7/2025
                reportBy: 1/7/2025
                message: chinh
              - name: khong-nguon
                message: chinh
            suppression:
            """);

        Assert.Null(reading.Campaign);
        string[] keys = [.. reading.Problems
            .Where(problem => problem.Severity == Severity.Error)
            .Select(problem => problem.Where!.Key!)];
        Assert.Superset(
            new HashSet<string>
            {
                "segments[2].heldBy", "segments[3].filter", "segments[3].areas", "segments[3].estimate",
                "segments[3].subscribers", "segments[3].acknowledgeBy", "segments[3].reportBy", "segments[4].file",
            },
            keys.ToHashSet());
    }

    [Theory]
    [InlineData("heldBy: viettel", "heldBy: vietel", "viettel")] // did you mean
    [InlineData("name: thue-bao-viettel", "name: '—'", "tên tệp")]
    public void What_is_wrong_is_said_with_what_would_do(string before, string after, string said)
    {
        var problem = Assert.Single(
            Read(Held.Replace(before, after, StringComparison.Ordinal)).Problems,
            problem => problem.Severity == Severity.Error);

        Assert.Contains(said, problem.In(Language.Vietnamese));
    }

    [Theory]
    [InlineData("estimate: 1450000", "estimate: 1450001")]
    [InlineData("areas: [tỉnh Đắk Lắk]", "areas: [tỉnh Lâm Đồng]")]
    [InlineData("heldBy: viettel", "heldBy: vinaphone")]
    [InlineData("name: thue-bao-viettel", "name: khac")]
    [InlineData("acknowledgeBy: 20/7/2025", "acknowledgeBy: 21/7/2025")]
    [InlineData("reportBy: 8/8/2025", "reportBy: 9/8/2025")]
    [InlineData("    estimate", "    subscribers: [prepaid]\n    estimate")]
    [InlineData("    estimate", "    located: serving\n    estimate")]
    [InlineData("    estimate", "    exclude: [thuê bao từ chối]\n    estimate")]
    [InlineData("    estimate", "    contact: { name: An }\n    estimate")]
    public void Any_other_value_of_one_changes_the_hash_and_is_named(string before, string after)
    {
        var first = Read(Held).Campaign!;
        var second = Read(Held.Replace(before, after, StringComparison.Ordinal)).Campaign!;

        Assert.NotEqual(CampaignHash.Of(first), CampaignHash.Of(second));
        Assert.NotEmpty(CampaignDifferences.Between(first, second));
    }

    [Fact]
    public void Another_text_for_it_changes_the_hash()
    {
        var more = CampaignFolder.With("suppression:", Held).Replace(
            "schedule:",
            "  - name: khac\n    text: Toàn dân phòng, chống mua bán người nhé\nschedule:",
            StringComparison.Ordinal);
        var first = ReadText(more).Campaign!;
        var at = more.LastIndexOf("message: chinh", StringComparison.Ordinal);
        var second = ReadText(more[..at] + "message: khac" + more[(at + "message: chinh".Length)..]).Campaign!;

        Assert.NotEqual(CampaignHash.Of(first), CampaignHash.Of(second));
    }

    [Fact]
    public void What_a_run_keeps_is_read_without_the_installation_file()
    {
        var text = CampaignFolder.With("suppression:", Held);

        var kept = CampaignFile.ReadKept(text, _folder.File)!;

        Assert.Equal(CampaignHash.Of(ReadText(text).Campaign!), CampaignHash.Of(kept));
    }

    [Fact]
    public void A_campaign_of_every_year_gives_days_of_every_year()
    {
        using var folder = new HeldFolder();
        folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        folder.Edit("campaign.yaml", "acknowledgeBy: 20/7/2025", "acknowledgeBy: 20/7");
        folder.Edit("campaign.yaml", "reportBy: 8/8/2025", "reportBy: 8/8");

        var held = folder.ReadCampaign().HeldSegments[0];

        Assert.Equal(new DateOnly(2027, 7, 20), held.AcknowledgeBy.Before(new DateOnly(2027, 7, 29)));
        Assert.Equal(new DateOnly(2027, 8, 8), held.ReportBy.After(new DateOnly(2027, 7, 30)));
    }

    CampaignReading Read(string held) => ReadText(CampaignFolder.With("suppression:", held));

    CampaignReading ReadText(string text)
    {
        _folder.Write("campaign.yaml", text);
        return CampaignFile.Read(_folder.File, CampaignFolder.Lanes, holders: ["viettel", "vinaphone"]);
    }
}
