using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Viettel;

/// <summary>Texts that the gateway refuses.</summary>
public class ViettelTextTests : ViettelCase
{
    [Theory]
    [InlineData("Cong an & nhan dan", "Character 9, '&' (U+0026): ", "Ký tự thứ 9, “&” (U+0026): ")]
    [InlineData("😀& va &", "Character 2, '&' (U+0026) (2 places): ", "Ký tự thứ 2, “&” (U+0026) (2 chỗ): ")]
    public void A_character_the_gateway_refuses_is_named_with_its_place(string text, string english, string vietnamese)
    {
        var fault = Assert.Single(Options().FaultsOf(SmsText.Compose(text)));

        Assert.StartsWith(english, fault.En, StringComparison.Ordinal);
        Assert.StartsWith(vietnamese, fault.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(480, 'a', 0)]
    [InlineData(481, 'a', 1)]
    [InlineData(481, 'á', 0)] // the limit is of texts without diacritics
    public void A_text_longer_than_the_gateway_takes_is_refused_before_it_is_sent(
        int length, char letter, int faults) =>
        Assert.Equal(faults, Options()
            .FaultsOf(SmsText.Compose(new string(letter, length)))
            .Count(fault => fault.En.Contains($"has {length} characters", StringComparison.Ordinal)));

    [Fact]
    public void What_the_gateway_refuses_in_a_text_is_the_lanes_setting()
    {
        var options = Options();
        (options.ForbiddenCharacters, options.LongestPlain) = ("#", 5);

        Assert.Equal(2, options.FaultsOf(SmsText.Compose("a & b # c")).Count());
    }
}
