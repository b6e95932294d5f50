using System.Text.RegularExpressions;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>config/gateways has a page for every lane type, in the template's order, and its
/// examples can be copied.</summary>
public sealed partial class GatewaysPageTests
{
    public static TheoryData<string> Types => [.. CarrierTypes.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_lane_type_has_a_page_in_the_templates_order(string type) =>
        Assert.Equal(Headings(PageOf("TEMPLATE")), Headings(PageOf(type)));

    [Theory]
    [MemberData(nameof(Types))]
    public void It_leads_to_its_settings_and_its_sources(string type)
    {
        AssertHas(type, $"](../SETTINGS.md#lanes-of-type-{type})");
        AssertHas(type, $"](SOURCES.md#{type})");
        AssertHas("README", $"| [`{type}`]({type}.md) | ");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_example_is_read_without_a_fault(string type)
    {
        var examples = Example().Matches(PageOf(type)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            using var folder = new TempFolder();
            var path = folder.Write(
                "smscampaign.json",
                $"{{ \"receipts\": {{ \"publicUrl\": \"https://sms.example/\" }}, \"lanes\": {{ {example} }} }}");
            var variables = Variable()
                .Matches(example)
                .Select(match => match.Groups[1].Value)
                .Distinct()
                .ToDictionary(name => name, ValueOf);

            var reading = Installation.Read(path, variables);

            Assert.True(
                reading.Problems.Count == 0,
                string.Join('\n', reading.Problems.Select(problem => problem.In(Language.English))));
        }
    }

    /// <summary>Of the form that Twilio's identifiers and the secrets of callbacks must have.</summary>
    static string ValueOf(string name) => name switch
    {
        _ when name.Contains("SID", StringComparison.Ordinal) => "AC0123456789abcdef0123456789abcdef",
        _ when name.Contains("CALLBACK", StringComparison.Ordinal) => new string('s', 32),
        _ => "v",
    };

    static IEnumerable<string> Headings(string page) =>
        page.Split('\n').Where(line => line.StartsWith("##", StringComparison.Ordinal));

    static void AssertHas(string page, string words) =>
        Assert.True(PageOf(page).Contains(words, StringComparison.Ordinal), $"config/gateways/{page}.md lacks {words}");

    static string PageOf(string name)
    {
        var page = $"config/gateways/{name}.md";
        Assert.True(
            File.Exists(Repository.PathOf(page)),
            $"{page} is not there: begin it as a copy of config/gateways/TEMPLATE.md");
        return File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n");
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\$\{env:([A-Z0-9_]+)\}")]
    private static partial Regex Variable();
}
