using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers;

public class LaneAlphabetTests
{
    const string InTheGsmAlphabet = "à è é ì ò ù É £";
    const string AsciiOutsideIt = "a ` b";

    public static TheoryData<string> Types => [.. CarrierTypes.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_text_is_refused_by_a_lane_that_would_count_it_otherwise_than_it_is_sent(string type)
    {
        var sent = PlayedGateway.All()[type].OfGsmLetters;
        var options = (LaneOptions)Activator.CreateInstance(CarrierTypes.Find(type)!.Options)!;
        foreach (var table in Enum.GetValues<LengthTable>())
        {
            options.LengthTable = table;
            foreach (var text in new[] { InTheGsmAlphabet, AsciiOutsideIt }.Select(SmsText.Compose))
                Assert.Equal(options.EncodingOf(text) != text.EncodingIn(table), AlphabetFaults(options, text));

            var accented = SmsText.Compose(InTheGsmAlphabet);
            Assert.True(
                (sent ?? accented.EncodingIn(table)) == options.EncodingOf(accented),
                $"OfGsmLetters of the PlayedGateway of '{type}' says {sent?.ToString() ?? "nothing"}, "
                + $"OwnAlphabet of its settings "
                + $"makes it {options.EncodingOf(accented)} by the table {table}: one of them is wrong");
            foreach (var same in new[] { "Phòng, chống mua bán người", "Phong, chong mua ban nguoi" })
                Assert.False(AlphabetFaults(options, SmsText.Compose(same)));
        }
    }

    static bool AlphabetFaults(LaneOptions options, SmsText text) =>
        options.FaultsOf(text).Any(fault => fault.En.Contains("lengthTable", StringComparison.Ordinal));
}
