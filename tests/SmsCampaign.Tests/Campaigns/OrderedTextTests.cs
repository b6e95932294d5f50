using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Campaigns;

public sealed class OrderedTextTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Chung tay phòng, chống mua bán người", false, "")]
    [InlineData("Mỗi người dân phòng, chống mua bán người", false, "")]
    [InlineData("Mỗi người dân phòng, chống nạn mua bán người", false, "/nạn")] // against its own, not the first
    [InlineData("Moi nguoi dan phong, chong mua ban nguoi", true, "")]
    public void Of_several_texts_on_a_line_each_a_message_is_held_to_the_nearest(
        string sent, bool unaccented, string expected)
    {
        const string ordered = "Chung tay phòng, chống mua bán người\nMỗi người dân phòng, chống mua bán người";

        var words = OrderedText.Compare(ordered, SmsText.Compose(sent), unaccented).Words;

        Assert.Equal(expected, string.Join(';', words.Select(word => $"{word.Directive}/{word.Message}")));
    }

    [Fact]
    public void A_message_of_several_lines_is_held_to_all_of_them() =>
        Assert.True(OrderedText.Compare("Một\nHai", SmsText.Compose("Một\nHai"), unaccented: false).None);

    [Fact]
    public void Of_a_text_whose_lines_were_broken_on_the_way_no_line_is_enough() => Assert.False(OrderedText.Compare(
        "Toàn dân phòng, chống\nmua bán người", SmsText.Compose("Toàn dân phòng, chống"), unaccented: false).None);

    [Fact]
    public void An_order_may_quote_no_message_and_then_nothing_differs()
    {
        var read = _folder.Read(CampaignFolder.Valid.Replace(
            "  text: Toàn dân phòng, chống mua bán người\n  reportTo", "  reportTo", StringComparison.Ordinal));

        Assert.Empty(read.Problems);
        Assert.Equal("", read.Campaign!.Directive.Text);
        Assert.Null(OrderedText.Compare(read.Campaign.Directive, read.Campaign.Messages[0]));
    }

    [Fact]
    public void A_text_that_is_empty_is_none() => Assert.NotEmpty(_folder.Read(CampaignFolder.Valid.Replace(
        "  text: Toàn dân phòng, chống mua bán người\n  reportTo",
        "  text: \"\"\n  reportTo",
        StringComparison.Ordinal)).Problems);
}
