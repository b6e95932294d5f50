using System.Globalization;

namespace SmsCampaign.Tests.Words;

public class WordingTests
{
    static readonly Wording Two = new("hai tin", "two messages");

    [Fact]
    public void A_wording_in_a_hole_is_said_in_the_language_around_it()
    {
        var words = new Wording($"Còn {Two}.", $"There are {Two} left.");

        Assert.Equal("Còn hai tin.", words.Vi);
        Assert.Equal("There are two messages left.", words.En);
    }

    [Fact]
    public void A_half_without_a_hole_stands_beside_one_with()
    {
        Assert.Equal("Còn hai tin.", new Wording($"Còn {Two}.", "Some are left.").Vi);
        Assert.Equal("There are two messages.", new Wording("Còn.", $"There are {Two}.").En);
    }

    [Fact]
    public void Numbers_in_a_hole_are_the_same_on_every_machine()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("vi-VN");
        try
        {
            var words = new Wording($"{1234.5} {new TimeOnly(8, 5):HH:mm} {(string?)null} {true}", $"{1234.5:N2}");

            Assert.Equal("1234.5 08:05  True", words.Vi);
            Assert.Equal("1,234.50", words.En);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Wordings_are_joined_and_added_language_by_language()
    {
        Assert.Equal(new Wording("hai tin; một", "two messages; one"), Wording.Join("; ", [Two, new("một", "one")]));
        Assert.Equal(
            new Wording("hai tin hoặc một", "two messages or one"),
            Wording.Join(new Wording(" hoặc ", " or "), [Two, new("một", "one")]));
        Assert.Equal(new Wording("hai tin!", "two messages?"), Two + new Wording("!", "?"));
    }
}
