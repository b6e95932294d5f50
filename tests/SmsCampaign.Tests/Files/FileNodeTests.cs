using SmsCampaign.Files;
using SmsCampaign.Files.Json;
using SmsCampaign.Files.Yaml;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files;

/// <summary>YAML and JSON are read to one kind of node.</summary>
public sealed class FileNodeTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Both_front_ends_give_the_same_values_at_the_places_they_stand()
    {
        var yaml = Yaml("a: chữ\nb:\n  - c: \"một\"\n  - null\nd: {}\n");
        var json = Json("{\n  \"a\": \"chữ\",\n  \"b\": [{ \"c\": \"một\" }, null],\n  \"d\": {}\n}");

        Assert.Equal(
            [
                "a Text chữ 1:4 [a]",
                "b List  3:3 [b]",
                "b[1] Map  3:5 [b[1]]",
                "b[1].c Text một 3:8 [b[1].c]",
                "b[2] Nothing null 4:5 [b[2]]",
                "d Map  5:4 [d]",
            ],
            Told(yaml));
        Assert.Equal(
            [
                "a Text chữ 2:8 [a]",
                "b List  3:8 [b]",
                "b[0] Map  3:9 [b[0]]",
                "b[0].c Text một 3:16 [b[0].c]",
                "b[1] Nothing null 3:25 [b[1]]",
                "d Map  4:8 [d]",
            ],
            Told(json));
    }

    /// <summary>What is sent is the letter, whatever way it is written.</summary>
    [Theory]
    [InlineData("t: ab\u200Bc", 6)]
    [InlineData("t: \"ab\u200Bc\"", 7)]
    [InlineData("t: \"ab\\u200Bc\"", 4)] // an escape: where the value begins
    public void A_letter_of_a_value_has_a_place(string written, int column)
    {
        var value = Yaml(written).Scalar("t")!;

        Assert.Equal(column, value.PlaceOf(value.Text.IndexOf('\u200B')).Column);
    }

    [Theory]
    [InlineData("\"một\"", "'một'")]
    [InlineData("12.50", "12.50")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("[1]", "[…]")]
    [InlineData("{ \"a\": 1 }", "{…}")]
    public void A_value_is_shown_as_it_stands_and_never_what_the_environment_said(string written, string shown)
    {
        var node = Json($"{{ \"k\": {written} }}").Find("k")!;

        Assert.Equal(shown, node.Shown);
        Assert.Equal("***", (node with { Variable = "SmsCampaign__k" }).Shown);
    }

    static IEnumerable<string> Told(FileNode node) =>
        node.Members.SelectMany(member => Told(member.Value, member.Name));

    static IEnumerable<string> Told(FileNode node, string path) => Told(node).Select(line => path + "." + line)
        .Concat(node.Items.SelectMany(item => Told(item, item.Where.Key!)))
        .Prepend($"{path} {node.Kind} {node.Text} {node.Where.Line}:{node.Where.Column} [{node.Where.Key}]");

    static FileNode Yaml(string text)
    {
        var problems = new ProblemList("a.yaml");
        var root = YamlTree.Read(new YamlSource(text, problems), problems)!;
        Assert.Empty(problems.InOrder());
        return root;
    }

    FileNode Json(string text)
    {
        var path = _folder.File("a.json");
        File.WriteAllText(path, text);
        var file = new JsonFile(path);
        var root = file.Read()!;
        Assert.Empty(file.Problems);
        return root;
    }
}
