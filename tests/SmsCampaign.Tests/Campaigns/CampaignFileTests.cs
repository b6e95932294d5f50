using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

public sealed class CampaignFileTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_good_file_is_read_whole()
    {
        var read = _folder.Read(CampaignFolder.Valid);

        Assert.Empty(read.Problems);
        var campaign = read.Campaign!;
        Assert.Equal("thu-nghiem", campaign.Id);
        Assert.Equal("Tin thử", campaign.Title);
        Assert.Equal(CampaignMode.Exercise, campaign.Mode);
        Assert.Equal(
            new Directive("UBND tỉnh", null, new DateOnly(2025, 7, 1), null, null, "Toàn dân phòng, chống mua bán người",
                "Công an tỉnh", new DateOnly(2025, 9, 30)),
            campaign.Directive);
        Assert.Equal("CHINH PHU", campaign.Sender);
        var message = Assert.Single(campaign.Messages);
        Assert.Equal(("chinh", "vi", "Toàn dân phòng, chống mua bán người", false),
            (message.Name, message.Language, message.Text.Value, message.Unaccented));
        Assert.Equal(new DateOnly(2025, 7, 30), campaign.Schedule.Date);
        Assert.Equal((new TimeOnly(8, 0), new TimeOnly(20, 0)), (campaign.Schedule.Window.Opens, campaign.Schedule.Window.Closes));
        Assert.Equal("Asia/Ho_Chi_Minh", campaign.Schedule.Window.Zone.Id);
        Assert.Equal((MissedPolicy.StartLate, LeftoverPolicy.NextDay), (campaign.Schedule.Missed, campaign.Schedule.Leftovers));
        var segment = Assert.Single(campaign.Segments);
        Assert.Equal(("toan-tinh", Path.Combine(_folder.Folder, "subscribers.csv"), "chinh", 1),
            (segment.Name, segment.File, segment.Message, segment.Priority));
        Assert.Equal(["Ea Bung", "Buôn Đôn"], Assert.Single(segment.Filter).Values);
        Assert.Equal([Path.Combine(_folder.Folder, "tu-choi.csv")], campaign.SuppressionFiles);
        Assert.Equal(["viettel", "gmobile"], campaign.Lanes);
        Assert.Equal(new Limits(5000, 20_000_000), campaign.Limits);
        Assert.Equal(_folder.File, campaign.File);
        Assert.Equal(CampaignFolder.Valid, campaign.Source);
    }
}
