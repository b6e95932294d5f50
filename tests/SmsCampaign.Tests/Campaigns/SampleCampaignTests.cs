using System.Runtime.CompilerServices;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>
/// The campaign files that ship say what they should.
/// </summary>
public sealed class SampleCampaignTests : IDisposable
{
    // Item 7 of the order of UBND tỉnh Đắk Lắk on 30/7/2025, word for word.
    const string Ordered = "Toàn dân tích cực tham gia phòng, chống mua bán người. Khi phát hiện dấu hiệu liên quan "
        + "đến mua bán người hãy thông báo ngay đến cơ quan Công an nơi gần nhất hoặc Tổng đài quốc gia 111 để được tư "
        + "vấn hỗ trợ, hướng dẫn kịp thời";

    static readonly string Repository = RepositoryFolder();

    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_is_the_order_of_Dak_Lak_word_for_word()
    {
        var read = ReadCopy("samples/dak-lak-2025/campaign.yaml");

        Assert.Empty(read.Problems);
        var campaign = read.Campaign!;
        Assert.Equal(Ordered, campaign.Directive.Text);
        Assert.Equal(Ordered, Assert.Single(campaign.Messages).Text.Value);
        Assert.Equal(226, Ordered.Length);
        Assert.Equal("CHINH PHU", campaign.Sender);
        Assert.Equal(CampaignMode.Exercise, campaign.Mode);
        Assert.Equal(new DateOnly(2025, 7, 30), campaign.Schedule.Date);
        Assert.Equal(new DateOnly(2025, 9, 30), campaign.Directive.ReportBy);
        Assert.Equal(["xa-bien-gioi", "toan-tinh"], campaign.Segments.Select(segment => segment.Name));
        Assert.Equal(5, campaign.Lanes.Count);
    }

    [Fact]
    public void The_yearly_example_comes_round_every_30_July()
    {
        var read = ReadCopy("config/campaigns/vi-du-30-7-hang-nam.yaml");

        Assert.Empty(read.Problems);
        Assert.Equal(Ordered, Assert.Single(read.Campaign!.Messages).Text.Value);
        Assert.Equal(new DateOnly(2031, 7, 30), read.Campaign.Schedule.OccurrenceOnOrAfter(new(2030, 8, 1)));
        Assert.Equal(new DateOnly(2031, 9, 30), read.Campaign.Directive.ReportByFor(new(2031, 7, 30)));
    }

    [Fact]
    public void Its_text_is_four_parts_accented_and_two_unaccented()
    {
        var text = SmsText.Compose(Ordered);

        Assert.Equal(4, text.PartsIn(LengthTable.Standard));
        Assert.Equal(2, text.Unaccented().PartsIn(LengthTable.Standard));
    }

    // In a tree like the repository's, with empty files for the subscribers: who is in them is no matter here.
    CampaignReading ReadCopy(string file)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Folder, Path.GetDirectoryName(file)!));
        Directory.CreateDirectory(Path.Combine(_folder.Folder, "samples/dak-lak-2025"));
        _folder.Write("samples/dak-lak-2025/subscribers.csv", "");
        _folder.Write("samples/dak-lak-2025/tu-choi.csv", "");

        _folder.Write(file, File.ReadAllBytes(Path.Combine(Repository, file)));
        return CampaignFile.Read(Path.Combine(_folder.Folder, file), CampaignFolder.Lanes);
    }

    static string RepositoryFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
