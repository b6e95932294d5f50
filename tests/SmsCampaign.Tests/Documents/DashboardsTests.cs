using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace SmsCampaign.Tests.Documents;

/// <summary>What the files of config/dashboards ask for the program has.</summary>
public class DashboardsTests
{
    public static TheoryData<string, string> Queries =>
    [
        .. PrometheusQueries.OfDashboard().Concat(PrometheusQueries.OfRules()),
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_names_what_is_measured_by_labels_it_has(string where, string query)
    {
        var unknown = PrometheusQueries.FindUnknown(query, PrometheusQueries.Declared);

        Assert.True(unknown.Count == 0, $"{where}: {string.Join(", ", unknown)} in {query}");
    }

    [Theory]
    [InlineData("rate(smscampaign_sents_total[5m])", "smscampaign_sents_total")]
    [InlineData("smscampaign_queue{run=\"a\"}", "smscampaign_queue{run}")]
    [InlineData("sum by (phone) (smscampaign_queue)", "smscampaign_queue{phone}")]
    public void What_it_does_not_have_is_found(string query, string expected) =>
        Assert.Equal([expected], PrometheusQueries.FindUnknown(query, PrometheusQueries.Declared));

    [Fact]
    public void The_dashboard_shows_all_that_is_measured()
    {
        var shown = string.Join('\n', PrometheusQueries.OfDashboard().Select(query => query.Item2));

        Assert.All(Measures.All, measure => Assert.Contains(measure.PrometheusName, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_says_in_both_languages_what_to_do_and_how_urgent_it_is() => Assert.All(
        PrometheusQueries.Rules(), rule =>
        {
            var (labels, annotations) = (
                (YamlMappingNode)rule["labels"], (YamlMappingNode)rule["annotations"]);
            Assert.Matches("^(critical|warning)$", $"{labels["severity"]}");
            Assert.NotEqual($"{annotations["summary"]}", $"{annotations["summary_en"]}");
            Assert.Matches(@"^\d+[mh]$", $"{rule["for"]}");
        });
}
