using SmsCampaign.Carriers;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files.Binding;

public class SettingsReferenceTests
{
    const string Path = "config/SETTINGS.md";

    /// <summary>To bring the page up to date, run the tests with UPDATE_SETTINGS=1 and commit it.</summary>
    [Fact]
    public void The_page_is_that_of_the_settings_classes() =>
        WrittenFile.Hold(Path, SettingsReference.Write(), "UPDATE_SETTINGS", nameof(SettingsReferenceTests));

    [Theory]
    [InlineData("| `receipts.diskFloor` | whole number, 1 to 1,000,000 | `500` | ")]
    [InlineData("| `maxInFlight` | whole number, 1 to 10,000 | `32` | ")]
    [InlineData("| `receiptTimeout` | duration, 00:00:01 to 7.00:00:00 | `3.00:00:00` | ")]
    [InlineData("| `limits.per` | one of `second`, `minute`, `day` | required | ")]
    [InlineData("| `answer.otherNetwork` | list of: text | none | ")]
    [InlineData("| `inquiry.perMinute` | whole number, 1 to 30 | `6` | ")]
    [InlineData("| `password` | secret | required | ")]
    public void A_key_stands_with_what_it_takes_and_its_default(string row) =>
        Assert.Contains($"\n{row}", SettingsReference.Write(), StringComparison.Ordinal);

    /// <summary>What a comment does not say, no page can.</summary>
    [Fact]
    public void Every_key_and_word_is_explained() =>
        Assert.DoesNotContain(
            SettingsReference.Write().Split('\n'), row => row.EndsWith("|  |", StringComparison.Ordinal));

    [Fact]
    public void Every_lane_type_has_a_part() =>
        Assert.All(CarrierTypes.All, type => Assert.Contains(
            $"\n## Lanes of type `{type.Name}`\n", SettingsReference.Write(), StringComparison.Ordinal));
}
