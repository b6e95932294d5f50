using System.Text.Json;
using SmsCampaign.Carriers.Http;

namespace SmsCampaign.Tests.Carriers.Http;

public class JsonPathTests
{
    [Theory]
    [InlineData("a", "1")]
    [InlineData("b.c", "x")]
    [InlineData("d[1]", "true")]
    [InlineData("d[2][0].e", "y")]
    [InlineData("d", null)] // a list is no text
    [InlineData("f", null)] // nor is an empty text one
    [InlineData("d[9]", null)]
    [InlineData("a.b", null)]
    [InlineData("nothing", null)]
    public void A_path_leads_to_a_value(string path, string? expected)
    {
        var root =
            JsonDocument.Parse("""{"a": 1, "b": {"c": "x"}, "d": [null, true, [{"e": "y"}]], "f": ""}""").RootElement;

        Assert.Equal(expected, JsonPath.TryParse(path)!.TextIn(root));
    }

    [Fact]
    public void A_path_may_start_in_a_list() =>
        Assert.Equal("x", JsonPath.TryParse("[0].a")!.TextIn(JsonDocument.Parse("""[{"a": "x"}]""").RootElement));

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("a[-1]")]
    [InlineData("a[0]b")]
    [InlineData("a.[0]")]
    public void What_is_no_path_is_not_taken(string path) => Assert.Null(JsonPath.TryParse(path));
}
