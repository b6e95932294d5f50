using System.Globalization;
using System.Text;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Telemetry;

public class MeasuresTests
{
    const string Page = "config/dashboards/README.md";

    const string TableHead = "| Name | Kind | Labels | Meaning |\n|---|---|---|---|\n";

    [Fact]
    public void Names_are_one_each_and_of_this_program()
    {
        Assert.Equal(Measures.All.Count, Measures.All.Select(measure => measure.PrometheusName).Distinct().Count());
        Assert.All(Measures.All, measure => Assert.Matches(@"^smscampaign(\.[a-z_]+)+$", measure.Name));
    }

    /// <summary>A label with many values makes as many series, and a run, a number or a text stands in none.</summary>
    [Fact]
    public void Labels_are_those_whose_values_are_few() => Assert.Subset(
        new HashSet<string> { "lane", "outcome", "class", "state", "kind", "severity", "file" },
        Measures.All.SelectMany(measure => measure.Labels).ToHashSet());

    [Theory]
    [InlineData("smscampaign.sends", "smscampaign_sends_total")]
    [InlineData("smscampaign.submit.duration", "smscampaign_submit_duration_seconds")]
    [InlineData("smscampaign.queue", "smscampaign_queue")]
    [InlineData("smscampaign.window.left", "smscampaign_window_left_seconds")]
    public void Prometheus_has_them_by_its_own_customs(string name, string expected) =>
        Assert.Equal(expected, Measures.All.Single(measure => measure.Name == name).PrometheusName);

    [Fact]
    public void A_word_of_the_program_is_written_with_dashes() => Assert.Equal("histogram", Measures.Word(
        MeasureKind.Histogram));

    /// <summary>To bring the table up to date, run the tests with UPDATE_MEASURES=1 and commit it.</summary>
    [Fact]
    public void The_page_of_the_dashboards_has_them_all()
    {
        var page = File.ReadAllText(Repository.PathOf(Page));
        var begin = page.IndexOf(TableHead, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"{Page} has no table that begins {TableHead}");
        var end = page.IndexOf("\n\n", begin, StringComparison.Ordinal) + 1;

        WrittenFile.Hold(
            Page, page[..begin] + TableHead + Rows() + page[end..], "UPDATE_MEASURES", nameof(MeasuresTests));
    }

    static string Rows()
    {
        var rows = new StringBuilder();
        foreach (var measure in Measures.All)
            rows.Append(
                CultureInfo.InvariantCulture,
                $"| `{measure.PrometheusName}` | {Measures.Word(measure.Kind)} | "
                    + $"{string.Join(", ", measure.Labels.Select(label => $"`{label}`"))} | {measure.Meaning} |\n");
        return rows.ToString();
    }
}
