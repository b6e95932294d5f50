namespace SmsCampaign.Tests;

public sealed class CompositionTests
{
    // Not as [InlineData]: an attribute cannot hold half a pair.
    static readonly (string Written, string Composed)[] Texts =
    [
        ("Vie\u0302\u0323t", "Việt"),
        ("a\uFFFEb", "a\uFFFDb"), // a byte-swapped mark: string.Normalize throws
        ("a\uD800b", "a\uFFFDb"),
        ("\uDC00", "\uFFFD"),
        ("\uD83D\uDE00", "\uD83D\uDE00"), // a whole pair
        ("\uD83D", "\uFFFD"),
        ("\uD83D\uD83D\uDE00", "\uFFFD\uD83D\uDE00"),
    ];

    [Fact]
    public void Any_text_can_be_composed_and_what_is_broken_shows() => Assert.All(Texts, text =>
    {
        Assert.Equal(text.Composed, text.Written.Composed());
        Assert.Equal(text.Composed, text.Written.Decomposed().Composed());
    });
}
