using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class MessageReferenceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(15, MessageSeq.MostPositions)] // the largest there can be
    public void A_reference_leads_back_to_its_message(int carrier, long position)
    {
        var seq = MessageSeq.Of(carrier, position);

        Assert.True(MessageReference.TryParse(MessageReference.Of("k3f9x2ab", seq), out var code, out var read));
        Assert.Equal(("k3f9x2ab", seq), (code, read));
        Assert.Equal(carrier, MessageSeq.CarrierOf(read));
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(1, MessageSeq.MostPositions + 1)] // would be the next carrier's first
    public void A_key_is_never_another_carriers(int carrier, long position) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MessageSeq.Of(carrier, position));

    [Fact]
    public void Capitals_do_not_matter_as_some_gateways_change_them()
    {
        Assert.True(MessageReference.TryParse("K3F9-2S", out var code, out var seq));
        Assert.Equal(("k3f9", 100), (code, seq));
    }

    [Theory]
    [InlineData("")]
    [InlineData("k3f9")]
    [InlineData("-2s")]
    [InlineData("k3f9-")]
    [InlineData("k3f9-2s!")]
    [InlineData("k3f9-zzzzzzzzzzzzzzzz")] // beyond any key: must not overflow
    public void What_is_not_ours_is_not_read(string reference) =>
        Assert.False(MessageReference.TryParse(reference, out _, out _));
}
