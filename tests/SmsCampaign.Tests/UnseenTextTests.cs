namespace SmsCampaign.Tests;

public class UnseenTextTests
{
    [Theory]
    [InlineData("Nguyễn Văn A, Phó Giám đốc", null)]
    [InlineData("Nguye\u0302\u0303n", null)] // marks that belong to their letter
    [InlineData("ស្រី\u200Bល្អ", null)] // Khmer divides its words so
    [InlineData("A\u001B[2J", "U+001B")]
    [InlineData("A\nB", "U+000A")]
    [InlineData("A\u0085B", "U+0085")]
    [InlineData("A\u2028B", "U+2028")]
    [InlineData("A\u202EB", "U+202E")]
    [InlineData("A\u2066B", "U+2066")]
    [InlineData("A\u061CB", "U+061C")]
    [InlineData("A\U000E0041B", "U+E0041")]
    public void What_is_not_seen_is_found_by_its_name(string text, string? expected)
    {
        Assert.Equal(expected, UnseenText.FindIn(text)?.Name);
        Assert.Null(UnseenText.FindIn(UnseenText.Show(text)));
    }

    [Theory]
    [InlineData("Nguyễn Văn A, Phó Giám đốc", null)]
    [InlineData("Nguye\u0302\u0303n", null)]
    [InlineData("Nguyễn\u00A0Văn A", null)] // a space that is seen, as Word sets it
    [InlineData("A\u200BB", "U+200B")]
    [InlineData("A\u200DB", "U+200D")]
    [InlineData("A\u00ADB", "U+00AD")]
    [InlineData("\uFEFFA", "U+FEFF")]
    [InlineData("A\u2060", "U+2060")]
    [InlineData("\u3164", "U+3164")]
    [InlineData("\u2800", "U+2800")]
    [InlineData("A\uFE0F", "U+FE0F")]
    [InlineData("A\uE000", "U+E000")]
    [InlineData("A\u001B", "U+001B")]
    public void What_is_merely_not_seen_is_found_where_it_is_sought(string text, string? expected) =>
        Assert.Equal(expected, UnseenText.FindAnyIn(text)?.Name);

    [Fact]
    public void Half_a_character_is_one_too() => Assert.Equal("a<U+D800>b", UnseenText.Show("a\uD800b"));

    [Fact]
    public void It_is_shown_by_its_code_point_and_lines_stay_where_they_may() =>
        Assert.Equal(
            ("a<U+000A>b<U+000D>c", "a\nb<U+000D>c\r\n"),
            (UnseenText.Show("a\nb\rc"), UnseenText.Show("a\nb\rc\r\n", keepLines: true)));
}
