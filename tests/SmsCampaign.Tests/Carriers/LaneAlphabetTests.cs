using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers;

public class LaneAlphabetTests
{
    const string InTheGsmAlphabet = "à è é ì ò ù É £";
    const string AsciiOutsideIt = "a ` b";

    /// <summary>Every type of lane: one that is new must be named here.</summary>
    public static TheoryData<string, SmsEncoding?> Types => new()
    {
        { "http", null }, // as lengthTable says
        { "viettel", SmsEncoding.Ucs2 },
        { "vnpt", SmsEncoding.Ucs2 },
        { "mobifone", SmsEncoding.Ucs2 },
        { "esms", SmsEncoding.Ucs2 },
        { "speedsms", SmsEncoding.Ucs2 },
        { "vmg", SmsEncoding.Ucs2 },
        { "twilio", SmsEncoding.Gsm7 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_text_is_refused_by_a_lane_that_would_count_it_otherwise_than_it_is_sent(string type, SmsEncoding? sent)
    {
        var options = (LaneOptions)Activator.CreateInstance(CarrierTypes.Find(type)!.Options)!;
        foreach (var table in Enum.GetValues<LengthTable>())
        {
            options.LengthTable = table;
            foreach (var text in new[] { InTheGsmAlphabet, AsciiOutsideIt }.Select(SmsText.Compose))
                Assert.Equal(options.EncodingOf(text) != text.EncodingIn(table), AlphabetFaults(options, text));

            var accented = SmsText.Compose(InTheGsmAlphabet);
            Assert.Equal(sent ?? accented.EncodingIn(table), options.EncodingOf(accented));
            foreach (var same in new[] { "Phòng, chống mua bán người", "Phong, chong mua ban nguoi" })
                Assert.False(AlphabetFaults(options, SmsText.Compose(same)));
        }
    }

    [Fact]
    public void Every_type_of_lane_is_held_to_it() =>
        Assert.Equal(CarrierTypes.All.Select(type => type.Name).Order(), Types.Select(row => row.Data.Item1).Order());

    static bool AlphabetFaults(LaneOptions options, SmsText text) =>
        options.FaultsOf(text).Any(fault => fault.En.Contains("lengthTable", StringComparison.Ordinal));
}
