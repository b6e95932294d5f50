namespace SmsCampaign.Campaigns;

/// <summary>
/// Values of a map that <see cref="ShapeCheck"/> has been over: what is missing or refused has been reported, and is null.
/// </summary>
static class YamlMapExtensions
{
    public static YamlScalar? Text(this YamlMap map, string key) => map.Find(key)?.Value as YamlScalar;

    public static YamlMap? Map(this YamlMap map, string key) => map.Find(key)?.Value as YamlMap;

    public static IReadOnlyList<YamlNode> Items(this YamlMap map, string key) => (map.Find(key)?.Value as YamlList)?.Items ?? [];

    public static string? Choice(this YamlMap map, string key) => map.Text(key)?.Value;

    /// <summary>The words, composed and without space around them.</summary>
    public static string? Words(this YamlMap map, string key) => map.Text(key)?.Value.Trim().Composed();
}
