using System.Text.RegularExpressions;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests;

/// <summary>config/gateways.md says of every lane type what to ask its carrier for, and its examples can be copied.</summary>
public sealed partial class GatewaysPageTests
{
    static readonly string Page = File.ReadAllText(Repository.PathOf("config/gateways.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Types => [.. CarrierTypes.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_lane_type_has_a_part_in_both_languages(string type)
    {
        var part = PartOf(type);

        Assert.Contains("\n### In English\n", part, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_example_is_read_without_a_fault(string type)
    {
        foreach (var example in Example().Matches(PartOf(type)).Select(match => match.Groups[1].Value))
        {
            using var folder = new TempFolder();
            var path = folder.Write("smscampaign.json", $"{{ \"receipts\": {{ \"publicUrl\": \"https://sms.example/\" }}, \"lanes\": {{ {example} }} }}");
            var variables = Variable().Matches(example).Select(match => match.Groups[1].Value).Distinct().ToDictionary(name => name, ValueOf);

            var reading = Installation.Read(path, variables);

            Assert.True(reading.Problems.Count == 0, string.Join('\n', reading.Problems.Select(problem => problem.In(Language.English))));
        }
    }

    /// <summary>Of the form that Twilio's identifiers and the secrets of callbacks must have.</summary>
    static string ValueOf(string name) =>
        name.Contains("SID", StringComparison.Ordinal) ? "AC0123456789abcdef0123456789abcdef" : name.Contains("CALLBACK", StringComparison.Ordinal) ? new string('s', 32) : "v";

    static string PartOf(string type)
    {
        var at = Page.IndexOf($"\n## {type}: ", StringComparison.Ordinal);
        Assert.True(at >= 0, $"config/gateways.md has no part '## {type}: …'");
        var end = Page.IndexOf("\n## ", at + 1, StringComparison.Ordinal);
        return end < 0 ? Page[at..] : Page[at..end];
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\$\{env:([A-Z0-9_]+)\}")]
    private static partial Regex Variable();
}
