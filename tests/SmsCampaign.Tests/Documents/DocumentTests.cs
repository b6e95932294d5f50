using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>
/// The documents name what there is: a verb, a key or a file that they do not know, or that is gone, fails here.
/// </summary>
public sealed partial class DocumentTests
{
    const string Handbook = "config/README.md";
    const string Commands = "config/COMMANDS.md";
    const string Install = "config/INSTALL.md";
    const string Wrapper = "config/sms-campaign-live";
    const string Architecture = "src/README.md";

    static readonly string[] Documents =
    [
        "README.md", Handbook, Commands, Install, Architecture, "src/PROMISES.md", "config/CHANGELOG.md",
        "samples/dak-lak-2025/README.md", "samples/lai-chau-2024/README.md",
        "samples/hue-2024/README.md", "samples/lang-son-2022/README.md", "samples/ha-noi-2025/README.md",
        "tests/SmsCampaign.Benchmarks/README.md",
    ];

    /// <summary>Folders of the repository, by which a path is told from other words with a slash.</summary>
    static readonly string[] Tops = ["src/", "tests/", "config/", "samples/", ".ci/"];

    public static TheoryData<string, string> VerbsAndDocuments()
    {
        var rows = new TheoryData<string, string>();
        foreach (var verb in Root().Subcommands)
        {
            rows.Add(Commands, verb.Name);
            rows.Add(Handbook, verb.Name);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(VerbsAndDocuments))]
    public void Every_verb_is_described(string document, string verb) =>
        Assert.Contains($"\n| `{verb}` | ", Read(document), StringComparison.Ordinal);

