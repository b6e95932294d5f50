using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

public sealed class CampaignDifferencesTests
{
    [Theory]
    [InlineData("missed: start-late", "missed: hold", "schedule.missed start-late → hold")]
    [InlineData("leftovers: next-day", "leftovers: drop", "schedule.leftovers next-day → drop")]
    public void A_short_value_is_shown_as_the_file_has_it(string before, string after, string told) =>
        Assert.Equal(
            [told],
            Between(CampaignFolder.Valid, CampaignFolder.Valid.Replace(before, after, StringComparison.Ordinal)));

    [Fact]
    public void Of_a_long_value_the_place_that_differs_is_shown()
    {
        const string Title = "Nhắn tin hưởng ứng Ngày toàn dân phòng, chống mua bán người năm 2025 trên địa bàn tỉnh";
        var before = Titled(Title);

        var told = Between(before, Titled(Title.Replace("2025", "2026", StringComparison.Ordinal)));

        Assert.Equal(["title “…gười năm 2025 trên địa bà…” → “…gười năm 2026 trên địa bà…”"], told);
    }

    static string Titled(string title) => string.Join('\n', CampaignFolder.Valid
        .Split('\n')
        .Select(line => line.StartsWith("title:", StringComparison.Ordinal) ? $"title: {title}" : line));

    static IReadOnlyList<string> Between(string before, string now) =>
        CampaignDifferences.Between(
            CampaignFile.ReadKept(before, "/x/campaign.yaml")!, CampaignFile.ReadKept(now, "/x/campaign.yaml")!);
}
