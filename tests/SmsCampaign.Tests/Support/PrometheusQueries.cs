using System.Text.Json;
using System.Text.RegularExpressions;
using SmsCampaign.Telemetry;
using YamlDotNet.RepresentationModel;

namespace SmsCampaign.Tests.Support;

/// <summary>The queries of config/dashboards, and what of them there is.</summary>
static partial class PrometheusQueries
{
    /// <summary>Labels that Prometheus adds itself.</summary>
    static readonly string[] Own = ["instance", "job", "le"];

    /// <summary>Series by name with their labels, as the program declares them.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Declared { get; } = Measures.All
        .SelectMany(measure => measure.Kind == MeasureKind.Histogram
            ? new[] { "_bucket", "_sum", "_count" }.Select(
                part => (Name: measure.PrometheusName + part, measure.Labels))
            : [(measure.PrometheusName, measure.Labels)])
        .ToDictionary(series => series.Name, series => series.Labels.ToHashSet());

    public static IEnumerable<(string, string)> OfDashboard()
    {
        using var dashboard = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf("config/dashboards/grafana-sms-campaign.json")));
        var root = dashboard.RootElement;
        return
        [
            .. root.GetProperty("panels").EnumerateArray().SelectMany(
                panel => panel.GetProperty("targets").EnumerateArray(),
                (panel, target) => (
                    panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!)),
            .. root.GetProperty("templating").GetProperty("list").EnumerateArray()
                .Where(variable => variable.GetProperty("type").GetString() == "query")
                .Select(variable => (
                    variable.GetProperty("name").GetString()!,
                    LabelValues().Replace(variable.GetProperty("query").GetString()!, "sum by (${label}) (${name})"))),
        ];
    }

    public static IEnumerable<(string, string)> OfRules() =>
        Rules().Select(rule => ($"{rule["alert"]}", $"{rule["expr"]}"));

    public static IReadOnlyList<YamlMappingNode> Rules()
    {
        var stream = new YamlStream();
        stream.Load(File.OpenText(Repository.PathOf("config/dashboards/prometheus-rules.yml")));
        var groups = (YamlSequenceNode)((YamlMappingNode)stream.Documents[0].RootNode)["groups"];
        return [.. groups.Cast<YamlMappingNode>().SelectMany(group => (YamlSequenceNode)group["rules"])
            .Cast<YamlMappingNode>()];
    }

    /// <summary>Series that are not there, and labels that none of a query's series has.</summary>
    public static IReadOnlyList<string> FindUnknown(
        string query, IReadOnlyDictionary<string, HashSet<string>> there)
    {
        var unknown = new List<string>();
        var series = Series().Matches(query).Select(match => (
            Name: match.Groups["name"].Value,
            Labels: Matcher().Matches(match.Groups["labels"].Value).Select(each => each.Groups["label"].Value)))
            .ToList();
        foreach (var (name, labels) in series)
        {
            if (!there.TryGetValue(name, out var has))
                unknown.Add(name);
            else
                unknown.AddRange(labels.Where(label => !has.Contains(label) && !Own.Contains(label)).Select(
                    label => $"{name}{{{label}}}"));
        }

        var known = series.SelectMany(each => there.GetValueOrDefault(each.Name, [])).Concat(Own).ToHashSet();
        unknown.AddRange(Grouping().Matches(query)
            .SelectMany(match => match.Groups["labels"].Value.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(label => !known.Contains(label))
            .Select(label => $"{series[0].Name}{{{label}}}"));
        return unknown;
    }

    /// <summary>What a scrape has: series by name with their labels.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> ReadScrape(string scrape) => scrape.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => Series().Match(line))
        .Where(match => match.Success)
        .GroupBy(match => match.Groups["name"].Value)
        .ToDictionary(series => series.Key, series => series
            .SelectMany(match => Matcher().Matches(match.Groups["labels"].Value))
            .Select(label => label.Groups["label"].Value)
            .ToHashSet());

    [GeneratedRegex(@"(?<name>smscampaign_[a-z_]+)(\{(?<labels>[^}]*)\})?")]
    private static partial Regex Series();

    [GeneratedRegex(@"(?<label>[a-zA-Z_]+)\s*(=~|!~|!=|=)\s*""[^""]*""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b(by|on|without|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"label_values\((?<name>[a-z_]+), (?<label>[a-z_]+)\)")]
    private static partial Regex LabelValues();
}