    [Fact]
    public void Every_key_of_a_campaign_file_stands_in_the_handbooks_table()
    {
        var schema = JsonNode.Parse(Read("config/schema/campaign.schema.json"))!;
        var handbook = Read(Handbook);

        Assert.All(Keys(schema, ""), key => Assert.Contains($"\n| `{key}` | ", handbook, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_in_the_handbooks_table_can_stand_in_a_campaign_file()
    {
        var keys = Keys(JsonNode.Parse(Read("config/schema/campaign.schema.json"))!, "").ToHashSet();
        var table = Read(Handbook)
            .Split("\n## ")
            .Single(part => part.Contains("\n| `directive.issuer` | ", StringComparison.Ordinal));

        Assert.Equal(keys.Order(), TableKey().Matches(table).Select(match => match.Groups["key"].Value).Order());
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void Every_file_named_exists(string document, string path) =>
        Assert.True(Path.Exists(Repository.PathOf(path)), $"{document} names {path}, which is not there");

    public static TheoryData<string, string> Named()
    {
        var rows = new TheoryData<string, string>();
        foreach (var document in Documents)
        {
            var text = Read(document);
            var linked = Link()
                .Matches(text)
                .Select(match => Path.Combine(Path.GetDirectoryName(document)!, match.Groups["path"].Value));
            var quoted = Quoted().Matches(text).Select(match => match.Groups["path"].Value)
                .Where(path =>
                    Tops.Any(top => path.StartsWith(top, StringComparison.Ordinal)) && !Placeholder().IsMatch(path));

            foreach (var path in linked.Concat(quoted).Distinct())
                rows.Add(document, path);
        }

        return rows;
    }

    [Fact]
    public void Every_rule_names_tests_that_are_there()
    {
        var rules = Read(Architecture)
            .Split('\n')
            .Where(line => RuleRow().IsMatch(line))
            .Select(row => row.Split('|', StringSplitOptions.TrimEntries)[3])
            .ToList();
        var there = typeof(DocumentTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();

        Assert.Equal(10, rules.Count);
        Assert.All(rules, tests => Assert.All(tests.Split(", "), test => Assert.Contains(test.Trim('`'), there)));
    }

    [Theory]
    [MemberData(nameof(CommandLines))]
    public void Every_command_shown_is_one_the_program_takes(string document, string line)
    {
        // What a shell redirects is not the program's.
        var parsed = Root().Parse(line["sms-campaign ".Length..].Split(" > ")[0]);

        Assert.True(parsed.Errors.Count == 0, $"{document}: {line}: {string.Join("; ", parsed.Errors)}");
    }

    /// <summary>The handbook says: whatever stands in it, also as sms-campaign-live.</summary>
    [Theory]
    [MemberData(nameof(CommandLines))]
    public void Every_command_takes_what_the_services_own_command_adds(string document, string line)
    {
        var added = Added().Match(Read(Wrapper)).Groups["added"].Value;
        var parsed = Root().Parse($"{line["sms-campaign ".Length..].Split(" > ")[0]} {added}");

        Assert.StartsWith("--data ", added, StringComparison.Ordinal);
        Assert.True(parsed.Errors.Count == 0, $"{document}: {line} {added}: {string.Join("; ", parsed.Errors)}");
    }

    public static TheoryData<string, string> CommandLines()
    {
        var rows = new TheoryData<string, string>();
        foreach (var document in Documents)
        {
            var text = Read(document);
            foreach (var line in text.Split('\n')
                .Where(line => line.StartsWith("sms-campaign ", StringComparison.Ordinal))
                .Distinct())
                rows.Add(document, line);
        }

        return rows;
    }

    /// <summary>Rows of tables headed "Chương trình báo" or "Chương trình ghi"; … stands for what differs.</summary>
    [Fact]
    public void Every_message_the_handbook_explains_is_one_the_program_says()
    {
        var source = string.Concat(
            Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Select(
                SourceText.Read));
        var tables = Read(Handbook)
            .Split("\n\n")
            .Where(block => block.StartsWith("| Chương trình ", StringComparison.Ordinal))
            .ToList();
        var messages = tables
            .SelectMany(table => table.TrimEnd().Split('\n').Skip(2))
            .Select(row => row.Split('|', StringSplitOptions.TrimEntries)[1]);

        Assert.Equal(6, tables.Count);
        Assert.All(
            messages.SelectMany(message => message.Split('…')),
            said => Assert.Contains(said, source, StringComparison.Ordinal));
    }

    [Fact]
    public void The_gate_runs_the_commands_of_the_readme_that_come_to_an_end()
    {
        var commands = Read("README.md").Split("## Three commands")[1].Split("## ")[0]
            .Split('\n').Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).ToList();
        var gate = Read(".ci/run").Split('\n');

        Assert.Equal(3, commands.Count);
        // Until Ctrl-C.
        Assert.Equal(1, commands.RemoveAll(line => line.EndsWith("console --demo", StringComparison.Ordinal)));
        Assert.All(commands, command => Assert.Contains(gate, line => RunByTheGate(line, command)));
    }

    static bool RunByTheGate(string line, string command) =>
        line.Contains("timeout ", StringComparison.Ordinal) && line.Contains($" {command} ", StringComparison.Ordinal);

    static RootCommand Root()
    {
        using var nowhere = new StringWriter();
        var root = new RootCommand();
        foreach (var option in SharedOptions.Create(Language.English))
            root.Options.Add(option);
        foreach (var create in CommandLine.Verbs)
            root.Subcommands.Add(create(new Terminal(nowhere, nowhere, Language.English, outputIsTerminal: false)));
        return root;
    }

    static string Read(string path) => File.ReadAllText(Repository.PathOf(path));

    static IEnumerable<string> Keys(JsonNode schema, string path)
    {
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            yield return path + name;
            foreach (var key in Keys(property!["items"] ?? property, $"{path}{name}."))
                yield return key;
        }
    }

    [GeneratedRegex(@"/opt/sms-campaign/sms-campaign ""\$@"" (?<added>.+)")]
    private static partial Regex Added();

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z.]+)` \| ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TableKey();

    [GeneratedRegex(@"^\| ([1-9]|10) [A-Z]", RegexOptions.ExplicitCapture)]
    private static partial Regex RuleRow();

    [GeneratedRegex(@"\]\((?<path>(?!https?:|#)[^)#]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>[^`\s]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    /// <summary>NAME in capitals, or a star: stands for any.</summary>
    [GeneratedRegex(@"[*…]|/[A-Z]+(/|\z)", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
