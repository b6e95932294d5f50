using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Reports;

namespace SmsCampaign.Tests.Reports;

public class NumberMaskTests
{
    [Theory]
    [InlineData(84912345678)]
    [InlineData(84300000000)]
    [InlineData(8491234567)] // a digit short: not ours, masked all the same
    [InlineData(113)]
    public void A_number_is_written_as_it_prints_itself(long number)
    {
        var into = new byte[20];

        Assert.Equal(new PhoneNumber(number).Masked, Encoding.UTF8.GetString(into.AsSpan(0, NumberMask.Write(number, into))));
    }

    [Theory]
    [InlineData("invalid dest 84912345678", "invalid dest 84912***678")]
    [InlineData("0912 345 678: barred", "0912***678: barred")]
    [InlineData("912.345.678", "912.3***678")]
    [InlineData("error 33", "error 33")]
    [InlineData("SMPP 0x0000000B", "SMPP 0x0000000B")] // eight digits are no subscriber
    [InlineData("id 1234 of 5678901", "id 1234 of 5678901")] // eleven digits, no run of nine
    public void A_number_that_slipped_into_a_text_is_masked(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(NumberMask.In(Encoding.UTF8.GetBytes(text))));
}
