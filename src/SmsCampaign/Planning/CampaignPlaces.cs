using System.Globalization;
using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Files.Yaml;

namespace SmsCampaign.Planning;

/// <summary>
/// Finds where a key stands in a campaign file that has been read already, so that what the plan finds wrong later can
/// still be told with its line.
/// </summary>
/// <param name="file">As the person gave it.</param>
sealed class CampaignPlaces(string file, Campaign campaign)
{
    readonly Lazy<FileNode?> _root = new(() => Read(campaign.Source));

    /// <param name="key">Such as <c>schedule.window</c> or <c>messages[2].text</c>, items counted from 1. Of a key that
    /// is not in the file, the nearest one around it is the place.</param>
    public Place Of(string key)
    {
        Place? at = null;
        var node = _root.Value;

        foreach (var step in key.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            node = Step(node, step, ref at);
            if (node is null)
                break;
        }

        return new Place(file, at?.Line, at?.Column, key);
    }

    /// <summary>Where a key stands of the segment that is called so.</summary>
    public Place OfSegment(string name, string key)
    {
        var items = _root.Value?.ItemsOf("segments") ?? [];
        var index = items.ToList().FindIndex(item => item.Words("name") == name);
        return Of(index < 0 ? "segments" : string.Create(
            CultureInfo.InvariantCulture, $"segments[{index + 1}].{key}"));
    }

    static FileNode? Step(FileNode? node, string step, ref Place? at)
    {
        if (node is { Kind: NodeKind.Map } map && map.FindMember(step) is { } entry)
        {
            at = entry.Where;
            return entry.Value;
        }

        if (node is { Kind: NodeKind.List } list && step is ['[', .. var index, ']']
            && int.Parse(index, CultureInfo.InvariantCulture) is var number && number <= list.Items.Count)
        {
            at = list.Items[number - 1].Where;
            return list.Items[number - 1];
        }

        return null;
    }

    /// <summary>The file was read without an error, so there is nothing new to be told of it.</summary>
    static FileNode? Read(string source)
    {
        var told = new ProblemList("");
        return YamlTree.Read(new YamlSource(source, told), told);
    }
}
