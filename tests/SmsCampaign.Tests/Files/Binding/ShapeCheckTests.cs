using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Files.Json;
using SmsCampaign.Files.Yaml;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files.Binding;

/// <summary>One declaration, and one check of it, for a file in either form.</summary>
public sealed class ShapeCheckTests : IDisposable
{
    static readonly FileKey Keys = new("", KeyKind.Map, Required: true)
    {
        Keys =
        [
            new("name", KeyKind.Text, Required: true),
            new("rate", KeyKind.Number, Required: true) { Most = 100 },
            new("kind", KeyKind.Choice, Required: false) { Choices = ["parts", "messages"] },
            new("lanes", KeyKind.TextList, Required: false),
            new("window", KeyKind.Map, Required: false) { Keys = [new("from", KeyKind.Text, Required: true)] },
        ],
    };

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "name: a\nrate: 10\nkind: parts\nlanes: [x]\nwindow: { from: b }",
        """{ "name": "a", "rate": 10, "kind": "parts", "lanes": ["x"], "window": { "from": "b" } }""")]
    [InlineData("name: a\nrate: 0", """{ "name": "a", "rate": 0 }""", "rate")]
    [InlineData("name: a\nrate: 101", """{ "name": "a", "rate": 101 }""", "rate")]
    [InlineData(
        "name: a\nrate: 99999999999999999999999", """{ "name": "a", "rate": 99999999999999999999999 }""", "rate")]
    [InlineData("name: a\nrate: ten", """{ "name": "a", "rate": "ten" }""", "rate")]
    [InlineData("name: ''\nrate: 10", """{ "name": "", "rate": 10 }""", "name")]
    [InlineData("rate: 10", """{ "rate": 10 }""", "name")]
    // told once: it is not missing besides
    [InlineData("name: a\nratte: 10", """{ "name": "a", "ratte": 10 }""", "ratte")]
    [InlineData("name: a\nrate: 10\nkind: part", """{ "name": "a", "rate": 10, "kind": "part" }""", "kind")]
    [InlineData("name: a\nrate: 10\nlanes: []", """{ "name": "a", "rate": 10, "lanes": [] }""", "lanes")]
    [InlineData("name: a\nrate: 10\nlanes: x", """{ "name": "a", "rate": 10, "lanes": "x" }""", "lanes")]
    [InlineData("name: a\nrate: 10\nwindow: {}", """{ "name": "a", "rate": 10, "window": {} }""", "window.from")]
    [InlineData("name: a\nrate: 10\nwindow: x", """{ "name": "a", "rate": 10, "window": "x" }""", "window")]
    [InlineData("rate: 0\nquite else: 1", """{ "rate": 0, "quite else": 1 }""", "name", "quite else", "rate")]
    public void Either_file_is_held_to_the_keys_alike(string yaml, string json, params string[] keys)
    {
        Assert.Equal(keys, FaultsOfYaml(yaml));
        Assert.Equal(keys, FaultsOfJson(json));
    }

    [Fact]
    public void The_value_of_a_misspelt_key_is_checked_too()
    {
        Assert.Equal(["rate", "ratte"], FaultsOfYaml("name: a\nratte: 0"));
        // its place is where it stands
        Assert.Equal(["ratte", "ratte"], FaultsOfJson("""{ "name": "a", "ratte": 0 }"""));
    }

    [Theory]
    [InlineData("{ kind: far, miles: 3 }", """{ "kind": "far", "miles": 3 }""")]
    [InlineData("{ kind: near, hours: 3 }", """{ "kind": "near", "hours": 3 }""")]
    [InlineData("{ kind: far, miles: 3, hours: 3 }", """{ "kind": "far", "miles": 3, "hours": 3 }""", "trip.hours")]
    [InlineData("{ kind: far }", """{ "kind": "far" }""", "trip.miles")]
    // of what kind it is nobody knows: nothing is said of the rest
    [InlineData("{ miles: 3 }", """{ "miles": 3 }""", "trip.kind")]
    [InlineData("{ kind: fra, miles: 0 }", """{ "kind": "fra", "miles": 0 }""", "trip.kind")]
    public void A_map_has_the_keys_of_its_kind(string yaml, string json, params string[] keys)
    {
        FileKey Miles(string name) => new(name, KeyKind.Number, Required: true) { Most = 100 };
        var kind = new FileKey("kind", KeyKind.Choice, Required: true) { Choices = ["far", "near"] };
        var shape = new FileKey("", KeyKind.Map, Required: true)
        {
            Keys =
            [
                new("trip", KeyKind.Map, Required: true)
                {
                    VariantKey = kind,
                    Variants =
                    [
                        new("far", KeyKind.Map, Required: true) { Keys = [kind, Miles("miles")] },
                        new("near", KeyKind.Map, Required: true) { Keys = [kind, Miles("hours")] },
                    ],
                },
            ],
        };

        Assert.Equal(keys, FaultsOfYaml($"trip: {yaml}", shape));
        Assert.Equal(keys, FaultsOfJson($$"""{ "trip": {{json}} }""", shape));
    }

    /// <summary>Keys of what is wrong.</summary>
    static IEnumerable<string> FaultsOfYaml(string text, FileKey? keys = null)
    {
        var problems = new ProblemList("some.yaml");
        new ShapeCheck(keys ?? Keys, new YamlForm(problems)).CheckRoot(
            YamlTree.Read(new YamlSource(text, problems), problems)!);
        return KeysOf(problems.InOrder());
    }

    IEnumerable<string> FaultsOfJson(string text, FileKey? keys = null)
    {
        File.WriteAllText(_folder.File("some.json"), text);
        var problems = new List<Problem>();
        var form = new JsonForm(new SettingsReferences(new Dictionary<string, string>(), "."), problems, (_, _) => { });
        new ShapeCheck(keys ?? Keys, form).CheckRoot(new JsonFile(_folder.File("some.json")).Read()!);
        return KeysOf(problems);
    }

    static IEnumerable<string> KeysOf(IEnumerable<Problem> problems) =>
        problems.Select(problem => problem.Where!.Key!).Order(StringComparer.Ordinal);
}
