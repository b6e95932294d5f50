using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NJsonSchema;
using SmsCampaign.Campaigns;
using SmsCampaign.Files.Binding;
using SmsCampaign.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>
/// The published schema says what the reader does: the same keys, the same words, and it takes the same files.
/// </summary>
public sealed class CampaignSchemaTests : IDisposable
{
    static readonly string Repository = RepositoryFolder();
    static readonly JsonNode Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository, "config/schema/campaign.schema.json")))!;

    static readonly string Written = KeySchema.Write(CampaignKeys.Root, "Tệp chiến dịch nhắn tin");

    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Shipped() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository, "samples"), "campaign.yaml", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository, "config/campaigns"), "*.yaml"))
            .Select(file => Path.GetRelativePath(Repository, file)),
    ];

    /// <summary>To bring it up to date, run the tests with UPDATE_SCHEMA=1 and commit the file.</summary>
    [Fact]
    public void The_schema_is_that_of_the_declared_keys() =>
        WrittenFile.Hold("config/schema/campaign.schema.json", Written, "UPDATE_SCHEMA", nameof(CampaignSchemaTests));

    /// <summary>As the schema is brought up to date.</summary>
    [Fact]
    public void The_handbooks_table_is_that_of_the_declared_keys()
    {
        const string head = "| Khóa | Ý nghĩa | Ví dụ | Bắt buộc |\n|---|---|---|---|\n";
        const string path = "config/README.md";
        var handbook = File.ReadAllText(Path.Combine(Repository, path));
        var from = handbook.IndexOf(head, StringComparison.Ordinal) + head.Length;
        var end = handbook.IndexOf("\n\n", from, StringComparison.Ordinal) + 1;
        WrittenFile.Hold(
            path,
            handbook[..from] + KeySchema.Table(CampaignKeys.Root) + handbook[end..],
            "UPDATE_SCHEMA",
            nameof(CampaignSchemaTests));
    }

    [Fact]
    public void Every_key_is_in_the_schema_and_no_other() =>
        Assert.Equal(Keys(CampaignKeys.Root, "").Order(), Keys(JsonNode.Parse(Written)!, "").Order());

    [Fact]
    public void Every_key_is_explained_in_Vietnamese() =>
        Assert.All(Descriptions(Schema), description =>
            // a sentence of Vietnamese without one diacritic is English
            Assert.Contains(description!, letter => letter > 0x7F));

    [Fact]
    public void Every_key_is_explained_in_both_languages() => Assert.All(KeysIn(CampaignKeys.Root), key =>
    {
        Assert.NotEmpty(key.Words.En);
        Assert.NotEqual(key.Words.Vi, key.Words.En);
    });

    [Theory]
    [InlineData("config/schema/campaign.schema.json")]
    [InlineData("config/README.md")]
    public void Every_language_with_a_table_is_named(string document)
    {
        var line = File.ReadLines(Path.Combine(Repository, document)).Single(
            line => line.Contains("Mã ngôn ngữ; chữ", StringComparison.Ordinal));

        Assert.All(SmsCampaign.Orthography.LanguageLetters.Tags, tag => Assert.Matches($@"[ `]{tag}[ `,]", line));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Every_campaign_file_shipped_fits_the_schema(string file)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema.ToJsonString());

        Assert.Empty(schema.Validate(JsonOf(File.ReadAllText(Path.Combine(Repository, file)))));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_campaign_file_shipped_names_the_schema_for_the_editor(string file)
    {
        var first = File.ReadLines(Path.Combine(Repository, file)).First();

        const string says = "# yaml-language-server: $schema=";
        Assert.StartsWith(says, first, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository, Path.GetDirectoryName(file)!, first[says.Length..])));
    }

    [Fact]
    public async Task A_file_the_reader_takes_fits_the_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(Schema.ToJsonString());

        Assert.Empty(schema.Validate(JsonOf(CampaignFolder.Valid)));
    }

    /// <summary>Mistakes an editor can show while the officer types. Those that need the disk or a
    /// calendar it cannot.</summary>
    [Theory]
    [InlineData("title: Tin thử", "titel: Tin thử")]
    [InlineData("mode: exercise", "mode: test")]
    [InlineData("id: thu-nghiem", "id: Thử nghiệm")]
    [InlineData("sender: CHINH PHU", "sender: CHÍNH PHỦ")]
    [InlineData("sender: CHINH PHU", "sender: CHINH PHU VN 2025")]
    [InlineData("sender: CHINH PHU", "sender: \"19001111\"")]
    [InlineData("sender: CHINH PHU", "sender: 'CHINH PHU '")]
    [InlineData("to: \"20:00\"", "to: \"24:00\"")]
    [InlineData("  date: 2025-07-30", "  date: 30-7-2025")]
    [InlineData("  date: 2025-07-30", "  date: 2025-07-30\n  yearly: 30/7")]
    [InlineData("  date: 2025-07-30\n", "")]
    [InlineData("priority: 1", "priority: 0")]
    [InlineData("messages: 5000", "messages: 5.000")]
    [InlineData("[viettel, gmobile]", "[]")]
    [InlineData("[viettel, gmobile]", "[viettel, viettel]")]
    [InlineData("[Ea Bung, Buôn Đôn]", "[]")]
    public async Task What_the_schema_refuses_the_reader_refuses_too(string old, string replacement)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema.ToJsonString());

        Assert.NotEmpty(schema.Validate(JsonOf(CampaignFolder.With(old, replacement))));
        Assert.Null(_folder.ReadWith(old, replacement).Campaign);
    }

    public static TheoryData<string, string> EveryChoice()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (path, key) in Choices(CampaignKeys.Root, ""))
        {
            foreach (var choice in key.Choices)
                rows.Add(path, choice);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(EveryChoice))]
    public void Every_word_of_a_choice_is_taken(string path, string choice)
    {
        var key = path[(path.LastIndexOf('.') + 1)..] + ":";
        var line = CampaignFolder.Valid
            .Split('\n')
            .SingleOrDefault(line => line.Trim().StartsWith(key, StringComparison.Ordinal));

        var campaign = (path is "segments.located" or "segments.resultNumbers"
            ? _folder.ReadHeld($"    {key} {choice}\n")
            : path.StartsWith("segments.", StringComparison.Ordinal) && line is null
            ? _folder.ReadWith("    file: subscribers.csv", $"    file: subscribers.csv\n    {key} {choice}")
            : line is null
            ? _folder.ReadWith("sender:", $"{key} {choice}\nsender:")
            : _folder.ReadWith(line, line[..line.IndexOf(':', StringComparison.Ordinal)] + ": " + choice)).Campaign!;

        var expected = choice.Replace("-", "", StringComparison.Ordinal);
        Assert.Contains(expected, new[]
        {
            $"{campaign.Mode}", $"{campaign.Schedule.Missed}", $"{campaign.Schedule.Leftovers}",
            campaign.Messages[0].Unaccented ? "unaccented" : "accented",
            campaign.UsesFallback ? "fallback" : "hold",
            $"{campaign.Segments[0].HiddenRows}",
            campaign.HeldSegments is [var held, ..] ? $"{held.Criterion}" : "",
            campaign.HeldSegments is [var listed, ..] ? $"{listed.ResultNumbers}" : "",
        }, StringComparer.OrdinalIgnoreCase);
    }

    static IEnumerable<FileKey> KeysIn(FileKey inside) => inside.Keys.SelectMany(key => KeysIn(key).Prepend(key));

    static IEnumerable<(string Path, FileKey Key)> Choices(FileKey inside, string path) =>
        inside.Keys.SelectMany(key => Choices(key, $"{path}{key.Name}."))
            .Concat(inside.Kind == KeyKind.Choice ? [(path.TrimEnd('.'), inside)] : []);

    // One line a key: its path, kind, whether it is required and its words.
    static IEnumerable<string> Keys(FileKey inside, string path) => inside.Keys.SelectMany(key =>
        Keys(key, $"{path}{key.Name}.").Append(
            $"{path}{key.Name} {key.Kind} {key.Required} {string.Join('|', key.Choices)}"));

    static IEnumerable<string> Keys(JsonNode schema, string path)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            var choices = property!["enum"]?.AsArray().Select(word => (string)word!) ?? [];
            yield return $"{path}{name} {KindOf(property)} {required.Contains(name)} {string.Join('|', choices)}";

            foreach (var key in Keys(property["items"] ?? property, $"{path}{name}."))
                yield return key;
        }
    }

    static KeyKind KindOf(JsonNode property) => property switch
    {
        _ when property["enum"] is not null => KeyKind.Choice,
        _ when property["items"]?["properties"] is not null => KeyKind.MapList,
        _ when property["items"] is not null => KeyKind.TextList,
        _ when property["properties"] is not null => KeyKind.Map,
        _ when property["additionalProperties"] is not null => KeyKind.Filter,
        _ when property["oneOf"] is not null => KeyKind.TextOrList,
        _ when property["type"] is JsonValue type && (string)type! == "integer" => KeyKind.Number,
        _ => KeyKind.Text,
    };

    static IEnumerable<string?> Descriptions(JsonNode schema) =>
        (schema["properties"]?.AsObject() ?? []).SelectMany(property =>
            Descriptions(property.Value!["items"] ?? property.Value).Prepend((string?)property.Value["description"]));

    // YAML 1.2 core schema, as an editor reads it: plain digits are numbers, everything else is text.
    static string JsonOf(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode)!.ToJsonString();
    }

    static JsonNode? Json(YamlDotNet.RepresentationModel.YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child =>
            KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain when long.TryParse(plain.Value, out var whole) => whole,
        YamlScalarNode { Style: ScalarStyle.Plain } plain
            when decimal.TryParse(plain.Value, System.Globalization.CultureInfo.InvariantCulture, out var number) =>
            number,
        YamlScalarNode text => text.Value,
        _ => throw new NotSupportedException($"{node.NodeType}"),
    };

    static string RepositoryFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
