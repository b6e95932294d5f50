using SmsCampaign.Orthography;

namespace SmsCampaign.Tests.Orthography;

public class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("sender", "sender", 0)]
    [InlineData("sender", "sendr", 1)]
    [InlineData("sender", "sneder", 1)] // neighbours swapped
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_is_the_least_number_of_slips(string one, string other, int expected)
    {
        Assert.Equal(expected, Spelling.Distance(one, other));
        Assert.Equal(expected, Spelling.Distance(other, one));
    }

    [Theory]
    [InlineData("lane", "lanes")]
    [InlineData("TITLE", "title")]
    [InlineData("Tiltle", "title")]
    [InlineData("x", null)] // near to nothing
    [InlineData("schedule", null)]
    public void The_nearest_word_is_offered_where_one_is_near(string written, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(written, ["lanes", "limits", "title"]));
}
