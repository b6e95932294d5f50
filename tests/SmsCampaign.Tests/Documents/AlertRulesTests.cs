using System.Text.Json;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>When the rules of config/dashboards fire, and what its dashboard shows. How fast a counter grows is given
/// as its value.</summary>
public class AlertRulesTests
{
    const string Up = "up{job=\"sms-campaign\",instance=\"a\"} 1";

    /// <summary>Of a worker that has told no figure yet, one whose figures are old, and one that is well.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(true, "smscampaign_reading_age_seconds{instance=\"a\",job=\"sms-campaign\"} 61")]
    [InlineData(false, "smscampaign_reading_age_seconds{instance=\"a\",job=\"sms-campaign\"} 5")]
    public void A_worker_that_tells_nothing_is_missed(bool fires, params string[] series) =>
        Assert.Equal(fires ? ["a"] : [], Fire("SmsCampaignFiguresStale", [Up, .. series], "instance"));

    /// <summary>It has handed nothing over since it started, or by now.</summary>
    [Theory]
    [InlineData(null, true)]
    [InlineData(0, true)]
    [InlineData(40, true)]
    [InlineData(60, false)]
    public void A_lane_that_hands_over_nothing_at_all_is_slow(int? aSecond, bool fires)
    {
        string[] series =
        [
            Of("contract_rate", 100), Of("queue", 1_000), "smscampaign_window_left_seconds{instance=\"a\"} 3600",
            .. aSecond is { } rate ? [Of("handed_over_total", rate)] : Array.Empty<string>(),
        ];

        Assert.Equal(fires ? ["viettel"] : [], Fire("SmsCampaignLaneSlow", [.. series, Of("lane_stopped", 0)]));
        Assert.Empty(Fire("SmsCampaignLaneSlow", [.. series, Of("lane_stopped", 1)]));
    }

    [Theory]
    [InlineData(50, null, true)] // nothing answered since it started
    [InlineData(50, 49, true)]
    [InlineData(50, 51, false)]
    [InlineData(0, null, false)] // nothing waits, or no window is open
    [InlineData(0.0005, 0, false)] // some that are tried again later
    public void What_is_answered_more_slowly_than_it_must_be_is_at_risk(double needed, int? aSecond, bool fires) =>
        Assert.Equal(fires ? ["viettel"] : [], Fire("SmsCampaignWindowAtRisk", [
            Of("needed_rate", needed),
            .. aSecond is { } rate
                ? [Of("sends_total", rate, "outcome=\"accepted\""), Of("sends_total", 500, "outcome=\"deferred\"")]
                : Array.Empty<string>(),
        ]));

    /// <summary>A green 0 of a worker that is dead is believed.</summary>
    [Fact]
    public void Where_nothing_is_told_nothing_is_shown() => Assert.All(
        PrometheusQueries.OfDashboard(), query => Assert.Empty(PromQl.Ask(query.Item2)));

    /// <summary>Else a panel shows for hours what it was told last.</summary>
    [Fact]
    public void A_panel_with_one_figure_shows_that_of_now_or_says_that_there_is_none()
    {
        using var dashboard = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf("config/dashboards/grafana-sms-campaign.json")));
        var stats = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.GetProperty("type").GetString() == "stat")
            .ToList();

        Assert.NotEmpty(stats);
        Assert.All(stats, panel =>
        {
            var defaults = panel.GetProperty("fieldConfig").GetProperty("defaults");
            Assert.NotEqual("", defaults.GetProperty("noValue").GetString());
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.True(
                target.GetProperty("instant").GetBoolean() && !target.GetProperty("range").GetBoolean()));
        });
    }

    /// <summary>Every rule, with what it asks for at 0: it can be read, and is silent where all is well.</summary>
    [Fact]
    public void Where_all_is_well_no_rule_fires()
    {
        string[] series =
        [
            Up, .. PrometheusQueries.Declared.Select(each => $"{each.Key}{{instance=\"a\",job=\"sms-campaign\""
                + $"{string.Concat(each.Value.Select(label => $",{label}=\"x\""))}}} 0"),
        ];

        Assert.All(PrometheusQueries.OfRules(), rule => Assert.True(
            PromQl.Ask(rule.Item2, series) is [] or [{ Value: double.NaN }], rule.Item1));
    }

    static string Of(string name, double value, string more = "") => FormattableString.Invariant(
        $"smscampaign_{name}{{instance=\"a\",lane=\"viettel\"{(more.Length > 0 ? "," : "")}{more}}} {value}");

    static string[] Fire(string rule, string[] series, string label = "lane") =>
    [
        .. PromQl.Ask(PrometheusQueries.OfRules().Single(each => each.Item1 == rule).Item2, series)
            .Select(sample => sample.Label(label)),
    ];
}
