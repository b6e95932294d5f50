using System.Text;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class TextDifferenceTests
{
    [Fact]
    public void The_same_words_are_no_difference_however_they_are_spaced_and_composed()
    {
        var wrapped = Case.DakLak.Replace(" ", "\n  ", StringComparison.Ordinal).Normalize(NormalizationForm.FormD);

        Assert.True(TextDifference.Between(Case.DakLak, wrapped).None);
    }

    // Two provinces, one message: what a person who copied from the other's plan would send.
    [Fact]
    public void Every_word_that_differs_is_listed_with_its_place()
    {
        var difference = TextDifference.Between(Case.DakLak, Case.LaiChau);

        Assert.Equal(
            [
                new WordDifference(27, "đến", 27, "cho"),
                new WordDifference(37, "đài", 37, "đại"),
                new WordDifference(44, "vấn", 44, "vấn,"),
            ],
            difference.Words);
        Assert.False(difference.OnlyDiacritics); // đại for đài is another word
        Assert.Equal(
            """
            Nội dung khác văn bản ở 3 chỗ:
            - văn bản (từ thứ 27): đến
            + sẽ gửi (từ thứ 27): cho
            - văn bản (từ thứ 37): đài
            + sẽ gửi (từ thứ 37): đại
            - văn bản (từ thứ 44): vấn
            + sẽ gửi (từ thứ 44): vấn,
            """,
            difference.Describe().Vi);
    }

    [Theory]
    [InlineData("a b c d", "a c d", 2, "b", 2, "")] // left out
    [InlineData("a b c d", "a b x y c d", 3, "", 3, "x y")] // added
    [InlineData("a b c d", "a b c", 4, "d", 4, "")]
    [InlineData("a b", "", 1, "a b", 1, "")]
    public void A_word_left_out_or_added_is_one_difference(
        string directive, string message, int directiveWord, string ordered, int messageWord, string sent) =>
        Assert.Equal(
            [new WordDifference(directiveWord, ordered, messageWord, sent)],
            TextDifference.Between(directive, message).Words);

    [Fact]
    public void The_unaccented_form_is_said_to_be_just_that()
    {
        var difference = TextDifference.Between(Case.DakLak, SmsText.Compose(Case.DakLak).Unaccented().Value);

        Assert.True(difference.OnlyDiacritics);
        Assert.Contains("chỉ khác văn bản ở dấu", difference.Describe().Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_too_long_to_compare_are_still_different()
    {
        var directive = string.Join(' ', Enumerable.Range(0, 5000));
        var message = string.Join(' ', Enumerable.Range(1, 5000).Select(word => word * 7 % 5000));

        Assert.False(TextDifference.Between(directive, message).None);
    }
}
