using System.Text.RegularExpressions;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>config/gateways has a page for every lane type, in the template's order, and its examples can be copied.</summary>
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
        Assert.Contains($"](../SETTINGS.md#lanes-of-type-{type})", PageOf(type), StringComparison.Ordinal);
        Assert.Contains($"](SOURCES.md#{type})", PageOf(type), StringComparison.Ordinal);
        Assert.Contains($"| [`{type}`]({type}.md) | ", PageOf("README"), StringComparison.Ordinal);
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
                "smscampaign.json", $"{{ \"receipts\": {{ \"publicUrl\": \"https://sms.example/\" }}, \"lanes\": {{ {example} }} }}");
            var variables = Variable().Matches(example).Select(match => match.Groups[1].Value).Distinct().ToDictionary(name => name, ValueOf);

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

    static IEnumerable<string> Headings(string page) => page.Split('\n').Where(line => line.StartsWith("##", StringComparison.Ordinal));

    static string PageOf(string name) =>
        File.ReadAllText(Repository.PathOf($"config/gateways/{name}.md")).ReplaceLineEndings("\n");

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\$\{env:([A-Z0-9_]+)\}")]
    private static partial Regex Variable();
}
