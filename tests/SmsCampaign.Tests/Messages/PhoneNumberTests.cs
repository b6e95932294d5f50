using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("84912345678", "84912***678")]
    [InlineData("0912 345 678", "0912***678")]
    [InlineData("+84 912.345.678", "+84 912***678")]
    [InlineData("０９１２３４５６７８", "０９１２***６７８")] // full-width digits are digits
    [InlineData("113", "113")] // a service number is nobody's
    [InlineData("123456", "12***456")] // of a short one less is kept
    [InlineData("khong co", "khong co")]
    public void Whatever_its_spelling_a_number_is_masked(string written, string expected) =>
        Assert.Equal(expected, PhoneNumber.Mask(written));

    [Fact]
    public void A_number_prints_itself_masked() =>
        Assert.Equal("84912***678", $"{new PhoneNumber(84912345678)}");
}
