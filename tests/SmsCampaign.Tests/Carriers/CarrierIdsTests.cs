using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Carriers;

public class CarrierIdsTests
{
    [Theory]
    [InlineData(CarrierIdForm.AsIs, "00aB-1", "00aB-1")]
    [InlineData(CarrierIdForm.AsIs, " id 7\r\n", "id 7")]
    [InlineData(CarrierIdForm.IgnoreCase, "3FA85F64-5717", "3fa85f64-5717")]
    [InlineData(CarrierIdForm.Number, "0012", "12")]
    [InlineData(CarrierIdForm.Number, "\t12 ", "12")]
    [InlineData(CarrierIdForm.Number, "000", "0")]
    [InlineData(
        CarrierIdForm.Number,
        "00340282366920938463463374607431768211455",
        "340282366920938463463374607431768211455")] // 128 bits
    [InlineData(CarrierIdForm.Number, "00AB", "00AB")] // not the number it was to be
    [InlineData(CarrierIdForm.Number, "-5", "-5")]
    [InlineData(CarrierIdForm.Number, "١٢", "١٢")] // digits, but not a gateway's
    [InlineData(CarrierIdForm.Hex, "ff", "255")]
    [InlineData(CarrierIdForm.Hex, "00FF", "255")]
    [InlineData(CarrierIdForm.Hex, "0xff", "255")]
    [InlineData(CarrierIdForm.Hex, "0X00Ff ", "255")]
    [InlineData(CarrierIdForm.Hex, "10", "16")]
    [InlineData(CarrierIdForm.Hex, "FFFFFFFFFFFFFFFF", "18446744073709551615")] // 64 bits, and not -1
    [InlineData(CarrierIdForm.Hex, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "340282366920938463463374607431768211455")]
    [InlineData(CarrierIdForm.Hex, "00000000000000000000000000000000ff", "255")]
    [InlineData(CarrierIdForm.Hex, "0x", "0x")]
    [InlineData(CarrierIdForm.Hex, "Msg-1", "msg-1")]
    [InlineData(CarrierIdForm.Hex, " ", "")]
    public void An_id_is_brought_to_one_form(CarrierIdForm form, string written, string expected) =>
        Assert.Equal(expected, CarrierIds.Normalize(form, written));

    [Theory]
    [InlineData("4A5B6C7D", "1247505533")] // an answer in hex, its receipt in decimal
    [InlineData("0123456789abcdef0123", "5373003642731685151011")]
    public void Hex_in_the_answer_meets_decimal_in_the_receipt(string answer, string receipt) =>
        Assert.Equal(
            CarrierIds.Normalize(CarrierIdForm.Hex, answer), CarrierIds.Normalize(CarrierIdForm.Number, receipt));
}
